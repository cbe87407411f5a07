//! Faults in the site's own theme: `build`, `check`, `diff` and `verify` report each of them once, in a fixed order.

use crate::common::{Ran, SETTINGS, Site, gangwei, outputs, run};

const FAULTY: &str = "{% extends \"default/job.html\" %}\n{% block after %}{{ t.home }}{% if doc.tags %}{{ doc.titel }}{% endif %}{% endblock after %}\n";
const REPAIRED: &str =
    "{% extends \"default/job.html\" %}\n{% block after %}<p>行标</p>{% endblock after %}\n";
/// The place of `titel`.
const PLACE: &str = "themes/bank/templates/job.html:2:54";

/// A site of postings. The faulty line runs only for postings with a number of at least `from`.
fn site(count: usize, from: usize) -> Site {
    let site = Site::new([
        ("gangwei.yaml", format!("{SETTINGS}theme: bank\n")),
        ("themes/bank/templates/job.html", FAULTY.to_owned()),
    ]);
    for number in 0..count {
        let tags = if number >= from {
            "标签: [一]\n"
        } else {
            ""
        };
        site.write(
            &format!("content/jobs/j{number:03}.md"),
            format!("---\n标题: 柜员{number}\n发布日期: 2026-01-05\n{tags}---\n正文。\n"),
        );
    }
    site
}

fn command(site: &Site, name: &str, more: &[&str]) -> Ran {
    let mut command = gangwei();
    command.arg(name).arg(site.path());
    run(command.args(["--as-of", "2026-12-01"]).args(more))
}

#[test]
fn a_build_reports_a_fault_once_and_does_not_change_the_portal() {
    let site = site(60, 7);
    site.write("themes/bank/templates/job.html", REPAIRED);
    let before = site.outputs();
    site.write("themes/bank/templates/job.html", FAULTY);
    site.write(
        "content/jobs/new.md",
        "---\n标题: 新\n发布日期: 2026-01-05\n---\n",
    );
    for (lang, message) in [
        ("zh", "“doc”里没有“titel”（生成 jobs/j007/ 时）"),
        ("en", "`doc` has no `titel` (rendering jobs/j007/)"),
    ] {
        let build = |threads: &str| {
            let out = site.out().display().to_string();
            let flags = ["--out", &out, "--lang", lang, "--threads", threads];
            command(&site, "build", &flags).expect(1).stderr
        };
        let first = build("1");
        assert!(first.contains(message) && first.contains(PLACE), "{first}");
        assert_eq!(first.matches("bad-template").count(), 1, "{first}");
        for threads in ["2", "8"] {
            assert_eq!(
                build(threads),
                first,
                "{threads} threads print another report"
            );
        }
    }
    assert_eq!(outputs(&site.out()), before, "the build changed the portal");
    site.write("themes/bank/templates/job.html", REPAIRED);
    site.build(&[]).expect(0);
}

#[test]
fn check_reports_a_fault_in_every_format() {
    let reported = command(&site(3, 0), "check", &["--lang", "en"]).expect(1);
    assert!(reported.stderr.contains(PLACE), "{}", reported.stderr);
    let json = command(&site(3, 0), "check", &["--format", "json"]).expect(1);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert!(json.to_string().contains("\"bad-template\""), "{json}");
    assert!(
        json.to_string().contains("themes/bank/templates/job.html"),
        "{json}"
    );
    let github = command(&site(3, 0), "check", &["--format", "github"]).expect(1);
    assert!(
        github
            .stdout
            .contains("file=themes/bank/templates/job.html,line=2,")
    );
}

#[test]
fn check_makes_a_certain_repair() {
    let site = site(1, 0);
    site.write(
        "themes/bank/templates/job.html",
        "{% extends \"job.html\" %}\n",
    );
    command(&site, "check", &["--fix"]);
    let repaired = std::fs::read_to_string(site.path().join("themes/bank/templates/job.html"));
    assert_eq!(
        repaired.expect("file"),
        "{% extends \"default/job.html\" %}\n"
    );
}

#[test]
fn diff_and_verify_report_a_fault() {
    let site = site(2, 0);
    site.write("themes/bank/templates/job.html", REPAIRED);
    site.build(&[]).expect(0);
    site.write("themes/bank/templates/job.html", FAULTY);
    for (first, second) in [
        ("diff", vec![site.out(), site.path()]),
        ("verify", vec![site.out(), "--rebuild".into(), site.path()]),
    ] {
        let reported = run(gangwei().arg(first).args(second).args(["--lang", "en"])).expect(1);
        assert!(
            reported.stderr.contains(PLACE),
            "{first}: {}",
            reported.stderr
        );
    }
}

#[test]
fn an_endless_loop_of_templates_is_reported() {
    // The engine would follow `extends` and `include` alternately until its stack is full.
    let site = site(1, 1);
    for (name, text) in [
        (
            "home.html",
            "{% extends \"b.html\" %}{% block x %}{{ super() }}{% endblock x %}",
        ),
        (
            "b.html",
            "{% block x %}{% include \"c.html\" %}{% endblock x %}",
        ),
        ("c.html", "{% include \"home.html\" %}"),
    ] {
        site.write(&format!("themes/bank/templates/{name}"), text);
    }
    let reported = site.build(&[]).expect(1).stderr;
    assert!(
        reported.contains("b.html → c.html → home.html → b.html"),
        "{reported}"
    );
}
