//! `gangwei check` on whole sites: waivers, repairs, the report, packs, what only shows between documents, and what each of
//! them does to a build.

use crate::common::{Ran, Site, gangwei, run};

const SETTINGS: &str = "title: 门户\norganization: {name: 望澜银行}\nbase_url: https://careers.wanglan.example/\ncheck:\n  approvers: [合规部]\n";

/// A posting that lacks nothing, with more front matter and more text.
fn posting(front: &str, body: &str) -> String {
    format!(
        "---\n标题: 柜员\n发布日期: 2026-11-01\n招聘单位: 上海分行\n工作地点: [上海]\n招聘人数: 2\n学历: 大专\n薪酬: 8000-12000元/月\n报名截止: 2026-12-31\n应聘方式: {{邮箱: hr@wanglan.example}}\n{front}---\n\n## 岗位职责\n\n办理存取款、转账和开户业务，解答客户的问题。\n\n{body}\n"
    )
}

fn site(front: &str, body: &str) -> Site {
    Site::new([
        ("gangwei.yaml", SETTINGS.to_owned()),
        ("content/jobs/a.md", posting(front, body)),
    ])
}

fn check(site: &Site, more: &[&str]) -> Ran {
    run(gangwei()
        .arg("check")
        .arg(site.path())
        .args(["--lang", "en", "--as-of", "2026-11-21"])
        .args(more))
}

const CLAUSE: &str = "限本市户籍。";

fn waiver(approver: &str, until: &str) -> String {
    format!(
        "豁免:\n  - 规则: hukou-region\n    理由: 地方政府定向岗位 MARKER\n    批准人: {approver}\n    有效期至: {until}\n"
    )
}

#[test]
fn an_error_stops_the_build_and_a_waiver_lets_it_through() {
    let refused = site("", CLAUSE);
    let reported = refused.build(&["--as-of", "2026-11-21"]).expect(1).stderr;
    assert!(reported.contains("hukou-region"), "{reported}");
    assert!(!refused.out().exists());

    let allowed = site(&waiver("合规部", "2027-06-30"), CLAUSE);
    allowed.build(&["--as-of", "2026-11-21"]).expect(0);
    for (path, bytes) in allowed.outputs() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("MARKER"), "{path} holds the waiver's reason");
        assert!(!text.contains("合规部"), "{path} holds the approver");
    }
}

#[test]
fn the_gate_decides_what_an_error_does_to_a_build() {
    for (gate, code) in [("error", 1), ("warn", 0), ("off", 0)] {
        let site = site("", CLAUSE);
        site.write("gangwei.yaml", format!("{SETTINGS}  gate: {gate}\n"));
        let reported = site.build(&["--as-of", "2026-11-21"]).expect(code).stderr;
        assert_eq!(
            reported.contains("hukou-region"),
            gate != "off",
            "{gate}: {reported}"
        );
        // The check itself always says what is wrong.
        check(&site, &[]).expect(1);
    }
}

#[test]
fn a_waiver_needs_a_known_approver_a_rule_and_an_end_within_a_year() {
    for (front, fault) in [
        (waiver("张三", "2027-06-30"), "none of the approvers"),
        (waiver("合规部", "2028-06-30"), "a year at most"),
        (
            waiver("合规部", "2027-06-30").replace("hukou-region", "no-such-rule"),
            "there is no rule",
        ),
    ] {
        let reported = check(&site(&front, CLAUSE), &[]).expect(1).stderr;
        assert!(
            reported.contains("bad-waiver") && reported.contains(fault),
            "{reported}"
        );
        assert!(
            reported.contains("[hukou-region]"),
            "a faulty waiver waives: {reported}"
        );
    }
    let unused = check(&site(&waiver("合规部", "2027-06-30"), ""), &[])
        .expect(0)
        .stderr;
    assert!(unused.contains("unused-waiver"), "{unused}");
}

