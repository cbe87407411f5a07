//! Reviews: what `gangwei diff` says of two portals, two sites and two commits, in words for people who know postings
//! and not git, and that no text of the content acts in it.
//! `SNAPSHOTS=overwrite cargo test --test it review::` rewrites the comments under `tests/review`; read the difference.

use crate::common::{self, Ran, Site, gangwei, git, hostile_texts, run, temporary};
use crate::snapshot::expect_file;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;
use std::fs;

const SETTINGS: &str = "title: 望澜银行人才门户\norganization: {name: 望澜银行}\nbase_url: https://hr.wanglan.example/zhaopin/\ncheck: {gate: warn}\n";

fn job(id: &str, title: &str, published: &str, more: &str) -> (String, String) {
    (
        format!("content/jobs/{id}.md"),
        format!(
            "---\n岗位编号: {id}\n标题: {title}\n发布日期: {published}\n招聘单位: 总行\n工作地点: [上海]\n招聘类型: 社会招聘\n应聘方式: {{email: hr@wanglan.example}}\n{more}\n---\n## 岗位职责\n\n负责柜面业务办理，试用期为六个月。\n"
        ),
    )
}

const ORDINARY: &str = "招聘人数: 2\n学历: 大专\n薪酬: 8000-12000元/月\n报名截止: 2026-12-31";

fn plain(path: &str, title: &str, more: &str, body: &str) -> (String, String) {
    (
        path.to_owned(),
        format!("---\ntitle: {title}\npublished: 2026-01-05\n{more}---\n{body}\n"),
    )
}

/// The demonstration of this test before and after a merge.
fn sites() -> [Site; 2] {
    let settings = || ("gangwei.yaml".to_owned(), SETTINGS.to_owned());
    let exam = |visibility: &str| {
        plain(
            "content/exams/basics.md",
            "柜员题库",
            &format!("visibility: {visibility}\n"),
            "## 判断题\n\n### 1. 一加一等于二。\n\n答案：对",
        )
    };
    let loan = |rate: &str| {
        let facts = format!("provider: 望澜银行\nfacts: {{rate: {rate}}}\n");
        plain(
            "content/products/loan.md",
            "流动资金贷款",
            &facts,
            "按需提款。",
        )
    };
    let poster = (
        "static/poster.html".to_owned(),
        "<p><a href=\"/zhaopin/jobs/J-2/\">客户经理</a></p>".to_owned(),
    );
    let old = Site::new([
        settings(),
        job("J-1", "综合柜员", "2026-11-01", ORDINARY),
        job("J-2", "客户经理", "2026-11-03", ORDINARY),
        job("J-4", "理财经理", "2026-11-05", ORDINARY),
        exam("internal"),
        loan("3%"),
        plain("content/articles/old.md", "职业发展", "", "旧。"),
        poster.clone(),
    ]);
    let more = ORDINARY
        .replace("8000-12000", "9000-15000")
        .replace("2026-12-31", "2027-01-15")
        .replace("大专", "本科")
        .replace(": 2\n", ": 5\n");
    let mut first = job("J-1", "综合柜员", "2026-11-01", &more);
    first.1 = first.1.replace("六个月", "三个月");
    let new = Site::new([
        settings(),
        first,
        job("J-3", "风险经理", "2026-11-20", ORDINARY),
        job(
            "J-4",
            "理财经理",
            "2026-11-05",
            &ORDINARY.replace("2026-12-31", "2026-11-30"),
        ),
        exam("public"),
        loan("3.5%"),
        plain(
            "content/articles/newer.md",
            "职业发展",
            "aliases: [/articles/old/]\n",
            "旧。",
        ),
        poster,
    ]);
    [old, new]
}

fn diff(arguments: &[&dyn AsRef<std::ffi::OsStr>], lang: &str) -> Ran {
    let mut command = gangwei();
    command
        .arg("diff")
        .args(["--lang", lang, "--as-of", "2026-12-01"]);
    for argument in arguments {
        command.arg(argument);
    }
    run(&mut command)
}

