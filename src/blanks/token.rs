//! Blanks in a text, found before markdown reads it: `___`, `XX万元`, `20__年`, a lone space before a unit,
//! `[[name:type|hint]]`. Enters: text. Leaves: the byte ranges of blanks, in order and without overlap.

use super::BlankType;
use super::grammar::Grammar;
use super::line::{FoldedLine, prose_lines};
use crate::text::{Span, is_han};

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

/// Finds the blanks of a text. Code spans and fenced code have none.
pub fn find_blanks(text: &str, blanks: Blanks) -> Vec<Blank> {
    let mut found = Vec::new();
    if blanks == Blanks::None {
        return found;
    }
    for (start, line) in prose_lines(text) {
        if line.bytes().any(may_begin) || !line.is_ascii() {
            scan_line(&FoldedLine::read(line, start), blanks, &mut found);
        }
    }
    found
}

fn may_begin(byte: u8) -> bool {
    matches!(byte, b'_' | b'X' | b'x' | b'*' | b'[' | b' ')
}

/// The blanks of one line.
pub(super) fn scan_line(line: &FoldedLine, blanks: Blanks, found: &mut Vec<Blank>) {
    let scan = Scan {
        line,
        grammar: Grammar::get(),
        lone_asterisks: has_lone_asterisks(line),
    };
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut code = false;
    let mut at = 0;
    while at < line.raw.len() {
        code ^= line.raw[at] == '`';
        let (length, is_blank) = match (code, blanks) {
            (true, _) => (1, false),
            (false, Blanks::All) => scan.read_here(at),
            (false, _) => scan.read_line_blank(at),
        };
        if is_blank {
            runs.push((at, at + length));
        }
        at += length;
    }
    if blanks == Blanks::All {
        scan.drop_emphasis(&mut runs);
    }
    found.extend(runs.into_iter().map(|(start, end)| Blank {
        span: Span::new(line.offsets[start], line.offsets[end]),
        width: match line.raw[start] {
            '[' => 8,
            _ => ((end - start) * 2).clamp(4, 16),
        },
    }));
}

/// 占……的, in the sentence.
fn asks_for_share(before: &[char]) -> bool {
    let clause = before
        .iter()
        .rev()
        .take_while(|c| !matches!(c, ',' | '。' | ';'));
    clause.take(30).any(|&c| c == '占')
}

/// Whether `**` stands in a line an odd number of times, so that one of them emphasises nothing.
fn has_lone_asterisks(line: &FoldedLine) -> bool {
    let runs = line.raw.chunk_by(|a, b| a == b);
    runs.filter(|run| run[0] == '*' && run.len() >= 2).count() % 2 == 1
}

struct Scan<'a> {
    line: &'a FoldedLine,
    grammar: &'a Grammar,
    lone_asterisks: bool,
}