#[test]
fn an_expired_waiver_brings_the_finding_back_and_a_scheduled_build_goes_on() {
    let site = site(&waiver("合规部", "2026-11-20"), CLAUSE);
    let reported = site.build(&["--as-of", "2026-11-21"]).expect(1).stderr;
    assert!(
        reported.contains("expired-waiver") && reported.contains("hukou-region"),
        "{reported}"
    );
    site.build(&["--as-of", "2026-11-20"]).expect(0);
    let reported = site
        .build(&["--as-of", "2026-11-21", "--scheduled"])
        .expect(0)
        .stderr;
    assert!(reported.contains("hukou-region"), "{reported}");
    // What somebody wrote is no matter of time.
    site.write("content/jobs/b.md", posting("岗位编号: b\n", "只招男性。"));
    site.build(&["--as-of", "2026-11-21", "--scheduled"])
        .expect(1);
}

#[test]
fn a_baseline_waives_one_text_by_its_hash_wherever_it_stands() {
    let site = site("", CLAUSE);
    let report = site.around().join("report.html");
    let report = report.to_string_lossy().into_owned();
    check(&site, &["--report", &report]).expect(1);
    let page = std::fs::read_to_string(&report).expect("report");
    let row = page
        .lines()
        .find(|line| line.contains("<td>hukou-region</td>"))
        .expect("row");
    let hash = row
        .trim_end_matches("</td></tr>")
        .rsplit("<td>")
        .next()
        .expect("hash");
    assert_eq!(hash.len(), 16, "{row}");
    site.write(
        "gangwei.yaml",
        format!("{SETTINGS}  baseline: baseline.yaml\n"),
    );
    site.write(
        "baseline.yaml",
        format!("- {{rule: hukou-region, hash: {hash}, reason: 历史遗留, approver: 合规部, until: 2027-01-31}}\n"),
    );
    check(&site, &["--report", &report]).expect(0);
    let page = std::fs::read_to_string(&report).expect("report");
    assert!(
        page.contains("历史遗留") && page.contains("2027-01-31"),
        "{page}"
    );
    site.write("content/jobs/a.md", posting("", "限本省户籍。"));
    check(&site, &[]).expect(1);
}

#[test]
fn the_report_names_packs_findings_and_every_file_and_calls_nothing_lawful() {
    let site = site("", "客户身份证号 110199197511020009。");
    let report = site.around().join("report.html");
    check(&site, &["--report", &report.to_string_lossy()]).expect(1);
    let page = std::fs::read_to_string(&report).expect("report");
    for part in [
        "2026-11-21",
        "mainland China",
        "leak-identity-number",
        "content/jobs/a.md",
        "not thereby lawful",
    ] {
        assert!(page.contains(part), "no {part}: {page}");
    }
    assert!(
        !page.contains("110199197511020009"),
        "the report prints the number"
    );
}

#[test]
fn no_format_prints_a_whole_secret() {
    let site = site("", "客户身份证号 110199197511020009，手机 13800138000。");
    for format in ["text", "json", "sarif", "github", "gitlab"] {
        let ran = check(&site, &["--format", format]);
        let all = ran.stdout + &ran.stderr;
        assert!(all.contains("leak-identity-number"), "{format}: {all}");
        for secret in ["110199197511020009", "13800138000"] {
            assert!(!all.contains(secret), "{format} prints {secret}: {all}");
        }
    }
}

#[test]
fn fix_makes_the_certain_repairs_shows_them_and_changes_nothing_else() {
    let site = site("", "");
    let before = "---\r\n标题：柜员\r\n发布日期: 2026年11月1日\r\n专业: [金融，会计]\r\n备注的人: 张三\r\n---\r\n\r\n## 职责 ｛#duty｝\r\n\r\n余额2685。9万元\r\n";
    site.write("content/jobs/a.md", before);
    let reported = check(&site, &["--fix"]).stderr;
    let after = std::fs::read_to_string(site.path().join("content/jobs/a.md")).expect("file");
    let wanted = before
        .replace("标题：", "标题: ")
        .replace("2026年11月1日", "2026-11-01")
        .replace("[金融，会计]", "[金融, 会计]")
        .replace("｛#duty｝", "{#duty}")
        .replace("2685。9", "2685.9");
    assert_eq!(after, wanted);
    for line in ["-标题：柜员", "+标题: 柜员", "+发布日期: 2026-11-01"] {
        assert!(
            reported.contains(line),
            "the difference does not show {line}:\n{reported}"
        );
    }
    let again = check(&site, &["--fix"]).stderr;
    assert!(!again.contains("+++"), "{again}");
}

