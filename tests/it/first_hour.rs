//! The first hour with the program: a new site asks for the bank's names, publishes no sample, leads to a first posting in
//! three commands and one edit, and says everything in Chinese.

use crate::common::{self, Ran, Site, gangwei, outputs, run, temporary};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

fn check(site: &Path, flags: &[&str]) -> Ran {
    run(gangwei().arg("check").arg(site).args(flags))
}

#[test]
fn a_site_made_without_answers_previews_and_is_not_published() {
    for (lang, count) in [("zh", 5), ("en", 5)] {
        let folder = temporary();
        let site = folder.path().join("portal");
        // Neither a flag nor a terminal: nothing is asked.
        run(gangwei().arg("init").arg(&site).args(["--lang", lang])).expect(0);
        let ran = run(gangwei().arg("build").arg(&site).args(["--lang", "en"])).expect(1);
        let told = ran.stderr.matches("error[placeholder]").count();
        assert_eq!(told, count, "{}", ran.stderr);
        assert_eq!(ran.stderr.matches("gangwei.yaml:").count(), count);
        assert!(!site.join("public").exists());
        let ran = check(&site, &["--lang", "en"]).expect(0);
        assert_eq!(ran.stderr.matches("warning[placeholder]").count(), count);
        assert!(
            ran.stdout.contains("0 errors, 5 warnings, 0 notes"),
            "{}",
            ran.stdout
        );
        check(&site, &["--strict"]).expect(1);
        // The address of the command line stands in place of the settings' own.
        let url = ["--base-url", "https://hr.wanglan.example/"];
        let ran = run(gangwei().arg("build").arg(&site).args(url)).expect(1);
        assert_eq!(ran.stderr.matches("[placeholder]").count(), count - 1);
    }
}

#[test]
fn a_site_made_with_answers_has_no_finding_and_publishes_no_invented_posting() {
    for lang in ["zh", "en"] {
        let folder = temporary();
        let site = folder.path().join("portal");
        run(common::init(&site).args(["--lang", lang])).expect(0);
        let ran = check(&site, &["--strict", "--lang", "en"]).expect(0);
        assert!(ran.stdout.contains("nothing to repair"), "{}", ran.stderr);
        run(gangwei().arg("build").arg(&site)).expect(0);
        let pages = outputs(&site.join("public"));
        assert!(pages.contains_key("how-to-apply/index.html"));
        assert!(!pages.keys().any(|path| path.starts_with("jobs/J-")));
        for (path, bytes) in &pages {
            let text = String::from_utf8_lossy(bytes);
            for sample in ["示例银行", "Sample Bank", "portal.example.com", "5550-0100"] {
                assert!(!text.contains(sample), "{sample} in {path}");
            }
        }
    }
}

#[test]
fn names_of_units_and_places_get_ids_of_their_own() {
    let folder = temporary();
    let site = folder.path().join("portal");
    let lists = [
        "--units",
        "总行、上海分行,上海分行；商海分行",
        "--places",
        "上海、商海",
    ];
    run(common::init(&site).args(lists)).expect(0);
    let units = fs::read_to_string(site.join("content/units.yaml")).expect("units");
    for id in ["zonghang", "shanghai-fenhang", "shanghai-fenhang-2"] {
        assert!(units.contains(&format!("- 编号: {id}\n")), "{units}");
    }
    assert_eq!(units.matches("- 编号").count(), 3);
    check(&site, &["--strict"]).expect(0);
}

#[test]
fn hostile_names_stay_names() {
    let folder = temporary();
    for (index, name) in ["a: b", "# x", "\"", "a # b", "@email@", "true"]
        .iter()
        .enumerate()
    {
        let site = folder.path().join(index.to_string());
        let mut command = common::init(&site);
        // The last of two flags would be refused, so that the name is replaced.
        command = {
            let mut other = gangwei();
            other.args(command.get_args().map(|word| {
                if word == "望澜银行" {
                    (*name).into()
                } else {
                    word.to_owned()
                }
            }));
            other
        };
        run(command.args(["--units", name, "--places", name])).expect(0);
        check(&site, &["--strict"]).expect(0);
        let ran = run(gangwei().args(["config", "organization.name"]).arg(&site)).expect(0);
        assert_eq!(ran.stdout.trim(), *name);
    }
}

#[test]
fn wrong_answers_of_flags_are_refused_before_anything_is_written() {
    let folder = temporary();
    let site = folder.path().join("portal");
    for (flag, value) in [
        ("--mail", "没有"),
        ("--url", "hr.wanglan.example"),
        ("--phone", "打电话"),
    ] {
        let ran = run(gangwei().arg("init").arg(&site).args([flag, value])).expect(2);
        assert!(ran.stderr.contains(flag), "{}", ran.stderr);
    }
    assert!(!site.exists());
}

