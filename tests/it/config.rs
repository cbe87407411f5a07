//! `gangwei config`: the value in effect of a setting, in any spelling of the file.

use crate::common::{Ran, SETTINGS, Site, gangwei, run};
use serde_json::Value;

fn config(site: &Site, arguments: &[&str]) -> Ran {
    let mut command = gangwei();
    command
        .current_dir(site.path())
        .arg("config")
        .args(arguments);
    run(command.args(["--lang", "en"]))
}

#[test]
fn every_spelling_of_the_address_is_one_address() {
    for spelling in [
        "base_url: https://a.example/hr/",
        "base_url: 'https://a.example/hr/'",
        "base_url: \"https://a.example/hr/\" # online",
        "base_url : https://a.example/hr/",
        "\"base_url\": https://a.example/hr/",
        "base-url: https://a.example/hr/",
        "BASE_URL: https://a.example/hr/",
        "网址: https://a.example/hr/",
        "网址：https://a.example/hr/",
        "網址: https://a.example/hr/",
        "base_url: >-\n  https://a.example/hr/",
        "base_url:\n  https://a.example/hr",
    ] {
        let settings = format!("title: 门户\norganization: {{name: 甲银行}}\n{spelling}\n");
        let site = Site::new([("gangwei.yaml", settings.as_str())]);
        let ran = config(&site, &["base_url"]).expect(0);
        assert_eq!(ran.stdout, "https://a.example/hr/\n", "{spelling}");
    }
}

#[test]
fn names_in_both_languages_lists_and_defaults_are_printed() {
    let settings =
        format!("{SETTINGS}editions: [zh-Hant-TW, zh-Hant-HK]\npublish: {{max_removals: 30}}\n");
    let site = Site::new([("gangwei.yaml", settings.as_str())]);
    let printed = |key: &str| config(&site, &[key, "."]).expect(0).stdout;
    for key in [
        "publish.max_removals",
        "发布.最多删去",
        "PUBLISH.MAX-REMOVALS",
    ] {
        assert_eq!(printed(key), "30\n", "{key}");
    }
    assert_eq!(printed("publish.max_changes"), "50\n");
    assert_eq!(printed("time_zone"), "Asia/Shanghai\n");
    assert_eq!(printed("editions"), "zh-Hant-TW\nzh-Hant-HK\n");
    assert_eq!(printed("notice"), "\n", "a setting that is not there");
    assert_eq!(
        printed("publish"),
        "publish.max_removals: 30\npublish.max_changes: 50\n"
    );
    let all: Value =
        serde_json::from_str(&config(&site, &["--json"]).expect(0).stdout).expect("JSON");
    assert_eq!(all["base_url"], "https://a.example/");
    assert_eq!(all["editions"][1], "zh-Hant-HK");
    assert_eq!(all["theme"], Value::Null);
    let whole = site.path().display().to_string();
    assert_eq!(
        config(&site, &[&whole]).expect(0),
        config(&site, &[]).expect(0)
    );
}

#[test]
fn unknown_names_and_faulty_settings_are_told() {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    let ran = config(&site, &["base_ulr"]).expect(2);
    assert!(
        ran.stderr.contains("base_url") && ran.stdout.is_empty(),
        "{}",
        ran.stderr
    );
    config(&site, &["zzzzzzzz"]).expect(2);
    site.write("gangwei.yaml", "title: [\n");
    let ran = config(&site, &["base_url"]).expect(1);
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
    site.remove("gangwei.yaml");
    config(&site, &["base_url"]).expect(1);
}
