//! Faults: a whole tiny site in one text, and under it the reports to the author, in Chinese and English. A case builds
//! the site unless its part `command` says otherwise. `SNAPSHOTS=overwrite cargo test --test it faults::` writes down
//! the reports; read the difference.

use crate::common::{SETTINGS, Site, gangwei, run, temporary};
use crate::site_text::{parts, write_site};
use crate::snapshot::{expect_file, repository};
use crate::web_server::{Behaviour, WebServer, dead_url};
use gangwei::cli::fault_pages::fault_pages;
use gangwei::diagnostic::Sink;
use gangwei::fields::FieldType;
use gangwei::kinds::KINDS;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::os::unix::fs::symlink;

/// What a case runs unless it says otherwise.
const BUILD: &str = "build site --out out --as-of 2026-11-21";

/// A test for each case: its name is that of its file, with `-` for `_`.
macro_rules! cases {
    ($($name:ident)*) => {
        const CASES: &[&str] = &[$(stringify!($name)),*];
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )*
    };
}

cases! {
    active_attachments
    as_word_has_it
    bad_id
    bad_settings
    between_documents
    both_names_of_one_field
    broken_links
    broken_yaml
    contradicting_values
    dates_out_of_order
    duplicate_ids
    editions_in_settings
    empty_and_misplaced
    exam_items
    fields_of_a_template
    files_that_are_no_documents
    forbidden_characters
    forbidden_keys
    forged_addresses
    guesses_of_conversion
    html_left_out
    input_method_slips
    markdown_slips
    missing_value
    near_copies
    nested_too_deep
    no_settings
    nowhere
    numbers_out_of_range
    other_names_of_fields
    pasted_lines
    pictures
    placeholders
    posters_without_a_font
    posters_without_an_address
    quotation_marks_of_a_table
    same_fault_in_many_files
    settings_told_once
    several_in_one_item
    taken_ids
    template_copies
    texts_for_editions
    theme_names
    theme_syntax
    theme_words
    time_without_offset
    unfinished_drafts
    unknown_department
    unknown_jurisdiction
    unknown_key
    unknown_references
    unknown_related
    unknown_words_in_rules
    unread_vocabulary
    unsafe_links
    values_of_a_table
    vocabulary_entries
    waivers
    wrong_values
}

fn file(case: &str) -> String {
    format!("tests/faults/{}.txt", case.replace('_', "-"))
}

