//! The repair of lines that an author meant as a list. Enters: a text and the mark of the first line. Leaves: the lines
//! as a markdown list. The repair exists only if every line is an item and only the marks change.

use super::lines::{OfficeMark, office_mark};
use super::marker;
use crate::text::Span;
use std::fmt::Write;

/// Characters that may precede the mark of a line, and do not belong to the text.
const LEAD: [char; 4] = [' ', '\t', '>', '\u{3000}'];

/// The mark at the beginning of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Number(u32),
    Bullet,
}

/// The bytes from the first item to the last, and their replacement.
pub(super) fn repair_list(text: &str, first: Span) -> Option<(Span, String)> {
    let start = text[..first.start as usize]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let lead = plain_lead(&text[start..first.start as usize])?;
    let is_after_blank = is_blank(text[..start].lines().next_back().unwrap_or(""));
    let (mut list, mut end) = (String::new(), start);
    let mut last: Option<Mark> = None;
    for line in text[start..].split_inclusive('\n') {
        let content = line.trim_start_matches(LEAD);
        if content.trim().is_empty() || content.starts_with('#') {
            break;
        }
        let (mark, length) = mark(content)?;
        let item = content[length..].trim();
        let fits = match (last, mark) {
            // In markdown, a list can interrupt a paragraph only if its first number is 1.
            (None, Mark::Number(number)) => is_after_blank || number == 1,
            (None, Mark::Bullet) => true,
            (Some(Mark::Number(last)), Mark::Number(number)) => last + 1 == number,
            (Some(last), mark) => last == mark,
        };
        let before_mark = &line[..line.len() - content.len()];
        if !fits || item.is_empty() || plain_lead(before_mark)? != lead {
            return None;
        }
        if last.is_some() {
            list.push('\n');
        }
        let _ = match mark {
            Mark::Number(number) => write!(list, "{lead}{number}. {item}"),
            Mark::Bullet => write!(list, "{lead}- {item}"),
        };
        end += line.len();
        last = Some(mark);
    }
    let end = start + text[start..end].trim_end().len();
    Some((Span::new(start, end), list))
}

fn is_blank(line: &str) -> bool {
    line.trim_start_matches(LEAD).trim().is_empty()
}

/// The text before the mark, without the ideographic spaces of a Chinese paragraph; `None` if markdown could read the
/// line as another construct.
fn plain_lead(before_mark: &str) -> Option<String> {
    let plain = before_mark.replace('\u{3000}', "");
    let blanks = plain.rsplit('>').next().unwrap_or(&plain);
    let is_plain = plain.chars().all(|c| matches!(c, ' ' | '>')) && blanks.len() < 4;
    is_plain.then_some(plain)
}

/// The mark of an item, and its length in bytes. Marks of other types, such as ①, have no equivalent in markdown.
fn mark(content: &str) -> Option<(Mark, usize)> {
    match office_mark(content) {
        Some((OfficeMark::Bullet, length)) => Some((Mark::Bullet, length)),
        Some(_) => None,
        None => marker(content).map(|(number, length)| (Mark::Number(number), length)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str, first: &str) -> Option<String> {
        let at = text.find(first)?;
        let (span, list) = repair_list(text, Span::new(at, at + first.len()))?;
        let mut repaired = text.to_owned();
        repaired.replace_range(span.range(), &list);
        Some(repaired)
    }

    #[test]
    fn lines_of_numbers_and_bullets_become_a_list() {
        for (text, first, wanted) in [
            (
                "要求：\n1、甲；\n2、乙。\n\n附注",
                "1、",
                "要求：\n1. 甲；\n2. 乙。\n\n附注",
            ),
            ("　　１）甲\n　　２）乙\n", "１）", "1. 甲\n2. 乙\n"),
            ("> ●　甲\n> ●乙", "●", "> - 甲\n> - 乙"),
            ("\n3、甲\n4、乙\n## 丙", "3、", "\n3. 甲\n4. 乙\n## 丙"),
            ("  1、甲\n  2、乙", "1、", "  1. 甲\n  2. 乙"),
        ] {
            assert_eq!(repaired(text, first).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn lines_that_may_have_another_meaning_are_not_repaired() {
        for (text, first) in [
            ("1、甲，\n还有甲；\n2、乙", "1、"),
            ("1、甲\n2、乙\n联系人：丙", "1、"),
            ("要求：\n3、甲\n4、乙", "3、"),
            ("1、甲\n3、乙", "1、"),
            ("1、\n2、乙", "1、"),
            ("（一）甲\n（二）乙", "（一）"),
            ("①甲\n②乙", "①"),
            ("- 1、甲\n  2、乙", "1、"),
            ("1、甲\n      2、乙", "1、"),
        ] {
            assert_eq!(repaired(text, first), None, "{text}");
        }
    }
}
