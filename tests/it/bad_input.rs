//! Input that nobody meant to write: every fault is told with its file and place, none is a panic, none keeps the program
//! from its end, and nothing is published.

use crate::common::{self, Ran, SETTINGS, Site, document, expect_linear, plain, run};
use gangwei::blanks::{compile, skeleton};
use gangwei::fields::{Field, FieldType};
use gangwei::kinds::KINDS;
use gangwei::markdown::{Blanks, Profile, outline};
use serde_json::{Value, json};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Builds a site. A build without an end is ended by the system, after ten minutes of the processor's time.
fn build(site: &Site) -> Ran {
    let plain = site.command(&[]);
    let mut command = Command::new("bash");
    command.arg("-c").arg("ulimit -t 600; exec \"$0\" \"$@\"");
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    run(command.arg(plain.get_program()).args(plain.get_args()))
}

/// Builds a site that must be refused: without a panic, with every one of these words told.
#[track_caller]
fn expect_told(site: &Site, words: &[&str]) -> Ran {
    let ran = build(site);
    assert!(!site.out().exists(), "a faulty site made a target");
    let ran = ran.expect(1);
    for word in words {
        assert!(
            ran.stderr.contains(word),
            "`{word}` is not reported:\n{:.3000}",
            ran.stderr
        );
    }
    ran
}

/// Builds a site whose form is odd but right; it may also be refused, with the file named.
#[track_caller]
fn expect_survived(site: &Site, file: &str) {
    let ran = build(site);
    assert!(!ran.stderr.contains("panicked"), "{:.2000}", ran.stderr);
    assert!(
        ran.code == Some(0) || (ran.code == Some(1) && ran.stderr.contains(file)),
        "{:?} {:.2000}",
        ran.code,
        ran.stderr
    );
}

fn page(text: &str) -> Site {
    Site::with_document("content/pages/甲.md", text)
}

#[test]
fn broken_yaml_is_told_with_line_and_column() {
    let cases = [
        ("title: [甲", "甲.md:"),
        ("title: \"甲", "甲.md:"),
        ("title: 甲\n\tsummary: 乙", "甲.md:2:"),
        ("title: 甲: 乙", "甲.md:2:"),
        ("title: 甲\n  - 乙\n summary: 丙", "甲.md:"),
        ("title: *missing", "甲.md:2:"),
        ("- 甲\n- 乙", "甲.md:2:"),
        ("甲", "甲.md:2:"),
    ];
    for (yaml, place) in cases {
        expect_told(
            &page(&format!("---\n{yaml}\n---\n正文\n")),
            &[&format!("content/pages/{place}")],
        );
    }
    expect_told(
        &page("---\ntitle: 甲\n正文\n"),
        &["content/pages/甲.md:1:1", "not closed"],
    );
}

#[test]
fn broken_settings_and_vocabularies_are_told() {
    expect_told(
        &Site::new([("gangwei.yaml", "title: [")]),
        &["gangwei.yaml:1:"],
    );
    expect_told(
        &Site::new([("gangwei.yaml", "- 甲\n")]),
        &["gangwei.yaml:1:"],
    );
    expect_told(&Site::new([("gangwei.yaml", "")]), &["gangwei.yaml"]);
    expect_told(
        &Site::new([
            ("gangwei.yaml", SETTINGS),
            ("content/units.yaml", "- id: [\n"),
        ]),
        &["content/units.yaml:"],
    );
    expect_told(
        &Site::new([
            ("gangwei.yaml", SETTINGS),
            ("content/units.yaml", "甲: 乙\n"),
        ]),
        &["content/units.yaml:1:1"],
    );
    expect_told(
        &Site::new([("gangwei.yaml", SETTINGS), ("content/units.yaml", "- 甲\n")]),
        &["content/units.yaml:1:"],
    );
}

