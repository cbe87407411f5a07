//! A posting's life, through the real binary: every output file on every day that changes something, the end of a day in
//! four zones, and what machines read of it: calendars, `jobs.xml`, `changes.json`, `build.json`.

use crate::common::{self, Site, outputs};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Outputs = BTreeMap<String, Vec<u8>>;

const POSTING: &str = "---\n标题: 灯塔岗\n发布日期: 2026-03-02\n更新日期: 2026-03-05\n工作地点: 上海\n部门: 公司金融部\n招聘类型: 社会招聘\n报名开始: 2026-03-10\n报名截止: 2026-03-31\n招聘流程:\n  - {环节: 笔试, 日期: 2026-04-10, 地点: 上海，A座；3层}\n应聘方式: {网址: \"https://apply.example/\"}\n---\n灯塔岗的职责。\n";

/// A second posting, open all the time, so that every list exists on every day.
const OTHER: &str = "---\n标题: 常开岗\n发布日期: 2026-01-02\n工作地点: 上海\n部门: 公司金融部\n招聘类型: 社会招聘\n岗位类别: 市场\n应聘方式: {网址: \"https://apply.example/\"}\n---\n常开岗的职责。\n";

const SETTINGS: &str = "title: 门户\norganization: {name: 甲银行}\nbase_url: https://a.example/\ncheck: {gate: off}\nlifecycle: {soon_days: 7, archive_days: 30}\n";

fn site() -> Site {
    Site::new([
        ("gangwei.yaml", SETTINGS),
        ("content/jobs/lighthouse.md", POSTING),
        ("content/jobs/other.md", OTHER),
    ])
}

fn on(site: &Site, as_of: &str) -> Outputs {
    site.build(&["--as-of", as_of]).expect(0);
    outputs(&site.out())
}

/// The files that hold a text, packed ones of the search index unpacked by their names alone.
fn holding(outputs: &Outputs, needle: &str) -> BTreeSet<String> {
    let holds = |bytes: &[u8]| {
        bytes
            .windows(needle.len())
            .any(|window| window == needle.as_bytes())
    };
    let held = outputs.iter().filter(|(_, bytes)| holds(bytes));
    held.map(|(path, _)| path.clone()).collect()
}

fn text(outputs: &Outputs, path: &str) -> String {
    String::from_utf8(
        outputs
            .get(path)
            .unwrap_or_else(|| panic!("{path} is missing"))
            .clone(),
    )
    .expect("UTF-8")
}

fn json(outputs: &Outputs, path: &str) -> Value {
    serde_json::from_slice(&outputs[path]).expect(path)
}

const PAGE: &str = "jobs/lighthouse/index.html";

/// Files that speak of open postings only; the page itself and the index of search are judged apart.
const LISTS: &[&str] = &[
    "jobs/index.html",
    "jobs/feed.xml",
    "jobs/feed.json",
    "jobs/calendar.ics",
    "feed.xml",
    "feed.json",
    "departments/公司金融部/index.html",
    "departments/公司金融部/feed.xml",
    "departments/公司金融部/feed.json",
    "departments/公司金融部/calendar.ics",
    "locations/上海/index.html",
    "locations/上海/feed.xml",
    "locations/上海/feed.json",
    "locations/上海/calendar.ics",
    "recruitment/social/index.html",
    "recruitment/social/feed.xml",
    "recruitment/social/feed.json",
    "recruitment/social/calendar.ics",
    "index.html",
    "jobs.json",
    "llms.txt",
    "sitemap.xml",
];

