//! `gangwei new`: a document with the fields needed first, under the next free number, that builds as it is; and the list of
//! all fields of a kind.

use crate::common::{self, Ran, gangwei, outputs, run, temporary};
use gangwei::fields::Need;
use gangwei::kinds::KINDS;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn made(lang: &str) -> (TempDir, PathBuf) {
    let folder = temporary();
    let site = folder.path().join("portal");
    run(common::init(&site).args(["--lang", lang])).expect(0);
    (folder, site)
}

fn new(site: &Path, kind: &str, name: &str, lang: &str) -> Ran {
    run(gangwei()
        .args(["new", kind, name])
        .arg(site)
        .args(["--lang", lang]))
}

/// The paths of documents that were not there before.
#[track_caller]
fn added(site: &Path, kind: &str, name: &str, lang: &str) -> (String, String) {
    let before = outputs(site);
    let ran = new(site, kind, name, lang).expect(0);
    let after = outputs(site);
    for (path, bytes) in &before {
        assert_eq!(after.get(path), Some(bytes), "{path} was changed");
    }
    let paths: Vec<&String> = after
        .keys()
        .filter(|path| !before.contains_key(*path))
        .collect();
    assert_eq!(paths.len(), 1, "{paths:?}");
    assert!(
        ran.stdout.contains(paths[0].as_str()),
        "`{}` is not named: {}",
        paths[0],
        ran.stdout
    );
    (
        paths[0].clone(),
        String::from_utf8(after[paths[0]].clone()).expect("UTF-8"),
    )
}

/// The part after the comment sign of a field's line, and whether the line is written or commented out.
fn line_of<'t>(text: &'t str, key: &str) -> Option<(&'t str, bool)> {
    text.lines().find_map(|line| {
        let bare = line.trim_start_matches(['#', ' ', '-']);
        bare.strip_prefix(key)?
            .strip_prefix(':')
            .map(|rest| (rest, !line.starts_with('#')))
    })
}

#[test]
fn every_field_of_every_kind_is_listed_with_its_need() {
    for lang in ["zh", "en"] {
        let (_folder, site) = made(lang);
        for kind in KINDS {
            let word = if lang == "zh" { kind.noun.0 } else { kind.name };
            let command = &mut gangwei();
            let ran = run(command
                .args(["fields", word, "--lang", lang])
                .current_dir(&site));
            let text = ran.expect(0).stdout;
            for field in common::fields(kind) {
                let key = match (lang, field.key) {
                    ("zh", "id") => kind.id_zh,
                    ("zh", _) => field.zh,
                    _ => field.key,
                };
                let (rest, _) = line_of(&text, key)
                    .unwrap_or_else(|| panic!("{}: no line for {key}", kind.name));
                let words = match (lang, field.need) {
                    ("zh", Need::Optional) => "选填",
                    ("zh", _) => "必填",
                    (_, Need::Optional) => "optional",
                    _ => "required",
                };
                assert!(
                    rest.contains(&format!("# {words}")),
                    "{} {key}: {rest}",
                    kind.name
                );
                for choice in field.choices() {
                    let word = if lang == "zh" { choice.zh } else { choice.id };
                    assert!(
                        rest.contains(word),
                        "{} {key} does not say {word}",
                        kind.name
                    );
                }
            }
        }
    }
}

#[test]
fn a_new_document_is_short_and_holds_what_is_needed_first() {
    for lang in ["zh", "en"] {
        let (_folder, site) = made(lang);
        for kind in KINDS {
            let (path, text) = added(&site, kind.name, "新的一篇", lang);
            let folder = format!("content/{}/", kind.folder);
            assert!(path.starts_with(&folder), "{path}");
            let lines = text.lines().count();
            assert!(lines <= 35, "{} {lang}: {lines} lines", kind.name);
            let rest = text.lines().filter(|line| {
                line.starts_with('#') && line.ends_with(&format!("gangwei fields {}", kind.name))
            });
            assert_eq!(rest.count(), 1, "{text}");
            for field in common::fields(kind) {
                let key = if lang == "zh" { field.zh } else { field.key };
                // The site's way to apply serves every posting, and a page has no day.
                let is_given =
                    field.key == "apply" || (kind.name == "page" && field.key == "published");
                if field.need != Need::Optional && !is_given {
                    assert!(line_of(&text, key).is_some(), "{}: {key}", kind.name);
                }
            }
        }
    }
}