fn json(ran: Ran) -> Value {
    serde_json::from_str(&ran.expect(0).stdout).expect("JSON")
}

fn expect_golden(name: &str, text: &str) {
    expect_file(format!("tests/review/{name}"), text);
}

fn built(sites: &[Site; 2]) {
    for site in sites {
        site.build(&["--allow-removals"]).expect(0);
    }
}

/// The comment with the folders' names taken out.
fn named(ran: Ran, sites: &[Site; 2]) -> String {
    let mut text = ran.expect(0).stdout;
    for (site, name) in sites.iter().zip(["旧门户", "新门户"]) {
        for folder in [site.out(), site.path()] {
            let shown = gangwei::review::inert(&folder.display().to_string());
            text = text.replace(&shown, name);
        }
    }
    text
}

#[test]
fn the_comment_reads_as_it_should_in_both_languages() {
    let sites = sites();
    built(&sites);
    let (old, new) = (sites[0].out(), sites[1].out());
    let zh = named(diff(&[&old, &new], "zh"), &sites);
    expect_golden("zh.md", &without_sizes(&zh));
    expect_golden(
        "en.md",
        &without_sizes(&named(diff(&[&old, &new], "en"), &sites)),
    );
    for word in ["commit", "manifest", "JSON", "HTML", "hash", "提交", "清单"] {
        assert!(!zh.contains(word), "{word} in\n{zh}");
    }
}

/// Sizes follow every change of the theme.
fn without_sizes(text: &str) -> String {
    let at = text.rfind("<details>").unwrap_or(text.len());
    text[..at].trim_end().to_owned() + "\n"
}

#[test]
fn the_data_name_what_opens_changes_closes_moves_vanishes_breaks_and_becomes_public() {
    let sites = sites();
    built(&sites);
    let (old, new) = (sites[0].out(), sites[1].out());
    let found = json(diff(&[&old, &new, &"--format", &"json"], "zh"));
    let ids = |key: &str| -> Vec<&str> {
        let items = found[key].as_array().expect(key);
        items
            .iter()
            .map(|item| item["id"].as_str().expect("id"))
            .collect()
    };
    assert_eq!(ids("opened"), ["J-3"]);
    assert_eq!(ids("changed"), ["J-1"]);
    assert_eq!(ids("closed"), ["J-4", "J-2"]);
    assert_eq!(found["closed"][0]["page_stays"], true);
    assert_eq!(found["closed"][1]["page_stays"], false);
    let fields = found["changed"][0]["fields"].as_array().expect("fields");
    let names: Vec<&str> = fields
        .iter()
        .map(|field| field["field"].as_str().expect("name"))
        .collect();
    assert_eq!(
        names,
        ["salary", "closes", "headcount", "education", "body"]
    );
    assert_eq!(found["moved"][0]["from"], "/articles/old/");
    assert_eq!(found["moved"][0]["to"], "/articles/newer/");
    assert_eq!(found["vanished"].as_array().expect("vanished").len(), 1);
    assert_eq!(found["vanished"][0]["address"], "/jobs/J-2/");
    assert_eq!(found["broken_links"][0]["page"], "/poster.html");
    assert_eq!(found["exposed"][0]["address"], "/exams/basics/");
    assert_eq!(found["changed_pages"][0]["facts"][0]["new"], "3.5%");
    assert!(found["findings"].is_null());
}

