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
        let length = match code {
            true => 0,
            false => blank_length(line, at, before, blanks),
        };
        if length > 0 {
            found.push(Blank {
                span: Span::new(base + at, base + at + length),
                width: printed_width(&line[at..at + length]),
            });
            before = line[..at + length].chars().last().unwrap_or(' ');
            at += length;
        } else {
            before = c;
            at += c.len_utf8();
        }
    }
}

/// How many bytes from here are a blank; 0 for none.
fn blank_length(line: &str, at: usize, before: char, blanks: Blanks) -> usize {
    let rest = &line[at..];
    let run = |mark: char| rest.chars().take_while(|&c| c == mark).count();
    let after = |bytes: usize| rest[bytes..].chars().next().unwrap_or('\n');
    let lines = run('_');
    if lines >= 2 || (lines == 1 && blanks == Blanks::All) {
        let between_words = before.is_ascii_alphanumeric() && after(lines).is_ascii_alphanumeric();
        return if between_words { 0 } else { lines };
    }
    if blanks == Blanks::Lines {
        return 0;
    }
    if let Some(inner) = rest.strip_prefix("[[")
        && let Some(end) = inner.find("]]")
        && !inner[..end].contains(['\n', '['])
        && end > 0
    {
        return end + 4;
    }
    for (mark, least) in [('X', 1), ('x', 2), ('＊', 2), ('Ｘ', 1)] {
        let count = run(mark);
        let bytes = count * mark.len_utf8();
        let latin_before = before.is_ascii_alphabetic();
        let year = mark == 'x' && line[..at].ends_with("20") && after(bytes) == '年';
        if count >= least
            && !latin_before
            && !after(bytes).is_ascii_alphabetic()
            && (year || !before.is_ascii_digit())
        {
            return bytes;
        }
    }
    match rest.strip_prefix(' ') {
        Some(next) if METRIC_WORDS.contains(&before) => {
            let unit_follows = UNITS.iter().any(|unit| next.starts_with(unit));
            usize::from(unit_follows || next.starts_with('。'))
        }
        _ => 0,
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
        assert_eq!(blanks("20xx年"), ["xx"]);
    }

    #[test]
    fn words_code_and_numbering_stay() {
        assert!(blanks("snake_case `__init__` EXIT MAX AXX").is_empty());
        assert!(blanks("普通 文字。").is_empty());
        assert!(find_blanks("XX万元", Blanks::Lines).is_empty());
    }
}
