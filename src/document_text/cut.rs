//! Items and headings that run on in one line are cut apart. Enters: a line as its author meant it. Leaves: its parts. A
//! number is a border only where it is the next one expected, so that amounts, dates and versions stay whole.

use super::characters::{is_blank, parts};
use super::lines::{Cut, Line, width};
use super::marks::{Class, Mark, SLOTS, mark};
use super::model::{NotTaken, Note, Outline};
use super::reasons::{NotTakenReason, NoteReason};
use super::words::{Known, known};
use crate::text::is_han;

/// A place where a line may be cut.
#[derive(Debug, Clone, Copy)]
enum Border {
    /// A number of a kind.
    Number {
        at: usize,
        slot: usize,
        number: u32,
        begins: bool,
    },
    /// A word known as a heading, from its first byte to the byte behind its colon; a separator may close it.
    Heading {
        at: usize,
        end: usize,
        closed: bool,
        alone: bool,
    },
    /// A name of a value.
    Label { at: usize },
}

/// Adds the parts of a line.
pub(super) fn cut(line: Line, out: &mut Vec<Line>, outline: &mut Outline) {
    let words = line.text.words.as_str();
    outline.steps += words.len() as u64;
    let is_table = line.hints.cell.is_some();
    let is_heading = line.hints.heading.is_some()
        || line
            .mark
            .is_some_and(|mark| matches!(mark.class, Class::Hash(_)));
    if line.verbatim || is_table || is_heading || words.len() < 12 {
        out.push(line);
        return;
    }
    if !may_have_borders(words) {
        out.push(line);
        return;
    }
    let borders = borders(words, line.mark);
    if borders.is_empty() {
        out.push(line);
        return;
    }
    let cuts = choose(&line, &borders);
    outline.steps += borders.len() as u64;
    if cuts.is_empty() {
        out.push(line);
        return;
    }
    outline.notes.push(Note {
        place: line.whole(),
        reason: NoteReason::LineCut,
    });
    let mut at = 0;
    let mut kind = Cut::Part;
    let ends = cuts
        .iter()
        .copied()
        .chain([(words.len(), Cut::Part, false)]);
    for (end, next, closed) in ends {
        push_part(&line, at..end, kind, closed, out, outline);
        (at, kind) = (end, next);
    }
}

/// Whether a line holds a sign that every border has: a colon, a bracket of headings, a circled number, or a sign behind
/// a number.
fn may_have_borders(words: &str) -> bool {
    let bytes = words.as_bytes();
    let behind_number = |at: usize| {
        let before = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        before.is_ascii_alphanumeric()
            || before == b' '
            || at
                .checked_sub(3)
                .is_some_and(|from| is_number(&bytes[from..at]))
    };
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b':' => true,
        b'.' | b')' => behind_number(at),
        0xE2 => matches!(bytes.get(at + 1), Some(0x91 | 0x92 | 0x9D)),
        0xE3 => match bytes.get(at + 1..at + 3) {
            Some([0x80, 0x90]) => true,
            Some([0x80, 0x81]) => behind_number(at),
            _ => false,
        },
        0xEF => match bytes.get(at + 1..at + 3) {
            Some([0xBC, 0x9A]) => true,
            Some([0xBC, 0x89 | 0x8E]) => behind_number(at),
            _ => false,
        },
        _ => false,
    })
}

/// Whether three bytes are a Han number, a full-width digit or a blank.
fn is_number(bytes: &[u8]) -> bool {
    let number = |c: char| "一二三四五六七八九十\u{3000}".contains(c) || ('０'..='９').contains(&c);
    std::str::from_utf8(bytes).is_ok_and(|c| c.starts_with(number))
}

/// Adds one part without the blanks around it.
fn push_part(
    line: &Line,
    range: std::ops::Range<usize>,
    kind: Cut,
    closed: bool,
    out: &mut Vec<Line>,
    outline: &mut Outline,
) {
    let words = &line.text.words[range.clone()];
    let from = range.start + (words.len() - words.trim_start_matches(is_blank).len());
    let mut to = range.end - (words.len() - words.trim_end_matches(is_blank).len());
    if from >= to {
        return;
    }
    if closed && let Some(sign) = line.text.words[from..to].chars().next_back() {
        to -= sign.len_utf8();
        outline.not_taken.push(NotTaken {
            place: line.place(to..to + sign.len_utf8()),
            reason: NotTakenReason::Separator,
        });
    }
    let text = line.text.slice(from..to);
    let first = range.start == 0;
    let mut part = Line {
        number: line.number,
        indent: if first { line.indent } else { 0 },
        parted: first && line.parted,
        width: width(&text.words),
        hints: line.hints,
        raw: line.raw,
        verbatim: false,
        joined: line.joined,
        mark: mark(&text.words),
        cut: kind,
        text,
    };
    if !first {
        part.hints.list = None;
        part.hints.page_break = false;
    }
    out.push(part);
}