#[test]
fn two_sites_tell_the_same_as_their_portals_and_who_was_internal() {
    let sites = sites();
    built(&sites);
    let outputs = json(diff(
        &[&sites[0].out(), &sites[1].out(), &"--format", &"json"],
        "zh",
    ));
    let (old, new) = (sites[0].path(), sites[1].path());
    let mut found = json(diff(&[&old, &new, &"--format", &"json"], "zh"));
    assert_eq!(found["exposed"][0]["was_internal"], true);
    assert!(found["findings"].is_array());
    for key in [
        "opened",
        "changed",
        "closed",
        "moved",
        "vanished",
        "broken_links",
        "sizes",
        "files_changed",
    ] {
        assert_eq!(found[key].take(), outputs[key], "{key}");
    }
    // Against a published folder a site is made for its day and address.
    let mixed = diff(&[&sites[0].out(), &sites[0].path()], "zh").expect(0);
    assert!(mixed.stdout.contains("没有变化"), "{}", mixed.stdout);
}

#[test]
fn a_fault_that_is_new_is_told_and_an_old_one_is_not() {
    let sites = sites();
    for site in &sites {
        site.write(
            "content/articles/x.md",
            "---\ntitle: 一\npublished: 2026-01-05\n---\n[x](gone.md)\n",
        );
    }
    sites[1].write(
        "content/articles/y.md",
        "---\ntitle: 二\npublished: 2026-01-05\n---\n[x](lost.md)\n",
    );
    let found = json(diff(
        &[&sites[0].path(), &sites[1].path(), &"--format", &"json"],
        "en",
    ));
    let files: Vec<&str> = found["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|one| one["file"].as_str().expect("file"))
        .collect();
    assert!(
        files.contains(&"content/articles/y.md") && !files.contains(&"content/articles/x.md"),
        "{files:?}"
    );
    assert!(found["errors"].as_u64() > Some(0));
}

#[test]
fn the_same_portal_twice_is_no_change() {
    let sites = sites();
    sites[0].build(&[]).expect(0);
    let ran = diff(&[&sites[0].out(), &sites[0].out()], "zh").expect(0);
    assert!(ran.stdout.contains("没有变化"), "{}", ran.stdout);
}

/// A site whose documents say the same in each version and lead to different places.
fn leading(host: &str, form: &str, guide: &str) -> Site {
    let body = format!(
        "请到[网申系统](https://{host}/apply)报名，填写[报名表](forms/form.txt)，看[指南](../articles/{guide}.md)。\n\n![二维码](/code-{guide}.png)"
    );
    let mut posting = job("J-1", "综合柜员", "2026-11-01", ORDINARY);
    posting.1.push_str(&format!("\n{body}\n"));
    let article =
        |id: &str, body: &str| plain(&format!("content/articles/{id}.md"), "指南", "", body);
    Site::new([
        ("gangwei.yaml".to_owned(), SETTINGS.to_owned()),
        posting,
        ("content/jobs/forms/form.txt".to_owned(), form.to_owned()),
        ("static/code-a.png".to_owned(), "x".to_owned()),
        ("static/code-b.png".to_owned(), "x".to_owned()),
        article("a", "甲。"),
        article("b", "甲。"),
        plain(
            "content/articles/c.md",
            "怎样报名",
            "",
            &body.replace("forms/form.txt", "../jobs/forms/form.txt"),
        ),
    ])
}

#[test]
fn a_link_or_a_picture_that_leads_elsewhere_is_told_though_no_word_changes() {
    let sites = [
        leading("bank.example", "甲", "a"),
        leading("evil.example", "甲", "b"),
    ];
    let found = json(diff(
        &[&sites[0].path(), &sites[1].path(), &"--format", &"json"],
        "zh",
    ));
    let reported = |links: &Value| -> Vec<(String, String, String)> {
        let text = |link: &Value, key: &str| link[key].as_str().expect(key).to_owned();
        let links = links.as_array().expect("links").iter();
        links
            .map(|link| (text(link, "words"), text(link, "old"), text(link, "new")))
            .collect()
    };
    let expected = [
        (
            "网申系统",
            "https://bank.example/apply",
            "https://evil.example/apply",
        ),
        ("指南", "/articles/a/", "/articles/b/"),
        ("二维码", "/code-a.png", "/code-b.png"),
    ];
    let expected: Vec<(String, String, String)> = expected
        .iter()
        .map(|(words, old, new)| (words.to_string(), old.to_string(), new.to_string()))
        .collect();
    assert_eq!(
        reported(&found["changed"][0]["fields"][0]["links"]),
        expected
    );
    assert_eq!(found["changed_pages"][0]["address"], "/articles/c/");
    assert_eq!(reported(&found["changed_pages"][0]["links"]), expected);
    assert_eq!(found["files"], serde_json::json!([]));
    built(&sites);
    for (lang, words) in [("zh", "只有外观"), ("en", "only looks")] {
        for [old, new] in [
            [sites[0].path().clone(), sites[1].path().clone()],
            [sites[0].out(), sites[1].out()],
        ] {
            let text = diff(&[&old, &new], lang).expect(0).stdout;
            assert!(!text.contains(words), "{text}");
            for address in ["bank.example/apply", "evil.example/apply", "/articles/b/"] {
                assert_eq!(text.matches(address).count(), 2, "{address}\n{text}");
            }
            expect_words(&text);
        }
    }
}

#[test]
fn a_file_that_is_published_as_it_is_is_told_where_it_comes_goes_or_differs() {
    let sites = [
        leading("bank.example", "甲", "a"),
        leading("bank.example", "乙", "a"),
    ];
    sites[0].write("static/old.pdf", "x");
    sites[1].write("static/new/page.html", "x");
    let found = json(diff(
        &[&sites[0].path(), &sites[1].path(), &"--format", &"json"],
        "zh",
    ));
    let file = |address: &str, fate: &str| serde_json::json!({"address": address, "fate": fate});
    assert_eq!(
        found["files"],
        serde_json::json!([
            file("/jobs/forms/form.txt", "changed"),
            file("/new/page.html", "added"),
            file("/old.pdf", "removed"),
        ])
    );
    let zh = diff(&[&sites[0].path(), &sites[1].path()], "zh").expect(0);
    assert!(
        zh.stdout.contains("**附件等文件变动 3 个。**"),
        "{}",
        zh.stdout
    );
    assert!(
        zh.stdout.contains("- /jobs/forms/form.txt · 换了内容"),
        "{}",
        zh.stdout
    );
    let en = diff(&[&sites[0].path(), &sites[1].path()], "en").expect(0);
    assert!(
        en.stdout
            .contains("- /jobs/forms/form.txt · has another content"),
        "{}",
        en.stdout
    );
}

#[test]
fn what_surrounds_pages_is_told_where_it_leads_out_and_else_pages_are_counted() {
    let sites = [
        leading("bank.example", "甲", "a"),
        leading("bank.example", "甲", "a"),
    ];
    let footer = |more: &str| format!("{SETTINGS}footer: [{{title: 报名, url: {more}}}]\n");
    sites[0].write("gangwei.yaml", footer("https://bank.example/"));
    sites[1].write("gangwei.yaml", footer("https://evil.example/"));
    let compared = || {
        diff(&[&sites[0].path(), &sites[1].path()], "zh")
            .expect(0)
            .stdout
    };
    let text = compared();
    assert!(
        text.contains("现在指向 https:\u{2060}//evil.example/"),
        "{text}"
    );
    sites[1].write(
        "gangwei.yaml",
        footer("https://bank.example/") + "accent: \"#aa2200\"\n",
    );
    let text = compared();
    assert!(
        text.contains("个网页不一样") && !text.contains("只有外观"),
        "{text}"
    );
    // Feeds and calendars are for programs.
    sites[0].build(&[]).expect(0);
    let copy = sites[1].around().join("copy");
    common::copy_folder(&sites[0].out(), &copy);
    let manifest = fs::read_to_string(copy.join("manifest.json")).expect("manifest");
    let mut manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    let files = manifest["files"].as_object_mut().expect("files");
    let other = files["index.html"].clone();
    for path in ["feed.xml", "jobs/J-1/calendar.ics", "sitemap.xml"] {
        *files.get_mut(path).expect(path) = other.clone();
    }
    fs::write(copy.join("manifest.json"), manifest.to_string()).expect("manifest");
    let text = diff(&[&sites[0].out(), &copy], "zh").expect(0).stdout;
    assert!(text.contains("只有外观或程序用的文件不同"), "{text}");
}

#[test]
fn a_page_with_search_in_its_name_vanishes_like_any_other() {
    let research = job("quant-research", "研究岗", "2026-11-01", ORDINARY);
    let poster = (
        "static/poster.html".to_owned(),
        "<a href=\"/zhaopin/jobs/quant-research/\">研究岗</a>".to_owned(),
    );
    let settings = || ("gangwei.yaml".to_owned(), SETTINGS.to_owned());
    let sites = [
        Site::new([settings(), research, poster.clone()]),
        Site::new([settings(), poster]),
    ];
    let found = json(diff(
        &[&sites[0].path(), &sites[1].path(), &"--format", &"json"],
        "zh",
    ));
    assert_eq!(found["vanished"][0]["address"], "/jobs/quant-research/");
    let broken = serde_json::json!({"page": "/poster.html", "target": "/jobs/quant-research/"});
    let links = found["broken_links"].as_array().expect("links");
    assert!(links.contains(&broken), "{links:?}");
}

/// Titles that try to act in a comment.
const HOSTILE: &[&str] = &[
    "a](javascript:alert(1)) [b](https://evil.example)",
    "![x](https://evil.example/p.png)",
    "<img src=x onerror=alert(1)>",
    "</details></summary><script>alert(1)</script>",
    "a | b | c",
    "# 大标题",
    "`code` ``` fence",
    "@all @channel @someone",
    "#1 !2 $3 ~bug %4 &5 GH-12",
    "https://evil.example/ www.evil.example evil@evil.example",
    ":smile: :+1: *粗* _斜_ ~~删~~ ==亮== $x$",
    "<!-- 注释 -->",
    "&lt;b&gt; &#64;all",
    "\\[x\\](y)",
    "[ref]: https://evil.example",
    "- [ ] /approve",
    "\u{202E}反\u{202C}",
];

#[test]
fn hostile_texts_are_words_in_the_comment() {
    let hostile = HOSTILE.iter().enumerate();
    let jobs = |benefit: &'static str| {
        hostile.clone().map(move |(number, text)| {
            let quoted = serde_json::json!(text);
            let benefit = serde_json::json!(format!("{benefit}{text}"));
            let more = format!("{ORDINARY}\n福利待遇: [{benefit}]");
            job(
                &format!("H-{number}"),
                &quoted.to_string(),
                "2026-11-01",
                &more,
            )
        })
    };
    let settings = [("gangwei.yaml".to_owned(), SETTINGS.to_owned())];
    let sites = [
        Site::new(settings.clone().into_iter().chain(jobs("旧"))),
        Site::new(settings.into_iter().chain(jobs("新"))),
    ];
    for lang in ["zh", "en"] {
        let text = named(diff(&[&sites[0].path(), &sites[1].path()], lang), &sites);
        assert!(text.contains("evil"), "the texts are no longer shown");
        expect_words(&text);
        let headings = text.lines().filter(|line| line.starts_with('#')).count();
        assert!(headings < 8, "{text}");
    }
}