fn read(case: &str) -> String {
    let path = file(case);
    fs::read_to_string(repository(&path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn check(case: &str) {
    let text = read(case);
    let temporary = temporary();
    let own = write_site(&temporary.path().join("site"), &text);
    let command = own.get("command").map_or(BUILD, String::as_str);
    let mut rewritten = String::new();
    for (name, content) in parts(&text) {
        if !name.starts_with("expected.") {
            write!(rewritten, "-- {name} --\n{content}").expect("string");
        }
    }
    for lang in ["zh", "en"] {
        let ran = gangwei()
            .args(command.split_whitespace())
            .args(["--lang", lang])
            .env("COLUMNS", "100")
            .current_dir(temporary.path())
            .output()
            .expect("gangwei");
        let reported = String::from_utf8_lossy(&ran.stderr);
        let is_fault = codes(&reported).any(|(severity, _)| ["错误", "error"].contains(&severity));
        let expected = Some(i32::from(is_fault));
        assert_eq!(ran.status.code(), expected, "{case}: {reported}");
        if command == BUILD {
            let published = temporary.path().join("out").exists();
            assert_eq!(
                published, !is_fault,
                "{case}: what is faulty is not published"
            );
        }
        write!(rewritten, "-- expected.{lang} --\n{reported}").expect("string");
    }
    expect_file(file(case), &rewritten);
}

/// Severity and code of every finding in the output.
fn codes(reported: &str) -> impl Iterator<Item = (&str, &str)> {
    reported.lines().filter_map(|line| {
        let (severity, rest) = line.split_once('[')?;
        let known = ["错误", "警告", "提示", "error", "warning", "note"];
        let (code, _) = rest.split_once("]: ")?;
        known.contains(&severity).then_some((severity, code))
    })
}

#[test]
fn every_file_of_the_folder_is_a_case() {
    let files: BTreeSet<String> = fs::read_dir(repository("tests/faults"))
        .expect("faults")
        .map(|entry| entry.expect("entry").file_name().display().to_string())
        .collect();
    let cases = CASES.iter().map(|case| case.replace('_', "-") + ".txt");
    assert_eq!(files, cases.collect::<BTreeSet<String>>());
}

/// Faults of sites that no text can hold: a test for each, which fails unless the code is reported.
macro_rules! made {
    ($($code:literal $name:ident $reported:expr;)*) => {
        const MADE: &[&str] = &[$($code),*];
        $(
            #[test]
            fn $name() {
                let make: fn() -> String = $reported;
                let reported = make();
                assert!(codes(&reported).any(|(_, code)| code == $code), "{reported}");
            }
        )*
    };
}

const POSTING: (&str, &str) = (
    "content/jobs/J-1.md",
    "---\n标题: 柜员\n发布日期: 2026-11-01\n工作地点: 上海\n报名截止: 2026-12-31\n---\n正文\n",
);

/// A site whose posters use the tests' own font.
fn with_posters(font: &str) -> Site {
    let settings = format!("{SETTINGS}posters: {{font: {font}}}\n");
    let site = Site::new([("gangwei.yaml", settings.as_str()), POSTING]);
    site.write("test.otf", include_bytes!("../fonts/poster-test.otf"));
    site
}

/// What `gangwei links` tells of one link, whose host it may ask where that is of this machine.
fn outside_link(address: &str, code: i32) -> String {
    let text = format!("---\ntitle: 甲\n---\n[乙]({address})\n");
    let site = Site::with_document("content/pages/a.md", &text);
    let mut command = gangwei();
    command.arg("links").arg(site.path()).args(["--lang", "en"]);
    if let Some(host) = address.strip_prefix("http://127.") {
        let host = format!("127.{}", host.trim_end_matches('/'));
        command.args(["--allow-host", &host]);
    }
    run(&mut command).expect(code).stderr
}

made! {
    "file-too-large" a_file_that_is_too_large || {
        let site = Site::with_document("content/pages/a.md", "");
        let file = fs::File::create(site.path().join("content/pages/a.md")).expect("file");
        file.set_len(64 * 1024 * 1024).expect("a long file");
        site.build(&[]).expect(1).stderr
    };
    "front-matter-too-large" a_front_matter_that_is_too_large || {
        let text = format!("---\ntitle: 甲\nsummary: {}\n---\n", "a".repeat(257 * 1024));
        Site::with_document("content/pages/a.md", &text).build(&[]).expect(1).stderr
    };
    "not-utf-8" a_file_in_another_encoding || {
        let site = Site::with_document("content/pages/a.md", "");
        let (bytes, _, _) = encoding_rs::GB18030.encode("---\n标题: 关于我们\n---\n正文\n");
        site.write("content/pages/a.md", bytes);
        site.build(&[]).expect(0).stderr
    };
    "unpublishable-name" a_name_with_a_backslash || {
        let site = Site::with_document("content/pages/a.md", "---\ntitle: 甲\n---\n");
        site.write("static/a\\b.txt", "x");
        site.build(&[]).expect(1).stderr
    };
    "same-name" two_names_that_are_one_elsewhere || {
        let site = Site::with_document("content/pages/a.md", "---\ntitle: 甲\n---\n");
        site.write("static/a.txt", "x");
        site.write("static/A.txt", "y");
        site.build(&[]).expect(1).stderr
    };
    "hidden-file" a_file_that_is_hidden || {
        let site = Site::with_document("content/pages/a.md", "---\ntitle: 甲\n---\n");
        site.write("static/.secret", "x");
        site.build(&[]).expect(0).stderr
    };
    "invisible-in-value" a_value_that_turns_the_direction_of_reading || {
        let template = "---\n标题: 总结\n报告类型: 工作总结\n周期: 半年\n发布日期: 2026-07-01\n---\n\n负责人：____\n";
        let site = Site::new([("t.md", template), ("v.yaml", "负责人: \"甲\u{202E}乙\"\n")]);
        let mut command = gangwei();
        command.args(["fill", "t.md", "v.yaml", "--lang", "en"]).current_dir(site.path());
        crate::common::run(&mut command).expect(0).stderr
    };
    "link-out-of-site" a_link_to_what_lies_beside_the_site || {
        let site = Site::with_document("content/pages/a.md", "---\ntitle: 甲\n---\n");
        fs::write(site.around().join("key.md"), "---\ntitle: 乙\n---\n").expect("file");
        symlink(site.around().join("key.md"), site.path().join("content/pages/key.md")).expect("link");
        site.build(&[]).expect(1).stderr
    };
    "many-removals" most_pages_gone_at_once || {
        let page = |number| (
            format!("content/pages/a{number}.md"),
            format!("---\ntitle: 甲{number}\n---\n"),
        );
        let settings = ("gangwei.yaml".to_owned(), SETTINGS.to_owned());
        let site = Site::new([settings].into_iter().chain((0..20).map(page)));
        site.build(&[]).expect(0);
        for number in 1..20 {
            site.remove(&format!("content/pages/a{number}.md"));
        }
        site.build(&[]).expect(1).stderr
    };
    "many-changes" a_clock_that_runs_years_ahead || {
        let posting = "---\ntitle: 柜员\npublished: 2026-01-05\ncloses: 2027-01-10\n---\n";
        let site = Site::with_document("content/jobs/J-1.md", posting);
        site.build(&[]).expect(0);
        let online = site.out().display().to_string();
        let ahead = ["--published", &online, "--as-of", "2036-12-01", "--scheduled"];
        site.build(&ahead).expect(1).stderr
    };
    "dead-link" an_outside_link_that_nobody_answers || outside_link(&dead_url(), 1);
    "local-link" an_outside_link_into_a_local_network || outside_link("http://169.254.169.254/", 1);
    "unsure-link" an_outside_link_that_answers_no_program || {
        let server = WebServer::new(Behaviour::Status(403));
        outside_link(&server.url(""), 0)
    };
    "poster-glyphs" a_font_without_the_characters || {
        let site = with_posters("test.otf");
        site.write(POSTING.0, POSTING.1.replace("柜员", "龘"));
        site.build(&[]).expect(0).stderr
    };
    "poster-address" an_address_too_long_for_a_code || {
        let base = format!("https://a.example/{}/", "hr".repeat(300));
        with_posters("test.otf").build(&["--base-url", &base]).expect(0).stderr
    };
    "poster-system-font" fonts_of_this_machine || {
        // Whether the machine has a font decides how the build ends, not whether this is reported.
        with_posters("system").build(&[]).stderr
    };
}

#[test]
fn every_code_is_asserted_by_a_test() {
    // Built into the program are all templates, so that none can be missing.
    let mut unheard = BTreeSet::from(["missing-template"]);
    // A kind that no field names cannot be named wrongly; of a ladder a grade is named.
    let named: BTreeSet<&str> = KINDS
        .iter()
        .flat_map(|kind| kind.fields)
        .filter_map(|field| named_kind(&field.ty))
        .collect();
    for kind in KINDS {
        if !named.contains(kind.name) || kind.name == "ladder" {
            unheard.insert(kind.unknown_code);
        }
    }
    let mut asserted: BTreeSet<String> = MADE.iter().map(|code| (*code).to_owned()).collect();
    for case in CASES {
        let text = read(case);
        let mut reported = parts(&text)
            .into_iter()
            .filter(|(name, _)| name.starts_with("expected."))
            .map(|(_, reported)| {
                codes(&reported)
                    .map(|(_, code)| code.to_owned())
                    .collect::<Vec<_>>()
            });
        let (chinese, english) = (reported.next().expect("zh"), reported.next().expect("en"));
        assert_eq!(chinese, english, "{case} tells two things in two languages");
        asserted.extend(english);
    }
    let pages = fault_pages(&mut Sink::default());
    assert!(pages.len() > 90, "the codes are gone");
    let missing: Vec<&String> = pages
        .iter()
        .map(|page| &page.code)
        .filter(|code| !asserted.contains(*code) && !unheard.contains(code.as_str()))
        .collect();
    assert!(missing.is_empty(), "no case is reported {missing:?}");
    let heard: Vec<&&str> = unheard
        .iter()
        .filter(|code| asserted.contains(**code))
        .collect();
    assert!(
        heard.is_empty(),
        "these can be reported after all: {heard:?}"
    );
}

/// The kind of document that values of a type name.
fn named_kind(ty: &FieldType) -> Option<&'static str> {
    match ty {
        FieldType::Reference(kind) => Some(kind),
        FieldType::List(inner) => named_kind(inner),
        _ => None,
    }
}