#[test]
fn fix_renames_keys_that_stand_for_one_field_beyond_doubt() {
    let site = site("", "");
    let before = "---\n岗位名称: 柜员\n用人单位: 甲\n截止日期：2027-01-21\n【学历】: 本科\n薪筹: 面议\n待遇: 面议\n---\n\n办理存取款。\n";
    site.write("content/jobs/b.md", before);
    let reported = check(&site, &["--fix"]).expect(1).stderr;
    assert!(!reported.contains("missing-field"), "{reported}");
    let after = std::fs::read_to_string(site.path().join("content/jobs/b.md")).expect("file");
    let wanted = before
        .replace("岗位名称", "标题")
        .replace("用人单位", "招聘单位")
        .replace("截止日期：", "报名截止: ")
        .replace("【学历】", "学历");
    assert_eq!(after, wanted, "a guess by letters, or between two, is left");
}

/// What `--fix` makes of a posting in which one piece is written in another way.
fn after_repair(right: &str, written: &str) -> String {
    let site = site("", "");
    let text = posting("", "");
    assert!(text.contains(right), "{right}");
    site.write("content/jobs/a.md", text.replacen(right, written, 1));
    check(&site, &["--fix"]);
    let after = std::fs::read_to_string(site.path().join("content/jobs/a.md")).expect("file");
    let (before, behind) = text.split_once(right).expect("parts");
    let kept = after.strip_prefix(before).unwrap_or(&after);
    kept.strip_suffix(behind).unwrap_or(kept).to_owned()
}

#[test]
fn a_repair_of_a_value_keeps_the_comment_behind_it() {
    for (right, written, repaired) in [
        (
            "标题: 柜员",
            "标题: 社招: 柜员   # 必填：标题",
            "标题: \"社招: 柜员\"   # 必填：标题",
        ),
        (
            "[上海]",
            "[上海]\n专业: [金融、经济（国内、国际）]",
            "[上海]\n专业: [金融, 经济（国内、国际）]",
        ),
        ("[上海]", "[上海, 北京", "[上海, 北京]"),
        ("[上海]", "[上海, 北京   # 必填", "[上海, 北京]   # 必填"),
        ("[上海]", "[上海, 北京】", "[上海, 北京]"),
        (
            "{邮箱: hr@wanglan.example}",
            "{报名材料: [简历",
            "{报名材料: [简历]}",
        ),
    ] {
        assert_eq!(after_repair(right, written), repaired, "{written}");
    }
    // What may be meant in two ways is left to the author.
    for (right, written) in [
        ("[上海]", "[上海]\n专业: [金融，会计, 法律]"),
        (
            "[上海]",
            "[上海]\n专业: [金融, 会计、审计, 经济（国内、国际）]",
        ),
        ("[上海]", "[\n  上海,\n  北京"),
        ("[上海]", "[上海,\n  北京"),
        (
            "{邮箱: hr@wanglan.example}",
            "{邮箱: hr@wanglan.example，说明: 甲}",
        ),
    ] {
        assert_eq!(after_repair(right, written), written);
    }
}

#[test]
fn front_matter_without_its_first_line_is_told_once_and_repaired() {
    let right = posting("", "");
    for first in [
        "\n---\n",
        "———\n",
        "——-\n",
        "－－－\n",
        "--\n",
        "—\n",
        " ---\n",
        "\u{200B}---\n",
        "",
    ] {
        let site = site("", "");
        site.write("content/jobs/a.md", right.replacen("---\n", first, 1));
        let reported = check(&site, &["--format", "json"]).stdout;
        assert_eq!(
            reported.matches("\"code\"").count(),
            1,
            "{first:?}: {reported}"
        );
        assert!(
            reported.contains("unopened-front-matter"),
            "{first:?}: {reported}"
        );
        assert_eq!(after_repair("---\n", first), "---\n", "{first:?}");
    }
    for second in ["———\n", "－－－\n", " ---\n"] {
        let written = right.replace("}\n---\n", &format!("}}\n{second}"));
        let site = site("", "");
        site.write("content/jobs/a.md", &written);
        check(&site, &["--fix"]);
        let after = std::fs::read_to_string(site.path().join("content/jobs/a.md"));
        assert_eq!(after.expect("file"), right, "{second}");
    }
}