/// Values that no field of this type can have; empty where everything is text.
fn wrong_values(ty: &FieldType) -> Vec<Value> {
    match ty {
        FieldType::Text | FieldType::Entry(_) => vec![json!({"x": 1})],
        FieldType::Notation(_) => vec![json!("绝不可读"), json!(true)],
        FieldType::Integer => vec![
            json!("多"),
            json!(-1),
            json!(1.5),
            json!([{"x": 1}]),
            json!("99999999999999999999"),
        ],
        FieldType::Number => vec![json!("多"), json!("1e999"), json!("NaN"), json!({"x": 1})],
        FieldType::Boolean => vec![json!("也许"), json!(2), json!({"x": 1})],
        FieldType::Date => vec![
            json!("2026-02-30"),
            json!("明天"),
            json!(20_260_101),
            json!({"x": 1}),
        ],
        FieldType::Moment => vec![
            json!("2026-13-01"),
            json!("2026-01-01T09:00"),
            json!({"x": 1}),
        ],
        FieldType::Url => vec![
            json!("b.example"),
            json!("javascript:alert(1)"),
            json!("https://"),
            json!({"x": 1}),
        ],
        FieldType::Email => vec![json!("甲@乙"), json!("a b@c.example"), json!({"x": 1})],
        FieldType::Choice(_) => vec![json!("没有的"), json!({"x": 1})],
        FieldType::Reference(_) => vec![json!("no-such-one"), json!({"x": 1})],
        FieldType::List(inner) => wrong_values(inner)
            .into_iter()
            .map(|value| json!([value]))
            .collect(),
        FieldType::Record(_) => vec![json!("甲"), json!({"没有这一项": 1})],
        FieldType::Map(_) => vec![json!({"甲": "多"})],
        FieldType::Either(_) => vec![json!({"没有这一项": {"x": 1}})],
    }
}

#[test]
fn a_wrong_type_in_any_field_is_told_at_its_line() {
    let mut missed = Vec::new();
    for kind in KINDS {
        let site = Site::new([("gangwei.yaml", SETTINGS)]);
        let mut expected = Vec::new();
        let all: Vec<&Field> = common::fields(kind);
        for field in &all {
            for (number, wrong) in wrong_values(&field.ty).into_iter().enumerate() {
                let title = if field.key == "title" {
                    ""
                } else {
                    "title: 甲\n"
                };
                let path = format!(
                    "content/{}/{}-{number}.md",
                    kind.folder,
                    field.key.replace('_', "-")
                );
                site.write(
                    &path,
                    format!("---\n{title}{}: {wrong}\n---\n正文\n", field.key),
                );
                let line = if title.is_empty() { 2 } else { 3 };
                expected.push((format!("{path}:{line}:"), format!("{}: {wrong}", field.key)));
            }
        }
        // The same fault is told once with ten places, so each file is tried alone where it is not named.
        let reported = expect_told(&site, &[]).stderr;
        for (place, written) in expected
            .into_iter()
            .filter(|(place, _)| !reported.contains(place.as_str()))
        {
            let path = place.split(':').next().expect("path");
            let text = std::fs::read_to_string(site.path().join(path)).expect("file");
            let alone = Site::with_document(path, &text).build(&[]);
            if alone.code != Some(1) || !alone.stderr.contains(&place) {
                missed.push(format!("{} {written}: exit {:?}", kind.name, alone.code));
            }
        }
    }
    assert!(missed.is_empty(), "not reported:\n{}", missed.join("\n"));
}

#[test]
fn both_names_of_any_field_are_told() {
    for kind in KINDS {
        let site = Site::new([("gangwei.yaml", SETTINGS)]);
        for field in common::fields(kind) {
            let Some(value) = common::value(
                &field.ty,
                &format!("{}.{}", kind.name, field.key),
                1,
                &mut |path, ty| plain(path, ty),
            ) else {
                continue;
            };
            let zh = if field.key == "id" {
                kind.id_zh
            } else {
                field.zh
            };
            let text = format!(
                "---\n标题: 甲\n{}: {value}\n{zh}: {value}\n---\n正文\n",
                field.key
            );
            let path = format!("content/{}/a.md", kind.folder);
            site.write(&path, text);
            expect_told(&site, &["duplicate-key", &path]);
        }
    }
}

#[test]
fn one_key_written_twice_is_told() {
    expect_told(
        &page("---\ntitle: 甲\ntitle: 乙\n---\n"),
        &["duplicate-key", "content/pages/甲.md:3:1"],
    );
    expect_told(
        &page("---\n标题: 甲\n標題: 乙\n---\n"),
        &["duplicate-key", "content/pages/甲.md:3:1"],
    );
    expect_told(
        &page("---\ntitle: 甲\nTitle: 乙\n---\n"),
        &["duplicate-key", "content/pages/甲.md:3:1"],
    );
}

