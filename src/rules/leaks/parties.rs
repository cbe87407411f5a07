//! Named companies, banks and branches in a folded text. Enters: text. Leaves: where their names stand. What is masked
//! (`__公司`, `XX集团`), what is a kind of company and no company (保险公司, 上市公司), and what is one's own stays out.
//!
//! Chinese writes no blanks between words. A name is what remains of the characters before 公司, 支行 and the like when the
//! ordinary words are taken away; remains of more than a few characters are a sentence and no name, unless a place begins
//! them.

use super::context::{after, before, is_in_title};
use super::pattern;
use crate::rules::word_lists::{data_lines, data_words};
use crate::text::{fold, is_han};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static ORDINARY: LazyLock<Vec<&str>> =
    LazyLock::new(|| data_words(include_str!("ordinary_words.txt")));
static PLACES: LazyLock<Vec<&str>> = LazyLock::new(|| data_words(include_str!("places.txt")));

/// What a named party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Party {
    /// A company or another customer.
    Company,
    /// A bank.
    Bank,
    /// A branch of a bank.
    Branch,
}

/// Ends of names. What stands before one of them is looked at, whatever stands behind.
static ENDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        "(?P<branch>支行|分行|分理处|储蓄所|信用社|联社)|(?P<bank>银行|农商行|农信社)|(?P<company>(?:集团|控股|股份|实业)*(?:有限责任公司|有限公司|公司)|集团|控股|实业|置业|钢铁|水泥|药业|重工|矿业|煤业|纸业|乳业|酒店|医院|大学|学院|中学)",
    )
});

/// Banks by the names that need no place.
static BANKS: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(&data_words(include_str!("banks.txt")).join("|")));
/// Banks by name that are no competitors.
static AUTHORITIES: LazyLock<Vec<&str>> =
    LazyLock::new(|| data_words(include_str!("authorities.txt")));
/// What follows a word that then means a kind of business: the word, and its followers.
static KINDS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let lines = data_lines(include_str!("kinds_of_business.txt"));
    let entry = |line: &'static str| {
        let (word, followers) = line.split_once(' ')?;
        Some((word, followers.split_whitespace().collect()))
    };
    lines.filter_map(entry).collect()
});

/// A family of companies under one name: 〈name〉系.
static FAMILY: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(\p{Han}{2,3})系(?:企业|公司|集团|客户|资本|旗下|等|、|,|\))"));

/// Characters that begin or end no name, so that a name is not read past them.
const STOPS: &str = "的了和与及或对为是在将由从给把被以至到于让使并等其按就经因如则且但而又还也只仅再已能可会需应须该各每某本我贵此这那哪他她它们个家位名户间笔条次项一二三四五六七八九十两几多向年月日初末底吧呢吗之所";
/// How many ordinary words may stand between a name and its end: 宇都|国际|贸易|公司.
const KIND_WORDS: usize = 3;
/// How many characters before an end are looked at.
const LONGEST: usize = 12;
/// The most characters of a name without a place.
const NAME: usize = 4;
/// The most characters of a name that begins with a place.
const PLACED: usize = 9;

/// Characters of deeds and of little words, which names of companies and places do not have.
const UNLIKELY: &str = "不要打获据梳赖登录违择推销限驻指派致变改紧听说问答写做使得让给拿送寄借欠罚评查验审批签请求希望想愿敢够须没否别勿很太最更较越些某另谁怎样么而或但却虽若倘所故混淆碍损害避免防止禁阻拖扯抢夺偷骗诈纠缠帮助找寻搜探讨论议谈讲称叫喊骂批判恨怕惧忧愁难苦累疲困病伤死灭毁坏乱杂错误漏缺少亏赔退辞撤穿迭接受注读译抄贴剪挂拆捡扔丢忘记懂猜估量算衬替换递补填跑跳走站坐躺睡吃喝看见";

/// What follows 工行, 建行 where the two characters belong to other words: 分工行为, 组建行业.
const NO_BANK: &str = "为业动政情使程列领文走李列距";
/// What comes before 系 in words that are no family of companies.
const NO_FAMILY: &[&str] = &[
    "关", "体", "联", "直", "派", "谱", "嫡", "维", "星", "旁", "母", "父", "语", "水", "干", "一",
    "文", "学", "同",
];