#[test]
fn a_text_without_front_matter_is_told_what_it_lacks() {
    for text in [
        "---\n\n# 柜员\n",
        "\n---\n\n甲乙\n",
        "# 柜员\n\n说明：甲\n",
        "甲：乙\n",
    ] {
        let site = site("", "");
        site.write("content/jobs/a.md", text);
        let reported = check(&site, &[]).stderr;
        assert!(
            !reported.contains("unopened-front-matter"),
            "{text}: {reported}"
        );
        assert!(reported.contains("error["), "{text}: {reported}");
    }
}

#[test]
fn without_fix_nothing_in_the_content_changes() {
    let site = site("标签：[甲，乙]\n", CLAUSE);
    let before = std::fs::read(site.path().join("content/jobs/a.md")).expect("file");
    for format in ["text", "json"] {
        check(&site, &["--format", format]);
    }
    assert_eq!(
        std::fs::read(site.path().join("content/jobs/a.md")).expect("file"),
        before
    );
}

#[test]
fn a_banks_own_pack_adds_rules_changes_weights_and_tells_its_own_faults() {
    let site = site("", "须会说本地方言。");
    site.write(
        "gangwei.yaml",
        format!("{SETTINGS}  packs: [packs/bank.yaml]\n"),
    );
    let pack = "name: {zh: 本行, en: our bank}\ndate: 2026-11-01\njurisdictions: [cn]\nseverity: {school-tier: error}\nlaws:\n  dialect: {text: {zh: 本行招聘办法, en: our rules of recruitment}, read: yes}\nrules:\n  - code: dialect\n    title: {zh: 方言要求, en: a dialect}\n    why: {zh: 本行不作要求。, en: The bank does not ask for it.}\n    rewrite: {zh: 删去。, en: Delete it.}\n    kinds: [job]\n    severity: {any: error}\n    phrases: ['会说?[^。]{0,4}方言']\n";
    site.write("packs/bank.yaml", pack);
    let reported = check(&site, &[]).expect(1).stderr;
    assert!(
        reported.contains("[dialect]") && reported.contains("our rules of recruitment (our bank)"),
        "{reported}"
    );
    site.write("packs/bank.yaml", pack.replace("会说?[^", "会说?([^"));
    let reported = check(&site, &[]).expect(1).stderr;
    assert!(
        reported.contains("bad-rule") && reported.contains("packs/bank.yaml:14"),
        "{reported}"
    );
    site.write(
        "gangwei.yaml",
        format!("{SETTINGS}  packs: [../bank.yaml]\n"),
    );
    let reported = check(&site, &[]).expect(1).stderr;
    assert!(reported.contains("../bank.yaml"), "{reported}");
}

#[test]
fn files_that_cannot_be_parsed_still_get_the_rules_on_their_words() {
    let site = site("", "");
    site.write(
        "content/jobs/b.md",
        "---\n标题: [柜员\n---\n限男性。身份证号 110199197511020009。\n",
    );
    let reported = check(&site, &[]).expect(1).stderr;
    for code in ["bad-yaml", "gender-limit", "leak-identity-number"] {
        assert!(reported.contains(code), "no {code}: {reported}");
    }
}

#[test]
fn a_draft_is_warned_of_and_not_refused() {
    let site = site("草稿: 是\n", CLAUSE);
    let reported = check(&site, &[]).expect(0).stderr;
    assert!(reported.contains("warning[hukou-region]"), "{reported}");
}