/// Nothing in the comment acts: no link, picture, code, formula, HTML of others, mention or number of an issue.
#[track_caller]
fn expect_words(text: &str) {
    let acts =
        regex::Regex::new(r"@\w|\B#\d|!\d|https?://|www\.|:smile:|:\+1:|GH-\d|~bug|\u{202E}")
            .expect("pattern");
    for event in Parser::new_ext(text, Options::all()) {
        let allowed = [
            "<details>",
            "</details>",
            "<summary>",
            "</summary>",
            "<ins>",
            "</ins>",
            "<del>",
            "</del>",
        ];
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                panic!("a link to {dest_url}")
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let mut rest = html.to_string();
                for tag in allowed {
                    rest = rest.replace(tag, "");
                }
                assert!(!rest.contains('<'), "{html}");
            }
            Event::Code(code) => panic!("code: {code}"),
            Event::Start(Tag::Table(_) | Tag::CodeBlock(_)) => panic!("a block in\n{text}"),
            Event::Start(Tag::Heading { .. }) => {}
            Event::InlineMath(math) | Event::DisplayMath(math) => panic!("math: {math}"),
            Event::TaskListMarker(_) | Event::FootnoteReference(_) => panic!("a marker"),
            _ => {}
        }
    }
    assert!(!acts.is_match(text), "{:?}", acts.find(text));
}