#[test]
fn one_id_of_two_documents_is_told_whatever_its_case() {
    for (first, second) in [("a", "a"), ("Abc", "aBC"), ("é", "e\u{301}"), ("É", "é")] {
        let site = Site::new([("gangwei.yaml", SETTINGS)]);
        site.write(
            "content/jobs/x.md",
            format!("---\ntitle: 甲\nid: {first}\n---\n甲\n"),
        );
        site.write(
            "content/jobs/y.md",
            format!("---\ntitle: 甲\nid: {second}\n---\n甲\n"),
        );
        expect_told(
            &site,
            &["duplicate-id", "content/jobs/x.md", "content/jobs/y.md:3:"],
        );
    }
}

#[test]
fn faults_of_every_file_are_told_in_one_run() {
    let site = Site::new([(
        "gangwei.yaml",
        format!("{SETTINGS}theme: missing\nno_such: 1\n"),
    )]);
    site.write("content/units.yaml", "- id: 甲 乙\n  name: 丙\n");
    site.write("content/jobs/a.md", "---\ntitle: [\n---\n");
    site.write("content/jobs/b.md", "---\nsalary: 多\n---\n");
    site.write("content/jobs/c.md", "");
    site.write("content/articles/d.md", [b'a', 0xFF]);
    site.write(
        "content/exams/e.md",
        "---\ntitle: 甲\n---\n## 单选题\n\n### 1. 甲\n",
    );
    site.write("content/f.md", "甲");
    site.write("content/strange/g.md", "甲");
    let files = [
        "gangwei.yaml",
        "content/units.yaml",
        "jobs/a.md",
        "jobs/b.md",
        "jobs/c.md",
        "articles/d.md",
        "exams/e.md",
        "content/f.md",
        "strange/g.md",
    ];
    expect_told(&site, &files);
}

#[test]
fn a_missing_theme_and_a_broken_template_are_told() {
    let site = Site::new([("gangwei.yaml", format!("{SETTINGS}theme: missing\n"))]);
    expect_told(&site, &["gangwei.yaml", "missing"]);
    for (template, line) in [
        ("{% if x %}\n", ""),
        ("甲\n{{ page.title }\n", ":2"),
        ("{% nonsense %}\n", ":1"),
        ("{{ site.title | no_such_filter }}\n", ""),
    ] {
        let site = Site::new([("gangwei.yaml", format!("{SETTINGS}theme: own\n"))]);
        site.write("content/pages/a.md", "---\ntitle: 甲\n---\n甲\n");
        site.write("themes/own/templates/page.html", template);
        expect_told(&site, &[&format!("page.html{line}")]);
    }
}

/// Runs the binary as nobody, who may not read everything.
#[track_caller]
fn expect_told_to_nobody(site: &Site, words: &[&str]) {
    let open = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("mode");
    };
    open(site.around(), 0o777);
    let ran = run(site.command(&[]).uid(65534).gid(65534));
    // A file that is copied is first read when everything else is done.
    let code = if words
        .iter()
        .any(|word| word.starts_with("static/pictures/"))
    {
        2
    } else {
        1
    };
    let ran = ran.expect(code);
    assert!(!site.out().exists());
    for word in words {
        assert!(
            ran.stderr.contains(word),
            "`{word}` is not reported: {}",
            ran.stderr
        );
    }
}

#[test]
fn what_may_not_be_read_is_told() {
    let lock = |site: &Site, path: &str| {
        std::fs::set_permissions(
            site.path().join(path),
            std::fs::Permissions::from_mode(0o000),
        )
        .expect("mode");
    };
    let make = || {
        let site = Site::new([
            ("gangwei.yaml", SETTINGS),
            ("content/pages/a.md", "---\ntitle: 甲\n---\n"),
            ("content/jobs/b.md", "---\ntitle: 甲\n---\n"),
        ]);
        site.write("static/pictures/a.txt", "甲");
        site.write("content/units.yaml", "- id: a\n  name: 甲\n");
        site
    };
    // Only root can become nobody; anybody else may not read a locked file as it is.
    let root = std::fs::metadata("/proc/self")
        .is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    for path in [
        "content/pages/a.md",
        "content/jobs",
        "content/units.yaml",
        "gangwei.yaml",
        "content",
        "static/pictures",
        "static/pictures/a.txt",
    ] {
        let site = make();
        lock(&site, path);
        if root {
            expect_told_to_nobody(&site, &[path]);
        } else {
            drop(expect_told(&site, &[path]));
        }
        std::fs::set_permissions(
            site.path().join(path),
            std::fs::Permissions::from_mode(0o755),
        )
        .expect("mode");
    }
}