#[test]
fn what_shows_only_between_documents_is_told() {
    let text = "本制度说明印章的申领、保管、使用和销毁，各部门指定专人负责，双人双锁，随用随登记，不得带出办公场所，不得在空白纸上加盖，遇人员变动当日办理交接，由主管监交并留存记录。"
        .to_owned()
        + "用印前由经办人填写申请，写明用途、份数和收件人，主管签字后方可加盖；外带用印的，须两人同行，当日归还。每季度末清点一次，发现缺失立即报告保卫部门，并在系统里登记挂失，未查明前停止使用。";
    let page = |title: &str, body: &str| {
        format!("---\n标题: {title}\n发布日期: 2026-11-01\n---\n{body}\n")
    };
    let site = site("", "");
    site.write("content/articles/seal.md", page("印章管理", &text));
    site.write(
        "content/articles/seal-2.md",
        page("印章使用", &text.replace("两人同行", "两人一起")),
    );
    site.write(
        "content/pages/lost.md",
        page(
            "没人链接的一页",
            "正文。\n\n[去](/no-such-page/) [锚](../articles/seal.md#nowhere) [好](../jobs/a.md)",
        ),
    );
    site.write(
        "content/jobs/old.md",
        posting("岗位编号: old\n", "").replace("2026-12-31", "2026-11-10"),
    );
    site.write(
        "content/pages/links.md",
        page(
            "常用链接",
            "[柜员](../jobs/old.md)、[印章](../articles/seal.md#)",
        ),
    );
    let reported = check(&site, &[]).stderr;
    for (code, file) in [
        ("near-copy", "content/articles/seal"),
        ("orphan", "content/pages/lost.md"),
        ("broken-link", "/no-such-page/"),
        ("broken-anchor", "#nowhere"),
    ] {
        assert!(
            reported.contains(&format!("[{code}]")) && reported.contains(file),
            "no {code}:\n{reported}"
        );
    }
    assert!(!reported.contains("`../jobs/a.md`"), "{reported}");
}

#[test]
fn a_jurisdiction_without_rules_stops_the_build_unless_a_pack_of_the_bank_covers_it() {
    let site = site("", "");
    site.write(
        "content/locations.yaml",
        "- {id: shanghai, name: 上海, jurisdiction: mo}\n",
    );
    let reported = site.build(&["--as-of", "2026-11-21"]).expect(1).stderr;
    assert!(
        reported.contains("unknown-jurisdiction")
            && reported.contains("content/locations.yaml:1:42"),
        "{reported}"
    );
    // Without rules nobody asks whose law they are.
    site.write("gangwei.yaml", format!("{SETTINGS}  gate: off\n"));
    site.build(&["--as-of", "2026-11-21"]).expect(0);
    check(&site, &[]).expect(1);
    let pack = "name: {zh: 澳门, en: Macau}\ndate: 2026-11-01\njurisdictions: [MO]\n";
    site.write("rules/mo.yaml", pack);
    site.write(
        "gangwei.yaml",
        format!("{SETTINGS}  packs: rules/mo.yaml\n"),
    );
    let reported = check(&site, &[]).expect(0).stderr;
    assert!(!reported.contains("unknown-jurisdiction"), "{reported}");
    // A pack that cannot be read may be the one.
    site.write("rules/mo.yaml", pack.replace("name: {", "name: {{"));
    let reported = check(&site, &[]).expect(1).stderr;
    assert!(!reported.contains("unknown-jurisdiction"), "{reported}");
}

