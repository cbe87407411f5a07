//! Blanks that their author names: `[[name:type|hint]]`. Enters: what stands between the brackets. Leaves: name, type
//! and hint, or what is wrong.

use super::BlankType;
use super::line::FoldedLine;
use crate::diagnostic::Text;
use crate::fields::{ChoiceValue, did_you_mean, nearest};
use crate::say;
use crate::text::fold;
use std::ops::Range;

/// A named blank.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NamedBlank {
    /// The name.
    pub name: String,
    /// The type, where it is given.
    pub blank_type: Option<BlankType>,
    /// The hint, where it is given.
    pub hint: Option<String>,
}

/// What is wrong with a named blank: a message and a repair.
pub(super) type NamedFault = (Text, Text);

/// Reads what stands between `[[` and `]]`.
pub(super) fn read_named(inner: &str) -> Result<NamedBlank, NamedFault> {
    let (head, hint) = match inner.split_once(['|', '｜']) {
        Some((head, hint)) => (
            head,
            Some(hint.trim().to_owned()).filter(|hint| !hint.is_empty()),
        ),
        None => (inner, None),
    };
    let (name, written) = match head.split_once([':', '：']) {
        Some((name, written)) => (name.trim(), Some(written.trim())),
        None => (head.trim(), None),
    };
    let well_formed = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if !well_formed {
        return Err((
            say!("空格的名称“{name}”不能用", "`{name}` cannot name a blank"),
            say!(
                "名称只用文字、数字和下划线，写成 [[名称:类型|提示]]，例如 [[deposits:金额|存款余额]]",
                "a name has letters, digits and underscores: [[name:type|hint]], for example [[deposits:money|balance]]"
            ),
        ));
    }
    let blank_type = match written {
        None => None,
        Some(written) => Some(find_type(written).ok_or_else(|| unknown_type(written))?),
    };
    Ok(NamedBlank {
        name: name.to_owned(),
        blank_type,
        hint,
    })
}

fn find_type(written: &str) -> Option<BlankType> {
    let folded = fold(written);
    let index = BlankType::CHOICES
        .iter()
        .position(|choice| choice.id == folded || choice.zh == folded)?;
    Some(BlankType::from_index(index))
}

fn unknown_type(written: &str) -> NamedFault {
    let near = nearest(
        written,
        BlankType::CHOICES
            .iter()
            .flat_map(|choice| [choice.id, choice.zh]),
    );
    let all = |name: fn(&crate::fields::Choice) -> &'static str, comma: &str| {
        BlankType::CHOICES
            .iter()
            .map(name)
            .collect::<Vec<_>>()
            .join(comma)
    };
    let help = if near.is_empty() {
        Text {
            zh: format!("类型有：{}", all(|choice| choice.zh, "、")),
            en: format!("the types are: {}", all(|choice| choice.id, ", ")),
        }
    } else {
        did_you_mean(&near)
    };
    (
        say!("没有“{written}”这种空格", "there is no type `{written}`"),
        help,
    )
}

/// The most faults that are reported for one line.
const MOST: usize = 10;

/// Where `[[` begins something that is no blank: it never closes on its line, or nothing stands in it.
pub(super) fn broken_named(line: &FoldedLine, blanks: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut code = false;
    let mut blanks = blanks.iter().peekable();
    let mut at = 0;
    while at + 1 < line.raw.len() && found.len() < MOST {
        code ^= line.raw[at] == '`';
        if let Some(blank) = blanks.next_if(|blank| blank.start <= at) {
            at = blank.end.max(at);
            continue;
        }
        if code || line.raw[at] != '[' || line.raw[at + 1] != '[' {
            at += 1;
            continue;
        }
        let inner = line.raw[at + 2..]
            .iter()
            .take_while(|c| !matches!(c, '[' | ']'))
            .count();
        let end = at + 2 + inner;
        let closes = line.raw.get(end) == Some(&']') && line.raw.get(end + 1) == Some(&']');
        // [[words]](address) is a link.
        if !(closes && line.raw.get(end + 2) == Some(&'(')) {
            let end = if closes { end + 2 } else { end };
            found.push(at..end.min(line.raw.len()));
        }
        at = end.max(at + 2);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_type_and_hint_are_read_in_either_language() {
        let named = read_named("deposits:money|存款余额").unwrap();
        assert_eq!(
            (named.name.as_str(), named.blank_type, named.hint.as_deref()),
            ("deposits", Some(BlankType::Money), Some("存款余额"))
        );
        assert_eq!(
            read_named("存款：金额｜").unwrap().blank_type,
            Some(BlankType::Money)
        );
        assert_eq!(read_named("存款").unwrap().blank_type, None);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (inner, zh) in [
            ("a b:money", "名称"),
            ("存款:moeny", "moeny"),
            (":金额", "名称"),
        ] {
            assert!(read_named(inner).unwrap_err().0.zh.contains(zh), "{inner}");
        }
        assert!(read_named("存款:moeny").unwrap_err().1.zh.contains("money"));
    }

    #[test]
    fn brackets_that_make_no_blank_are_found() {
        let broken = |text: &str| {
            let line = FoldedLine::read(text, 0);
            broken_named(&line, &[])
                .into_iter()
                .map(|range| line.written(range.start, range.end))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            broken("存款[[deposits:money 万元"),
            ["[[deposits:money 万元"]
        );
        assert_eq!(broken("空的[[]]，`[[a`，[[附件]](a.pdf)"), ["[[]]"]);
    }
}
