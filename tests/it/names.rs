//! Names of files that other systems, servers or the manifest would take for something else: told at the file before
//! anything is written, and a portal that an older version published with such a name goes on.

use crate::common::{self, Ran, SETTINGS, Site, git};
use gangwei::files::{FileDigest, litter};
use gangwei::publish::manifest::Manifest;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

const PAGE: &str = "---\ntitle: 甲\n---\n正文\n";

fn site() -> Site {
    Site::new([("gangwei.yaml", SETTINGS), ("content/pages/a.md", PAGE)])
}

/// Writes a file whose name may be no text.
fn write_raw(site: &Site, folder: &str, name: &[u8], text: &str) {
    let folder = site.path().join(folder);
    fs::create_dir_all(&folder).expect("folder");
    fs::write(folder.join(OsStr::from_bytes(name)), text).expect("file");
}

fn check(site: &Site) -> Ran {
    let mut command = common::gangwei();
    command.args(["check", "--lang", "zh"]).arg(site.path());
    common::run(&mut command)
}

/// What is told of a name, wherever it stands, and whether it stops the build.
#[test]
fn every_bad_name_is_told_wherever_it_lies_and_nothing_is_written() {
    let grave: &[&[u8]] = &[
        b"back\\slash.txt",
        b"a\nb.txt",
        b"a\rb.txt",
        b"a\tb.txt",
        b"a\x7fb.txt",
        "a\u{9b}b.txt".as_bytes(),
        "a\u{202e}b.txt".as_bytes(),
        "a\u{200b}b.txt".as_bytes(),
        b"a:b.txt",
        b"a.txt ",
        b"a.",
        b"\xb8\xda\xce\xbb.txt",
    ];
    let light: &[&[u8]] = &[
        b"a?b.txt",
        b"a*",
        b"\"a\"",
        b"<a>",
        b"a|b",
        b" a.txt",
        b"CON",
        b"lpt1.txt",
        "COM²".as_bytes(),
    ];
    for (names, code) in [(grave, 1), (light, 0)] {
        for name in names {
            for folder in ["content/pages", "static", "static/deep/er", "themes/mine"] {
                let site = site();
                site.write("gangwei.yaml", format!("{SETTINGS}theme: mine\n"));
                fs::create_dir_all(site.path().join("themes/mine")).expect("theme");
                write_raw(&site, folder, name, "x");
                let place = format!("{folder} {}", String::from_utf8_lossy(name));
                let told = check(&site).expect(code).stderr;
                assert!(told.contains("[unpublishable-name]"), "{place}: {told}");
                assert!(told.contains(folder), "{place}: {told}");
                site.build(&[]).expect(code);
                assert_eq!(site.out().exists(), code == 0, "{place}");
            }
        }
    }
}

#[test]
fn a_folder_of_a_bad_name_is_told_once() {
    let site = site();
    for file in ["x.html", "y.html"] {
        write_raw(&site, "static/d\\e", file.as_bytes(), "x");
    }
    let told = check(&site).expect(1).stderr;
    assert_eq!(told.matches("[unpublishable-name]").count(), 1, "{told}");
}

#[test]
fn a_posting_whose_name_is_gbk_is_told_with_the_line_that_repairs_it() {
    let site = site();
    let posting = "---\n标题: 柜员\n发布日期: 2026-11-01\n工作地点: 上海\n---\n正文\n";
    write_raw(&site, "content/jobs", b"\xb8\xda\xce\xbb.md", posting);
    let told = check(&site).expect(1).stderr;
    assert!(told.contains("岗位.md"), "{told}");
    let line = told.lines().find_map(|line| line.split_once("mv -- "));
    let line = format!("mv -- {}", line.expect("a line for a shell").1.trim());
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", &line]).current_dir(site.path());
    common::run(&mut shell).expect(0);
    assert!(site.path().join("content/jobs/岗位.md").is_file());
    site.build(&[]).expect(0);
}

#[test]
fn an_attachment_of_a_bad_name_is_told_although_a_document_links_it() {
    let site = site();
    site.write(
        "content/pages/a.md",
        "---\ntitle: 甲\n---\n[表](a%5Cb.pdf)\n",
    );
    write_raw(&site, "content/pages", b"a\\b.pdf", "%PDF-1.4\n");
    let told = site.build(&[]).expect(1).stderr;
    assert!(told.contains("[unpublishable-name]"), "{told}");
}

