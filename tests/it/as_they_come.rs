//! Sites as office computers leave them: line ends of every system, file names in either normal form, odd spaces. They
//! are published, and what is wrong is told at its place.

use crate::common::{SETTINGS, Site};
use unicode_normalization::UnicodeNormalization;

fn site() -> Site {
    Site::new([("gangwei.yaml", SETTINGS)])
}

#[test]
fn slips_of_an_input_method_are_published_as_meant() {
    let site = site();
    site.write(
        "gangwei.yaml",
        "title：门户\norganization：\n　name：甲银行\nbase_url:https://a.example/\ncheck: {gate: off}\n",
    );
    site.write("content/units.yaml", "- 编号：hk\n  名称：香港分行\n");
    site.write(
        "content/jobs/a.md",
        "---\n标题：对公客户经理：上海\n招聘单位:香港分行\n应聘方式：\n\t邮箱：hr@a.example\n简介：|\n　　第一：句\n---\n正文：甲\n",
    );
    let ran = site.build(&[]).expect(0);
    for reported in [
        "full-width-colon",
        "content/jobs/a.md:2:3",
        "content/jobs/a.md:5:4",
        "missing-space",
        "content/jobs/a.md:3:5",
        "tab-indent",
        "content/jobs/a.md:5:1",
        "full-width-space",
        "gangwei.yaml:3:1",
        "content/units.yaml:1:5",
    ] {
        assert!(
            ran.stderr.contains(reported),
            "`{reported}` is not reported:\n{}",
            ran.stderr
        );
    }
    let page = std::fs::read_to_string(site.out().join("jobs/a/index.html")).expect("page");
    for word in [
        "对公客户经理：上海",
        "香港分行",
        "hr@a.example",
        "第一：句",
        "正文：甲",
    ] {
        assert!(page.contains(word), "{word}");
    }
}

#[test]
fn a_fault_behind_a_slip_is_told_at_its_own_place() {
    let site = site();
    for (name, end) in [("unix", "\n"), ("windows", "\r\n"), ("mac", "\r")] {
        let text = "---\n标题：柜员\n应聘方式：\n　邮箱：甲\n学历：　本课\n---\n[丙](丙.md)\n";
        site.write(&format!("content/jobs/{name}.md"), text.replace('\n', end));
    }
    let reported = site.build(&[]).expect(1).stderr;
    for name in ["unix", "windows", "mac"] {
        for place in ["4:5", "5:5", "7:1"] {
            let place = format!("content/jobs/{name}.md:{place}");
            assert!(reported.contains(&place), "{place}:\n{reported}");
        }
    }
}

#[test]
fn separators_inside_lines_neither_crash_nor_move_places() {
    for odd in [
        "\u{2028}", "\u{2029}", "\u{85}", "\u{C}", "\u{B}", "\u{FEFF}", "\u{200B}",
    ] {
        for text in [
            format!("---\n标题: 甲{odd}乙\n学历: 本课\n---\n正文{odd}\n"),
            format!("---\n标题：甲{odd}乙\n学历: 本课\n---\n{odd}\n"),
            format!("---\n{odd}标题: 甲\n学历: 本课\n---\n"),
            format!("---\n应聘方式:\n{odd}网址: a\n学历: 本课\n---\n"),
        ] {
            let site = site();
            site.write("content/jobs/a.md", &text);
            let reported = site.build(&[]).expect(1).stderr;
            assert!(
                reported.contains("content/jobs/a.md:"),
                "{text:?}:\n{reported}"
            );
        }
    }
}

/// A name as Linux and Windows write it and as macOS does.
fn forms(name: &str) -> [String; 2] {
    let forms = [name.nfc().collect(), name.nfd().collect()];
    assert_ne!(forms[0], forms[1]);
    forms
}

#[test]
fn file_names_in_either_normal_form_give_the_same_addresses() {
    for file in forms("岗位がé") {
        let site = site();
        site.write(&format!("content/jobs/{file}.md"), "---\ntitle: 甲\n---\n");
        let outputs = site.outputs();
        assert!(
            outputs.contains_key("jobs/岗位が\u{e9}/index.html"),
            "{:?}",
            outputs.keys()
        );
    }
}

#[test]
fn references_in_either_normal_form_find_their_documents() {
    for file in forms("岗位がé") {
        for written in forms("岗位がé") {
            let site = site();
            site.write(
                &format!("content/campaigns/{file}.md"),
                "---\ntitle: 校招乙\n---\n",
            );
            site.write(
                "content/jobs/a.md",
                format!("---\ntitle: 甲\ncampaign: {written}\n---\n"),
            );
            let outputs = site.outputs();
            let page = String::from_utf8_lossy(&outputs["jobs/a/index.html"]);
            assert!(page.contains("校招乙"));
        }
    }
}

#[test]
fn links_in_either_normal_form_find_documents_attachments_and_pictures() {
    for file in forms("表がé") {
        for written in forms("表がé") {
            let site = site();
            site.write(&format!("static/{file}.txt"), "甲");
            site.write(
                &format!("content/pages/{file}.md"),
                "---\ntitle: 乙\n---\n## 甲\n",
            );
            site.write(&format!("content/pages/{file}.pdf"), "%PDF");
            site.write(&format!("content/pages/{file}.png"), "PNG");
            site.write(
                "content/pages/a.md",
                format!("---\ntitle: 甲\n---\n[乙]({written}.md#甲) [丙]({written}.pdf) ![丁]({written}.png) [戊](/{written}.txt)\n"),
            );
            let outputs = site.outputs();
            let page = String::from_utf8_lossy(&outputs["a/index.html"]);
            let name = "%E8%A1%A8%E3%81%8C%C3%A9";
            for address in [
                format!("href=\"/{name}/#%E7%94%B2\""),
                format!("href=\"/pages/{name}.pdf\""),
                format!("src=\"/pages/{name}.png\""),
                format!("href=\"/{name}.txt\""),
            ] {
                assert!(page.contains(&address), "{address}:\n{page}");
            }
            assert!(outputs.contains_key("pages/表が\u{e9}.pdf"));
        }
    }
}
