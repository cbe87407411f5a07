//! `gangwei serve`, over plain TCP: what is answered, to whom, and what a saved file changes.
#![cfg(feature = "serve")]

use crate::common::{SETTINGS, Site, gangwei};
use crate::search::reader::{Options, Reader};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A running preview; it ends with the value.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer's status, its head in lower case, and its body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn start(site: &Site, flags: &[&str]) -> Server {
        let mut command = gangwei();
        command
            .arg("serve")
            .arg(site.path())
            .args(["--port", "0"])
            .args(flags);
        if !flags.contains(&"--lang") {
            command.args(["--lang", "en"]);
        }
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("spawn");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("stdout"))
            .read_line(&mut line)
            .expect("a line");
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .unwrap_or_else(|| panic!("no address in `{line}`"));
        assert!(
            address.starts_with("127.0.0.1:"),
            "{address} is not this machine alone"
        );
        Server {
            address: address.to_owned(),
            child,
        }
    }

    fn connect(&self, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("connect");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("timeout");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("request");
        stream
    }

    fn raw(&self, path: &str, host: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.connect(path, host)
            .read_to_end(&mut bytes)
            .expect("answer");
        bytes
    }

    fn get_from(&self, path: &str, host: &str) -> Answer {
        let text = String::from_utf8_lossy(&self.raw(path, host)).into_owned();
        let (head, body) = text
            .split_once("\r\n\r\n")
            .unwrap_or_else(|| panic!("no HTTP: {text}"));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .expect("status");
        Answer {
            status,
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.get_from(path, &self.address)
    }

    /// Asks again until the page is as wished; a minute without it is no matter of speed any more.
    #[track_caller]
    fn expect_soon(&self, path: &str, wished: impl Fn(&Answer) -> bool) {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if wished(&answer) {
                return;
            }
            assert!(
                start.elapsed() < Duration::from_mins(1),
                "{path} is still {} {:.1500}",
                answer.status,
                answer.body
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn site() -> Site {
    let job = "---\n标题: 客户经理\n发布日期: 2026-01-05\n---\n旧的正文\n";
    Site::new([
        ("gangwei.yaml", SETTINGS),
        ("content/jobs/J-1.md", job),
        (
            "static/own.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        ),
    ])
}

/// The first address of a kind of asset in a page.
fn asset(page: &str, end: &str) -> String {
    let found = page
        .split('"')
        .find(|part| part.contains("/assets/") && part.ends_with(end))
        .expect("asset");
    found
        .split_once("/assets/")
        .map(|(_, rest)| format!("/assets/{rest}"))
        .expect("path")
}

#[test]
fn pages_styles_redirects_and_what_is_missing_are_answered() {
    let site = site();
    let server = Server::start(&site, &[]);
    let home = server.get("/");
    assert_eq!(home.status, 200);
    assert!(
        home.body.contains("客户经理")
            && home.head.contains("content-type: text/html; charset=utf-8"),
        "{}",
        home.head
    );
    let job = server.get("/jobs/J-1/");
    assert!(job.status == 200 && job.body.contains("旧的正文"));
    let style = server.get(&asset(&home.body, ".css"));
    assert!(
        style.status == 200 && style.head.contains("content-type: text/css"),
        "{}",
        style.head
    );
    assert!(
        server
            .get("/own.svg")
            .head
            .contains("content-type: image/svg+xml")
    );
    assert!(server.get("/feed.xml").head.contains("xml"));
    let missing = server.get("/no/such/page/");
    assert!(missing.status == 404 && missing.head.contains("text/html"));
    let moved = server.get("/jobs/J-1");
    assert!(
        (301..=308).contains(&moved.status)
            && moved
                .head
                .replace("%2d", "-")
                .contains("location: /jobs/j-1/"),
        "{} {}",
        moved.status,
        moved.head
    );
    for outside in [
        "/../gangwei.yaml",
        "/..%2fgangwei.yaml",
        "/%2e%2e/gangwei.yaml",
        "/gangwei.yaml",
        "//evil.example",
        "/content/jobs/J-1.md",
    ] {
        let answer = server.get(outside);
        assert!(
            answer.status >= 400 && !answer.body.contains("organization"),
            "{outside}: {}",
            answer.status
        );
    }
    assert!(
        !site.path().join("public").exists(),
        "the preview wrote to the disk"
    );
}

#[test]
fn every_answer_has_a_content_security_policy() {
    let site = site();
    let server = Server::start(&site, &[]);
    for path in [
        "/",
        "/jobs/J-1/",
        "/no/such/page/",
        "/feed.xml",
        "/jobs/J-1",
        "/__gangwei/reload.js",
    ] {
        assert!(
            server
                .get(path)
                .head
                .contains("content-security-policy: default-src 'self'"),
            "{path}"
        );
    }
    let page = server.get("/").body;
    assert!(
        page.contains("/__gangwei/reload.js"),
        "the page does not reload"
    );
}

#[test]
fn other_hosts_are_refused() {
    let site = site();
    let server = Server::start(&site, &[]);
    let port = server.address.rsplit(':').next().expect("port").to_owned();
    for host in [
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        "localhost".to_owned(),
        format!("[::1]:{port}"),
    ] {
        assert_eq!(server.get_from("/", &host).status, 200, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
        "10.0.0.1",
    ] {
        for path in ["/", "/jobs/J-1/"] {
            let answer = server.get_from(path, host);
            assert!(
                answer.status >= 400 && !answer.body.contains("客户经理"),
                "{host} {path}: {}",
                answer.status
            );
        }
    }
}

#[test]
fn another_host_cannot_watch_the_events() {
    let site = site();
    let server = Server::start(&site, &[]);
    let mut start = [0; 12];
    server
        .connect("/__gangwei/events", "evil.example")
        .read_exact(&mut start)
        .expect("answer");
    assert_eq!(String::from_utf8_lossy(&start), "HTTP/1.1 403");
}

/// Edits, breaks and repairs a document under a running preview.
fn expect_live(flags: &[&str]) {
    let site = site();
    let server = Server::start(&site, flags);
    let before = "---\n标题: 客户经理\n发布日期: 2026-01-05\n---\n";
    assert!(server.get("/jobs/J-1/").body.contains("旧的正文"));
    let mut events = BufReader::new(server.connect("/__gangwei/events", &server.address));
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        events.read_line(&mut line).expect("head of the events");
    }
    site.write("content/jobs/J-1.md", format!("{before}新的正文\n"));
    server.expect_soon("/jobs/J-1/", |answer| answer.body.contains("新的正文"));
    loop {
        line.clear();
        assert!(
            events.read_line(&mut line).expect("an event") > 0,
            "the events ended"
        );
        if line.starts_with("data:") {
            break;
        }
    }
    site.write(
        "content/jobs/J-1.md",
        "---\n标题: 客户经理\n薪酬: 很多\n---\n坏的正文\n",
    );
    server.expect_soon("/jobs/J-1/", |answer| answer.body.contains("bad-salary"));
    let broken = server.get("/jobs/J-1/");
    assert!(
        broken.status == 200
            && broken.body.contains("新的正文")
            && !broken.body.contains("坏的正文"),
        "the last good page is gone"
    );
    assert!(
        broken.body.contains("content/jobs/J-1.md:3:"),
        "the fault has no place"
    );
    site.write("content/jobs/J-1.md", format!("{before}好的正文\n"));
    server.expect_soon("/jobs/J-1/", |answer| {
        answer.body.contains("好的正文") && !answer.body.contains("bad-salary")
    });
    site.write("content/jobs/J-2.md", format!("{before}又一个\n"));
    server.expect_soon("/jobs/J-2/", |answer| answer.status == 200);
    site.remove("content/jobs/J-2.md");
    server.expect_soon("/jobs/J-2/", |answer| answer.status == 404);
    site.write("gangwei.yaml", SETTINGS.replace("门户", "新门户"));
    server.expect_soon("/", |answer| answer.body.contains("新门户"));
    assert!(
        !site.path().join("public").exists() && !site.path().join(".gangwei").exists(),
        "the preview wrote to the disk"
    );
}

#[test]
fn a_saved_file_is_seen_at_once_and_a_broken_one_keeps_the_last_good_page() {
    expect_live(&[]);
}

#[test]
fn a_part_of_a_script_that_the_site_replaces_is_seen_at_once() {
    let site = site();
    site.write("gangwei.yaml", format!("{SETTINGS}theme: bank\n"));
    let part = "themes/bank/js/search/91-open.js";
    site.write(part, "const own = 'before';\n");
    let server = Server::start(&site, &[]);
    let holds = |answer: &Answer, text: &str| {
        let script = answer.body.split('"').find_map(|word| {
            let (_, name) = word.split_once("/assets/search.")?;
            Some(format!("/assets/search.{name}"))
        });
        let script = server.get(&script.expect("the reader")).body;
        assert!(script.starts_with("(()=>{'use strict';") && script.ends_with("})();\n"));
        // The other parts are ours.
        script.contains("class Files") && script.contains(text)
    };
    server.expect_soon("/jobs/J-1/", |answer| {
        holds(answer, "const own = 'before';\n")
    });
    site.write(part, "const own = 'after';\n");
    server.expect_soon("/jobs/J-1/", |answer| {
        holds(answer, "const own = 'after';\n")
    });
}

#[test]
fn polling_sees_the_same() {
    // Two saves within one second have one time on some disks; the contents tell them apart.
    expect_live(&["--poll"]);
}

#[test]
fn a_folder_made_while_the_preview_runs_is_watched() {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    let server = Server::start(&site, &[]);
    site.write(
        "content/pages/late.md",
        "---\n标题: 后来\n---\n后来的正文\n",
    );
    server.expect_soon("/late/", |answer| answer.body.contains("后来的正文"));
    site.write("static/late.txt", "后来");
    server.expect_soon("/late.txt", |answer| answer.status == 200);
}

#[test]
fn what_the_rules_find_stands_on_the_page_it_concerns_and_stops_nothing() {
    let site = site();
    site.write(
        "content/jobs/limits.md",
        "---\n标题: 柜员\n发布日期: 2026-11-01\n---\n只招男性。\n",
    );
    let server = Server::start(&site, &[]);
    // The page is there at once; what is to be said of it follows.
    assert_eq!(server.get("/jobs/limits/").status, 200);
    server.expect_soon("/jobs/limits/", |answer| {
        ["gangwei-findings", "gender-limit", "/__gangwei/preview.css"]
            .iter()
            .all(|words| answer.body.contains(words))
    });
    assert!(!server.get("/jobs/").body.contains("gender-limit"));
    assert_eq!(server.get("/__gangwei/preview.css").status, 200);
}

#[test]
fn a_site_with_faults_from_the_start_shows_them() {
    let site = Site::with_document(
        "content/jobs/a.md",
        "---\n标题: <script>甲</script>\n薪酬: <script>很多</script>\n---\n",
    );
    let server = Server::start(&site, &[]);
    let answer = server.get("/");
    assert!(
        answer.body.contains("bad-salary") && !answer.body.contains("<script>很多"),
        "{}",
        answer.body
    );
    site.write("content/jobs/a.md", "---\n标题: 甲\n---\n");
    server.expect_soon("/", |answer| {
        answer.status == 200 && !answer.body.contains("bad-salary")
    });
}

#[test]
fn a_faulty_template_lies_over_the_last_good_page_and_goes_when_it_is_repaired() {
    let site = site();
    site.write("gangwei.yaml", format!("{SETTINGS}theme: bank\n"));
    let tagged = "---\n标题: 柜员\n发布日期: 2026-01-05\n标签: [一]\n---\n第二个正文\n";
    site.write("content/jobs/J-2.md", tagged);
    let template = |inside: &str| {
        let text = format!(
            "{{% extends \"default/job.html\" %}}{{% block after %}}{inside}{{% endblock after %}}"
        );
        site.write("themes/bank/templates/job.html", text);
    };
    template("<p>行标一</p>");
    let server = Server::start(&site, &[]);
    let is_good = |path: &str, words: &str| {
        server.expect_soon(path, |answer| {
            answer.status == 200
                && answer.body.contains(words)
                && !answer.body.contains("bad-template")
        });
    };
    is_good("/jobs/J-1/", "行标一");
    is_good("/jobs/J-2/", "行标一");
    // On every posting: seen before anybody asks for one.
    template("<p>行标二</p>{{ doc.titel }}");
    server.expect_soon("/", |answer| {
        answer.status == 200
            && answer.body.contains("gangwei-faults")
            && answer.body.contains("themes/bank/templates/job.html:1:")
    });
    let over = server.get("/jobs/J-1/");
    assert!(over.body.contains("行标一") && over.body.contains("bad-template"));
    template("<p>行标三</p>");
    is_good("/jobs/J-1/", "行标三");
    is_good("/jobs/J-2/", "行标三");
    // On the second posting only, which is told when somebody looks at it.
    template("<p>行标四</p>{% if doc.tags %}{{ doc.titel }}{% endif %}");
    is_good("/jobs/J-1/", "行标四");
    let over = server.get("/jobs/J-2/");
    assert!(
        over.status == 200
            && over.body.contains("行标三")
            && over.body.contains("第二个正文")
            && over.body.contains("gangwei-faults")
            && over.body.contains("jobs/J-2/"),
        "{} {}",
        over.status,
        over.body
    );
    template("<p>行标五</p>");
    is_good("/jobs/J-2/", "行标五");
}

/// Saves as editors do that never lose a file: another file is written beside it, then renamed over it.
fn save_by_rename(site: &Site, path: &str, text: &str) {
    let full = site.path().join(path);
    let beside = full.with_extension("md.tmp-1");
    std::fs::write(&beside, text).expect("a file beside it");
    std::fs::rename(beside, full).expect("rename");
}

fn expect_renames_seen(flags: &[&str]) {
    let site = site();
    let server = Server::start(&site, flags);
    for text in ["第一次的正文", "第二次的正文", "第三次的正文"] {
        let document = format!("---\n标题: 客户经理\n发布日期: 2026-01-05\n---\n{text}\n");
        save_by_rename(&site, "content/jobs/J-1.md", &document);
        server.expect_soon("/jobs/J-1/", |answer| answer.body.contains(text));
    }
    // The old one is kept aside first by other editors.
    let file = site.path().join("content/jobs/J-1.md");
    std::fs::rename(&file, file.with_extension("md~")).expect("rename");
    site.write(
        "content/jobs/J-1.md",
        "---\n标题: 客户经理\n---\n第四次的正文\n",
    );
    server.expect_soon("/jobs/J-1/", |answer| answer.body.contains("第四次的正文"));
}

#[test]
fn files_that_are_saved_by_renaming_are_seen() {
    expect_renames_seen(&[]);
}

#[test]
fn files_that_are_saved_by_renaming_are_seen_by_polling() {
    expect_renames_seen(&["--poll"]);
}

fn expect_folders_seen(flags: &[&str]) {
    let site = site();
    let document = |text: &str| format!("---\n标题: 关于\n---\n{text}[附件](files/a.txt)\n");
    site.write("content/pages/old/about-us.md", document("甲的正文"));
    site.write("content/pages/old/files/a.txt", "甲");
    let server = Server::start(&site, flags);
    let links = |answer: &Answer, folder: &str, text: &str| {
        let file = format!("/pages/{folder}/files/a.txt");
        answer.status == 200 && answer.body.contains(text) && answer.body.contains(&file)
    };
    let first = server.get("/about-us/");
    assert!(links(&first, "old", "甲的正文"), "{}", first.body);
    let content = site.path().join("content");
    std::fs::rename(content.join("pages/old"), content.join("pages/new")).expect("rename");
    server.expect_soon("/about-us/", |answer| links(answer, "new", "甲的正文"));
    assert_eq!(server.get("/pages/old/files/a.txt").status, 404);
    assert_eq!(server.get("/pages/new/files/a.txt").status, 200);
    // Files in the folder under its new name are watched as well.
    site.write("content/pages/new/about-us.md", document("乙的正文"));
    server.expect_soon("/about-us/", |answer| links(answer, "new", "乙的正文"));
    // All content goes and comes back, as when another branch is looked at.
    std::fs::rename(&content, site.path().join("aside")).expect("rename");
    server.expect_soon("/about-us/", |answer| answer.status == 404);
    std::fs::rename(site.path().join("aside"), &content).expect("rename");
    server.expect_soon("/about-us/", |answer| links(answer, "new", "乙的正文"));
    site.write("content/pages/new/about-us.md", document("丙的正文"));
    server.expect_soon("/about-us/", |answer| links(answer, "new", "丙的正文"));
    std::fs::remove_dir_all(content.join("pages/new")).expect("removal");
    server.expect_soon("/about-us/", |answer| answer.status == 404);
}

#[test]
fn folders_that_are_renamed_and_removed_are_seen() {
    expect_folders_seen(&[]);
}

#[test]
fn folders_that_are_renamed_and_removed_are_seen_by_polling() {
    expect_folders_seen(&["--poll"]);
}

fn expect_many_seen(flags: &[&str]) {
    let document =
        |number: usize, word: &str| format!("---\n标题: {word}岗位{number}\n---\n{word}的正文\n");
    let site = site();
    for number in 0..100 {
        site.write(
            &format!("content/jobs/M-{number}.md"),
            document(number, "旧"),
        );
    }
    let server = Server::start(&site, flags);
    assert!(server.get("/jobs/M-99/").body.contains("旧的正文"));
    // A branch switch: ninety changed, ten gone, ten new.
    for number in 0..90 {
        site.write(
            &format!("content/jobs/M-{number}.md"),
            document(number, "新"),
        );
    }
    for number in 90..100 {
        site.remove(&format!("content/jobs/M-{number}.md"));
        let path = format!("content/jobs/N-{number}.md");
        site.write(&path, document(number, "新"));
    }
    server.expect_soon("/jobs/N-99/", |answer| answer.body.contains("新的正文"));
    for number in 0..100 {
        let (path, status) = match number {
            0..90 => (format!("/jobs/M-{number}/"), 200),
            _ => (format!("/jobs/M-{number}/"), 404),
        };
        server.expect_soon(&path, |answer| {
            answer.status == status && (status == 404 || answer.body.contains("新的正文"))
        });
    }
    // What is made from all documents is right too.
    let jobs = server.get("/jobs.json").body;
    let titles = jobs.matches("新岗位").count();
    assert!(titles >= 100 && !jobs.contains("旧岗位"), "{titles} new");
}

#[test]
fn a_hundred_files_changed_at_once_are_all_seen() {
    expect_many_seen(&[]);
}

#[test]
fn a_hundred_files_changed_at_once_are_all_seen_by_polling() {
    expect_many_seen(&["--poll"]);
}

/// The titles that the search of the preview gives.
fn search(server: &Server, query: &str) -> Vec<String> {
    let reader = Reader::at(&format!("http://{}/search/", server.address));
    let answer = reader.search(query, &Options::all(10));
    let found = answer.results.into_iter();
    found.map(|result| result.title).collect()
}

#[test]
fn lists_and_the_search_index_are_those_of_the_saved_file() {
    let site = site();
    let server = Server::start(&site, &[]);
    site.write(
        "content/jobs/J-1.md",
        "---\n标题: 授信审查岗\n发布日期: 2026-01-05\n---\n审查的正文\n",
    );
    for path in ["/", "/jobs/", "/jobs.json", "/feed.xml"] {
        server.expect_soon(path, |answer| {
            answer.body.contains("授信审查岗") && !answer.body.contains("客户经理")
        });
    }
    assert_eq!(search(&server, "审查的正文"), ["授信审查岗"]);
    assert_eq!(search(&server, "旧的正文"), [""; 0]);
    site.write(
        "content/jobs/J-2.md",
        "---\n标题: 另一个岗\n发布日期: 2026-01-05\n---\n审查的正文\n",
    );
    server.expect_soon("/jobs/", |answer| answer.body.contains("另一个岗"));
    assert_eq!(search(&server, "审查的正文").len(), 2);
}

#[test]
fn a_fault_stands_over_the_last_good_page_in_the_language_of_that_page() {
    let settings = format!("{SETTINGS}editions: [zh-Hant-TW]\n");
    let site = site();
    site.write("gangwei.yaml", &settings);
    let server = Server::start(&site, &[]);
    let good = "---\n标题: 客户经理\n发布日期: 2026-01-05\n---\n新的正文\n";
    site.write(
        "content/jobs/J-1.md",
        "---\n标题: 客户经理\n薪酬: <b>很多</b>\n---\n坏的正文\n",
    );
    for page in [
        "/jobs/J-1/",
        "/",
        "/jobs/",
        "/zh-Hant-TW/jobs/J-1/",
        "/no/such/page/",
    ] {
        server.expect_soon(page, |answer| {
            [
                "gangwei-faults",
                // The code, the place, the line itself, and what to write instead, in Chinese.
                "bad-salary",
                "content/jobs/J-1.md:3:",
                "薪酬: &lt;b&gt;很多",
                "处要改",
                "建议",
            ]
            .iter()
            .all(|words| answer.body.contains(words))
                && !answer.body.contains("to repair")
                && !answer.body.contains("坏的正文")
        });
    }
    assert!(server.get("/jobs/J-1/").body.contains("旧的正文"));
    site.write("content/jobs/J-1.md", good);
    server.expect_soon("/jobs/J-1/", |answer| {
        answer.body.contains("新的正文") && !answer.body.contains("gangwei-faults")
    });
    // A broken template or setting is a fault like any other.
    site.write("gangwei.yaml", format!("{settings}菜单: 3\n"));
    server.expect_soon("/jobs/J-1/", |answer| {
        answer.body.contains("gangwei-faults") && answer.body.contains("gangwei.yaml:")
    });
    site.write("gangwei.yaml", &settings);
    server.expect_soon("/jobs/J-1/", |answer| {
        !answer.body.contains("gangwei-faults")
    });
}

#[test]
fn an_english_portal_shows_faults_in_english() {
    let settings = "title: Careers\nlanguage: en\norganization: {name: Bank A}\nbase_url: https://a.example/\n";
    let site = Site::new([
        ("gangwei.yaml", settings),
        ("content/jobs/J-1.md", "---\ntitle: Clerk\n---\nText.\n"),
    ]);
    let server = Server::start(&site, &["--lang", "zh"]);
    site.write(
        "content/jobs/J-1.md",
        "---\ntitle: Clerk\nsalary: lots\n---\n",
    );
    server.expect_soon("/jobs/J-1/", |answer| {
        answer.body.contains("to repair") && answer.body.contains("bad-salary")
    });
}

#[test]
fn a_page_is_not_loaded_again_where_nothing_changed() {
    let quiet = SETTINGS.replace("gate: warn", "gate: off");
    let site = Site::new([
        ("gangwei.yaml", quiet.as_str()),
        ("content/pages/a.md", "---\ntitle: 甲\n---\n正文。\n"),
    ]);
    let server = Server::start(&site, &[]);
    let version = || {
        let body = server.get("/a/").body;
        let after = body.split("data-version=\"").nth(1).expect("a version");
        after.split('"').next().unwrap_or("").to_owned()
    };
    let first = version();
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(first, version());
    site.write("content/pages/a.md", "---\ntitle: 甲\n---\n新的。\n");
    server.expect_soon("/a/", |answer| answer.body.contains("新的。"));
    assert_ne!(first, version());
}

#[test]
fn whoever_sends_half_a_request_is_hung_up_on() {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    let server = Server::start(&site, &[]);
    let mut half: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).expect("connect");
            stream
                .write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-")
                .expect("half");
            stream
        })
        .collect();
    for stream in &mut half {
        // A server that waited for ever would end here by the limit of the test.
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .expect("limit");
        let mut rest = Vec::new();
        stream
            .read_to_end(&mut rest)
            .expect("an end of the connection");
    }
}

#[test]
fn every_answer_keeps_to_this_origin() {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    let server = Server::start(&site, &[]);
    for path in ["/", "/none/", "/__gangwei/reload.js", "/jobs.json"] {
        let answer = server.get(path);
        assert!(
            answer.head.contains("x-content-type-options: nosniff"),
            "{path}: {}",
            answer.head
        );
        assert!(
            answer
                .head
                .contains("cross-origin-resource-policy: same-origin"),
            "{path}: {}",
            answer.head
        );
    }
}
