//! The reader of document text beside the parsing of markdown: 30 MB of Chinese text through both in one run, and texts
//! doubled to see that time grows with length and no faster.

#![allow(
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench stands outside the program: it looks at the clock and prints"
)]

use gangwei::document_text::{Options, read};
use gangwei::markdown::{Profile, outline, standard_html};
use std::hint::black_box;
use std::time::Instant;

const RUNS: usize = 5;
const BYTES: usize = 30_000_000;

/// A posting as it is pasted.
const POSTING: &str = "一、岗位职责\n　　1、负责对公客户的拓展与维护，制定营销方案，完成年度任务；定期走访客户，了解经营状况；\n\u{3000}\u{3000}2、做好贷前调查、贷中审查和贷后检查，按月提交报告，发现风险及时上报并提出处置建议。\n\
    二、任职要求\n● 大学本科及以上学历，金融、经济、财会类专业优先；\n● 两年以上银行同业经验，熟悉“存贷汇”业务。\n\
    三、应聘方式\n联系电话：0571-8800 0000\n有意者请将简历发送至hr@bank.example，邮件标题注明姓名和岗位，合则约见。\n\n";

/// A report of long paragraphs.
const REPORT: &str = "一、主要工作\n一年来，在分行的领导下，支行坚持稳健经营，存款和贷款都有增长，客户结构持续改善，资产质量保持稳定。\
    我们走访了辖内的制造企业和个体商户，逐户建立档案，针对不同的需求设计方案；同时加强内部管理，开展案防教育，全年没有发生责任事故。\n\
    二、存在的不足\n对新业务钻研不够，部分产品的推广没有达到预期；队伍的年龄结构偏大，线上渠道的运营经验还需要积累，下一年将着力改进。\n";

fn main() {
    let bytes = if std::env::args().any(|argument| argument == "--test") {
        30_000
    } else {
        BYTES
    };
    for (name, unit) in [("postings", POSTING), ("reports", REPORT)] {
        let text = unit.repeat(bytes / unit.len() + 1);
        let (mut reading, mut parsing, mut rendering) = (Vec::new(), Vec::new(), Vec::new());
        // They take turns, so that a busy machine slows all of them.
        for _ in 0..RUNS {
            reading.push(seconds(|| drop(black_box(read(&text, Options::default())))));
            parsing.push(seconds(|| {
                drop(black_box(outline(&text, Profile::standard())));
            }));
            rendering.push(seconds(|| {
                drop(black_box(standard_html(&text, Profile::standard())));
            }));
        }
        let (reading, parsing, rendering) = (middle(reading), middle(parsing), middle(rendering));
        println!(
            "{} MB of {name}: reader {:.0} ms, outline of markdown {:.0} ms ({:.0} %), HTML of markdown {:.0} ms ({:.0} %)",
            text.len() / 1_000_000,
            reading * 1e3,
            parsing * 1e3,
            reading / parsing * 100.0,
            rendering * 1e3,
            reading / rendering * 100.0
        );
    }
    println!("\nDoubling a text (about 2 is linear):");
    for (name, unit) in [
        ("postings", POSTING),
        ("numbers", "1、"),
        ("circled numbers", "①"),
        ("headings", "岗位职责："),
        ("brackets", "【"),
        ("one long line", "澄江"),
    ] {
        let count = bytes / 30 / unit.len();
        let (small, large) = (unit.repeat(count), unit.repeat(count * 2));
        let time = |text: &str| {
            middle(
                (0..3)
                    .map(|_| seconds(|| drop(black_box(read(text, Options::default())))))
                    .collect(),
            )
        };
        let once = time(&small);
        println!("  {name:<28} {:>5.2}", time(&large) / once);
    }
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}
