//! Blanks in reports, found before markdown reads the text: `___`, `XX万元`, `20__年`, a lone space before a unit,
//! `[[name:type|hint]]`. Enters: text. Leaves: the byte ranges of blanks, in order.

use crate::source::Span;

/// Which blanks a body has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    /// None: the body is plain markdown.
    None,
    /// Only runs of two or more `_`, as in a question's stem.
    Lines,
    /// Every spelling.
    All,
}

/// One blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blank {
    /// Its bytes in the text.
    pub span: Span,
    /// How wide it prints, in cells.
    pub width: usize,
}

/// Words before a lone space that make it a blank: the space stands where a figure was.
const METRIC_WORDS: &[char] = &[
    '为', '為', '达', '達', '增', '降', '共', '近', '的', '利', '润', '潤', '收', '入', '债', '債',
    '险', '險',
];
/// Units after a lone space that make it a blank.
const UNITS: &[&str] = &[
    "万元",
    "萬元",
    "亿元",
    "億元",
    "万美元",
    "萬美元",
    "户",
    "戶",
    "笔",
    "筆",
    "个百分点",
];

/// Finds the blanks of a text, in order and without overlap. Code spans and fenced code have none.
pub fn find_blanks(text: &str, blanks: Blanks) -> Vec<Blank> {
    let mut found = Vec::new();
    if blanks == Blanks::None {
        return found;
    }
    let mut fenced = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
        } else if !fenced {
            scan_line(line, at, blanks, &mut found);
        }
        at += line.len();
    }
    found
}

fn scan_line(line: &str, base: usize, blanks: Blanks, found: &mut Vec<Blank>) {
    let mut code = false;
    let mut before = '\n';
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        if c == '`' {
            code = !code;
        }
        let (length, is_blank) = match code {
            true => (c.len_utf8(), false),
            false => read_here(line, at, before, blanks),
        };
        if is_blank {
            found.push(Blank {
                span: Span::new(base + at, base + at + length),
                width: printed_width(&line[at..at + length]),
            });
        }
        at += length;
        before = line[..at].chars().last().unwrap_or(' ');
    }
}

/// How many bytes from here belong together, and whether they are a blank. A run is read once, whatever it is,
/// so that a line takes time in proportion to its length.
fn read_here(line: &str, at: usize, before: char, blanks: Blanks) -> (usize, bool) {
    let rest = &line[at..];
    let Some(first) = rest.chars().next() else {
        return (1, false);
    };
    let count = match first {
        '_' | 'X' | 'Ｘ' | 'x' | '＊' => rest.chars().take_while(|&c| c == first).count(),
        _ => 1,
    };
    let run = count * first.len_utf8();
    let after = rest[run..].chars().next().unwrap_or('\n');
    if first == '_' {
        let between_words = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
        let enough = count >= 2 || blanks == Blanks::All;
        return (run, enough && !between_words);
    }
    let one = first.len_utf8();
    if blanks == Blanks::Lines {
        return (one, false);
    }
    let least = match first {
        'X' | 'Ｘ' => 1,
        'x' | '＊' => 2,
        '[' if rest.starts_with("[[") => return read_named(rest),
        ' ' if METRIC_WORDS.contains(&before) => {
            let next = &rest[1..];
            return (
                1,
                next.starts_with('。') || UNITS.iter().any(|unit| next.starts_with(unit)),
            );
        }
        _ => return (one, false),
    };
    let year = line[..at].ends_with("20") && after == '年';
    let touches_words = before.is_ascii_alphabetic()
        || after.is_ascii_alphabetic()
        || (before.is_ascii_digit() && !year);
    (run, count >= least && !touches_words)
}

/// `[[name:type|hint]]`, up to the next bracket.
fn read_named(rest: &str) -> (usize, bool) {
    let inner = &rest[2..];
    match inner.find(['[', ']', '\n']) {
        Some(end) if end > 0 && inner[end..].starts_with("]]") => (end + 4, true),
        _ => (2, false),
    }
}

fn printed_width(text: &str) -> usize {
    match text.starts_with("[[") {
        true => 8,
        false => (text.chars().count() * 2).clamp(4, 16),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanks(text: &str) -> Vec<&str> {
        find_blanks(text, Blanks::All)
            .into_iter()
            .map(|blank| &text[blank.span.range()])
            .collect()
    }

    #[test]
    fn every_spelling_is_found() {
        assert_eq!(blanks("__年上半年，我行存款__万元"), ["__", "__"]);
        assert_eq!(blanks("20__年，余额XXX亿元，第X位"), ["__", "XXX", "X"]);
        assert_eq!(blanks("实现经营利润 万元"), [" "]);
        assert_eq!(
            blanks("存款[[deposits:money|万元]]，"),
            ["[[deposits:money|万元]]"]
        );
        assert_eq!(blanks("20xx年，20XX年"), ["xx", "XX"]);
    }

    #[test]
    fn words_code_and_numbering_stay() {
        assert!(blanks("snake_case `__init__` EXIT MAX AXX").is_empty());
        assert!(blanks("普通 文字。").is_empty());
        assert!(find_blanks("XX万元", Blanks::Lines).is_empty());
    }
}