#[test]
fn names_that_are_one_on_another_system_are_told() {
    for [one, other] in [
        ["static/Form.pdf", "static/form.pdf"],
        ["static/caf\u{e9}.txt", "static/cafe\u{301}.txt"],
        ["static/Docs", "static/docs/a.txt"],
        ["static/A/a.txt", "static/a/b.txt"],
        ["content/pages/B.PDF", "content/pages/b.pdf"],
        ["content/pages/b1.md", "content/pages/B1.md"],
        // What a document brings along against what the site copies, and against a page.
        ["static/pages/A.pdf", "content/pages/a.pdf"],
        ["static/A/INDEX.html", "content/pages/c.md"],
    ] {
        let site = site();
        site.write("content/pages/a.md", "---\ntitle: 甲\n---\n[表](a.pdf)\n");
        site.write("content/pages/a.pdf", "%PDF-1.4\n");
        for path in [one, other] {
            site.write(
                path,
                if Path::new(path).extension().is_some_and(|end| end == "md") {
                    PAGE
                } else {
                    "x"
                },
            );
        }
        let told = check(&site).expect(1).stderr;
        assert!(told.contains("[same-name]"), "{one} {other}: {told}");
        site.build(&[]).expect(1);
    }
}

#[test]
fn ids_and_former_addresses_fall_under_the_same_rule() {
    for (front, code) in [
        ("id: con", "bad-id"),
        ("id: COM1", "bad-id"),
        ("id: a:b", "bad-id"),
        ("aliases: [/old/aux/]", "bad-alias"),
        ("aliases: [\"/a\\u202Eb/\"]", "bad-alias"),
        ("aliases: [/a%5Cb/]", "bad-alias"),
    ] {
        let site = site();
        site.write(
            "content/pages/b.md",
            format!("---\ntitle: 乙\n{front}\n---\n"),
        );
        let told = site.build(&[]).expect(1).stderr;
        assert!(told.contains(&format!("[{code}]")), "{front}: {told}");
    }
    let site = site();
    site.write("content/pages/nul.md", PAGE);
    assert!(site.build(&[]).expect(1).stderr.contains("[bad-id]"));
    // A department of that name gets an id that is none.
    let job = "---\n标题: 柜员\n发布日期: 2026-11-01\n工作地点: 上海\n部门: Con\n---\n正文\n";
    let site = self::site();
    site.write("content/jobs/J-1.md", job);
    site.build(&[]).expect(0);
    assert!(site.out().join("departments/con-1/index.html").is_file());
}

/// Puts a name into the manifest that the program would not write any more, as an older version did.
fn publish_like_an_older_version(site: &Site, path: &str) {
    let file = site.out().join("manifest.json");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(&file).expect("manifest")).expect("JSON");
    let entry = serde_json::to_value(FileDigest::of(b"x")).expect("JSON");
    manifest["files"][path] = entry;
    fs::write(file, manifest.to_string()).expect("manifest");
}

#[test]
fn a_portal_that_an_older_version_froze_goes_on() {
    for path in [
        "back\\slash.txt",
        "a\nb.txt",
        "d\\e/x\r.html",
        "ab:c",
        "x ",
        "\u{202e}x",
    ] {
        for is_there in [true, false] {
            let site = site();
            site.build(&[]).expect(0);
            let whole = site.outputs();
            publish_like_an_older_version(&site, path);
            let file = site.out().join(path);
            if is_there {
                fs::create_dir_all(file.parent().expect("folder")).expect("folder");
                fs::write(&file, "x").expect("file");
                let verified = common::run(common::gangwei().arg("verify").arg(site.out()));
                verified.expect(0);
            }
            // Somebody else's file of a name that looks like it is not touched.
            fs::write(site.out().join("a_b.txt"), "mine").expect("file");
            let again = site.build(&[]).expect(0);
            assert!(!again.stderr.contains("tampered"), "{}", again.stderr);
            assert!(!file.exists(), "{path:?}");
            fs::remove_file(site.out().join("a_b.txt")).expect("still there");
            common::assert_same(&whole, &site.outputs(), path);
            common::run(common::gangwei().arg("verify").arg(site.out())).expect(0);
        }
    }
}

#[test]
fn a_manifest_that_leads_out_of_its_folder_is_refused_and_nothing_is_touched() {
    for path in [
        "../x",
        "a/../../x",
        "/etc/passwd",
        "C:\\x",
        "c:/x",
        "..\\x",
        "a\\..\\..\\x",
        "\\\\host\\x",
        "a\u{0}b",
        ".gangwei/stage/x",
        ".Gangwei/x",
        "./a",
        "a//b",
    ] {
        let site = site();
        site.build(&[]).expect(0);
        publish_like_an_older_version(&site, path);
        fs::write(site.around().join("x"), "mine").expect("file");
        let before = common::outputs(site.around());
        let told = site.build(&[]).expect(2).stderr;
        assert!(told.contains("no file inside"), "{path:?}: {told}");
        common::assert_same(&before, &common::outputs(site.around()), path);
    }
}

