//! Sums over many texts: right ones are never found, wrong ones always, and a hostile text takes no longer for its size.

use crate::common::expect_linear;
use gangwei::diagnostic::Sink;
use gangwei::fields::{Day, Vocabularies};
use gangwei::kinds::{Config, KINDS, read_document};
use gangwei::rules::{Judge, Judged, ReadFile, RuleBook, Waivers};
use gangwei::text::SourceFile;
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

static BOOK: LazyLock<RuleBook> = LazyLock::new(|| RuleBook::new(&[], &mut Sink::default()));

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let text = "title: 人才门户\norganization: {name: 望澜银行}\nbase_url: https://careers.wanglan.example/\njurisdictions: [cn]\n";
    let file = Arc::new(SourceFile {
        path: "gangwei.yaml".to_owned(),
        text: text.to_owned(),
    });
    Config::parse(&file, None, &mut Sink::default()).expect("settings")
});

/// Everything found in a document of a kind.
fn judge(kind: &str, text: String) -> Vec<Judged> {
    let kind = KINDS.iter().find(|known| known.name == kind).expect("kind");
    let source = Arc::new(SourceFile {
        path: format!("content/{}/example.md", kind.folder),
        text,
    });
    let vocabularies = Vocabularies::default();
    let mut sink = Sink::default();
    let document = read_document(&source, kind, &vocabularies, CONFIG.language, &mut sink);
    let files = [ReadFile {
        source,
        kind,
        document: document.map(std::sync::Arc::new),
    }];
    let waivers = Waivers::default();
    let today = Day("2026-11-21".parse().expect("date"));
    Judge::new(&BOOK, &CONFIG, &vocabularies, &files, &waivers, today).judge(&files[0])
}

fn found(body: &str) -> Vec<Judged> {
    let text = format!("---\ntitle: 例\npublished: 2026-11-01\n---\n{body}\n");
    let mut judged = judge("article", text);
    judged.retain(|one| CODES.contains(&&*one.diagnostic.code));
    judged
}

const CODES: &[&str] = &[
    "sum-mismatch",
    "percent-mismatch",
    "growth-mismatch",
    "range-reversed",
    "weights-not-100",
    "decimal-stop",
    "date-order",
];

fn codes(body: &str) -> Vec<String> {
    let judged = found(body);
    judged
        .into_iter()
        .map(|one| one.diagnostic.code.into_owned())
        .collect()
}

fn message(body: &str) -> (String, String) {
    let judged = found(body);
    let text = &judged.first().expect("a finding").diagnostic.message;
    (text.zh.clone(), text.en.clone())
}

#[test]
fn messages_give_the_arithmetic() {
    let (zh, en) =
        message("全年出账3,700笔，其中保函260笔、信用证450笔、票据450笔、贴现2500笔、福费廷80笔。");
    assert_eq!(zh, "各项合计 3,740 笔，文中写 3,700 笔");
    assert_eq!(en, "the parts add up to 3,740 笔; the text says 3,700 笔");
    let (zh, _) = message("计划4711.62万元，实际完成2685.9万元，完成率75%。");
    assert_eq!(zh, "2685.9万元 是 4711.62万元 的 57%，文中写 75%");
    let (zh, _) = message("存款余额110亿元，比年初增加10亿元，增幅12.5%。");
    assert_eq!(zh, "10÷(110−10)=10%，文中写 12.5%");
    let (zh, _) = message("考核分三项，权重分别为40%、35%、20%。");
    assert_eq!(zh, "各项权重合计 95，应为 100");
    let (zh, _) = message("笔试定于2026年12月20日，面试定于2026年12月12日。");
    assert_eq!(zh, "面试（2026年12月12日）早于笔试（2026年12月20日）");
}

#[test]
fn the_place_of_a_finding_is_the_total_as_written() {
    let body = "招聘１５人，其中柜员5人、客户经理7人、大堂經理4人。";
    let judged = found(body);
    let place = judged[0]
        .diagnostic
        .place
        .as_ref()
        .expect("a place")
        .span
        .range();
    let head = "---\ntitle: 例\npublished: 2026-11-01\n---\n".len();
    assert_eq!(&body[place.start - head..place.end - head], "１５人");
}

#[test]
fn a_decimal_stop_brings_its_repair() {
    let judged = found("实现利润２685。9万元。");
    let fix = judged[0].diagnostic.fix.as_ref().expect("a repair");
    assert_eq!(fix.text, ".");
    assert_eq!(fix.span.range().len(), "。".len());
}