/// The named parties of a text, in order and without overlap; `own` are the names of the organisation itself.
pub(super) fn find_parties(text: &str, own: &[&str]) -> Vec<(Range<usize>, Party)> {
    let mut own: Vec<String> = own.iter().map(|name| fold(name)).collect();
    // Subsidiaries carry the bank's own name: 望澜理财有限责任公司.
    let stems = own.iter().filter_map(|name| name.strip_suffix("银行"));
    let stems: Vec<String> = stems
        .filter(|stem| stem.chars().count() > 1)
        .map(str::to_owned)
        .collect();
    own.extend(stems);
    let mut found: Vec<(Range<usize>, Party)> = Vec::new();
    for captures in ENDS.iter().flat_map(|regex| regex.captures_iter(text)) {
        let of = |name: &str| captures.name(name).map(|group| group.range());
        let known = [
            ("branch", Party::Branch),
            ("bank", Party::Bank),
            ("company", Party::Company),
        ];
        let Some((end, party)) = known
            .into_iter()
            .find_map(|(name, party)| Some((of(name)?, party)))
        else {
            continue;
        };
        if let Some(start) = name_before(text, &end) {
            found.push((start..end.end, party));
        }
    }
    for hit in BANKS.iter().flat_map(|regex| regex.find_iter(text)) {
        let is_short = hit.as_str().chars().count() == 2;
        let previous = text[..hit.start()].chars().next_back();
        let next = text[hit.end()..].chars().next();
        let is_word = next.is_some_and(|c| NO_BANK.contains(c))
            || previous.is_some_and(|c| is_han(c) && !STOPS.contains(c));
        let is_kind = !is_short && is_kind_of("银行", text, hit.end());
        if !(is_short && is_word || is_kind) {
            found.push((hit.range(), Party::Bank));
        }
    }
    for captures in FAMILY.iter().flat_map(|regex| regex.captures_iter(text)) {
        let Some(name) = captures.get(1) else {
            continue;
        };
        let end = name.end() + "系".len();
        let is_word = NO_FAMILY.iter().any(|word| name.as_str().ends_with(word));
        if !is_word && let Some(start) = name_before(text, &(name.end()..end)) {
            found.push((start..end, Party::Company));
        }
    }
    found.retain(|(range, _)| {
        let written = &text[range.clone()];
        let is_own = own
            .iter()
            .any(|name| name.contains(written) || written.contains(name.as_str()));
        let is_authority = AUTHORITIES.iter().any(|name| written.ends_with(*name));
        !is_own && !is_authority && !is_in_title(text, range.start)
    });
    found.sort_by_key(|(range, party)| (range.start, usize::MAX - range.end, *party));
    let mut last = 0;
    found.retain(|(range, _)| {
        let apart = range.start >= last;
        last = last.max(range.end);
        apart
    });
    found
}

/// Where the name before an end begins; `None` where there is none.
fn name_before(text: &str, end: &Range<usize>) -> Option<usize> {
    let ending = &text[end.clone()];
    if is_kind_of(ending, text, end.end) {
        return None;
    }
    let near = before(text, end.start, LONGEST + 1);
    let stop = near
        .char_indices()
        .rev()
        .find(|(_, c)| !is_han(*c) || STOPS.contains(*c));
    let (run, left) = match stop {
        Some((index, c)) => (&near[index + c.len_utf8()..], Some(c)),
        None => (near, None),
    };
    // A blank right before: the name is masked, and what remains is only its end.
    if left.is_some_and(|c| matches!(c, '_' | 'x' | ']' | '*' | '○' | '×')) {
        return None;
    }
    let run = without_ordinary_end(run);
    let name = &run[last_ordinary(run)..];
    let start = end.start - (near.len() - offset_in(near, name)?);
    let doubt = name
        .char_indices()
        .rev()
        .find(|(_, c)| UNLIKELY.contains(*c));
    let length = name.chars().count();
    if doubt.is_none() && (2..=NAME).contains(&length) {
        return Some(start);
    }
    // Only a place tells where a name begins in what is left of a sentence.
    let least = doubt.map_or(0, |(index, c)| index + c.len_utf8());
    let placed = name.char_indices().find(|(index, _)| {
        let rest = &name[*index..];
        let mut places = PLACES.iter().filter(|place| rest.starts_with(**place));
        *index >= least
            && rest.chars().count() <= PLACED
            && places.any(|place| rest.len() > place.len())
    });
    let (index, _) = placed?;
    Some(start + index)
}

/// Where a part of a text begins in it, in bytes.
fn offset_in(whole: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    (offset <= whole.len()).then_some(offset)
}

/// A run without the ordinary words at its end: 宇都|贸易.
fn without_ordinary_end(run: &str) -> &str {
    let mut run = run;
    for _ in 0..KIND_WORDS {
        let sizes = cuts(run.char_indices().rev().map(|(index, _)| index));
        let longest = sizes
            .into_iter()
            .rev()
            .find(|start| is_ordinary(&run[*start..]));
        match longest {
            Some(start) => run = &run[..start],
            None => break,
        }
    }
    run
}

/// Where the last ordinary word of a run ends.
fn last_ordinary(run: &str) -> usize {
    let starts = run.char_indices().map(|(index, _)| index);
    let ends = starts.filter_map(|start| {
        let rest = &run[start..];
        let sizes = cuts(rest.char_indices().map(|(index, c)| index + c.len_utf8()));
        let longest = sizes
            .into_iter()
            .rev()
            .find(|size| is_ordinary(&rest[..*size]));
        longest.map(|size| start + size)
    });
    ends.max().unwrap_or(0)
}

/// The cuts after two, three and four characters: as long as ordinary words are.
fn cuts(places: impl Iterator<Item = usize>) -> Vec<usize> {
    places.skip(1).take(3).collect()
}

fn is_ordinary(word: &str) -> bool {
    ORDINARY.binary_search(&word).is_ok()
}

/// Whether what follows makes an end the name of a business: 公司|客户.
fn is_kind_of(ending: &str, text: &str, end: usize) -> bool {
    let next = after(text, end, 3);
    KINDS
        .iter()
        .filter(|(known, _)| ending.ends_with(known))
        .any(|(_, followers)| followers.iter().any(|word| next.starts_with(word)))
}
