//! The words that sums hang on. Enters: a figure's label. Leaves: what it says of the figure. Lists of words only; no
//! figure is read here.

/// Words that claim that what was listed is all.
pub(super) const TOTALS: &[&str] = &["合计", "共计", "总计", "总共", "合共", "一共"];

/// Words that make a figure a change, an average, a bound or a plan, none of which is a part.
pub(super) const NO_PARTS: &[&str] = &[
    "增", "减", "降", "较", "比", "升", "超", "差额", "相差", "均", "每", "最", "目标", "计划",
    "任务", "不", "至少", "限额", "末", "底", "截至", "年初", "上年", "去年", "达到", "翻番", "日",
    "另外", "除去", "扣除", "含", "包括",
];

/// Words that begin a new subject where the total does not share them.
const MEASURES: &[&str] = &[
    "余额", "存款", "贷款", "利润", "收入", "投放", "出账", "费用", "支出", "资产", "负债", "投资",
    "保费", "消费", "开户", "签约", "营收", "不良", "客户", "账户", "员工", "网点", "授信", "结算",
    "累计", "全年", "全行", "完成", "实现", "发放", "办理", "收回", "培训", "走访", "拜访", "销售",
];

/// Words for the rest of a whole.
pub(super) const REST: &[&str] = &["其余", "其他", "其它", "剩余", "余下"];

/// Words of recruiting: a person is taken for one post at one place.
pub(super) const RECRUITING: &[&str] = &[
    "招聘", "招录", "招收", "录用", "拟聘", "引进", "编制", "岗位",
];

/// Attributes that cut across each other: a woman may be a party member. Labels of one line exclude each other.
const DIMENSIONS: &[&[&str]] = &[
    &["男", "女"],
    &[
        "本科",
        "硕士",
        "博士",
        "专科",
        "大专",
        "研究生",
        "学历",
        "学位",
    ],
    &["党员", "团员", "群众", "民主党派"],
    &["岁", "青年", "80后", "90后", "00后", "年龄"],
    &["应届", "往届", "毕业生", "有经验"],
    &["对公", "公司", "个人", "零售", "机构", "同业", "企业"],
    &["小微", "普惠"],
    &["绿色"],
    &["民营", "国有"],
    &["首贷", "新增", "存量", "新客", "老客"],
    &["科技", "制造业"],
    &["涉农", "三农"],
    &["信用", "抵押", "质押", "保证", "担保"],
    &["短期", "中期", "长期", "活期", "定期"],
    &["线上", "线下"],
    &["持证", "证书", "资格"],
    &["不良", "逾期", "正常", "关注"],
];

/// How many of them concern persons.
const PERSONAL: usize = 5;

/// The dimensions that a label names, one bit each.
fn dimensions(label: &str, of_persons: bool) -> u32 {
    let label = label
        .replace("信用证", "")
        .replace("信用卡", "")
        .replace("保证金", "");
    let known = if of_persons {
        PERSONAL
    } else {
        DIMENSIONS.len()
    };
    let named = DIMENSIONS.iter().take(known).enumerate();
    named
        .filter(|(_, words)| words.iter().any(|word| label.contains(word)))
        .fold(0, |mask, (index, _)| mask | 1 << index)
}

/// How labels of parts stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overlap {
    /// They name one dimension, so that nothing is in two of them.
    Apart,
    /// They name none.
    Unknown,
    /// They may overlap.
    Possible,
}

/// Whether what these labels name may overlap. Labels of the rest are left out by the caller; `of_persons` leaves out
/// the attributes of business, which are part of the names of posts.
pub(super) fn overlap(labels: &[&str], of_persons: bool) -> Overlap {
    let bounds = ["以上", "以下", "及", "含"];
    if labels
        .iter()
        .any(|label| bounds.iter().any(|word| label.contains(word)))
    {
        return Overlap::Possible;
    }
    let masks: Vec<u32> = labels
        .iter()
        .map(|label| dimensions(label, of_persons))
        .collect();
    let Some(first) = masks.first() else {
        return Overlap::Unknown;
    };
    let named: Vec<u32> = masks.iter().copied().filter(|mask| *mask != 0).collect();
    let is_one = named
        .iter()
        .all(|mask| mask.is_power_of_two() && Some(mask) == named.first());
    match masks.iter().all(|mask| mask == first) {
        _ if named.is_empty() => Overlap::Unknown,
        true if is_one && labels.len() == distinct(labels) => Overlap::Apart,
        // Two of one kind beside others, like 活期 and 定期 beside 通知存款, are a list of products.
        false if is_one && named.len() >= 2 => Overlap::Unknown,
        _ => Overlap::Possible,
    }
}

/// Whether a part begins a subject that neither the total nor the first part names.
pub(super) fn is_new_subject(label: &str, known: &[&str]) -> bool {
    let label = label.replace("客户经理", "");
    MEASURES
        .iter()
        .any(|word| label.contains(word) && !known.iter().any(|text| text.contains(word)))
}

fn distinct(labels: &[&str]) -> usize {
    let mut sorted = labels.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_one_kind_exclude_each_other_and_others_do_not() {
        assert_eq!(overlap(&["男", "女"], false), Overlap::Apart);
        assert_eq!(overlap(&["女性", "党员"], false), Overlap::Possible);
        assert_eq!(overlap(&["保函", "信用证"], false), Overlap::Unknown);
        assert_eq!(overlap(&["绿色贷款", "其中部分"], false), Overlap::Possible);
        assert_eq!(overlap(&["公司客户经理", "柜员"], true), Overlap::Unknown);
        assert_eq!(overlap(&["柜员", "审查岗"], false), Overlap::Unknown);
        assert_eq!(overlap(&["本科以上", "硕士以上"], false), Overlap::Possible);
    }
}
