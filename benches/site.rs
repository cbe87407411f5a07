//! A generator of sites for benches: realistic Chinese postings, vocabularies, a campaign. Always the same for a number.

use std::fmt::Write;
use std::fs;
use std::path::Path;

#[allow(
    clippy::duplicate_mod,
    reason = "the tests of growth use this generator beside that of search"
)]
#[path = "../tests/it/search/bank_names.rs"]
mod bank_names;
use bank_names::{DEPARTMENTS, PLACES};

const CATEGORIES: [&str; 8] = [
    "客户经理",
    "授信审查",
    "柜员",
    "科技开发",
    "风险管理",
    "合规管理",
    "产品经理",
    "综合管理",
];
const SUBJECTS: [&str; 12] = [
    "客户需求",
    "授信材料",
    "贷后检查",
    "结算业务",
    "支付渠道",
    "风险预警",
    "制度文件",
    "系统上线",
    "数据报送",
    "营销活动",
    "网点运营",
    "外汇业务",
];
const VERBS: [&str; 12] = [
    "负责", "参与", "牵头", "协助", "梳理", "跟踪", "分析", "审核", "组织", "推动", "落实", "评估",
];
const ENDS: [&str; 10] = [
    "按季度向部门负责人汇报进展",
    "及时发现问题并提出改进意见",
    "与分支机构保持日常沟通",
    "保证资料完整、口径一致",
    "配合内外部检查并跟进整改",
    "形成可以复用的工作模板",
    "对新员工进行带教和辅导",
    "在规定时限内完成各项任务",
    "兼顾业务发展与合规要求",
    "用数据说明工作成效",
];

/// A small generator of numbers; the same seed gives the same site on any machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Writes a site of `count` postings into an empty folder.
pub(crate) fn write_site(folder: &Path, count: usize) {
    let jobs = folder.join("content/jobs");
    fs::create_dir_all(&jobs).expect("folder");
    let settings = "title: 测试门户\norganization: {name: 测试银行}\nbase_url: https://careers.example.com/\nclock: 2026-11-21\napply: {email: hr@example.com}\nnotice: 招聘不收取任何费用。\n";
    fs::write(folder.join("gangwei.yaml"), settings).expect("settings");
    for (name, words) in [
        ("departments", &DEPARTMENTS[..]),
        ("locations", &PLACES[..]),
        ("categories", &CATEGORIES[..]),
    ] {
        let mut text = String::new();
        for (index, word) in words.iter().enumerate() {
            writeln!(text, "- {{id: {name}-{index}, name: {word}}}").expect("string");
        }
        fs::write(folder.join(format!("content/{name}.yaml")), text).expect("vocabulary");
    }
    let mut numbers = Numbers(20_261_121);
    for index in 0..count {
        fs::write(
            jobs.join(format!("B-{index:06}.md")),
            posting(index, &mut numbers),
        )
        .expect("posting");
    }
}

fn posting(index: usize, numbers: &mut Numbers) -> String {
    let department = numbers.pick(&DEPARTMENTS);
    let category = numbers.pick(&CATEGORIES);
    let place = numbers.pick(&PLACES);
    let low = 8 + numbers.below(20);
    let mut text = format!(
        "---\n标题: {place}分行{department}{category}{index}\n发布日期: 2026-{:02}-{:02}\n招聘单位: {place}分行\n部门: {department}\n岗位类别: {category}\n工作地点: [{place}]\n招聘类型: {}\n招聘人数: {}\n学历: {}\n薪酬: {low}000-{}000元/月\n报名截止: 2026-12-{:02}\n---\n\n",
        9 + numbers.below(2),
        1 + numbers.below(28),
        numbers.pick(&["社会招聘", "校园招聘", "实习生招聘"]),
        1 + numbers.below(9),
        numbers.pick(&["大专", "本科", "硕士"]),
        low + 6,
        1 + numbers.below(28),
    );
    for heading in ["岗位职责", "任职条件", "我们提供"] {
        writeln!(text, "## {heading}\n").expect("string");
        let items = 7 + numbers.below(6);
        for item in 1..=items {
            write!(text, "{item}. ").expect("string");
            for _ in 0..2 {
                write!(
                    text,
                    "{}{}{}，",
                    numbers.pick(&VERBS),
                    numbers.pick(&DEPARTMENTS),
                    numbers.pick(&SUBJECTS)
                )
                .expect("string");
            }
            let stop = if item == items { '。' } else { '；' };
            writeln!(text, "{}{stop}", numbers.pick(&ENDS)).expect("string");
        }
        text.push('\n');
    }
    text
}