#[test]
fn links_out_of_the_site_and_in_circles_are_told() {
    let site = page("---\ntitle: 甲\n---\n");
    std::fs::write(site.around().join("secret.md"), "---\ntitle: 秘密\n---\n").expect("file");
    std::fs::create_dir(site.around().join("secrets")).expect("folder");
    for (target, link) in [
        (site.around().join("secret.md"), "content/pages/out.md"),
        (site.around().join("secrets"), "content/jobs"),
        (
            site.path().join("content/pages/loop.md"),
            "content/pages/loop.md",
        ),
        (site.path().join("content"), "content/pages/circle"),
        (site.around().join("nothing"), "content/pages/dangling.md"),
        (site.around().join("secret.md"), "content/units.yaml"),
    ] {
        let link_path = site.path().join(link);
        symlink(&target, &link_path).expect("link");
        expect_told(&site, &[link]);
        std::fs::remove_file(link_path).expect("link");
    }
}

#[test]
fn a_link_to_what_is_no_content_of_the_site_is_told() {
    let site = page("---\ntitle: 甲\n---\n[表](secret.txt)\n");
    for hidden in [
        ".git/config",
        ".env",
        "key.txt",
        "content/.draft.txt",
        "public/key.txt",
    ] {
        site.write(hidden, "秘密");
        let link = site.path().join("content/pages/secret.txt");
        symlink(site.path().join(hidden), &link).expect("link");
        expect_told(&site, &["content/pages/secret.txt"]);
        std::fs::remove_file(link).expect("link");
    }
    // A file that stands in two places is one file of the site.
    site.write("static/form.txt", "表");
    let link = site.path().join("content/pages/secret.txt");
    symlink(site.path().join("static/form.txt"), &link).expect("link");
    site.outputs();
}

#[test]
fn a_theme_behind_a_link_out_of_the_site_is_told() {
    let site = page("---\ntitle: 甲\n---\n");
    std::fs::create_dir_all(site.around().join("theme/templates")).expect("folder");
    std::fs::write(site.around().join("theme/templates/page.html"), "秘密").expect("file");
    std::fs::create_dir(site.path().join("themes")).expect("folder");
    site.write("gangwei.yaml", format!("{SETTINGS}theme: own\n"));
    symlink(site.around().join("theme"), site.path().join("themes/own")).expect("link");
    expect_told(&site, &["themes/own"]);
}

#[test]
fn settings_behind_a_link_out_of_the_site_are_told() {
    let site = Site::new([("content/pages/a.md", "---\ntitle: 甲\n---\n")]);
    std::fs::write(site.around().join("settings.yaml"), SETTINGS).expect("file");
    symlink(
        site.around().join("settings.yaml"),
        site.path().join("gangwei.yaml"),
    )
    .expect("link");
    expect_told(&site, &["gangwei.yaml"]);
}

#[test]
fn a_whole_content_folder_behind_a_link_out_of_the_site_is_told() {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    std::fs::create_dir_all(site.around().join("elsewhere/pages")).expect("folder");
    std::fs::write(
        site.around().join("elsewhere/pages/a.md"),
        "---\ntitle: 秘密\n---\n",
    )
    .expect("file");
    symlink(site.around().join("elsewhere"), site.path().join("content")).expect("link");
    expect_told(&site, &["content"]);
}