#[test]
fn every_hostile_text_is_words_wherever_a_comment_puts_it() {
    for text in hostile_texts() {
        let words = gangwei::review::inert(text);
        assert!(!words.contains(['\n', '\r']), "{text:?}");
        for place in [
            format!("- {words}"),
            format!("- **甲** {words}：{words} → {words}"),
            format!("<details><summary>{words}</summary>\n\n- {words}\n\n</details>"),
            format!("<del>{words}</del> <ins>{words}</ins>"),
        ] {
            expect_words(&place);
        }
    }
}

#[test]
fn long_lists_are_folded_and_the_whole_fits_into_a_comment() {
    let settings = || [("gangwei.yaml".to_owned(), SETTINGS.to_owned())];
    let long = "长".repeat(150);
    let jobs = (0..400).map(|number| job(&format!("J-{number}"), &long, "2026-11-01", ORDINARY));
    let sites = [
        Site::new(settings()),
        Site::new(settings().into_iter().chain(jobs)),
    ];
    let text = named(diff(&[&sites[0].path(), &sites[1].path()], "zh"), &sites);
    assert!(text.chars().count() < 65_536);
    assert!(
        text.contains("<details><summary>还有 390 个</summary>"),
        "{}",
        &text[..2000]
    );
    assert!(text.contains("另有 340 个没有列出"));
    assert_eq!(
        text.matches("<details>").count(),
        text.matches("</details>").count()
    );
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_way_forward() {
    let sites = sites();
    let empty = sites[0].around().join("empty");
    fs::create_dir_all(&empty).expect("folder");
    let cases: [(&[&dyn AsRef<std::ffi::OsStr>], &str); 4] = [
        (&[&sites[0].path(), &empty], "neither"),
        (&[&sites[0].path()], "compare it with"),
        (
            &[&sites[0].path(), &"no-such-thing", &"--site", &empty],
            "no git repository",
        ),
        (&[&"--", &"--output=x", &"-x"], "cannot name"),
    ];
    for (arguments, word) in cases {
        let ran = diff(arguments, "en").expect(2);
        assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
    }
    sites[0].build(&[]).expect(0);
    fs::write(sites[0].out().join("manifest.json"), "{}").expect("manifest");
    let ran = diff(&[&sites[0].out(), &sites[1].path()], "en").expect(2);
    assert!(ran.stderr.contains("not a manifest"), "{}", ran.stderr);
}

/// A repository with the site in a folder: a commit before there was one, then the old and the new site.
fn repository(sites: &[Site; 2]) -> (tempfile::TempDir, Vec<String>) {
    let folder = temporary();
    let root = folder.path();
    git(root, &["init", "-q"]);
    fs::write(root.join("README"), "x").expect("file");
    let mut commits = Vec::new();
    let mut commit = || {
        git(root, &["add", "-A"]);
        git(root, &["commit", "-q", "-m", "x"]);
        commits.push(git(root, &["rev-parse", "HEAD"]));
    };
    commit();
    for site in sites {
        let _ = fs::remove_dir_all(root.join("hr"));
        common::copy_folder(&site.path(), &root.join("hr"));
        commit();
    }
    (folder, commits)
}

#[test]
fn two_commits_tell_the_same_as_their_sites() {
    let sites = sites();
    let (folder, commits) = repository(&sites);
    let site = folder.path().join("hr");
    let expected = json(diff(
        &[&sites[0].path(), &sites[1].path(), &"--format", &"json"],
        "zh",
    ));
    let range = format!("{}..{}", commits[1], commits[2]);
    let same = |found: Value| {
        for key in [
            "opened",
            "changed",
            "closed",
            "exposed",
            "moved",
            "vanished",
            "files_changed",
        ] {
            assert_eq!(found[key], expected[key], "{key}");
        }
    };
    same(json(diff(
        &[
            &commits[1],
            &commits[2],
            &"--site",
            &site,
            &"--format",
            &"json",
        ],
        "zh",
    )));
    same(json(diff(
        &[&range, &"--site", &site, &"--format", &"json"],
        "zh",
    )));
    same(json(diff(
        &[&"HEAD~1..", &"--site", &site, &"--format", &"json"],
        "zh",
    )));
    // The first merge request of a portal.
    let first = json(diff(
        &[
            &commits[0],
            &commits[1],
            &"--site",
            &site,
            &"--format",
            &"json",
        ],
        "zh",
    ));
    assert_eq!(first["opened"].as_array().expect("opened").len(), 3);
    let gone = diff(&[&commits[1], &commits[0], &"--site", &site], "en").expect(2);
    assert!(gone.stderr.contains("gangwei.yaml"), "{}", gone.stderr);
    assert_eq!(git(folder.path(), &["status", "--porcelain"]), "");
}

#[test]
fn three_dots_leave_out_what_the_main_branch_did_meanwhile() {
    let sites = sites();
    let (folder, commits) = repository(&sites);
    let root = folder.path();
    git(root, &["checkout", "-q", "-b", "mine", &commits[1]]);
    let (path, text) = job("J-9", "法务", "2026-11-09", ORDINARY);
    fs::write(root.join("hr").join(path), text).expect("file");
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "x"]);
    let site = root.join("hr");
    let found = json(diff(
        &[&"main...mine", &"--site", &site, &"--format", &"json"],
        "zh",
    ));
    assert_eq!(found["opened"].as_array().expect("opened").len(), 1);
    assert_eq!(found["changed"].as_array().expect("changed").len(), 0);
}

#[test]
fn a_missing_commit_and_a_shallow_clone_say_what_to_write() {
    let sites = sites();
    let (folder, commits) = repository(&sites);
    let site = folder.path().join("hr");
    let ran = diff(&[&"no-such-branch", &"HEAD", &"--site", &site], "en").expect(2);
    assert!(
        ran.stderr.contains("no such commit") && ran.stderr.contains("git fetch"),
        "{}",
        ran.stderr
    );
    let clone = sites[0].around().join("clone");
    let from = format!("file://{}", folder.path().display());
    git(
        sites[0].around(),
        &["clone", "-q", "--depth", "1", &from, "clone"],
    );
    for arguments in [
        [commits[1].as_str(), "HEAD"].to_vec(),
        [format!("{}...HEAD", commits[1]).as_str()].to_vec(),
    ] {
        let mut command = gangwei();
        command
            .arg("diff")
            .args(&arguments)
            .arg("--site")
            .arg(clone.join("hr"))
            .args(["--lang", "en"]);
        let ran = run(&mut command).expect(2);
        assert!(
            ran.stderr.contains("fetch-depth: 0") && ran.stderr.contains("GIT_DEPTH: 0"),
            "{}",
            ran.stderr
        );
    }
}