#[test]
fn what_a_build_writes_is_read_again() {
    let site = site();
    for name in ["a?b.txt", "CON", " a", "岗位（上海）.txt", "100%#&'.txt"] {
        write_raw(&site, "static", name.as_bytes(), "x");
    }
    for _ in 0..2 {
        site.build(&[]).expect(0);
        Manifest::parse(&fs::read(site.out().join("manifest.json")).expect("manifest"))
            .expect("read");
    }
    assert!(site.out().join("a?b.txt").is_file());
}

#[test]
fn hidden_files_are_published_told_or_passed_over() {
    let site = site();
    site.write(
        "static/.well-known/security.txt",
        "Contact: mailto:sec@bank.example\n",
    );
    site.write("static/.htaccess", "# mine\n");
    for path in [
        "static/.DS_Store",
        "content/pages/Thumbs.db",
        "content/pages/~$a.docx",
        "static/.git/config",
        "static/.gitkeep",
    ] {
        site.write(path, "x");
    }
    let built = site.build(&[]).expect(0);
    assert!(!built.stderr.contains("hidden-file"), "{}", built.stderr);
    let outputs = site.outputs();
    assert_eq!(outputs[".htaccess"], b"# mine\n");
    assert!(outputs.contains_key(".well-known/security.txt"));
    assert!(
        !outputs
            .keys()
            .any(|path| path.contains("DS_Store") || path.contains(".git"))
    );
    for path in [
        "content/jobs/.draft.md",
        "static/.secret/key",
        "static/deep/.htaccess",
        "content/.well-known/x",
    ] {
        site.write(path, PAGE);
        let told = check(&site).expect(0).stderr;
        assert!(told.contains("[hidden-file]"), "{path}: {told}");
        site.remove(path);
        let _ = fs::remove_dir(site.path().join(path).parent().expect("folder"));
    }
}

#[test]
fn the_list_of_what_is_passed_over_is_in_the_guide() {
    let guide = fs::read_to_string("docs/publishing.md").expect("guide");
    for name in litter() {
        assert!(
            guide.contains(&format!("`{name}`")),
            "{name} is not in docs/publishing.md"
        );
    }
}

/// Two commits of a site, the second with what `change` does.
fn compared(change: impl Fn(&Path)) -> String {
    let site = site();
    let folder = site.path();
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-q", "-m", "x"]);
    change(&folder);
    git(&folder, &["add", "-A", "-f"]);
    git(&folder, &["commit", "-q", "-m", "y"]);
    let mut command = common::gangwei();
    command
        .args(["diff", "HEAD~1..HEAD", "--lang", "en"])
        .current_dir(&folder);
    let told = common::run(&mut command).expect(0).stdout;
    assert!(!told.contains("Nothing changes"), "{told}");
    told
}

#[test]
fn the_comparison_of_commits_sees_every_name_that_a_build_sees() {
    for name in [
        &b"back\\slash.txt"[..],
        b"a\nb.txt",
        b"\xb8\xda\xce\xbb.md",
        b"a:b",
    ] {
        let told = compared(|site| {
            fs::create_dir_all(site.join("static")).expect("folder");
            fs::write(site.join("static").join(OsStr::from_bytes(name)), "x").expect("file");
        });
        assert!(told.contains("unpublishable-name"), "{told}");
    }
    let told =
        compared(|site| symlink("/etc/passwd", site.join("content/pages/key.pdf")).expect("link"));
    assert!(
        told.contains("link-out-of-site") && !told.contains("root:"),
        "{told}"
    );
    let told = compared(|site| {
        fs::create_dir_all(site.join("static")).expect("folder");
        symlink("../content/pages/a.md", site.join("static/copy.txt")).expect("link");
    });
    assert!(told.contains("copy.txt"), "{told}");
    let told = compared(|site| {
        fs::create_dir_all(site.join("static/.well-known")).expect("folder");
        fs::write(site.join("static/.well-known/security.txt"), "x").expect("file");
    });
    assert!(told.contains("security.txt"), "{told}");
    let told = compared(|site| fs::write(site.join("content/pages/.b.md"), "x").expect("file"));
    assert!(told.contains("hidden-file"), "{told}");
}