#[test]
fn on_a_terminal_questions_are_asked_in_the_language_of_the_run() {
    let folder = temporary();
    for (lang, question) in [("zh", "银行的简称"), ("en", "The bank's name")] {
        let site = folder.path().join(lang);
        let answers = "望澜银行\n\n不是邮箱\nhr@wanglan.example\n\nhttps://hr.wanglan.example/\n总行、上海分行\n\n上海\n\n";
        let shown = on_a_terminal(&site, &["--lang", lang], answers);
        assert!(shown.contains(question), "{shown}");
        assert_eq!(shown.matches("3. ").count(), 2, "{shown}");
        let units = fs::read_to_string(site.join("content/units.yaml")).expect("units");
        assert!(units.contains("shanghai-fenhang"), "{units}");
        run(gangwei().arg("build").arg(&site)).expect(0);
    }
    let site = folder.path().join("yes");
    let shown = on_a_terminal(&site, &["--yes"], "");
    assert!(!shown.contains("1. "), "{shown}");
}

/// Runs `init` on a pseudo terminal, on which somebody types. Gives what the terminal shows.
fn on_a_terminal(site: &Path, flags: &[&str], typed: &str) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("terminal");
    grantpt(&terminal).expect("terminal");
    unlockpt(&terminal).expect("terminal");
    let name = ptsname(&terminal, Vec::new()).expect("name");
    let name = name.into_string().expect("UTF-8");
    let other = fs::File::options()
        .read(true)
        .write(true)
        .open(name)
        .expect("terminal");
    let mut terminal = fs::File::from(terminal);
    let mut child = gangwei()
        .arg("init")
        .arg(site)
        .args(flags)
        .stdin(Stdio::from(other.try_clone().expect("handle")))
        .stdout(Stdio::from(other))
        .spawn()
        .expect("gangwei");
    terminal.write_all(typed.as_bytes()).expect("typed");
    let status = child.wait().expect("end");
    let mut shown = Vec::new();
    // The end of the other side is an error here.
    let _ = terminal.read_to_end(&mut shown);
    let shown = String::from_utf8_lossy(&shown).into_owned();
    assert!(status.success(), "{shown}");
    shown
}

#[test]
fn a_draft_tells_once_what_it_lacks_and_a_posting_tells_each_with_its_law() {
    let folder = temporary();
    let site = folder.path().join("portal");
    run(&mut common::init(&site)).expect(0);
    run(gangwei().args(["new", "job", "柜员"]).arg(&site)).expect(0);
    let ran = check(&site, &["--format", "json"]).expect(0);
    let found: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let found = found.as_array().expect("array");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["code"], "unfinished-draft");
    let message = found[0]["message"].as_str().expect("text");
    for name in [
        "招聘单位",
        "工作地点",
        "招聘人数",
        "薪酬",
        "报名截止",
        "工作内容",
    ] {
        assert!(message.contains(name), "{message}");
    }
    let path = site.join("content/jobs");
    let mut entries = fs::read_dir(&path)
        .expect("jobs")
        .map(|entry| entry.expect("entry").path());
    let path = entries.find(|path| path.to_string_lossy().contains("柜员"));
    let path = path.expect("posting");
    let text = fs::read_to_string(&path).expect("text");
    let text: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("草稿"))
        .collect();
    fs::write(&path, text.join("\n")).expect("text");
    let ran = check(&site, &[]);
    for code in [
        "blind-ad",
        "place-missing",
        "headcount-missing",
        "pay-missing",
        "validity",
    ] {
        assert!(ran.stderr.contains(&format!("[{code}]")), "{}", ran.stderr);
    }
    assert!(!ran.stderr.contains("unfinished-draft"));
}

