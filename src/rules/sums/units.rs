//! What stands around a number: scales, units, words that make it approximate. Enters: nothing. Leaves: tables, the
//! longer word before the shorter that begins it.

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Money of one currency: 元, 美元.
    Money(&'static str),
    /// Persons, households, transactions: 人, 户, 笔.
    Count(&'static str),
    /// Percent.
    Percent,
    /// No unit.
    Bare,
    /// Dates, ordinals, rates and whatever else is no part of a sum.
    Other,
}

/// What 万, 亿 and their kin multiply by, the longer first.
pub(super) const SCALES: &[(&str, i128)] = &[
    ("万亿", 1_000_000_000_000),
    ("千亿", 100_000_000_000),
    ("百亿", 10_000_000_000),
    ("亿", 100_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("万", 10_000),
    ("千", 1_000),
];

/// Units as written, the longer before the shorter that begins it.
pub(super) const UNITS: &[(&str, Unit)] = &[
    ("人民币", Unit::Money("元")),
    ("美元", Unit::Money("美元")),
    ("美金", Unit::Money("美元")),
    ("港元", Unit::Money("港元")),
    ("港币", Unit::Money("港元")),
    ("欧元", Unit::Money("欧元")),
    ("英镑", Unit::Money("英镑")),
    ("日元", Unit::Money("日元")),
    ("新台币", Unit::Money("新台币")),
    ("元", Unit::Money("元")),
    ("%", Unit::Percent),
    ("个百分点", Unit::Other),
    ("个基点", Unit::Other),
    ("个工作日", Unit::Other),
    ("个自然日", Unit::Other),
    ("个月", Unit::Other),
    ("个小时", Unit::Other),
    ("个季度", Unit::Other),
    ("个年度", Unit::Other),
    ("个人", Unit::Count("人")),
    ("个", Unit::Count("个")),
    ("人次", Unit::Count("人次")),
    ("人日", Unit::Other),
    ("人月", Unit::Other),
    ("人小组", Unit::Other),
    ("人团队", Unit::Other),
    ("人间", Unit::Other),
    ("户次", Unit::Count("户次")),
    ("分钟", Unit::Other),
    ("分之", Unit::Other),
    ("人", Unit::Count("人")),
    ("名", Unit::Count("人")),
    ("位", Unit::Count("人")),
    ("户", Unit::Count("户")),
    ("家", Unit::Count("家")),
    ("笔", Unit::Count("笔")),
    ("件", Unit::Count("件")),
    ("份", Unit::Count("份")),
    ("张", Unit::Count("张")),
    ("台", Unit::Count("台")),
    ("项", Unit::Count("项")),
    ("条", Unit::Count("条")),
    ("套", Unit::Count("套")),
    ("场", Unit::Count("场")),
    ("次", Unit::Count("次")),
    ("学时", Unit::Count("学时")),
    ("课时", Unit::Count("课时")),
    ("题", Unit::Count("题")),
    ("分", Unit::Count("分")),
    ("吨", Unit::Count("吨")),
];

/// Counters that a Chinese numeral must stand before to be read.
pub(super) const HAN_COUNTERS: &[&str] =
    &["人", "名", "位", "户", "家", "笔", "项", "件", "份", "张"];

/// Words before a figure that make it approximate, a bound or a share of each.
pub(super) const LOOSE_BEFORE: &[&str] = &[
    "约",
    "近",
    "逾",
    "超",
    "超过",
    "大于",
    "小于",
    "接近",
    "至少",
    "不少于",
    "不低于",
    "不足",
    "不超过",
    "不高于",
    "最多",
    "最少",
    "低于",
    "高于",
    "满",
    "每",
    "各",
    "人均",
    "户均",
    "平均",
    "几",
    "数",
    "百分之",
    "±",
    "≥",
    "≤",
    ">",
    "<",
    "预计",
    "另外",
];

/// Words and marks after a figure that make it approximate, a bound or a term of a calculation.
pub(super) const LOOSE_AFTER: &[&str] = &[
    "以上", "以下", "以内", "之内", "左右", "上下", "余", "多", "有余", "不等", "起", "(含)", "/",
    "*", "×", "+", "÷", "=", "及以", "或以",
];
