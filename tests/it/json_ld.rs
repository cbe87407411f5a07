//! A checker of JobPosting, written from the lists of required and recommended properties that search engines publish,
//! over every posting of the demonstration site and one that states everything.

use crate::common::{self, Site, outputs, temporary};
use serde_json::Value;

/// Every JobPosting of a page.
fn postings(html: &str) -> Vec<Value> {
    let page = scraper::Html::parse_document(html);
    let selector =
        scraper::Selector::parse("script[type='application/ld+json']").expect("selector");
    let data = page
        .select(&selector)
        .map(|script| script.text().collect::<String>());
    let data = data.map(|text| serde_json::from_str::<Value>(&text).expect("JSON-LD is JSON"));
    data.filter(|value| value["@type"] == "JobPosting")
        .collect()
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn is_moment(value: &Value) -> bool {
    let text = value.as_str().unwrap_or("");
    text.parse::<jiff::civil::Date>()
        .is_ok_and(|_| text.len() == 10)
        || text.parse::<jiff::Timestamp>().is_ok()
}

fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// What is wrong with a posting: required properties that are missing, and any that has the wrong form.
fn faults(posting: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut demand = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    demand(posting["@context"] == "https://schema.org", "@context");
    demand(is_text(&posting["title"]), "title");
    let description = posting["description"].as_str().unwrap_or("");
    demand(description.contains('<'), "description is HTML");
    demand(
        posting["description"] != posting["title"],
        "description repeats the title",
    );
    demand(is_moment(&posting["datePosted"]), "datePosted");
    demand(
        posting["hiringOrganization"]["@type"] == "Organization",
        "hiringOrganization",
    );
    demand(
        is_text(&posting["hiringOrganization"]["name"]),
        "hiringOrganization.name",
    );
    let places = list(&posting["jobLocation"]);
    demand(!places.is_empty(), "jobLocation");
    for place in places {
        demand(place["@type"] == "Place", "jobLocation is a Place");
        demand(
            place["address"]["@type"] == "PostalAddress",
            "address is a PostalAddress",
        );
        demand(
            is_text(&place["address"]["addressCountry"]),
            "addressCountry",
        );
        demand(
            is_text(&place["address"]["addressLocality"]),
            "addressLocality",
        );
    }
    let present = |name: &str| !posting[name].is_null();
    if present("validThrough") {
        let text = posting["validThrough"].as_str().unwrap_or("");
        demand(
            text.len() > 10 && is_moment(&posting["validThrough"]),
            "validThrough has a time with offset",
        );
    }
    if present("employmentType") {
        const TYPES: &[&str] = &[
            "FULL_TIME",
            "PART_TIME",
            "CONTRACTOR",
            "TEMPORARY",
            "INTERN",
            "VOLUNTEER",
            "PER_DIEM",
            "OTHER",
        ];
        let known = |value: &&Value| value.as_str().is_some_and(|word| TYPES.contains(&word));
        let all = list(&posting["employmentType"]);
        demand(all.iter().all(known), "employmentType is of the list");
    }
    if present("baseSalary") {
        let salary = &posting["baseSalary"];
        demand(
            salary["@type"] == "MonetaryAmount",
            "baseSalary is a MonetaryAmount",
        );
        demand(
            salary["currency"]
                .as_str()
                .is_some_and(|code| code.len() == 3),
            "currency",
        );
        let value = &salary["value"];
        demand(
            value["@type"] == "QuantitativeValue",
            "baseSalary.value is a QuantitativeValue",
        );
        let units = ["HOUR", "DAY", "WEEK", "MONTH", "YEAR"];
        demand(
            value["unitText"]
                .as_str()
                .is_some_and(|unit| units.contains(&unit)),
            "unitText",
        );
        let range = value["minValue"].as_f64().zip(value["maxValue"].as_f64());
        let ordered = range.is_some_and(|(min, max)| min <= max);
        demand(value["value"].is_number() || ordered, "a number or a range");
    }
    if present("identifier") {
        let identifier = &posting["identifier"];
        demand(
            identifier["@type"] == "PropertyValue",
            "identifier is a PropertyValue",
        );
        demand(
            is_text(&identifier["name"]) && is_text(&identifier["value"]),
            "identifier",
        );
    }
    if present("jobLocationType") {
        demand(
            posting["jobLocationType"] == "TELECOMMUTE",
            "jobLocationType",
        );
        demand(
            present("applicantLocationRequirements"),
            "applicantLocationRequirements",
        );
    }
    if present("directApply") {
        demand(posting["directApply"].is_boolean(), "directApply");
    }
    if present("experienceRequirements") {
        demand(
            posting["experienceRequirements"]["monthsOfExperience"].is_u64(),
            "monthsOfExperience",
        );
    }
    if present("educationRequirements") {
        demand(
            is_text(&posting["educationRequirements"]["credentialCategory"]),
            "credentialCategory",
        );
    }
    if present("experienceInPlaceOfEducation") {
        demand(
            present("experienceRequirements") && present("educationRequirements"),
            "experienceInPlaceOfEducation",
        );
    }
    faults
}

#[test]
fn every_open_posting_of_the_demonstration_site_passes_and_every_other_has_no_markup() {
    let folder = temporary();
    let mut command = common::gangwei();
    let root = env!("CARGO_MANIFEST_DIR");
    command
        .args([
            "build",
            root,
            "--as-of",
            "2026-11-21",
            "--lang",
            "en",
            "--out",
        ])
        .arg(folder.path());
    common::run(&mut command).expect(0);
    let built = outputs(folder.path());
    let mut seen = 0;
    for (path, bytes) in built.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let found = postings(&html);
        let is_posting = path.starts_with("jobs/") || path.contains("/jobs/");
        assert!(
            found.len() <= usize::from(is_posting),
            "{path} is no posting's page"
        );
        for posting in &found {
            assert_eq!(faults(posting), Vec::<String>::new(), "{path}");
            let description = posting["description"].as_str().unwrap_or("");
            assert!(
                !description.contains("=\"/"),
                "{path}: a link without a host"
            );
            for place in list(&posting["jobLocation"]) {
                assert!(is_text(&place["address"]["addressRegion"]), "{path}");
            }
            assert!(
                !html.contains("name=\"robots\" content=\"noindex\""),
                "{path}"
            );
        }
        seen += found.len();
    }
    assert!(seen > 20, "only {seen} postings have markup");
}