#[test]
fn new_entries_of_vocabularies_are_shown_and_added_and_typos_are_not() {
    let job = |unit: &str, place: &str| {
        format!("---\n标题: 柜员\n草稿: 是\n招聘单位: {unit}\n工作地点: [{place}]\n---\n正文\n")
    };
    let site = Site::new([
        ("gangwei.yaml", common::SETTINGS.to_owned()),
        (
            "content/units.yaml",
            "# 单位\n- 编号: head\n  名称: 总行\n- 编号: shanghai\n  名称: 上海分行".to_owned(),
        ),
        (
            "content/locations.yaml",
            "---\n- {id: shanghai, name: 上海}\n".to_owned(),
        ),
        ("content/jobs/a.md", job("广州分行", "广州")),
        ("content/jobs/b.md", job("广州分行", "上悔、佛山")),
        ("content/jobs/c.md", job("上海分航", "上海市")),
    ]);
    let told = check(&site.path(), &[]).expect(1);
    assert!(
        told.stderr
            .contains("“- 编号: guangzhou-fenhang”和“  名称: 广州分行”"),
        "{}",
        told.stderr
    );
    let ran = check(&site.path(), &["--fix"]).expect(1);
    let units = fs::read_to_string(site.path().join("content/units.yaml")).expect("units");
    assert_eq!(
        units,
        "# 单位\n- 编号: head\n  名称: 总行\n- 编号: shanghai\n  名称: 上海分行\n- 编号: guangzhou-fenhang\n  名称: 广州分行\n"
    );
    let places = fs::read_to_string(site.path().join("content/locations.yaml")).expect("places");
    assert_eq!(
        places,
        "---\n- {id: shanghai, name: 上海}\n- id: foshan\n  name: 佛山\n- id: guangzhou\n  name: 广州\n"
    );
    // A typo is another's name and no entry.
    for word in ["上悔", "上海市", "上海分航"] {
        assert!(
            ran.stderr.contains(&format!("没有“{word}”")),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(
        ran.stderr.matches("错误[unknown-").count(),
        3,
        "{}",
        ran.stderr
    );
}

#[test]
fn a_vocabulary_in_brackets_is_left_to_its_author() {
    let site = Site::new([
        ("gangwei.yaml", common::SETTINGS),
        ("content/units.yaml", "[{id: a, name: 总行}]\n"),
        (
            "content/jobs/a.md",
            "---\n标题: 柜员\n招聘单位: 广州分行\n---\n正文\n",
        ),
    ]);
    let ran = check(&site.path(), &["--fix"]).expect(1);
    assert!(!ran.stderr.contains("--fix"), "{}", ran.stderr);
    let units = fs::read_to_string(site.path().join("content/units.yaml")).expect("units");
    assert_eq!(units, "[{id: a, name: 总行}]\n");
}

fn many() -> Site {
    let job = |title: &str, lines: &str| {
        format!("---\n标题: {title}\n发布日期: 2026-01-01\n{lines}---\n正文\n")
    };
    Site::new([
        ("gangwei.yaml", common::SETTINGS.to_owned()),
        (
            "content/jobs/a.md",
            job("柜员", "招聘单位: 总行\n报名截止: 2026-12-31\n"),
        ),
        (
            "content/jobs/b.md",
            job("Credit analyst", "报名截止: 2026-06-30\n"),
        ),
        ("content/jobs/c.md", job("草稿一篇", "草稿: 是\n")),
        (
            "content/jobs/d.md",
            "---\n标题: 未到日子\n发布日期: 2099-01-01\n---\n正文\n".to_owned(),
        ),
        ("content/jobs/e.md", "---\n标题: [坏\n---\n".to_owned()),
        ("content/notices/f.md", job("面试通知", "")),
    ])
}

#[test]
fn every_document_is_listed_in_a_line_by_its_closing_day_and_columns_stand_in_line() {
    let site = many();
    let ran = run(gangwei().arg("list").arg(site.path())).expect(0);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 7, "{}", ran.stdout);
    let first: Vec<&str> = lines[1..].iter().map(|line| &line[..1]).collect();
    assert_eq!(first, ["b", "a", "c", "d", "e", "f"], "{}", ran.stdout);
    for (line, state) in [(3, "草稿"), (4, "未发布"), (5, "读不出来"), (6, "已发布")] {
        assert!(lines[line].contains(state), "{}", ran.stdout);
    }
    // Every state begins at the same cell.
    let cell = |line: &str, word: &str| {
        let at = line.find(word).unwrap_or_else(|| panic!("{word}: {line}"));
        line[..at]
            .chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum::<usize>()
    };
    let column = cell(lines[0], "状态");
    assert_eq!(cell(lines[3], "草稿 "), column, "{}", ran.stdout);
    assert_eq!(cell(lines[4], "未发布"), column, "{}", ran.stdout);
    assert_eq!(cell(lines[6], "已发布"), column, "{}", ran.stdout);
    assert!(lines[5].contains("错误"), "{}", ran.stdout);
}

#[test]
fn a_list_is_narrowed_by_kind_and_state_and_read_by_programs() {
    let site = many();
    let listed = |flags: &[&str]| -> Vec<String> {
        let command = &mut gangwei();
        let ran = run(command
            .arg("list")
            .arg(site.path())
            .arg("--json")
            .args(flags));
        let rows: Value = serde_json::from_str(&ran.expect(0).stdout).expect("JSON");
        let rows = rows.as_array().expect("array").iter();
        rows.map(|row| row["id"].as_str().expect("id").to_owned())
            .collect()
    };
    assert_eq!(listed(&["--kind", "公告"]), ["f"]);
    assert_eq!(listed(&["--kind", "job", "--state", "草稿"]), ["c"]);
    assert_eq!(listed(&["--state", "scheduled"]), ["d"]);
    assert_eq!(listed(&["--state", "unread"]), ["e"]);
    let ran = run(gangwei()
        .arg("list")
        .arg(site.path())
        .args(["--kind", "exam"]))
    .expect(0);
    assert_eq!(ran.stdout, "没有这样的文档。\n");
}

#[test]
fn help_is_a_command_too() {
    for lang in ["zh", "en"] {
        let help = |words: &[&str]| run(gangwei().args(words).args(["--lang", lang]));
        assert_eq!(help(&["help"]), help(&["--help"]));
        assert_eq!(help(&["help", "build"]), help(&["build", "--help"]));
        assert!(help(&["help", "bild"]).expect(2).stderr.contains("bild"));
    }
}

#[test]
fn a_build_says_what_changes_at_its_next_moment() {
    let site = Site::new([
        ("gangwei.yaml", common::SETTINGS),
        (
            "content/jobs/a.md",
            "---\n标题: 柜员\n发布日期: 2026-01-01\n报名开始: 2026-02-01\n报名截止: 2026-12-31\n---\n正文\n",
        ),
    ]);
    for (day, what) in [
        ("2026-01-10", "2月1日 00:00 后重新发布：a 到那时开始报名"),
        (
            "2026-03-01",
            "12月25日 00:00 后重新发布：a 到那时变成“即将截止”（12月31日 截止）",
        ),
        ("2026-12-26", "1月1日 00:00 后重新发布：a 到那时截止"),
        ("2027-01-02", "后重新发布：a 到那时归档"),
    ] {
        let command = &mut gangwei();
        let ran = run(command.arg("build").arg(site.path()).args(["--as-of", day])).expect(0);
        assert!(ran.stdout.contains(what), "{day}: {}", ran.stdout);
    }
}

/// Words of Latin letters that a Chinese help may hold: names of formats, files, flags, programs and ids.
const LATIN: &[&str] = &[
    "gangwei",
    "yaml",
    "html",
    "json",
    "sarif",
    "github",
    "gitlab",
    "csv",
    "md",
    "docx",
    "txt",
    "markdown",
    "text",
    "man",
    "schema",
    "ci",
    "zh",
    "en",
    "content",
    "jobs",
    "reports",
    "public",
    "portal",
    "hr",
    "example",
    "com",
    "https",
    "srv",
    "as",
    "of",
    "n",
    "job",
    "bash",
    "elvish",
    "fish",
    "powershell",
    "zsh",
    "main",
    "head",
    "name",
    "mail",
    "url",
    "yes",
    "wanglan",
    "changes",
    "base_url",
    "age",
    "limit",
    "j",
    "page",
    "exam",
    "report",
    "campaign",
    "notice",
    "product",
    "article",
    "ladder",
    "scorecard",
    "site",
    "origin",
    "default",
    "list",
    "build",
    "check",
    "git",
    "fetch",
];

/// What of a text is neither Chinese, nor a flag, nor one of the words above.
fn strange(text: &str, commands: &BTreeSet<String>) -> Vec<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    text.split(|c: char| !is_word(c))
        .filter(|word| !word.starts_with('-') && word.contains(|c: char| c.is_ascii_alphabetic()))
        .flat_map(|word| word.split('-'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter(|word| !LATIN.contains(&word.to_lowercase().as_str()) && !commands.contains(*word))
        .map(str::to_owned)
        .collect()
}

/// The commands, as the help lists them.
fn commands() -> BTreeSet<String> {
    let help = run(gangwei().arg("--help")).expect(0).stdout;
    let after = help.split("命令:").nth(1).expect("commands");
    let lines = after.lines().skip(1).take_while(|line| !line.is_empty());
    let mut found: BTreeSet<String> = lines
        .map(|line| line.split_whitespace().next().expect("name").to_owned())
        .collect();
    found.insert("man".to_owned());
    assert!(found.len() >= 17, "{found:?}");
    found
}

#[test]
fn chinese_helps_hold_no_english() {
    let commands = commands();
    for name in commands.iter().map(String::as_str).chain([""]) {
        let words = [name, "--help"];
        let help = run(gangwei().args(words.iter().filter(|word| !word.is_empty()))).expect(0);
        let found = strange(&help.stdout, &commands);
        assert!(found.is_empty(), "{name}: {found:?}\n{}", help.stdout);
        // What the library writes between brackets, and names of values that nobody wrote.
        assert!(!help.stdout.contains("[possible"), "{}", help.stdout);
        let values = help
            .stdout
            .split('<')
            .skip(1)
            .filter_map(|rest| rest.split('>').next());
        for value in values {
            let is_named =
                !value.is_ascii() || ["N", "json", "zh|en", "github|gitlab"].contains(&value);
            assert!(is_named, "{name}: <{value}>");
        }
    }
}

#[test]
fn wrong_arguments_are_told_in_chinese_alone() {
    let commands = commands();
    let folder = temporary();
    let wrong = [
        "bild",
        "-x",
        "--no",
        "help bild",
        "build --ouut x",
        "build --threads abc",
        "build --threads 99999999999999999999999",
        "build --as-of x",
        "build --timings=xml",
        "build --strict --strict",
        "build --strict=1",
        "build --out",
        "build a b",
        "serve --port 99999",
        "serve --port x",
        "links --timeout x",
        "links --timeout 0",
        "new",
        "new foo bar",
        "new job",
        "init",
        "init a b",
        "init a --ci x",
        "init a --mail x",
        "init a --url x",
        "init a --phone x",
        "check --format xml",
        "--lang fr",
        "fill a",
        "fill a b --to pdf",
        "diff",
        "diff --format x a b",
        "config a b c",
        "list --state foo",
        "list --kind foo",
        "explain foo",
        "schema foo",
        "man foo",
        "completions tcsh",
        "completions",
        "verify",
        "fields",
        "verify a b c",
        "due --foo",
    ];
    for line in wrong {
        let ran = run(gangwei().args(line.split(' ')).current_dir(folder.path())).expect(2);
        let own: BTreeSet<String> = line
            .split([' ', '=', '-'])
            .map(str::to_owned)
            .chain(commands.clone())
            .chain(["soon", "threads", "timeout", "port"].map(str::to_owned))
            .collect();
        let found = strange(&ran.stderr, &own);
        assert!(found.is_empty(), "{line}: {found:?}\n{}", ran.stderr);
    }
}

/// Blocks of a guide under their languages, in order.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, block)), None) => block.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    found
}

#[test]
fn the_guide_leads_from_an_empty_folder_to_a_first_posting_in_three_commands_and_one_edit() {
    let guide = include_str!("../../docs/first-posting.md");
    let folder = temporary();
    let (mut commands, mut edits) = (0, 0);
    for (language, block) in blocks(guide) {
        match language.as_str() {
            "sh" if folder.path().join("人才门户/public").exists() => {}
            "sh" => {
                for line in block.lines().filter(|line| line.starts_with("gangwei ")) {
                    let ran = Command::new(env!("CARGO_BIN_EXE_gangwei"))
                        .args(line.split_whitespace().skip(1))
                        .current_dir(folder.path())
                        .output()
                        .expect("gangwei");
                    let ran = Ran::of(&ran);
                    assert_eq!(ran.code, Some(0), "{line}: {}{}", ran.stdout, ran.stderr);
                    commands += 1;
                }
            }
            "markdown" => {
                let jobs = folder.path().join("人才门户/content/jobs");
                let entries = fs::read_dir(jobs).expect("jobs");
                let mut paths: Vec<_> = entries.map(|entry| entry.expect("entry").path()).collect();
                paths.sort();
                // Days of the guide grow old; those of the reader do not.
                let year = jiff::Zoned::now().year() + 1;
                let today = jiff::Zoned::now().date().to_string();
                let block = block
                    .replace("2026-12-01", &today)
                    .replace("2026-12-31", &format!("{year}-01-31"));
                fs::write(paths.last().expect("posting"), block).expect("edit");
                edits += 1;
            }
            _ => {}
        }
    }
    assert_eq!((commands, edits), (3, 1));
    let pages = outputs(&folder.path().join("人才门户/public"));
    assert!(
        pages.keys().any(|path| path.starts_with("jobs/J-")),
        "{:?}",
        pages.keys()
    );
    let ran = check(&folder.path().join("人才门户"), &["--strict"]).expect(0);
    assert!(ran.stderr.is_empty(), "{}", ran.stderr);
}