#[test]
fn a_new_posting_has_twelve_fields_in_four_groups_and_its_number_in_words() {
    let (_folder, site) = made("zh");
    let (path, text) = added(&site, "job", "高级客户经理（先进制造）", "zh");
    let year = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::get("Asia/Shanghai").expect("zone"))
        .year();
    let id = format!("J-{year}-002");
    assert_eq!(path, format!("content/jobs/{id}-高级客户经理-先进制造.md"));
    assert!(text.contains(&format!("岗位编号: {id}")), "{text}");
    let front = text.split("---\n").nth(1).expect("front matter");
    let groups: Vec<&str> = front
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .map(|line| line.split('（').next().expect("words"))
        .collect();
    assert_eq!(groups[..4], ["岗位", "条件", "待遇", "报名"]);
    let keys = front.lines().filter(|line| !line.starts_with('#'));
    let keys: Vec<&str> = keys.filter_map(|line| line.split(':').next()).collect();
    assert_eq!(keys[..2], ["岗位编号", "草稿"]);
    assert_eq!(keys[2..].len(), 12, "{keys:?}");
}

#[test]
fn the_day_of_a_new_document_is_that_of_the_sites_zone() {
    // Two zones a whole day apart: whenever this runs, they have different dates.
    let mut days = Vec::new();
    for zone in ["Etc/GMT+12", "Pacific/Kiritimati"] {
        let (_folder, site) = made("zh");
        let settings = site.join("gangwei.yaml");
        let text = fs::read_to_string(&settings).expect("settings");
        fs::write(&settings, text.replace("Asia/Shanghai", zone)).expect("settings");
        let (_, text) = added(&site, "notice", "通知", "zh");
        let (rest, _) = line_of(&text, "发布日期").expect("day");
        days.push(rest.trim()[..10].to_owned());
    }
    assert_ne!(days[0], days[1]);
}

#[test]
fn a_number_in_the_name_of_a_file_that_cannot_be_read_is_taken() {
    let year = jiff::Zoned::now().year();
    let (_folder, site) = with_jobs(&[]);
    let broken = site.join(format!("content/jobs/J-{year}-007-柜员2.md"));
    fs::write(broken, "---\n标题: [甲\n---\n").expect("job");
    let path = added(&site, "job", "甲", "zh").0;
    assert_eq!(path, format!("content/jobs/J-{year}-008-甲.md"));
}