#[test]
fn no_path_in_the_content_reads_a_file_outside_the_site() {
    let secret = "secretoutside";
    let refused_or_silent = |site: &Site, what: &str| {
        let around = site.around();
        std::fs::create_dir_all(around.join("theme/templates")).expect("folder");
        for name in [
            "secret.md",
            "secret.png",
            "secret.yaml",
            "theme/templates/page.html",
        ] {
            let text = format!("---\ntitle: {secret}\n---\n{secret}\n");
            std::fs::write(around.join(name), text).expect("file");
        }
        let ran = site.build(&[]);
        assert!(matches!(ran.code, Some(0 | 1)), "{what}: {}", ran.stderr);
        assert!(!ran.stderr.contains(secret), "{what}: {}", ran.stderr);
        if ran.code == Some(1) {
            assert!(!site.out().exists(), "{what}");
            return;
        }
        for (path, bytes) in common::outputs(&site.out()) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(secret), "{what}: {path}");
        }
    };
    let outside = |name: &str| {
        let absolute = |site: &Site| format!("{}/{name}", site.around().display());
        let there = page("---\ntitle: 甲\n---\n");
        vec![
            format!("../../../{name}"),
            format!("../../../../site/../{name}"),
            format!("..%2F..%2F..%2F{name}"),
            format!("%2e%2e/%2e%2e/%2e%2e/{name}"),
            format!("..\\..\\..\\{name}"),
            format!("./a/../../../../{name}"),
            absolute(&there),
            format!("file://{}", absolute(&there)),
        ]
    };
    for path in outside("secret.png") {
        for body in [
            format!("![甲](<{path}>)"),
            format!("[甲](<{path}>)"),
            format!("<img src=\"{path}\">"),
        ] {
            refused_or_silent(&page(&format!("---\ntitle: 甲\n---\n{body}\n")), &body);
        }
        let site = page("---\ntitle: 甲\n---\n");
        site.write(
            "gangwei.yaml",
            format!("{SETTINGS}icon: {path}\n").replace(
                "{name: 甲银行}",
                &format!("{{name: 甲银行, logo: '{path}'}}"),
            ),
        );
        refused_or_silent(&site, &format!("logo {path}"));
    }
    for path in outside("secret.md") {
        let body = format!("[甲](<{path}>)");
        refused_or_silent(&page(&format!("---\ntitle: 甲\n---\n{body}\n")), &body);
    }
    for path in [
        "../theme",
        "../../theme",
        "own/../../../theme",
        "/theme",
        "..\\theme",
    ] {
        let site = page("---\ntitle: 甲\n---\n");
        site.write("gangwei.yaml", format!("{SETTINGS}theme: '{path}'\n"));
        refused_or_silent(&site, &format!("theme {path}"));
    }
    for path in [
        "../../../secret.md",
        "../../../../secret.md",
        "/etc/hostname",
    ] {
        let site = page("---\ntitle: 甲\n---\n");
        site.write("gangwei.yaml", format!("{SETTINGS}theme: own\n"));
        site.write(
            "themes/own/templates/page.html",
            format!("{{% include \"{path}\" %}}"),
        );
        refused_or_silent(&site, &format!("include {path}"));
        site.build(&[]).expect(1);
    }
}

#[test]
fn a_front_matter_that_is_too_large_is_told_and_one_below_the_limit_is_read() {
    let with = |bytes: usize| {
        page(&format!(
            "---\ntitle: 甲\nsummary: {}\n---\n甲\n",
            "a".repeat(bytes)
        ))
    };
    expect_told(
        &with(257 * 1024),
        &["content/pages/甲.md", "front-matter-too-large", "help:"],
    );
    with(255 * 1024).build(&[]).expect(0);
}

#[test]
fn a_vocabulary_larger_than_front_matter_is_read_and_called_a_file() {
    let site = page("---\ntitle: 甲\n---\n甲\n");
    let entries = |count: usize| -> String {
        (0..count)
            .map(|number| format!("- {{id: d-{number}, name: 部门{number}}}\n"))
            .collect()
    };
    let text = entries(60_000);
    assert!(text.len() > 1024 * 1024);
    site.write("content/departments.yaml", &text);
    site.build(&[]).expect(0);
    site.write("content/departments.yaml", text + "- &甲\n]\n");
    let reported = site.build(&[]).expect(1).stderr;
    assert!(reported.contains("the file cannot be read"), "{reported}");
    assert!(!reported.contains("the front matter"), "{reported}");
    site.write("content/departments.yaml", "#".repeat(5 * 1024 * 1024));
    let reported = site.build(&[]).expect(1).stderr;
    assert!(
        reported.contains("such a file has at most 4 MB"),
        "{reported}"
    );
}

#[test]
fn names_too_long_for_a_folder_are_shortened_or_told() {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    let (one, other) = ("部".repeat(300), "部".repeat(301));
    for (name, department) in [("a", &one), ("b", &other)] {
        site.write(
            &format!("content/jobs/{name}.md"),
            format!("---\ntitle: 甲\npublished: 2026-01-05\ndepartment: {department}\n---\n甲\n"),
        );
    }
    let built = site.outputs();
    let lists = built
        .keys()
        .filter(|path| path.starts_with("departments/部") && path.ends_with("index.html"));
    assert_eq!(lists.count(), 2, "each department has a list of its own");
    site.write(
        "content/jobs/c.md",
        format!("---\ntitle: 甲\nid: {}\n---\n甲\n", "号".repeat(99)),
    );
    let ran = site.build(&[]).expect(1);
    assert!(ran.stderr.contains("bad-id"), "{}", ran.stderr);
}