#[test]
fn weights_of_scorecards_and_ladders_make_100() {
    let card = |second: &str| {
        let text = format!(
            "---\ntitle: 评分卡\ngroups:\n  - name: 公共指标\n    weight: 72.5\n    items: []\n  - name: 专项指标\n    weight: {second}\n    items: []\n---\n"
        );
        judge("scorecard", text)
    };
    let holds = |judged: &[Judged]| {
        judged
            .iter()
            .any(|one| one.diagnostic.code == "weights-not-100")
    };
    assert!(holds(&card("25")));
    assert!(!holds(&card("27.5")));
    let ladder = |last: u32| {
        let text = format!(
            "---\n标题: 序列\n职级: []\n选拔方式:\n  - {{环节: 笔试, 权重: 60}}\n  - {{环节: 面试, 权重: {last}}}\n---\n"
        );
        judge("ladder", text)
    };
    assert!(holds(&ladder(50)));
    assert!(!holds(&ladder(40)));
}

#[test]
fn steps_of_a_posting_stand_in_order() {
    let job = |test: &str| {
        let text = format!(
            "---\ntitle: 柜员\nsteps:\n  - {{name: 笔试, date: {test}}}\n  - {{name: 面试, date: 2026-12-12}}\n---\n"
        );
        let judged = judge("job", text);
        judged.iter().any(|one| one.diagnostic.code == "date-order")
    };
    assert!(job("2026-12-20"));
    assert!(!job("2026-12-06"));
}

/// Names of things of which nothing is two at once.
const NAMES: &[&str] = &["保函", "信用证", "承兑", "贴现", "福费廷", "托收"];

/// A list of parts: `保函20笔、信用证15笔`.
fn list(parts: &[String], unit: &str, joint: &str) -> String {
    let all = parts.iter().zip(NAMES);
    let all: Vec<String> = all
        .map(|(part, name)| format!("{name}{part}{unit}"))
        .collect();
    all.join(joint)
}

/// A number of tenths or hundredths with that many decimals, thousands set apart where asked for.
fn decimal(value: u64, decimals: u32, grouped: bool) -> String {
    let power = 10_u64.pow(decimals);
    let whole = (value / power).to_string();
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals > 0 {
        text += &format!(".{:0width$}", value % power, width = decimals as usize);
    }
    text
}