/// Where a line could be cut, in order.
fn borders(words: &str, own: Option<Mark>) -> Vec<Border> {
    let mut found = Vec::new();
    let skip = own.map_or(0, |mark| mark.length);
    let (mut token, mut before, mut last, mut mark_end) = (skip, None, usize::MAX, skip);
    let mut segment = Segment {
        start: skip,
        sign: '。',
    };
    for (at, c) in words.char_indices() {
        let edge = before.is_none_or(|c| parts(c) || is_blank(c));
        if edge && at > skip && before.is_some_and(|c| parts(c) || is_blank(c)) {
            token = if is_blank(c) { token } else { at };
        }
        if at >= skip && (at > 0 || c == '【') {
            match c {
                ':' | '：' => heading_at_colon(words, segment, token, at, &mut found),
                ';' | '；' => heading_at_separator(words, token, at, &mut found),
                '【' => heading_in_brackets(words, at, &mut found),
                '0'..='9'
                | '０'..='９'
                | '('
                | '（'
                | '\u{2460}'..='\u{2487}'
                | '\u{2776}'..='\u{277F}'
                | 'A'..='H'
                | '一'
                | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                    if at > skip =>
                {
                    let glued = matches!(c, '\u{2460}'..='\u{2487}' | '\u{2776}'..='\u{277F}')
                        && before.is_some_and(|c| !"第见如图表式".contains(c));
                    let named = !edge
                        && !glued
                        && before.is_some_and(|c| is_han(c) || matches!(c, '】'))
                        && known(&words[token.min(at)..at]) == Some(Known::Heading);
                    if (edge || glued || named)
                        && last != at
                        && mark_end != at
                        && let Some(border) = number_at(
                            words,
                            at,
                            edge && before.is_some_and(|c| matches!(c, '：' | ':')),
                        )
                    {
                        if named {
                            found.push(Border::Heading {
                                at: token,
                                end: at,
                                closed: false,
                                alone: true,
                            });
                        }
                        found.push(border);
                        last = at;
                        // The words behind the number may be a heading.
                        if let Some(mark) = mark(&words[at..]) {
                            token = at + mark.length;
                            mark_end = token;
                            segment = Segment {
                                start: token,
                                sign: '。',
                            };
                        }
                    }
                }
                _ => {}
            }
        }
        if parts(c) && c != '.' {
            segment = Segment {
                start: at + c.len_utf8(),
                sign: c,
            };
        }
        before = Some(c);
    }
    found
}

/// The words since the last sign that parts them.
#[derive(Debug, Clone, Copy)]
struct Segment {
    start: usize,
    sign: char,
}

/// The head of what follows: a mark is read in it, so that the work does not grow with the rest.
fn head_of(rest: &str) -> &str {
    let mut end = rest.len().min(64);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    &rest[..end]
}

/// A number that could begin an item.
fn number_at(words: &str, at: usize, begins: bool) -> Option<Border> {
    let mark = mark(head_of(&words[at..]))?;
    Some(Border::Number {
        at,
        slot: mark.class.slot()?,
        number: mark.number?,
        begins,
    })
}