#[test]
fn odd_files_are_told() {
    let site = page("---\ntitle: 甲\n---\n甲\n");
    for (path, bytes, word) in [
        (
            "content/pages/b.md",
            b"---\ntitle: \xFF\n---\n".to_vec(),
            "UTF-8",
        ),
        ("content/pages/b.md", Vec::new(), "empty"),
        ("content/pages/b.md", b" \n\n".to_vec(), "empty"),
        ("content/pages/b.md", vec![b'a'; 50 * 1024 * 1024], "50 MB"),
        (
            "content/pages/b.md",
            b"---\ntitle: a\x01b\n---\n".to_vec(),
            "b.md:2:9",
        ),
        ("content/b.md", b"a".to_vec(), "content/b.md"),
        (
            "content/strange/b.md",
            b"a".to_vec(),
            "content/strange/b.md",
        ),
    ] {
        site.write(path, bytes);
        expect_told(&site, &[path, word]);
        site.remove(path);
    }
    let none = Site::new([("content/pages/a.md", "甲")]);
    expect_told(&none, &["gangwei.yaml"]);
    let nowhere =
        run(common::gangwei().args(["build", "/no/such/folder", "--lang", "en"])).expect(2);
    assert!(
        nowhere.stderr.contains("/no/such/folder"),
        "{}",
        nowhere.stderr
    );
}

#[test]
fn what_is_nested_without_end_neither_crashes_nor_hangs() {
    let deep = 10_000;
    for yaml in [
        format!("tags: {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("tags: {}", "{a: ".repeat(deep)),
        (0..400)
            .map(|depth| format!("{}a:\n", " ".repeat(depth)))
            .collect(),
        format!("tags:\n{}甲", "- ".repeat(deep)),
        format!(
            "a: &a [{0}]\nb: &b [{1}]\nc: &c [{2}]\nd: &d [{3}]\ne: [{4}]",
            "1,".repeat(99),
            "*a,".repeat(99),
            "*b,".repeat(99),
            "*c,".repeat(99),
            "*d,".repeat(99)
        ),
    ] {
        expect_told(
            &page(&format!("---\ntitle: 甲\n{yaml}\n---\n")),
            &["content/pages/甲.md"],
        );
    }
    let bodies = [
        format!("{}甲\n", "> ".repeat(deep)),
        format!("{}甲\n", "- ".repeat(deep)),
        (0..1000)
            .map(|depth| format!("{}- 甲\n", "  ".repeat(depth)))
            .collect(),
        "*".repeat(100_000),
        "*甲 ".repeat(100_000),
        "**甲_".repeat(50_000),
        "[".repeat(20_000),
        "![甲](".repeat(30_000),
        format!("{}甲{}", "<div>".repeat(deep), "</div>".repeat(deep)),
        format!("{}甲", "<b><i>".repeat(deep)),
        "`".repeat(100_000),
        "[[".repeat(10_000),
        "_".repeat(200_000),
        "|".repeat(100_000) + "\n" + &"|-".repeat(50_000) + "\n",
        "[^1]\n\n".to_owned() + &"[^1]: [^1]\n\n".repeat(5_000),
        "&".repeat(100_000),
        "<!--".repeat(30_000),
    ];
    for folder in ["pages", "reports"] {
        for body in &bodies {
            let path = format!("content/{folder}/a.md");
            expect_survived(
                &Site::with_document(&path, &format!("---\ntitle: 甲\n---\n{body}\n")),
                &path,
            );
        }
    }
}

#[test]
fn a_document_of_every_field_without_faults_builds() {
    // What makes the tests above able to fail.
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    for kind in KINDS {
        let text = document(
            kind,
            1,
            "正文\n\n## 判断题\n\n### 1. 甲\n\n答案：对\n",
            &mut |path, ty| {
                (!path.ends_with(".aliases") && path != format!("{}.id", kind.name))
                    .then(|| plain(path, ty))
                    .flatten()
            },
        );
        site.write(&format!("content/{}/a.md", kind.folder), text);
    }
    site.build(&[]).expect(0);
}

#[test]
fn unclosed_blanks_of_a_report_take_time_in_proportion_to_their_length() {
    let path = "content/reports/a.md";
    for unit in ["[", "[["] {
        expect_linear(unit, 6_000, |bytes| {
            let body = unit.repeat(bytes / unit.len());
            compile(&body, &[]);
            skeleton(&body);
            outline(&body, Profile::new(Blanks::All, true));
        });
        let body = unit.repeat(100_000 / unit.len());
        let site = Site::with_document(path, &format!("---\ntitle: 甲\n---\n{body}\n"));
        expect_survived(&site, path);
    }
}