#[test]
fn a_posting_that_states_everything_has_every_recommended_property() {
    let site = Site::new([
        (
            "gangwei.yaml",
            "title: 门户\norganization: {name: 甲银行}\nbase_url: https://a.example/\ncheck: {gate: off}\n",
        ),
        (
            "content/locations.yaml",
            "- {id: shanghai, name: 上海, province: 上海市, country: CN, address: 望澜路1号, postcode: \"200120\"}\n",
        ),
        (
            "content/jobs/a.md",
            "---\n标题: 客户经理\n发布日期: 2026-11-01\n工作地点: 上海\n工作性质: 全职\n薪酬: 15000-25000元/月\n学历: 本科\n工作年限: 2年\n招聘人数: 2\n报名截止: 2026-12-31\n应聘方式: {邮箱: hr@a.example}\n---\n职责。\n",
        ),
    ]);
    let built = site.outputs();
    let html = String::from_utf8_lossy(&built["jobs/a/index.html"]).into_owned();
    let posting = postings(&html).pop().expect("a JobPosting");
    assert_eq!(faults(&posting), Vec::<String>::new());
    for name in [
        "validThrough",
        "employmentType",
        "baseSalary",
        "identifier",
        "directApply",
        "educationRequirements",
        "experienceRequirements",
    ] {
        assert!(!posting[name].is_null(), "{name} is missing");
    }
    assert_eq!(posting["jobLocation"]["address"]["addressRegion"], "上海市");
    assert_eq!(posting["validThrough"], "2026-12-31T23:59:59+08:00");
    assert_eq!(posting["directApply"], false);
}

#[test]
fn pay_with_decimals_is_the_same_on_pages_in_structured_data_and_for_programs() {
    for (settings, pay, shown, exact, cents) in [
        ("", "28.5元/小时", "28.5元/小时", "\"value\":28.5", "2850"),
        (
            "",
            "{最低: 26.50, 最高: 30, 单位: 小时}",
            "26.5–30元/小时",
            "\"minValue\":26.5,\"maxValue\":30",
            "2650",
        ),
        (
            "",
            "0.8-1.2万元/月",
            "8,000–12,000元/月",
            "\"minValue\":8000,",
            "800000",
        ),
        (
            "language: zh-Hant-HK\n",
            "HK$68.75/小時",
            "HK$68.75/小時",
            "\"value\":68.75",
            "6875",
        ),
        (
            "language: zh-Hant-TW\n",
            "NT$196.5/小時",
            "新臺幣196.5元/小時",
            "\"value\":196.5",
            "19650",
        ),
        (
            "language: en\n",
            "HK$68.5/hour",
            "HK$68.50 an hour",
            "\"value\":68.5",
            "6850",
        ),
    ] {
        let site = Site::new([
            (
                "gangwei.yaml",
                &*format!(
                    "title: 门户\n{settings}organization: {{name: 甲银行}}\nbase_url: https://a.example/\ncheck: {{gate: off}}\n"
                ),
            ),
            (
                "content/jobs/a.md",
                &*format!(
                    "---\ntitle: 大堂助理\npublished: 2026-11-01\nlocations: [上海]\nsalary: {pay}\ncloses: 2026-12-31\napply: {{email: hr@a.example}}\n---\n职责。\n"
                ),
            ),
        ]);
        let built = site.outputs();
        let text = |path: &str| String::from_utf8_lossy(&built[path]).into_owned();
        let html = text("jobs/a/index.html");
        assert!(html.contains(shown), "{pay} is not shown as {shown}");
        assert!(html.contains(exact), "{pay} is not marked up as {exact}");
        let cents = format!("\"min_cents\":{cents},");
        assert!(
            text("jobs.json").replace(": ", ":").contains(&cents),
            "{pay}: {cents}"
        );
    }
}