#[test]
fn a_new_document_of_every_kind_builds_as_it_is() {
    // What a kind requires, such as the grades of a ladder, must not come commented out.
    let mut faults = Vec::new();
    for lang in ["zh", "en"] {
        for kind in KINDS {
            let (_folder, site) = made(lang);
            added(&site, kind.name, "新的一篇", lang);
            let ran = run(gangwei().arg("build").arg(&site).args(["--lang", "en"]));
            if ran.code != Some(0) {
                faults.push(format!("{} {lang}: {}", kind.name, ran.stderr));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_documents_allowed_words_are_those_of_the_vocabularies() {
    let (_folder, site) = made("zh");
    fs::write(
        site.join("content/departments.yaml"),
        "- id: a\n  name: 望风部\n- id: b\n  name: 观澜部\n",
    )
    .expect("file");
    let (_, text) = added(&site, "job", "甲", "zh");
    let (rest, _) = line_of(&text, "部门").expect("部门");
    assert!(rest.contains("望风部、观澜部"), "{rest}");
}

#[test]
fn a_document_with_every_comment_taken_off_has_only_known_keys() {
    // The lines that are commented out are an author's next step: they must be right as they stand.
    for lang in ["zh", "en"] {
        let (_folder, site) = made(lang);
        for kind in KINDS {
            let (path, text) = added(&site, kind.name, "甲", lang);
            let uncommented: Vec<String> = text
                .lines()
                .map(|line| {
                    // A line without a colon is a heading.
                    line.strip_prefix("# ")
                        .filter(|rest| rest.contains(':'))
                        .map_or(line.to_owned(), str::to_owned)
                })
                .collect();
            fs::write(site.join(&path), uncommented.join("\n") + "\n").expect("file");
            let ran = run(gangwei().arg("build").arg(&site).args(["--lang", "en"]));
            for code in ["unknown-key", "bad-yaml", "duplicate-key", "wrong-type"] {
                assert!(
                    !ran.stderr.contains(code),
                    "{} {lang}: {}",
                    kind.name,
                    ran.stderr
                );
            }
            fs::write(site.join(&path), text).expect("file");
        }
    }
}

/// A site with these postings and no others.
fn with_jobs(stems: &[&str]) -> (TempDir, PathBuf) {
    let (folder, site) = made("zh");
    fs::remove_dir_all(site.join("content/jobs")).expect("jobs");
    fs::create_dir(site.join("content/jobs")).expect("jobs");
    for stem in stems {
        fs::write(
            site.join(format!("content/jobs/{stem}.md")),
            "---\n标题: 甲\n---\n甲\n",
        )
        .expect("job");
    }
    (folder, site)
}

#[test]
fn a_posting_takes_the_number_after_the_highest() {
    let year = jiff::Zoned::now().year();
    let first = format!("J-{year}-001");
    let last_year = format!("J-{}-044", year - 1);
    let this_year = format!("J-{year}-036");
    let next = format!("J-{year}-037");
    let low = format!("J-{year}-001");
    let thousandth = format!("J-{year}-999");
    let more = format!("J-{year}-1000");
    let endless = format!("J-{year}-{}", u64::MAX);
    for (stems, expected) in [
        (vec![], &first),
        (vec![this_year.as_str()], &next),
        // A gap is not filled: the number may have been another posting's address.
        (vec![low.as_str(), this_year.as_str()], &next),
        (vec![last_year.as_str(), this_year.as_str()], &next),
        (vec![thousandth.as_str()], &more),
        (vec![this_year.as_str(), "teller"], &next),
        // A number that no machine counts on is left alone.
        (vec![this_year.as_str(), endless.as_str()], &next),
        (vec![endless.as_str()], &first),
    ] {
        let (_folder, site) = with_jobs(&stems);
        assert_eq!(
            added(&site, "job", "客户经理", "zh").0,
            format!("content/jobs/{expected}-客户经理.md"),
            "{stems:?}"
        );
    }
}

#[test]
fn the_first_posting_of_a_year_begins_at_one() {
    let year = jiff::Zoned::now().year();
    let (_folder, site) = with_jobs(&[&format!("J-{}-044", year - 1)]);
    assert_eq!(
        added(&site, "job", "客户经理", "zh").0,
        format!("content/jobs/J-{year}-001-客户经理.md")
    );
}

#[test]
fn a_number_taken_in_a_folder_below_or_by_a_written_id_is_not_taken_again() {
    // Ids must be unique, not names of files in one folder.
    let year = jiff::Zoned::now().year();
    let (_folder, site) = with_jobs(&[]);
    fs::create_dir(site.join("content/jobs/retail")).expect("folder");
    fs::write(
        site.join(format!("content/jobs/retail/J-{year}-007.md")),
        "---\n标题: 甲\n---\n甲\n",
    )
    .expect("job");
    fs::write(
        site.join("content/jobs/teller.md"),
        format!("---\n标题: 甲\n岗位编号: J-{year}-008\n---\n甲\n"),
    )
    .expect("job");
    let settings = fs::read_to_string(site.join("gangwei.yaml")).expect("settings");
    fs::write(site.join("gangwei.yaml"), settings + "check: {gate: off}\n").expect("settings");
    let mut made = BTreeSet::new();
    for _ in 0..2 {
        made.insert(added(&site, "job", "客户经理", "zh").0);
    }
    run(gangwei().arg("build").arg(&site).args(["--lang", "en"])).expect(0);
    assert_eq!(made.len(), 2);
}

#[test]
fn a_name_given_twice_never_writes_over_the_first() {
    let (_folder, site) = made("en");
    for kind in KINDS {
        let first = added(&site, kind.name, "about-us", "en");
        fs::write(site.join(&first.0), first.1.clone() + "\nmine\n").expect("file");
        // `added` fails where anything that was there changes.
        assert_ne!(added(&site, kind.name, "about-us", "en").0, first.0);
    }
}

#[test]
fn a_name_that_differs_only_in_case_is_another_id() {
    // Ids are unique without their case.
    let (_folder, site) = made("en");
    let first = added(&site, "article", "about-us", "en").0;
    let second = added(&site, "article", "About-Us", "en").0;
    assert_ne!(second.to_lowercase(), first);
}

#[test]
fn hostile_titles_stay_titles() {
    let (_folder, site) = made("en");
    for title in [
        "a: b", "\"", "'", "- x", "# x", "true", "2026", "../../x", "---", "{a: 1}", "x\ny", "&a",
        "*a", "null", "😀", "",
    ] {
        let ran = new(&site, "article", title, "en");
        assert!(matches!(ran.code, Some(0 | 2)), "{title:?}: {}", ran.stderr);
        if ran.code == Some(2) {
            assert!(ran.stderr.len() > 10);
        }
    }
    assert!(
        outputs(site.parent().expect("parent"))
            .keys()
            .all(|path| path.starts_with("portal/"))
    );
    run(gangwei().arg("build").arg(&site).args(["--lang", "en"])).expect(0);
}

#[test]
fn outside_a_site_nothing_is_written() {
    let folder = temporary();
    for lang in ["zh", "en"] {
        let ran = new(folder.path(), "job", "甲", lang).expect(2);
        assert!(ran.stderr.contains("gangwei.yaml"), "{}", ran.stderr);
    }
    assert!(outputs(folder.path()).is_empty());
    new(folder.path(), "nonsense", "甲", "en").expect(2);
}
