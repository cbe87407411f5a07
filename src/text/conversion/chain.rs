//! Tables that a text passes one after the other. Enters: a text, and the borders of its pieces. Leaves: the converted
//! text, and where the borders are in it. A phrase that keeps its number of characters may cross a border; another one
//! may not.

use super::matching::Replacement;
use super::table::ConversionTable;
use std::borrow::Cow;

/// Converts a text with one table and moves the borders of its pieces, ascending byte offsets, to where they are in
/// the converted text.
fn convert_with_borders(table: &ConversionTable, text: &str, borders: &mut [usize]) -> String {
    let mut converted = String::with_capacity(text.len() + text.len() / 16 + 16);
    let mut copied = 0;
    let mut next = 0;
    table.each(text, |found| {
        while next < borders.len() && borders[next] <= found.start {
            borders[next] = converted.len() + borders[next] - copied;
            next += 1;
        }
        converted.push_str(&text[copied..found.start]);
        let phrase = &text[found.start..found.end];
        let crossing = borders[next..]
            .iter()
            .take_while(|border| **border < found.end)
            .count();
        let inside = &mut borders[next..next + crossing];
        push_divided(
            table,
            phrase,
            found.value,
            found.start,
            inside,
            &mut converted,
        );
        next += crossing;
        copied = found.end;
    });
    for border in &mut borders[next..] {
        *border = converted.len() + *border - copied;
    }
    converted.push_str(&text[copied..]);
    converted
}

/// Appends what replaces a phrase that begins at byte `start`, and moves the borders inside it.
fn push_divided(
    table: &ConversionTable,
    phrase: &str,
    value: Replacement,
    start: usize,
    borders: &mut [usize],
    converted: &mut String,
) {
    let begin = converted.len();
    if borders.is_empty() {
        value.push_to(converted, phrase);
        return;
    }
    let keeps_length = match value {
        Replacement::Kept => true,
        Replacement::Char(_) => false,
        Replacement::Text(value) => value.chars().count() == phrase.chars().count(),
    };
    if keeps_length {
        value.push_to(converted, phrase);
        for border in &mut *borders {
            *border -= start;
        }
        divide(phrase, &converted[begin..], borders);
        for border in borders {
            *border += begin;
        }
        return;
    }
    let mut from = 0;
    for border in borders {
        let to = *border - start;
        converted.push_str(&table.convert(&phrase[from..to]));
        *border = converted.len();
        from = to;
    }
    converted.push_str(&table.convert(&phrase[from..]));
}

/// Moves borders in a phrase to its replacement: behind as many characters, or to the end.
pub(super) fn divide(phrase: &str, replacement: &str, borders: &mut [usize]) {
    let starts: Vec<usize> = replacement.char_indices().map(|(at, _)| at).collect();
    for border in borders {
        let count = phrase[..*border].chars().count();
        *border = starts.get(count).copied().unwrap_or(replacement.len());
    }
}

/// Tables that a text passes one after the other.
#[derive(Debug)]
pub(super) struct Chain(pub Vec<ConversionTable>);

impl Chain {
    /// Converts a text; borrowed when nothing changes.
    pub(super) fn convert<'a>(&self, text: &'a str) -> Cow<'a, str> {
        // No table changes ASCII.
        if text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut converted: Option<String> = None;
        for table in &self.0 {
            converted = Some(table.convert(converted.as_deref().unwrap_or(text)));
        }
        match converted {
            Some(converted) if converted != text => Cow::Owned(converted),
            _ => Cow::Borrowed(text),
        }
    }

    /// Converts a text and moves the borders of its pieces, ascending byte offsets, to where they are afterwards.
    pub(super) fn convert_with_borders(&self, text: &str, borders: &mut [usize]) -> String {
        let mut text = text.to_owned();
        for table in &self.0 {
            text = convert_with_borders(table, &text, borders);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_follow_a_text_through_two_tables() {
        let first = ConversionTable::new(&[("甲乙", "丙丁"), ("戊", "戊戊")], &[]);
        let second = ConversionTable::new(&[("丙丁", "abc"), ("戊戊", "己")], &[]);
        let chain = Chain(vec![first, second]);
        // 甲|乙 keeps its length in the first table, and not in the second, which leaves 丙|丁. Each 戊 grows and shrinks.
        let text = "x甲乙戊戊";
        let mut borders = [0, 1, 4, 7, 10, 13];
        let converted = chain.convert_with_borders(text, &mut borders);
        assert_eq!(converted, "x丙丁己己");
        assert_eq!(borders, [0, 1, 4, 7, 10, 13]);
        assert_eq!(chain.convert(text), "xabc己己");
    }

    #[test]
    fn ascii_is_handed_back() {
        let chain = Chain(vec![ConversionTable::new(&[("甲", "乙")], &[])]);
        assert!(matches!(chain.convert("a <b>"), Cow::Borrowed("a <b>")));
        assert!(matches!(chain.convert("丙"), Cow::Borrowed("丙")));
        assert_eq!(chain.convert("甲a"), "乙a");
    }
}