#[test]
fn the_checker_finds_what_is_missing_or_of_the_wrong_form() {
    let posting = serde_json::json!({
        "@context": "https://schema.org", "@type": "JobPosting", "title": "a", "description": "a",
        "datePosted": "1 May", "hiringOrganization": {"@type": "Organization"},
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "上海"}},
        "employmentType": "Full time", "validThrough": "2026-12-31", "jobLocationType": "Remote",
        "baseSalary": {"@type": "MonetaryAmount", "currency": "CNY", "value": 15000},
    });
    let found = faults(&posting);
    for expected in [
        "description repeats the title",
        "datePosted",
        "hiringOrganization.name",
        "addressCountry",
        "employmentType is of the list",
        "validThrough has a time with offset",
        "jobLocationType",
        "unitText",
    ] {
        assert!(
            found.iter().any(|fault| fault == expected),
            "{expected}: {found:?}"
        );
    }
}

/// A site of one posting with two places, one of them with all that can be known of it.
fn two_places(front: &str) -> Site {
    Site::new([
        (
            "gangwei.yaml",
            "title: 门户\norganization: {name: 甲银行}\nbase_url: https://a.example/\ncheck: {gate: off}\n".to_owned(),
        ),
        (
            "content/locations.yaml",
            "- {编号: suzhou, 名称: 苏州, 省份: 江苏省, 国家或地区: CN}\n- {编号: beijing, 名称: 北京}\n".to_owned(),
        ),
        (
            "content/jobs/J-1.md",
            format!("---\n标题: 柜员\n发布日期: 2026-11-01\n工作地点: [苏州, 北京]\n{front}应聘方式: {{邮箱: hr@a.example}}\n---\n职责见[这里](/jobs/)。\n"),
        ),
    ])
}

#[test]
fn the_nature_of_the_work_is_stated_where_it_is_certain_and_only_there() {
    for (front, types, words) in [
        ("招聘类型: 社会招聘\n", Value::Null, None),
        ("招聘类型: 校园招聘\n", Value::Null, None),
        ("用工形式: 劳务派遣\n", Value::Null, None),
        (
            "招聘类型: 实习生招聘\n",
            "INTERN".into(),
            Some("internship"),
        ),
        ("用工形式: 实习协议\n", "INTERN".into(), Some("internship")),
        (
            "工作性质: 实习\n招聘类型: 实习生招聘\n",
            "INTERN".into(),
            Some("internship"),
        ),
        (
            "工作性质: 全职\n招聘类型: 实习生招聘\n",
            serde_json::json!(["FULL_TIME", "INTERN"]),
            Some("fulltime, internship"),
        ),
        ("工作性质: 非全日制\n", "PART_TIME".into(), Some("parttime")),
    ] {
        let built = two_places(front).outputs();
        let html = String::from_utf8_lossy(&built["jobs/J-1/index.html"]).into_owned();
        let posting = postings(&html).pop().expect("a JobPosting");
        assert_eq!(posting["employmentType"], types, "{front}");
        let xml = String::from_utf8_lossy(&built["jobs.xml"]).into_owned();
        let written = words.map(|words| format!("<jobtype><![CDATA[{words}]]></jobtype>"));
        assert_eq!(xml.contains("<jobtype>"), written.is_some(), "{front}");
        assert!(
            written.is_none_or(|written| xml.contains(&written)),
            "{xml}"
        );
    }
}

#[test]
fn job_boards_get_one_job_for_each_place_with_a_reference_of_its_own() {
    let built = two_places("招聘人数: {苏州: 2, 北京: 1}\n").outputs();
    let xml = String::from_utf8_lossy(&built["jobs.xml"]).into_owned();
    let parsed = roxmltree::Document::parse(&xml).expect("well-formed");
    let jobs = parsed.descendants().filter(|node| node.has_tag_name("job"));
    let of = |job: roxmltree::Node, name: &str| -> String {
        let child = job.children().find(|child| child.has_tag_name(name));
        let parts = child.into_iter().flat_map(|child| child.children());
        parts.filter_map(|part| part.text()).collect()
    };
    let told: Vec<Vec<String>> = jobs
        .map(|job| {
            let names = [
                "referencenumber",
                "requisitionid",
                "city",
                "state",
                "country",
                "headcount",
            ];
            names.map(|name| of(job, name)).to_vec()
        })
        .collect();
    assert_eq!(
        told,
        [
            ["J-1/suzhou", "J-1", "苏州", "江苏省", "CN", "2"],
            ["J-1/beijing", "J-1", "北京", "", "", "1"],
        ]
    );
    assert!(xml.contains("<date><![CDATA[2026-11-01T00:00:00+08:00]]></date>"));
    assert!(xml.contains("href=\"https://a.example/jobs/\""), "{xml}");
}