/// Sentences around a list of parts and a total, each of which claims that the parts are all.
fn sentences(parts: &[String], total: &str, unit: &str, shape: usize) -> String {
    let comma = list(parts, unit, "，");
    let tight = list(parts, unit, "、");
    match shape {
        0 => format!("{tight}，合计{total}{unit}。"),
        1 => format!("{comma}，共计{total}{unit}。"),
        2 => format!("业务共{total}{unit}：{tight}。"),
        3 => format!("业务总计{total}{unit}（{tight}）。"),
        4 => format!("业务{total}{unit}，由{tight}组成。"),
        _ => {
            let values: Vec<String> = parts.iter().map(|part| format!("{part}{unit}")).collect();
            format!("业务合计{total}{unit}，分别为{}。", values.join("、"))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn right_totals_of_counted_things_are_never_found_and_wrong_ones_always(
        parts in prop::collection::vec(1_u64..90_000, 2..6),
        off in prop_oneof![-40_i64..=-1, 1_i64..=40],
        shape in 0_usize..6,
        grouped: bool,
        unit in prop::sample::select(vec!["笔", "户", "人", "件", "元"]),
    ) {
        let total: u64 = parts.iter().sum();
        let written: Vec<String> = parts.iter().map(|part| decimal(*part, 0, grouped)).collect();
        let right = sentences(&written, &decimal(total, 0, grouped), unit, shape);
        prop_assert_eq!(codes(&right), Vec::<String>::new(), "{}", right);
        let Some(wrong) = total.checked_add_signed(off).filter(|wrong| *wrong > 0) else {
            return Ok(());
        };
        // A total that a shorter list makes is taken for right.
        let fits = (2..parts.len()).any(|length| parts[parts.len() - length..].iter().sum::<u64>() == wrong);
        if !fits {
            let text = sentences(&written, &decimal(wrong, 0, grouped), unit, shape);
            prop_assert_eq!(codes(&text), ["sum-mismatch"], "{}", text);
        }
    }

    #[test]
    fn right_amounts_are_never_found_however_each_is_rounded(
        parts in prop::collection::vec((10_000_u64..9_000_000, 0_u32..=2), 2..6),
        decimals in 0_u32..=2,
        shape in 0_usize..6,
        unit in prop::sample::select(vec!["亿元", "万元", "万美元", "亿"]),
    ) {
        let round = |value: u64, decimals: u32| {
            let power = 10_u64.pow(4 - decimals);
            decimal((value + power / 2) / power, decimals, false)
        };
        let total: u64 = parts.iter().map(|(value, _)| value).sum();
        let written: Vec<String> = parts.iter().map(|(value, decimals)| round(*value, *decimals)).collect();
        let right = sentences(&written, &round(total, decimals), unit, shape);
        prop_assert_eq!(codes(&right), Vec::<String>::new(), "{}", right);
        // Off by more than every rounding together.
        let wrong = sentences(&written, &round(total + 40_000 + total / 2, decimals), unit, shape);
        prop_assert_eq!(codes(&wrong), ["sum-mismatch"], "{}", wrong);
    }

    #[test]
    fn parts_after_among_are_found_exactly_where_they_are_too_much(
        parts in prop::collection::vec(1_u64..9_000, 2..6),
        more in 1_u64..5_000,
    ) {
        let sum: u64 = parts.iter().sum();
        let written: Vec<String> = parts.iter().map(u64::to_string).collect();
        let list = list(&written, "笔", "、");
        let enough = format!("全年出账{}笔，其中{list}。", sum + more);
        prop_assert_eq!(codes(&enough), Vec::<String>::new());
        let total = sum.saturating_sub(more).max(1);
        let short = format!("全年出账{total}笔，其中{list}。");
        prop_assert_eq!(codes(&short), ["sum-mismatch"], "{}", short);
    }

    #[test]
    fn percentages_and_growth_follow_from_their_numbers(
        base in 1_000_u64..900_000,
        change in 100_u64..90_000,
        off in prop_oneof![-80_i64..=-2, 2_i64..=80],
    ) {
        // In tenths of a percent, rounded.
        let share = (change * 2_000 + base) / (2 * base);
        let wrong = share.saturating_add_signed(off);
        let texts = |tenths: u64| {
            let percent = decimal(tenths, 1, false);
            [
                format!("年度计划{base}户，实际完成{change}户，完成率{percent}%。"),
                format!("实际营销{change}户，完成年度计划{base}户的{percent}%。"),
                format!("客户{}户，比年初增加{change}户，增幅{percent}%。", base + change),
                format!("客户由{base}户增至{}户，增长{percent}%。", base + change),
            ]
        };
        for text in texts(share) {
            prop_assert_eq!(codes(&text), Vec::<String>::new(), "{}", text);
        }
        if wrong > 0 && wrong != share {
            for text in texts(wrong) {
                prop_assert_eq!(codes(&text).len(), 1, "{}", text);
            }
        }
    }

    #[test]
    fn no_text_stops_the_program(text in "[0-9一二十百千,，.。、；：:()（）%％万亿元人笔户其中合计共占增降比由至到组成权重x_ \n-]{0,120}") {
        let _ = found(&text);
    }
}

#[test]
fn hostile_texts_take_time_in_proportion_to_their_size() {
    let units = [
        "7",
        "7,",
        "7。7%",
        "其中",
        "其中7笔,",
        "7%",
        "占7%",
        "7笔、",
        "7笔,合计",
        "(7笔",
        "合计7笔,",
        "7至",
        "7-",
        "由7笔组成",
        "权重7%、",
        "2026年1月",
        "笔试2026年1月1日,",
        "一",
        "十百",
        "共7笔:",
        "比年初增加7笔,",
        "-7笔\n",
        "其中7笔;",
        "x",
        "7笔和",
        "、",
        "7。",
        ":7笔",
        "9-7元",
        "7笔和8笔,其中",
        "面试2026年1月",
        "共7笔:7笔和8笔",
        "共7笔(",
    ];
    for unit in units {
        for opening in ["", "其中合计权重占增报名"] {
            expect_linear(&format!("{opening}{unit}"), 4_000, |bytes| {
                found(&format!("{opening}{}", unit.repeat(bytes / unit.len())));
            });
        }
    }
}