#[test]
fn a_logo_is_a_file_of_the_portal_and_its_spelling_is_repaired() {
    let site = site("", "");
    let settings = SETTINGS.replace(
        "name: 望澜银行",
        "name: 望澜银行, logo: static/pictures/logo.svg",
    );
    site.write("gangwei.yaml", settings.clone());
    let reported = check(&site, &[]).expect(1).stderr;
    assert!(
        reported.contains("unknown-logo") && reported.contains("gangwei.yaml:2:"),
        "{reported}"
    );
    site.write(
        "static/pictures/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    check(&site, &["--fix"]).expect(0);
    let repaired = std::fs::read_to_string(site.path().join("gangwei.yaml")).expect("settings");
    assert_eq!(repaired, settings.replace("static/pictures", "/pictures"));
    site.build(&["--as-of", "2026-11-21"]).expect(0);
    for elsewhere in ["https://a.example/logo.svg", "/Pictures/logo.svg"] {
        site.write(
            "gangwei.yaml",
            settings.replace("static/pictures/logo.svg", elsewhere),
        );
        assert!(
            check(&site, &[]).expect(1).stderr.contains("unknown-logo"),
            "{elsewhere}"
        );
    }
}

/// A site whose two postings have one id, with a third posting and a file that is no content.
fn quarrelling() -> Site {
    let site = site("编号: J-1\n", "");
    site.write("content/jobs/柜员 甲.md", posting("编号: j-1\n", CLAUSE));
    site.write("content/jobs/c.md", posting("", "看[这里](没有.md)。"));
    site.write("README.md", "x");
    site
}

/// `check` with paths, run in some folder.
fn check_files(folder: impl AsRef<std::path::Path>, paths: &[&str]) -> Ran {
    run(gangwei()
        .current_dir(folder)
        .arg("check")
        .args(paths)
        .args(["--lang", "en", "--as-of", "2026-11-21"]))
}

#[test]
fn single_files_are_checked_with_the_site_around_them_from_any_folder() {
    let site = quarrelling();
    let (root, jobs) = (site.path(), site.path().join("content/jobs"));
    // What stands in another file, but names this one, concerns it.
    let told = check_files(&jobs, &["a.md"]).expect(1);
    assert!(told.stderr.contains("duplicate-id"), "{}", told.stderr);
    assert!(!told.stderr.contains("hukou-region"), "{}", told.stderr);
    assert!(!told.stderr.contains("没有.md"), "{}", told.stderr);
    assert!(told.stdout.contains("1 file: 1 errors"), "{}", told.stdout);

    let told = check_files(&root, &["content/jobs/柜员 甲.md"]).expect(1);
    assert!(told.stderr.contains("hukou-region"), "{}", told.stderr);
    let both = check_files(&jobs, &["../jobs/c.md", "a.md"]).expect(1);
    assert!(both.stderr.contains("没有.md") && both.stderr.contains("duplicate-id"));
    assert!(both.stdout.contains("2 files: "), "{}", both.stdout);
    let absolute = jobs.join("c.md").display().to_string();
    let told = check_files(std::env::temp_dir(), &[&absolute]).expect(1);
    assert!(told.stderr.contains("没有.md"), "{}", told.stderr);
    assert!(!told.stderr.contains("duplicate-id"), "{}", told.stderr);
}

#[test]
fn the_exit_code_is_that_of_the_files_asked_for() {
    let site = quarrelling();
    site.write("content/jobs/d.md", posting("", ""));
    let told = check_files(site.path(), &["content/jobs/d.md"]).expect(0);
    assert!(!told.stderr.contains("error["), "{}", told.stderr);
    check_files(site.path(), &["."]).expect(1);
    // Where the settings cannot be read nothing was looked at, and the reason is told.
    site.write("gangwei.yaml", "title: [");
    let told = check_files(site.path(), &["content/jobs/d.md"]).expect(1);
    assert!(told.stderr.contains("gangwei.yaml:1"), "{}", told.stderr);
}

#[test]
fn a_path_that_cannot_be_checked_is_told_plainly() {
    let (site, outside) = (quarrelling(), crate::common::temporary());
    std::fs::write(outside.path().join("x.md"), "x").expect("file");
    let other = quarrelling();
    let other = other.path().join("content/jobs/c.md").display().to_string();
    let x = outside.path().join("x.md").display().to_string();
    site.write("content/jobs/.d.md", posting("", ""));
    for (paths, said) in [
        (&[x.as_str()][..], "is in no site"),
        (&["README.md"], "is no content of the site"),
        (&["content/jobs/.d.md"], "is no content of the site"),
        (
            &["content/jobs/none.md"],
            "there is no file content/jobs/none.md",
        ),
        (&["content/jobs/a.md", "content"], "content is a folder"),
        (&["content/jobs/a.md", &other], "belong to two sites"),
        (
            &["content/jobs/a.md", "--report", "r.html"],
            "about the whole site",
        ),
    ] {
        let told = check_files(site.path(), paths).expect(2).stderr;
        assert!(told.contains(said), "{paths:?}: {told}");
        assert!(!told.contains("os error"), "{told}");
    }
}

#[test]
fn only_the_files_asked_for_are_repaired() {
    let site = site("", "");
    let typo = posting("", "").replace("标题: 柜员", "标题：柜员");
    site.write("content/jobs/a.md", &typo);
    site.write("content/jobs/b.md", &typo);
    check_files(site.path(), &["content/jobs/b.md", "--fix"]);
    let text = |path: &str| std::fs::read_to_string(site.path().join(path)).expect("file");
    assert_eq!(text("content/jobs/a.md"), typo);
    assert_ne!(text("content/jobs/b.md"), typo);
}