/// `；任职要求：` in the middle of a line, or a heading with its text behind the colon.
fn heading_at_colon(
    words: &str,
    segment: Segment,
    token: usize,
    colon: usize,
    found: &mut Vec<Border>,
) {
    let end = colon + words[colon..].chars().next().map_or(1, char::len_utf8);
    let whole = words[segment.start.min(colon)..colon].trim_start_matches(is_blank);
    let mut token = token.min(colon);
    let start = colon - whole.len();
    if start < token && known(whole.trim_end_matches(is_blank)).is_some() {
        token = start;
    }
    let name = words[token.min(colon)..colon].trim_end_matches(is_blank);
    if name.is_empty() || name.len() > 80 {
        return;
    }
    // Behind a comma a name belongs to its sentence; behind other words it begins only after the value of another.
    let stands_free = if start < token {
        matches!(segment.sign, ':' | '：')
    } else {
        !matches!(segment.sign, ',' | '，')
    };
    let rest = words[end..].trim_start_matches(is_blank);
    let begins_list = mark(head_of(rest)).is_some_and(|mark| mark.number == Some(1));
    if begins_list && known(name).is_none() {
        // Glued to the words before it: …记账任职要求：1、…
        let tail = name
            .char_indices()
            .rev()
            .take(12)
            .skip(3)
            .filter(|&(at, _)| known(&name[at..]) == Some(Known::Heading))
            .last();
        if let Some((at, _)) = tail {
            found.push(Border::Heading {
                at: token + at,
                end,
                closed: false,
                alone: true,
            });
        }
        return;
    }
    let first = token == 0
        || (found.is_empty()
            && token <= 24
            && mark(words).is_some_and(|mark| mark.length == token));
    if !stands_free && !begins_list {
        return;
    }
    match known(name) {
        Some(Known::Heading) if !rest.is_empty() || !first => found.push(Border::Heading {
            at: token,
            end,
            closed: false,
            alone: !rest.is_empty(),
        }),
        Some(Known::Either) if begins_list => {
            found.push(Border::Heading {
                at: token,
                end,
                closed: false,
                alone: true,
            });
        }
        Some(Known::Label | Known::Either) if !first => found.push(Border::Label { at: token }),
        _ => {}
    }
}

/// `；任职要求；1、`: a heading between separators.
fn heading_at_separator(words: &str, token: usize, at: usize, found: &mut Vec<Border>) {
    let end = at + words[at..].chars().next().map_or(1, char::len_utf8);
    let rest = words[end..].trim_start_matches(is_blank);
    let head = head_of(rest);
    let name = &words[token.min(at)..at];
    if known(name) == Some(Known::Heading) && mark(head).is_some_and(|mark| mark.number == Some(1))
    {
        found.push(Border::Heading {
            at: token,
            end,
            closed: true,
            alone: true,
        });
    }
}

/// 【任职要求】 in the middle of a line, or with text behind it.
fn heading_in_brackets(words: &str, at: usize, found: &mut Vec<Border>) {
    let inner = &words[at + '【'.len_utf8()..];
    let Some(length) = inner
        .char_indices()
        .take(24)
        .find(|(_, c)| *c == '】')
        .map(|(at, _)| at)
    else {
        return;
    };
    let mut end = at + '【'.len_utf8() + length + '】'.len_utf8();
    if let Some(sign) = words[end..]
        .chars()
        .next()
        .filter(|c| matches!(c, '：' | ':'))
    {
        end += sign.len_utf8();
    }
    match known(&inner[..length]) {
        Some(Known::Heading) => found.push(Border::Heading {
            at,
            end,
            closed: false,
            alone: end < words.len(),
        }),
        Some(Known::Label | Known::Either) if at > 0 => found.push(Border::Label { at }),
        _ => {}
    }
}

