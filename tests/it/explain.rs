//! `gangwei explain`, through the real binary.

use crate::common::{Ran, gangwei};

fn explain(arguments: &[&str]) -> Ran {
    let ran = gangwei().arg("explain").args(arguments).output();
    Ran::of(&ran.expect("gangwei"))
}

#[test]
fn a_rule_has_a_page_with_its_law_by_place_and_its_examples() {
    let zh = explain(&["age-limit", "--lang", "zh"]).expect(0).stdout;
    for part in [
        "age-limit：年龄限制\n",
        "\n为什么：",
        "\n怎么改：",
        "\n适用：岗位、招聘批次、公告、页面\n",
        "\n  中国内地（cn）：警告\n",
        "\n    待法务核对，核对之前最多是警告\n",
        "\n  台湾地区（tw）：",
        "\n这些会报：\n  - 年龄 35 周岁以下",
        "\n这些不报：\n  - 年满 18 周岁",
        "没有报告，不等于没有问题。\n",
    ] {
        assert!(zh.contains(part), "{part} is not in:\n{zh}");
    }
    let en = explain(&["age-limit", "--lang", "en"]).expect(0).stdout;
    for part in [
        "age-limit: an age limit\n",
        "\nInstead: ",
        "\n  mainland China (cn): warning\n",
        "\n    to be confirmed by counsel",
        "\nFound:\n",
        "\nNot found:\n",
    ] {
        assert!(en.contains(part), "{part} is not in:\n{en}");
    }
}

#[test]
fn a_fault_has_a_short_page() {
    let zh = explain(&["unknown-department", "--lang", "zh"])
        .expect(0)
        .stdout;
    assert!(zh.starts_with("unknown-department：没有这个部门\n\n为什么："));
    assert!(zh.ends_with("严重程度：错误，改好之前不发布\n"));
    let en = explain(&["date-form", "--lang", "en"]).expect(0).stdout;
    assert!(en.starts_with("date-form: a date in another form\n\nWhy: "));
    assert!(en.ends_with("Severity: a note; the portal is published\n"));
}

#[test]
fn a_code_is_found_as_faults_print_it_and_by_its_title() {
    let plain = explain(&["age-limit"]).expect(0).stdout;
    for word in ["[age-limit]", "错误[age-limit]", "AGE_LIMIT", "年龄限制"] {
        assert_eq!(explain(&[word]).expect(0).stdout, plain, "{word}");
    }
}

#[test]
fn an_unknown_code_names_the_nearest_and_cannot_go_on() {
    let zh = explain(&["age-limits", "--lang", "zh"]).expect(2);
    assert_eq!(zh.stdout, "");
    assert!(
        zh.stderr
            .contains("没有“age-limits”这个代号。是不是“age-limit”")
    );
    let en = explain(&["zzz", "--lang", "en"]).expect(2);
    assert!(en.stderr.contains("there is no code `zzz`. Without a code"));
}

#[test]
fn without_a_code_all_are_listed_in_groups() {
    let zh = explain(&["--lang", "zh"]).expect(0).stdout;
    let groups: Vec<&str> = zh
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(' ') && !line.starts_with("gangwei"))
        .collect();
    assert!(groups.len() >= 7, "{groups:?}");
    let mut unique = groups.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), groups.len(), "a group is listed twice");
    for code in ["age-limit", "unknown-department", "bad-waiver"] {
        let named = zh
            .lines()
            .any(|line| line.trim_start().split(' ').next() == Some(code));
        assert!(named, "{code}");
    }
}
