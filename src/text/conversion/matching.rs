//! The matching of a table's phrases, longest first from left to right. Enters: a text. Leaves: the matches in order, or
//! the text with what replaces them. What is not in the table is never touched, and a text takes time linear in its
//! length.

use super::table::{ConversionEntry, ConversionTable, TEXT, decode};

/// One phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match<'t> {
    /// First byte of the phrase in the text.
    pub start: usize,
    /// First byte after the phrase.
    pub end: usize,
    /// Its replacement.
    pub value: Replacement<'t>,
    /// Whether the phrase is one character.
    pub single: bool,
    /// Whether the phrase is an ordinary word.
    pub word: bool,
}

/// The replacement of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Replacement<'t> {
    /// The phrase stays as it is.
    Kept,
    /// One character.
    Char(char),
    /// Any text.
    Text(&'t str),
}

impl Replacement<'_> {
    /// Appends what replaces `phrase`.
    pub(super) fn push_to(self, text: &mut String, phrase: &str) {
        match self {
            Replacement::Kept => text.push_str(phrase),
            Replacement::Char(c) => text.push(c),
            Replacement::Text(value) => text.push_str(value),
        }
    }
}

impl ConversionTable {
    /// The match that an entry makes at a byte of the text.
    fn found(&self, number: usize, start: usize) -> Match<'_> {
        let ConversionEntry { key, value } = self.entries[number];
        Match {
            start,
            end: start + (key.1 - key.0) as usize,
            value: if key == value {
                Replacement::Kept
            } else {
                Replacement::Text(self.part(value))
            },
            single: false,
            word: self.words.get(number).copied().unwrap_or_default(),
        }
    }

    /// The longest phrase of two characters and more at a byte of the text.
    pub(super) fn phrase_at(&self, text: &str, start: usize) -> Option<Match<'_>> {
        let first = decode(text.as_bytes(), start);
        let second = decode(text.as_bytes(), start + first.1);
        let entry = self.longest(text, start, first, second, |_| true)?;
        Some(self.found(entry, start))
    }

    /// The longest phrase of any length at a byte of the text and whose end is accepted.
    pub(super) fn find(
        &self,
        text: &str,
        start: usize,
        accept: impl Fn(usize) -> bool,
    ) -> Option<Match<'_>> {
        let first = decode(text.as_bytes(), start);
        let second = decode(text.as_bytes(), start + first.1);
        if let Some(entry) = self.longest(text, start, first, second, &accept) {
            return Some(self.found(entry, start));
        }
        let key = text.get(start..start + first.1)?;
        let entry = self
            .entries
            .binary_search_by(|entry| self.part(entry.key).cmp(key))
            .ok()?;
        let found = self.found(entry, start);
        accept(found.end).then_some(Match {
            single: true,
            ..found
        })
    }

    /// Whether a phrase of two characters that is no ordinary word gives way to one that begins with its second
    /// character: 中签署 is 签署, not 中签. It gives way where the two spell that character otherwise, and where the
    /// first one is spelled as it would be by itself.
    fn yields_to_next_word(&self, number: usize, text: &str, start: usize, second: usize) -> bool {
        if self.words.get(number) != Some(&false) {
            return false;
        }
        let ConversionEntry { key, value } = self.entries[number];
        let next = decode(text.as_bytes(), second);
        if start + (key.1 - key.0) as usize != second + next.1 {
            return false;
        }
        let third = decode(text.as_bytes(), second + next.1);
        let Some(other) = self.longest(text, second, next, third, |_| true) else {
            return false;
        };
        if !self.words[other] {
            return false;
        }
        let spelled = self.part(self.entries[other].value).chars().next();
        let mut value = self.part(value).chars();
        let first = value.next();
        value.next_back() != spelled || first == self.spelled(text, start)
    }

    /// How the character that begins at a byte of the text is spelled by itself.
    fn spelled(&self, text: &str, start: usize) -> Option<char> {
        let c = text[start..].chars().next()?;
        match self.single(c as u32) {
            0 => Some(c),
            single => char::from_u32(single),
        }
    }

    /// The phrase of two characters and more that the matching takes at a byte of the text, where two characters with
    /// their numbers of bytes stand.
    #[expect(
        clippy::inline_always,
        reason = "it is called for every character of every text"
    )]
    #[inline(always)]
    fn taken(
        &self,
        text: &str,
        start: usize,
        first: (u32, usize),
        second: (u32, usize),
    ) -> Option<usize> {
        let number = self.longest(text, start, first, second, |_| true)?;
        (!self.yields_to_next_word(number, text, start, start + first.1)).then_some(number)
    }

    /// Calls `found` for every match from left to right. A single character that stays is passed over, like one that
    /// the table does not know.
    pub(super) fn each<'t>(&'t self, text: &str, mut found: impl FnMut(Match<'t>)) {
        let bytes = text.as_bytes();
        let mut start = 0;
        let mut here = decode(bytes, 0);
        while start < bytes.len() {
            let end = start + here.1;
            let ahead = decode(bytes, end);
            if let Some(number) = self.taken(text, start, here, ahead) {
                let phrase = self.found(number, start);
                found(phrase);
                start = phrase.end;
                here = decode(bytes, start);
                continue;
            }
            let single = self.single(here.0);
            if single != 0 {
                let value = match char::from_u32(single) {
                    Some(c) => Replacement::Char(c),
                    None => {
                        Replacement::Text(self.part(self.entries[(single - TEXT) as usize].value))
                    }
                };
                found(Match {
                    start,
                    end,
                    value,
                    single: true,
                    word: false,
                });
            }
            start = end;
            here = ahead;
        }
    }

    /// Converts a text by the matches of `each`. Every character is written, changed or not, since a branch that cannot
    /// be foreseen costs more than the writing.
    pub(super) fn convert(&self, text: &str) -> String {
        let mut converted = String::with_capacity(text.len() + text.len() / 16 + 16);
        let bytes = text.as_bytes();
        let mut start = 0;
        let mut here = decode(bytes, 0);
        while start < bytes.len() {
            if here.0 < 0x80 && !self.ascii {
                let rest = &bytes[start..];
                let run = rest.iter().position(|byte| !byte.is_ascii());
                let run = run.unwrap_or(rest.len());
                converted.push_str(&text[start..start + run]);
                start += run;
                here = decode(bytes, start);
                continue;
            }
            let end = start + here.1;
            let ahead = decode(bytes, end);
            if let Some(number) = self.taken(text, start, here, ahead) {
                let ConversionEntry { key, value } = self.entries[number];
                converted.push_str(self.part(value));
                start += (key.1 - key.0) as usize;
                here = decode(bytes, start);
                continue;
            }
            let single = self.single(here.0);
            match char::from_u32(if single == 0 { here.0 } else { single }) {
                Some(c) => converted.push(c),
                None => converted.push_str(self.part(self.entries[(single - TEXT) as usize].value)),
            }
            (start, here) = (end, ahead);
        }
        converted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(pairs: &[(&str, &str)], words: &[&str]) -> ConversionTable {
        ConversionTable::new(pairs, words)
    }

    #[test]
    fn the_longest_phrase_wins_and_the_search_goes_on_behind_it() {
        let table = table(
            &[
                ("乙丙", "2"),
                ("甲", "1"),
                ("甲乙丙丁", "4"),
                ("甲乙", "乙甲"),
                ("丁", "丁"),
                ("𠀀乙", "x"),
                ("a乙", "y"),
                ("乙", "many"),
            ],
            &[],
        );
        for (text, expected) in [
            ("甲乙丙丁", "4"),
            ("甲乙丙", "乙甲丙"),
            ("甲乙", "乙甲"),
            ("甲甲乙丙", "1乙甲丙"),
            ("乙丙甲", "21"),
            ("甲乙丙丙乙", "乙甲丙丙many"),
            ("丁 é😀", "丁 é😀"),
            ("𠀀乙a乙b", "xyb"),
            ("", ""),
        ] {
            assert_eq!(table.convert(text), expected);
        }
    }

    #[test]
    fn writing_and_telling_agree() {
        let table = table(
            &[("甲乙", "甲乙"), ("乙甲", "3"), ("丙", "三"), ("乙", "乙")],
            &[],
        );
        let text = "丙甲乙甲乙乙甲x丙";
        let mut rebuilt = String::new();
        let mut copied = 0;
        table.each(text, |found| {
            rebuilt.push_str(&text[copied..found.start]);
            found
                .value
                .push_to(&mut rebuilt, &text[found.start..found.end]);
            copied = found.end;
        });
        rebuilt.push_str(&text[copied..]);
        assert_eq!(rebuilt, table.convert(text));
        assert_eq!(rebuilt, "三甲乙甲乙3x三");
    }

    #[test]
    fn a_phrase_that_is_no_word_gives_way_to_a_word() {
        let pairs = [
            ("中签", "中籤"),
            ("签署", "簽署"),
            ("签", "籤"),
            ("干净", "乾淨"),
            ("净值", "淨值"),
            ("干", "幹"),
            ("净", "淨"),
        ];
        let plain = table(&pairs, &[]);
        assert_eq!(plain.convert("中签署"), "中籤署");
        let ranked = table(&pairs, &["净值", "签署"]);
        assert_eq!(ranked.convert("中签署"), "中簽署");
        assert_eq!(ranked.convert("中签率"), "中籤率");
        // 干 is spelled otherwise by itself, and 净 alike in both: the phrase stands.
        assert_eq!(ranked.convert("干净值"), "乾淨值");
        // 回 is alike in both, and nothing is lost with 点回.
        let pairs = [
            ("点回", "點回"),
            ("点", "點"),
            ("回复", "回覆"),
            ("复", "復"),
        ];
        assert_eq!(table(&pairs, &["回复"]).convert("到点回复"), "到點回覆");
        assert_eq!(table(&pairs, &[]).convert("到点回复"), "到點回復");
        // A word does not give way.
        let pairs = [("中签", "中籤"), ("签署", "簽署")];
        let both = table(&pairs, &["中签", "签署"]);
        assert_eq!(both.convert("中签署"), "中籤署");
    }

    #[test]
    fn nul_is_a_character_like_any_other() {
        let table = table(&[("甲\0", "1"), ("甲乙", "2"), ("", "3")], &[]);
        assert_eq!(table.convert("甲\0甲乙\0甲"), "甲\x002\0甲");
    }
}