/// The borders at which the line is cut, with what begins there and whether a separator closes what ends there.
fn choose(line: &Line, borders: &[Border]) -> Vec<(usize, Cut, bool)> {
    // Whether a 2 of the same kind follows each 1.
    let mut next = [0u32; SLOTS];
    let mut continued = vec![false; borders.len()];
    for (index, border) in borders.iter().enumerate().rev() {
        match *border {
            Border::Number { slot, number, .. } => {
                continued[index] = number == 1 && next[slot] == 2;
                next[slot] = number;
            }
            Border::Heading { .. } => next = [0; SLOTS],
            Border::Label { .. } => {}
        }
    }
    let mut expected = [0u32; SLOTS];
    if let Some(mark) = line.mark
        && let (Some(slot), Some(number)) = (mark.class.slot(), mark.number)
    {
        expected[slot] = number + 1;
    }
    let mut cuts: Vec<(usize, Cut, bool)> = Vec::new();
    let mut heading_end = 0;
    for (border, continued) in borders.iter().zip(continued) {
        match *border {
            Border::Number {
                at,
                slot,
                number,
                begins,
            } => {
                let after_heading = heading_end > 0
                    && line.text.words[heading_end.min(at)..at]
                        .trim_matches(is_blank)
                        .is_empty();
                if number > 0
                    && (expected[slot] == number
                        || (number == 1
                            && (continued || after_heading || (begins && heading_end > 0))))
                {
                    expected[slot] = number + 1;
                    expected[slot + 1..].fill(0);
                    add(&mut cuts, at, Cut::Part, false);
                }
            }
            Border::Heading {
                at,
                end,
                closed,
                alone,
            } => {
                // A number right before the words is theirs.
                let own = cuts.last().is_some_and(|&(start, _, _)| {
                    mark(&line.text.words[start..]).is_some_and(|mark| start + mark.length == at)
                });
                let first =
                    at == 0 || (cuts.is_empty() && line.mark.is_some_and(|mark| mark.length == at));
                if own {
                    if let Some(last) = cuts.last_mut() {
                        last.1 = Cut::Heading;
                    }
                } else if first {
                    add(&mut cuts, 0, Cut::Heading, false);
                } else {
                    add(&mut cuts, at, Cut::Heading, false);
                    expected = [0; SLOTS];
                }
                if alone && end < line.text.words.len() {
                    add(&mut cuts, end, Cut::Part, closed);
                }
                heading_end = end;
            }
            Border::Label { at } => add(&mut cuts, at, Cut::Part, false),
        }
    }
    cuts
}

/// Adds a cut behind the ones before it.
fn add(cuts: &mut Vec<(usize, Cut, bool)>, at: usize, kind: Cut, closed: bool) {
    match cuts.last_mut() {
        Some(last) if last.0 == at => last.1 = kind,
        Some(last) if last.0 > at => {}
        _ => cuts.push((at, kind, closed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(words: &str) -> Vec<String> {
        let mut line = Line::default();
        line.text.push(words, 0);
        line.mark = mark(words);
        let (mut out, mut outline) = (Vec::new(), Outline::default());
        cut(line, &mut out, &mut outline);
        out.into_iter().map(|line| line.text.words).collect()
    }

    #[test]
    fn lines_are_cut_at_the_next_number() {
        for (words, expected) in [
            (
                "1、记账准确；2、结账及时；3、装订成册。",
                &["1、记账准确；", "2、结账及时；", "3、装订成册。"][..],
            ),
            (
                "(1)记账准确。(2)结账及时。",
                &["(1)记账准确。", "(2)结账及时。"],
            ),
            (
                "分为：①存款②贷款③汇兑",
                &["分为：", "①存款", "②贷款", "③汇兑"],
            ),
            (
                "岗位职责：1、记账任职要求：1、本科；2、细致",
                &[
                    "岗位职责：",
                    "1、记账",
                    "任职要求：",
                    "1、本科；",
                    "2、细致",
                ],
            ),
            (
                "1、记账；任职要求；1、本科；2、细致",
                &["1、记账；", "任职要求", "1、本科；", "2、细致"],
            ),
            (
                "一、岗位职责：负责记账。二、任职要求：本科。",
                &["一、岗位职责：", "负责记账。", "二、任职要求：", "本科。"],
            ),
            (
                "岗位职责1、记账；2、结账",
                &["岗位职责", "1、记账；", "2、结账"],
            ),
            (
                "【岗位职责】1、记账；【任职要求】1、本科",
                &["【岗位职责】", "1、记账；", "【任职要求】", "1、本科"],
            ),
            (
                "招聘单位：甲银行 招聘人数：3人 工作地点：丙市",
                &["招聘单位：甲银行", "招聘人数：3人", "工作地点：丙市"],
            ),
        ] {
            assert_eq!(parts_of(words), expected, "{words}");
        }
    }

    #[test]
    fn amounts_dates_and_versions_stay_whole() {
        for words in [
            "存款2.5万元，增长1.2倍，版本 3.0。",
            "截止2026.12.31，电话 0571-8888 2、3转接。",
            "按《办法》第1条、第2条办理，时间8:00。",
            "共有1、2、3号三栋楼，另有4、5号。",
            "1、按（2）项办理，见第3、4项。",
            "年利率 3.85%，比上年高 1.1 个百分点。",
        ] {
            assert_eq!(parts_of(words), [words]);
        }
    }
}