/// Every list holds the posting, or none does; nothing else but its own folder and what is named does either.
fn assert_listed(outputs: &Outputs, listed: bool, also: &[&str]) {
    let held = holding(outputs, "lighthouse");
    for path in LISTS {
        assert_eq!(held.contains(*path), listed, "{path} (listed: {listed})");
    }
    let known = |path: &String| {
        LISTS.contains(&path.as_str())
            || also.contains(&path.as_str())
            || path.starts_with("jobs/lighthouse/")
            || path.starts_with("search/")
            || path == "manifest.json"
            || path == "404.html"
            // The other posting's page names what is similar and listed.
            || (listed && *path == "jobs/other/index.html")
    };
    let unknown: Vec<&String> = held.iter().filter(|path| !known(path)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

fn chip(outputs: &Outputs) -> String {
    let page = text(outputs, PAGE);
    let at = page.find("class=\"chip chip-").expect("a chip") + "class=\"chip chip-".len();
    page[at..].split('"').next().unwrap_or("").to_owned()
}

#[test]
fn a_posting_walks_through_every_state_and_every_output_follows() {
    let site = site();
    // Scheduled: nowhere, not even as a date; the day it appears is told without its name.
    let day = on(&site, "2026-03-01");
    for needle in ["lighthouse", "灯塔", "2026-03-31", "20260331"] {
        assert_eq!(holding(&day, needle), BTreeSet::new(), "{needle}");
    }
    assert!(!day.contains_key(PAGE));
    assert_eq!(
        json(&day, "build.json")["next_change"],
        "2026-03-02T00:00:00+08:00"
    );
    assert_eq!(json(&day, "search/head.json")["documents"], 1);
    let said = site.build(&["--as-of", "2026-03-01"]).expect(0);
    assert!(!format!("{}{}", said.stdout, said.stderr).contains("lighthouse"));

    // Announced: listed with the day applications open; no JSON-LD, not among what job search engines read.
    let day = on(&site, "2026-03-02");
    assert_listed(&day, true, &[]);
    assert_eq!(chip(&day), "announced");
    let page = text(&day, PAGE);
    assert!(
        page.contains("2026-03-10") && !page.contains("JobPosting") && !page.contains("noindex")
    );
    assert!(!holding(&day, "lighthouse").contains("jobs.xml"));
    assert_eq!(json(&day, "search/head.json")["documents"], 2);
    assert_eq!(
        json(&day, "build.json")["next_change"],
        "2026-03-10T00:00:00+08:00"
    );

    // Open.
    let day = on(&site, "2026-03-10");
    assert_listed(&day, true, &["jobs.xml"]);
    assert_eq!(chip(&day), "open");
    assert!(text(&day, PAGE).contains("JobPosting"));
    assert!(text(&day, PAGE).contains("href=\"/jobs/lighthouse/calendar.ics\""));
    assert!(text(&day, "jobs.xml").contains("<referencenumber><![CDATA[lighthouse/上海]]>"));
    assert_eq!(
        json(&day, "build.json")["next_change"],
        "2026-03-25T00:00:00+08:00"
    );

    // Closing soon, to the last second of the last day.
    let day = on(&site, "2026-03-25");
    assert_listed(&day, true, &["jobs.xml"]);
    assert_eq!(chip(&day), "soon");
    let day = on(&site, "2026-03-31T23:59:59+08:00");
    assert_listed(&day, true, &["jobs.xml"]);
    assert!(text(&day, PAGE).contains("JobPosting"));
    assert_eq!(
        json(&day, "build.json")["next_change"],
        "2026-04-01T00:00:00+08:00"
    );

    // Closed: the address stays, with a banner and what is open; its calendar too, since the steps are still to come.
    let day = on(&site, "2026-04-01");
    assert_listed(&day, false, &[]);
    assert_eq!(chip(&day), "closed");
    let page = text(&day, PAGE);
    assert!(
        page.contains("banner-closed") && page.contains("noindex") && page.contains("/jobs/other/")
    );
    assert!(!page.contains("JobPosting"));
    assert!(text(&day, "jobs/lighthouse/calendar.ics").contains("20260410"));
    assert_eq!(
        json(&day, "build.json")["next_change"],
        "2026-05-01T00:00:00+08:00"
    );

    // Archived: the page alone is left, and nothing links it.
    let day = on(&site, "2026-05-01");
    assert_listed(&day, false, &[]);
    assert_eq!(chip(&day), "archived");
    assert!(text(&day, PAGE).contains("noindex") && !text(&day, PAGE).contains("JobPosting"));
    assert!(!day.contains_key("jobs/lighthouse/calendar.ics"));
    let linking = holding(&day, "/jobs/lighthouse/")
        .into_iter()
        .filter(|path| path.ends_with(".html"));
    assert_eq!(linking.collect::<Vec<_>>(), [PAGE]);
    assert_eq!(json(&day, "build.json")["next_change"], Value::Null);
}

#[test]
fn a_withdrawn_posting_leaves_everything_and_cancels_its_dates() {
    let site = site();
    site.write(
        "content/jobs/lighthouse.md",
        POSTING.replace("部门:", "撤回日期: 2026-03-15\n部门:"),
    );
    let before = on(&site, "2026-03-14");
    assert_listed(&before, true, &["jobs.xml"]);
    assert_eq!(
        json(&before, "build.json")["next_change"],
        "2026-03-15T00:00:00+08:00"
    );
    let day = on(&site, "2026-03-15");
    assert_listed(&day, false, &[]);
    assert_eq!(chip(&day), "withdrawn");
    let calendar = text(&day, "jobs/lighthouse/calendar.ics");
    assert_eq!(
        calendar.matches("STATUS:CANCELLED").count(),
        calendar.matches("BEGIN:VEVENT").count()
    );
    assert!(!calendar.contains("VALARM"));
    // Who looks at the page is offered neither: only those who subscribe already are told.
    assert!(text(&before, PAGE).contains("calendar.ics"));
    assert!(text(&before, PAGE).contains("id=\"gw-steps\""));
    assert!(!text(&day, PAGE).contains("calendar.ics"));
    assert!(!text(&day, PAGE).contains("id=\"gw-steps\""));
    assert!(
        holding(&day, "灯塔")
            .iter()
            .all(|path| path.starts_with("jobs/lighthouse/"))
    );
}

/// The state on the two sides of a moment, and the moment itself in `build.json`.
fn assert_changes(
    zone: &str,
    closes: &str,
    moment: &str,
    just_before: &str,
    machine: Option<&str>,
) {
    let site = Site::new([("gangwei.yaml", format!("{SETTINGS}time_zone: {zone}\n"))]);
    let posting = format!(
        "---\n标题: 灯塔岗\n发布日期: 2023-01-01\n工作地点: 上海\n报名截止: {closes}\n---\n正文\n"
    );
    site.write("content/jobs/lighthouse.md", posting);
    for (as_of, state) in [(just_before, "soon"), (moment, "closed")] {
        let mut command = site.command(&["--as-of", as_of]);
        if let Some(machine) = machine {
            command.env("TZ", machine);
        }
        common::run(&mut command).expect(0);
        let built = outputs(&site.out());
        assert_eq!(
            chip(&built),
            state,
            "{zone} {as_of} on a machine in {machine:?}"
        );
        if state == "soon" {
            assert_eq!(json(&built, "build.json")["next_change"], moment);
        }
    }
}

#[test]
fn the_last_day_ends_at_midnight_of_the_site_s_zone_wherever_the_machine_is() {
    for machine in [None, Some("America/New_York"), Some("Pacific/Kiritimati")] {
        for zone in ["Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong"] {
            assert_changes(
                zone,
                "2026-03-31",
                "2026-04-01T00:00:00+08:00",
                "2026-03-31T15:59:59Z",
                machine,
            );
        }
    }
    // Clocks go forward on 29 March 2026 and back on 25 October.
    assert_changes(
        "Europe/London",
        "2026-03-29",
        "2026-03-30T00:00:00+01:00",
        "2026-03-29T22:59:59Z",
        Some("Asia/Tokyo"),
    );
    assert_changes(
        "Europe/London",
        "2026-10-25",
        "2026-10-26T00:00:00+00:00",
        "2026-10-25T23:59:59Z",
        None,
    );
    // A leap day, and a time of another zone.
    assert_changes(
        "Asia/Shanghai",
        "2024-02-29",
        "2024-03-01T00:00:00+08:00",
        "2024-02-29T15:59:59Z",
        None,
    );
    assert_changes(
        "Europe/London",
        "2026-03-29T01:30:00-05:00",
        "2026-03-29T07:30:00+01:00",
        "2026-03-29T06:29:59Z",
        None,
    );
}

#[test]
fn days_before_closing_and_after_it_are_days_of_the_calendar() {
    let site = Site::new([(
        "gangwei.yaml",
        format!("{SETTINGS}time_zone: Europe/London\n"),
    )]);
    // Seven days before the end of 31 March is midnight in winter time; thirty after it, midnight in summer time.
    let posting = "---\n标题: 灯塔岗\n发布日期: 2026-01-01\n工作地点: 上海\n报名截止: 2026-03-31\n---\n正文\n";
    site.write("content/jobs/lighthouse.md", posting);
    let next = |as_of: &str| json(&on(&site, as_of), "build.json")["next_change"].clone();
    assert_eq!(next("2026-03-01"), "2026-03-25T00:00:00+00:00");
    assert_eq!(next("2026-04-02"), "2026-05-01T00:00:00+01:00");
    let spring = posting.replace("2026-03-31", "2026-10-25");
    site.write("content/jobs/lighthouse.md", spring);
    assert_eq!(next("2026-09-01"), "2026-10-19T00:00:00+01:00");
    assert_eq!(next("2026-10-27"), "2026-11-25T00:00:00+00:00");
}

#[test]
fn dates_that_cannot_be_are_faults_and_never_a_state() {
    for (line, code) in [
        ("报名截止: 2026-02-29", "bad-date"),
        ("报名截止: 2026-03-31T18:00:00", "time-without-offset"),
        (
            "报名开始: 2026-04-10\n报名截止: 2026-04-01",
            "dates-out-of-order",
        ),
    ] {
        let posting = format!("---\n标题: 灯塔岗\n发布日期: 2026-01-01\n{line}\n---\n正文\n");
        let site = Site::new([
            ("gangwei.yaml", SETTINGS.to_owned()),
            ("content/jobs/a.md", posting),
        ]);
        let ran = site.build(&[]).expect(1);
        assert!(
            ran.stderr.contains(code) || ran.stdout.contains(code),
            "{code}\n{}",
            ran.stderr
        );
    }
}

/// The lines of a calendar, unfolded; each one's length was checked first.
fn lines(calendar: &str) -> Vec<String> {
    assert!(
        calendar.split("\r\n").all(|line| line.len() <= 75),
        "a line is longer than 75 bytes"
    );
    assert!(!calendar.replace("\r\n", "").contains(['\n', '\r']));
    calendar
        .replace("\r\n ", "")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_calendar_has_whole_days_alarms_and_identifiers_that_stay() {
    let site = site();
    let calendar = text(&on(&site, "2026-03-10"), "jobs/lighthouse/calendar.ics");
    let found = lines(&calendar);
    let holds = |line: &str| {
        assert!(
            found.iter().any(|found| found == line),
            "{line}\n{calendar}"
        );
    };
    holds("UID:job-lighthouse-opens@a.example");
    holds("UID:job-lighthouse-closes@a.example");
    holds("UID:job-lighthouse-step-笔试@a.example");
    holds("DTSTART;VALUE=DATE:20260331");
    holds("DTEND;VALUE=DATE:20260401");
    holds("SUMMARY:灯塔岗：报名截止");
    holds("LOCATION:上海，A座；3层");
    // Three days between publishing and the update; the stamp is the update's midnight in Shanghai.
    assert_eq!(found.iter().filter(|line| *line == "SEQUENCE:3").count(), 3);
    assert!(
        found
            .iter()
            .filter(|line| line.starts_with("DTSTAMP"))
            .all(|line| line == "DTSTAMP:20260304T160000Z")
    );
    assert_eq!(
        found.iter().filter(|line| *line == "BEGIN:VALARM").count(),
        3
    );
    // The same bytes on another day and in another run: neither clock nor chance.
    let later = text(&on(&site, "2026-04-01"), "jobs/lighthouse/calendar.ics");
    assert_eq!(calendar, later);
}

#[test]
fn a_calendar_of_a_document_without_dates_of_its_own_never_has_the_clock_s() {
    let posting = "---\n标题: 长标题，带逗号；分号; a, b\\反斜线和很多很多很多很多很多很多很多很多很多字\n报名截止: 2026-12-31T18:00:00+08:00\n---\n正文\n";
    let site = Site::new([("gangwei.yaml", SETTINGS), ("content/jobs/a.md", posting)]);
    let calendar = text(&on(&site, "2026-03-10"), "jobs/a/calendar.ics");
    let found = lines(&calendar);
    assert!(
        found.contains(&"DTSTART:20261231T100000Z".to_owned()),
        "{calendar}"
    );
    assert!(
        found
            .iter()
            .filter(|line| line.starts_with("DTSTAMP"))
            .all(|line| line == "DTSTAMP:20261231T100000Z")
    );
    for name in ["SUMMARY:", "NAME;VALUE=TEXT:", "X-WR-CALNAME:"] {
        let named = found.iter().find(|line| line.starts_with(name));
        let escaped = named.is_some_and(|line| line.contains("号\\; a\\, b\\\\反"));
        assert!(escaped, "{name}\n{calendar}");
    }
}

#[test]
fn steps_of_a_campaign_stand_once_in_a_list_s_calendar() {
    let campaign = "---\n标题: 春招\n发布日期: 2026-03-01\n招聘类型: 校园招聘\n报名截止: 2026-03-31\n招聘流程:\n  - {环节: 笔试, 日期: 2026-04-10}\n---\n公告\n";
    let job =
        |n: u8| format!("---\n标题: 岗{n}\n发布日期: 2026-03-01\n招聘批次: spring\n---\n正文\n");
    let site = Site::new([
        ("gangwei.yaml", SETTINGS.to_owned()),
        ("content/campaigns/spring.md", campaign.to_owned()),
        ("content/jobs/a.md", job(1)),
        ("content/jobs/b.md", job(2)),
    ]);
    let built = on(&site, "2026-03-10");
    let list = text(&built, "recruitment/campus/calendar.ics");
    assert_eq!(list.matches("20260410").count(), 1, "{list}");
    assert_eq!(list.matches("DTSTART;VALUE=DATE:20260331").count(), 2);
    assert!(text(&built, "jobs/a/calendar.ics").contains("20260410"));
    assert!(text(&built, "campaigns/spring/calendar.ics").contains("20260410"));
}

#[test]
fn jobs_xml_is_read_by_an_xml_parser_and_dated_by_the_content() {
    let site = site();
    site.write(
        "content/jobs/lighthouse.md",
        POSTING.replace("灯塔岗的职责", "写 `]]>` 与 <b>&amp;"),
    );
    let built = on(&site, "2026-03-10");
    let xml = text(&built, "jobs.xml");
    let parsed = roxmltree::Document::parse(&xml).expect("well-formed");
    let text_of = |node: roxmltree::Node, name: &str| -> String {
        let child = node
            .children()
            .find(|child| child.has_tag_name(name))
            .unwrap_or_else(|| panic!("{name}\n{xml}"));
        child.children().filter_map(|part| part.text()).collect()
    };
    let root = parsed.root_element();
    assert_eq!(text_of(root, "publisher"), "甲银行");
    assert_eq!(text_of(root, "lastBuildDate"), "2026-03-05T00:00:00+08:00");
    let jobs: Vec<_> = root
        .children()
        .filter(|node| node.has_tag_name("job"))
        .collect();
    assert_eq!(jobs.len(), 2);
    let job = jobs
        .into_iter()
        .find(|job| text_of(*job, "referencenumber") == "lighthouse/上海")
        .expect("job");
    assert_eq!(text_of(job, "title"), "灯塔岗");
    assert_eq!(text_of(job, "url"), "https://a.example/jobs/lighthouse/");
    assert_eq!(text_of(job, "date"), "2026-03-02T00:00:00+08:00");
    assert_eq!(text_of(job, "requisitionid"), "lighthouse");
    assert!(text_of(job, "description").contains("]]&gt;"));
}

#[test]
fn changes_name_what_opened_changed_and_closed_since_an_earlier_output() {
    let site = site();
    let earlier = site.around().join("earlier");
    let keep = |as_of: &str| {
        let _ = std::fs::remove_dir_all(&earlier);
        on(&site, as_of);
        std::fs::rename(site.out(), &earlier).expect("rename");
    };
    let folder = earlier.to_string_lossy().into_owned();
    let changes = |as_of: &str| {
        site.build(&["--as-of", as_of, "--previous", &folder])
            .expect(0);
        json(&outputs(&site.out()), "changes.json")
    };
    let ids = |value: &Value| -> Vec<String> {
        value
            .as_array()
            .expect("array")
            .iter()
            .map(|entry| entry["id"].as_str().unwrap_or("").to_owned())
            .collect()
    };
    keep("2026-03-05");
    let day = changes("2026-03-10");
    assert_eq!(
        (
            ids(&day["opened"]),
            ids(&day["changed"]),
            ids(&day["closed"])
        ),
        (vec!["lighthouse".into()], vec![], vec![])
    );
    assert_eq!(
        day["opened"][0]["url"],
        "https://a.example/jobs/lighthouse/"
    );
    keep("2026-03-10");
    site.write(
        "content/jobs/other.md",
        OTHER
            .replace("常开岗的职责", "新的职责")
            .replace("岗位类别: 市场", "岗位类别: 运营"),
    );
    let day = changes("2026-04-01");
    assert_eq!(ids(&day["closed"]), ["lighthouse"]);
    assert_eq!(
        day["closed"][0]["url"],
        "https://a.example/jobs/lighthouse/"
    );
    assert_eq!(
        day["changed"][0]["fields"],
        serde_json::json!(["category", "content"])
    );
    assert_eq!(ids(&day["opened"]), Vec::<String>::new());
    // Without the flag there is none, and one of an earlier run goes.
    assert!(!on(&site, "2026-04-01").contains_key("changes.json"));
    // A folder without a portal is no reason to call everything new.
    let ran = site.build(&["--previous", "/nowhere/at/all"]).expect(2);
    assert!(ran.stderr.contains("--previous"), "{}", ran.stderr);
}

#[test]
fn products_and_policies_come_into_force_and_lapse() {
    let product = "---\n标题: 灯塔理财\n发布日期: 2026-01-01\n生效日期: 2026-02-01\n失效日期: 2026-03-31\n---\n正文\n";
    let policy = |title: &str, from: &str, old: &str| {
        format!(
            "---\n标题: {title}\n发布日期: 2026-01-01\n公开范围: 公开\n制度: {{文号: 甲银发〔2026〕{from}号, 施行日期: {from}, 废止文件: [{old}]}}\n---\n正文\n"
        )
    };
    let site = Site::new([
        ("gangwei.yaml", SETTINGS.to_owned()),
        ("content/products/lamp.md", product.to_owned()),
        (
            "content/articles/old.md",
            policy("旧办法", "2026-01-05", ""),
        ),
        (
            "content/articles/new.md",
            policy("新办法", "2026-02-10", "《旧办法》"),
        ),
    ]);
    let chip = |built: &Outputs, path: &str| {
        let page = text(built, path);
        let at = page.find("class=\"chip chip-").expect("a chip") + "class=\"chip chip-".len();
        page[at..].split('"').next().unwrap_or("").to_owned()
    };
    let states = |as_of: &str| {
        let built = on(&site, as_of);
        let of = |path: &str| chip(&built, path);
        let listed = holding(&built, "灯塔").contains("products/index.html");
        let next = json(&built, "build.json")["next_change"]
            .as_str()
            .unwrap_or("")
            .to_owned();
        (
            of("products/lamp/index.html"),
            of("articles/old/index.html"),
            of("articles/new/index.html"),
            listed,
            next,
        )
    };
    let want = |a: &str, b: &str, c: &str, listed, next: &str| {
        (
            a.to_owned(),
            b.to_owned(),
            c.to_owned(),
            listed,
            format!("{next}T00:00:00+08:00"),
        )
    };
    assert_eq!(
        states("2026-01-10"),
        want("announced", "open", "announced", true, "2026-02-01")
    );
    assert_eq!(
        states("2026-02-03"),
        want("open", "soon", "announced", true, "2026-02-10")
    );
    assert_eq!(
        states("2026-02-10"),
        want("open", "closed", "open", true, "2026-03-12")
    );
    assert_eq!(
        states("2026-04-01"),
        want("closed", "archived", "open", false, "2026-05-01")
    );
    let built = on(&site, "2026-02-10");
    assert!(text(&built, "articles/old/index.html").contains("noindex"));
    assert!(!text(&built, "articles/index.html").contains("旧办法"));
    assert!(text(&built, "products/lamp/index.html").contains("data-closes=\"2026-03-31\""));
}

/// What a page says of the moments of its state, in the chip below the title or beside it.
fn turns(page: &str) -> Vec<(String, String)> {
    let chip = page.split("class=\"chip chip-").nth(1).expect("a chip");
    let chip = chip.split('>').next().unwrap_or("");
    let named = chip
        .split(" data-")
        .filter_map(|part| part.split_once("=\""));
    let moments = named.filter(|(name, _)| name.ends_with("-at"));
    let value = |rest: &str| rest.split('"').next().unwrap_or("").to_owned();
    moments
        .map(|(name, rest)| (name.to_owned(), value(rest)))
        .collect()
}

#[test]
fn a_page_holds_the_moments_of_its_states_as_exact_times_with_the_offsets_of_the_site() {
    let site = Site::new([(
        "gangwei.yaml",
        format!("{SETTINGS}time_zone: Europe/London\n"),
    )]);
    let posting = |opens: &str, closes: &str| {
        format!(
            "---\n标题: 灯塔岗\n发布日期: 2026-01-01\n工作地点: 上海\n报名开始: {opens}\n报名截止: {closes}\n---\n正文\n"
        )
    };
    let reported = |as_of: &str| turns(&text(&on(&site, as_of), PAGE));
    let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    site.write(
        "content/jobs/lighthouse.md",
        posting("2026-03-10", "2026-03-31"),
    );
    // Clocks go forward on 29 March: seven days before the end are midnight in winter time.
    let soon = of("soon-at", "2026-03-25T00:00:00+00:00");
    let end = of("end-at", "2026-04-01T00:00:00+01:00");
    let open = of("open-at", "2026-03-10T00:00:00+00:00");
    assert_eq!(reported("2026-02-01"), [open, soon.clone(), end.clone()]);
    // What has passed is not told again.
    assert_eq!(reported("2026-03-12"), [soon, end]);
    site.write(
        "content/jobs/lighthouse.md",
        posting("2026-03-10", "2026-03-31T17:30:00+08:00"),
    );
    let soon = of("soon-at", "2026-03-24T10:30:00+00:00");
    let end = of("end-at", "2026-03-31T10:30:00+01:00");
    assert_eq!(reported("2026-03-12"), [soon, end]);
    // What is over turns no more.
    assert_eq!(reported("2026-04-12"), []);
}

#[test]
fn a_page_says_nothing_of_the_day_on_which_an_unpublished_policy_takes_its_place() {
    let site = site();
    let policy = |title: &str, published: &str, supersedes: &str| {
        format!(
            "---\n标题: {title}\n发布日期: {published}\n公开范围: 公开\n制度: {{文号: 甲银发〔2026〕1号, 施行日期: {published}{supersedes}}}\n---\n正文\n"
        )
    };
    site.write(
        "content/articles/old.md",
        policy("旧办法", "2026-01-05", ""),
    );
    site.write(
        "content/articles/new.md",
        policy("新办法", "2026-04-17", ", 废止文件: [旧办法]"),
    );
    let built = on(&site, "2026-03-12");
    assert_eq!(turns(&text(&built, "articles/old/index.html")), []);
    assert!(holding(&built, "2026-04-17").is_subset(&BTreeSet::from(["build.json".to_owned()])));
    let later = on(&site, "2026-04-17");
    assert!(text(&later, "articles/old/index.html").contains("chip chip-closed"));
}