impl Scan<'_> {
    /// How many characters from here belong together, and whether they are a blank. A run is read once, whatever it
    /// is, so that a line takes time in proportion to its length.
    fn read_here(&self, at: usize) -> (usize, bool) {
        let raw = &self.line.raw;
        match self.line.folded[at] {
            '_' | 'x' | '*' | '×' | '○' | '◯' | '□' | '△' => self.read_run(at),
            '[' if raw.get(at + 1) == Some(&'[') => self.read_named(at),
            ' ' => self.read_spaces(at),
            _ => (1, false),
        }
    }

    fn run(&self, at: usize) -> usize {
        let folded = &self.line.folded;
        // x and X are two masks; the width of either is not.
        let is_upper = |c: char| matches!(c, 'X' | 'Ｘ');
        let case = is_upper(self.line.raw[at]);
        (at..folded.len())
            .take_while(|&i| folded[i] == folded[at] && is_upper(self.line.raw[i]) == case)
            .count()
    }

    fn read_run(&self, at: usize) -> (usize, bool) {
        let folded = &self.line.folded;
        let run = self.run(at);
        let before = self.before(at);
        let after = self.after(at + run);
        let of_year = self.is_year_prefix(at) && after == '年';
        let touches_word = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
        let touches_number = (before.is_ascii_digit() && !of_year) || after.is_ascii_digit();
        let known = || self.is_known(at, at + run);
        let is_blank = match folded[at] {
            '_' => !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric()),
            _ if touches_word || touches_number => false,
            'x' if of_year => true,
            'x' if self.line.raw[at] == 'x' || self.line.raw[at] == 'ｘ' => run >= 2,
            'x' => run >= 2 || known(),
            '*' if self.line.raw[at] == '＊' => run >= 2,
            '*' => run >= 2 && self.lone_asterisks && known(),
            '×' => run >= 2 || (known() && is_han(after)),
            _ => run >= 2 && known(),
        };
        (run, is_blank)
    }

    /// In a question's stem.
    fn read_line_blank(&self, at: usize) -> (usize, bool) {
        if self.line.raw[at] != '_' {
            return (1, false);
        }
        let run = self.run(at);
        let word =
            self.before(at).is_ascii_alphanumeric() && self.after(at + run).is_ascii_alphanumeric();
        (run, run >= 2 && !word)
    }

    /// `[[name:type|hint]]`, up to the next bracket; `[[…]](…)` is a link.
    fn read_named(&self, at: usize) -> (usize, bool) {
        let raw = &self.line.raw;
        let inner = raw[at + 2..].iter().take_while(|c| !matches!(c, '[' | ']'));
        let end = at + 2 + inner.count();
        let closes = raw.get(end) == Some(&']') && raw.get(end + 1) == Some(&']');
        if closes && end > at + 2 && raw.get(end + 2) != Some(&'(') {
            (end + 2 - at, true)
        } else {
            (2, false)
        }
    }

    /// Spaces where a figure stood.
    fn read_spaces(&self, at: usize) -> (usize, bool) {
        let run = self.run(at);
        let folded = &self.line.folded;
        let (before, after) = (&folded[..at], &folded[at + run..]);
        let Some(&last) = before.last() else {
            return (run, false);
        };
        if self.is_year_prefix(at) && after.first() == Some(&'年') {
            return (run, true);
        }
        if run > 10 || !is_han(last) || self.grammar.space_labels.ends(before).is_some() {
            return (run, false);
        }
        let is_after = |words: &super::grammar::SideWords| words.ends(before).is_some();
        let right = self
            .grammar
            .right_of(after)
            .filter(|right| right.is_unit && right.skipped == 0);
        let is_blank = match (right.and_then(|right| right.blank_type), after.first()) {
            (Some(BlankType::Money), _) => right.is_some_and(|right| right.length >= 2),
            (Some(BlankType::Percent), _) => true,
            (Some(BlankType::Integer), _) => is_after(&self.grammar.space_after),
            (_, Some('。' | ',' | ';')) => {
                is_after(&self.grammar.space_ends) && (last != '的' || asks_for_share(before))
            }
            _ => false,
        };
        (run, is_blank)
    }

    /// Whether the digits of a year's beginning stand before.
    fn is_year_prefix(&self, at: usize) -> bool {
        let digits = self.line.folded[..at]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_digit());
        let digits: String = digits.take(5).collect();
        matches!(digits.as_str(), "02" | "202" | "91" | "2")
    }

    /// Whether a neighbour says what belongs here.
    fn is_known(&self, start: usize, end: usize) -> bool {
        let folded = &self.line.folded;
        let right = self.grammar.right_of(&folded[end..]);
        right.is_some_and(|right| right.blank_type.is_some())
            || folded[..start].last() == Some(&'第')
            || self.grammar.left_of(&folded[..start]).is_some()
    }

    fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |at| self.line.folded[at])
    }

    fn after(&self, at: usize) -> char {
        self.line.folded.get(at).copied().unwrap_or('\n')
    }

    /// Takes out pairs of `_` that emphasise: both stand where CommonMark lets them, nothing beside them asks for a
    /// value, and the words between are a phrase.
    fn drop_emphasis(&self, runs: &mut Vec<(usize, usize)>) {
        let is_edge = |c: char| !c.is_alphanumeric();
        let mut kept = Vec::with_capacity(runs.len());
        let mut index = 0;
        while index < runs.len() {
            let open = runs[index];
            let Some(&close) = runs.get(index + 1) else {
                kept.push(open);
                break;
            };
            let length = open.1 - open.0;
            let inner = &self.line.folded[open.1..close.0];
            let pairs = self.line.raw[open.0] == '_'
                && self.line.raw[close.0] == '_'
                && length <= 3
                && length == close.1 - close.0
                && (1..=30).contains(&inner.len())
                && inner.iter().all(|&c| c.is_alphanumeric() || c == ' ')
                && inner.first() != Some(&' ')
                && inner.last() != Some(&' ')
                && is_edge(self.before(open.0))
                && is_edge(self.after(close.1))
                && !self.is_known(open.0, open.1)
                && !self.is_known(close.0, close.1);
            if pairs {
                index += 2;
            } else {
                kept.push(open);
                index += 1;
            }
        }
        *runs = kept;
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
        assert_eq!(blanks("不良贷款率为 。占比的 ，共 户"), [" ", " ", " "]);
        assert_eq!(
            blanks("存款[[deposits:money|万元]]，"),
            ["[[deposits:money|万元]]"]
        );
        assert_eq!(
            blanks("20xx年，20XX年，202_年，20  年"),
            ["xx", "XX", "_", "  "]
        );
        assert_eq!(
            blanks("××支行，＿＿分行，○○公司，＊＊集团，为**行效力"),
            ["××", "＿＿", "○○", "＊＊", "**"]
        );
        assert_eq!(blanks("___"), ["___"]);
    }

    #[test]
    fn what_is_no_blank_stays() {
        assert!(blanks("snake_case `__init__` EXIT MAX AXX").is_empty());
        assert!(blanks("普通 文字。单位 万元，X光，3×5，A 户").is_empty());
        assert!(blanks("138XXXX0000，62__34，138****0000，（ ）").is_empty());
        assert!(blanks("这是 __重点__，还有 _着重_。**银行**业").is_empty());
        assert!(find_blanks("XX万元", Blanks::Lines).is_empty());
        assert!(blanks("[[见附件]](附件.pdf) [[]] [[没写完").is_empty());
    }

    #[test]
    fn emphasis_does_not_hide_blanks() {
        assert_eq!(blanks("__支行和__分行"), ["__", "__"]);
        assert_eq!(blanks("方针是“____、____、____”"), ["____", "____", "____"]);
    }
}
