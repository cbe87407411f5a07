//! The line scanner: follows YAML's block structure closely enough to know which lines are keys. Enters: a YAML block.
//! Leaves: edits, in order. Every line is read once.

use super::{Typo, TypoEdit};
use crate::yaml::Keys;

/// The most characters that a key has.
const MAX_KEY: usize = 30;

/// The value or block that the previous line leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenValue {
    /// Nothing: the next line is a key or an item.
    Nothing,
    /// A plain value of a key or item in this column; deeper lines go on with it.
    Plain(usize),
    /// A block value (`|` or `>`) of a key or item in this column.
    Block(usize),
    /// A quotation, by its mark.
    Quote(char),
    /// Flow lists or maps, with their depth, perhaps inside a quotation.
    Flow(usize, Option<char>),
}

/// A key or an item whose value the lines below may be.
#[derive(Debug)]
struct Above<'t> {
    column: usize,
    /// The key; nothing for an item.
    key: Option<&'t str>,
}

/// Walks a block line by line.
pub(super) struct Scanner<'t> {
    text: &'t str,
    keys: &'t dyn Keys,
    edits: Vec<TypoEdit>,
    above: Vec<Above<'t>>,
    open: OpenValue,
    /// Where the value begins that holds the last flow list or map.
    flow: usize,
    tabs_indent: bool,
}

/// Where a key ends and how.
struct Colon {
    at: usize,
    typo: Option<Typo>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, keys: &'t dyn Keys) -> Scanner<'t> {
        // Where spaces indent too, the width of a tab is unknown.
        let spaces = text
            .lines()
            .any(|line| line.starts_with(' ') && !line.trim().is_empty());
        Scanner {
            text,
            keys,
            edits: Vec::new(),
            above: Vec::new(),
            open: OpenValue::Nothing,
            flow: 0,
            tabs_indent: !spaces,
        }
    }

    pub(super) fn scan(mut self) -> Vec<TypoEdit> {
        self.take_lines();
        self.edits
    }

    /// The outermost bracket that the block leaves open.
    pub(super) fn open_bracket(mut self) -> Option<usize> {
        self.take_lines();
        match self.open {
            OpenValue::Flow(_, None) => {
                let bracket = self.text[self.flow..].find(['[', '{'])?;
                Some(self.flow + bracket)
            }
            _ => None,
        }
    }

    fn take_lines(&mut self) {
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let end = start + line.trim_end_matches(['\n', '\r']).len();
            self.take_line(start, end);
            start += line.len();
        }
    }

    fn take_line(&mut self, start: usize, end: usize) {
        let line = &self.text[start..end];
        match self.open {
            OpenValue::Quote(mark) => return self.open = after_quote(line, mark),
            OpenValue::Flow(depth, quote) => return self.open = after_flow(line, depth, quote),
            _ => {}
        }
        let content = line.trim_start_matches(is_space);
        let indent = &line[..line.len() - content.len()];
        let column = width(indent);
        let spaces = indent.len() - indent.trim_start_matches(' ').len();
        let body = start + indent.len();
        match self.open {
            // Blank lines belong to what is open.
            OpenValue::Plain(owner) | OpenValue::Block(owner)
                if column > owner || content.is_empty() =>
            {
                if spaces <= owner && !indent.contains('\t') {
                    self.straighten(start, body);
                }
                return;
            }
            _ => self.open = OpenValue::Nothing,
        }
        if content.is_empty() || content.starts_with('#') {
            self.straighten(start, body);
            return;
        }
        if column == 0 && (content.starts_with("---") || content.starts_with("...")) {
            self.above.clear();
            return;
        }
        if indent.contains('\t') && !(self.tabs_indent && indent.chars().all(|c| c == '\t')) {
            return;
        }
        self.straighten(start, body);
        self.take_items(body, end, column);
    }

    /// Replaces other spaces by ordinary ones; a tab becomes two.
    fn straighten(&mut self, start: usize, end: usize) {
        let run = &self.text[start..end];
        let typo = match run {
            run if run.contains(['\u{3000}', '\u{A0}']) => Typo::FullWidthSpace,
            run if run.contains('\t') && self.tabs_indent => Typo::Tab,
            _ => return,
        };
        self.edits.push(TypoEdit {
            typo,
            marked: start..end,
            range: start..end,
            with: " ".repeat(width(run)),
        });
    }

    /// Takes the hyphens of list items, then what follows them.
    fn take_items(&mut self, mut at: usize, end: usize, mut column: usize) {
        let mut item = None;
        loop {
            let rest = &self.text[at..end];
            let Some(after) = rest.strip_prefix('-') else {
                break;
            };
            let content = after.trim_start_matches(is_space);
            let gap = &after[..after.len() - content.len()];
            if gap.is_empty() && !content.is_empty() {
                break;
            }
            // A list may begin in the column of its key.
            while self.above.last().is_some_and(|above| {
                above.column > column || (above.column == column && above.key.is_none())
            }) {
                self.above.pop();
            }
            self.above.push(Above { column, key: None });
            item = Some(column);
            if gap.contains(['\u{3000}', '\u{A0}']) {
                self.straighten(at + 1, at + 1 + gap.len());
            }
            at += 1 + gap.len();
            column += 1 + width(gap);
        }
        if at < end {
            self.take_entry(at, end, column, item);
        }
    }

    /// Reads a key with its value, or a value without a key.
    fn take_entry(&mut self, at: usize, end: usize, column: usize, item: Option<usize>) {
        while self
            .above
            .last()
            .is_some_and(|above| above.column >= column)
        {
            self.above.pop();
        }
        let rest = &self.text[at..end];
        let first = rest.chars().next().unwrap_or(' ');
        if matches!(first, '&' | '!' | '*' | '?' | '@' | '`' | '%' | '#') {
            return;
        }
        let Some(colon) = self.find_colon(rest, item.is_some()) else {
            let owner = item.or(self.above.last().map(|above| above.column));
            self.open = value_opens(rest, owner.unwrap_or(0));
            self.flow = at;
            return;
        };
        let key = rest[..colon.at].trim().trim_matches(['"', '\'']);
        let mark = rest[colon.at..].chars().next().map_or(1, char::len_utf8);
        let after = &rest[colon.at + mark..];
        let value = after.trim_start_matches(is_space);
        let gap = after.len() - value.len();
        let odd_gap = after[..gap].contains(['\u{3000}', '\u{A0}']);
        if let Some(typo) = colon.typo.or(odd_gap.then_some(Typo::FullWidthSpace)) {
            let start = at + colon.at;
            let marked = match typo {
                Typo::FullWidthSpace => start + mark..start + mark + gap,
                _ => start..start + mark,
            };
            self.edits.push(TypoEdit {
                typo,
                marked,
                range: start..start + mark + gap,
                with: if value.is_empty() { ":" } else { ": " }.to_owned(),
            });
        }
        self.above.push(Above {
            column,
            key: Some(key),
        });
        self.open = value_opens(value, column);
        self.flow = end - value.len();
    }

    /// Finds the colon that ends a key. A colon that YAML accepts wins over a typo before it.
    fn find_colon(&self, rest: &str, is_item: bool) -> Option<Colon> {
        let quoted = match rest.chars().next() {
            Some(mark @ ('"' | '\'')) => 1 + quote_end(&rest[1..], mark)?,
            Some('[' | '{') => return None,
            _ => 0,
        };
        let mut typo: Option<Colon> = None;
        let mut previous = ' ';
        for (at, c) in rest.char_indices().skip_while(|(at, _)| *at < quoted) {
            let next = rest[at + c.len_utf8()..].chars().next();
            match c {
                ':' if matches!(next, None | Some(' ' | '\t')) => {
                    return Some(Colon { at, typo: None });
                }
                ':' | '：' if typo.is_none() => {
                    let address = rest[at..].starts_with("://");
                    let time = c == ':'
                        && previous.is_ascii_digit()
                        && next.is_some_and(|c| c.is_ascii_digit());
                    let kind = match (c, next) {
                        ('：', _) => Typo::FullWidthColon,
                        (_, Some('\u{3000}' | '\u{A0}')) => Typo::FullWidthSpace,
                        _ => Typo::MissingSpace,
                    };
                    if !address && !time {
                        typo = Some(Colon {
                            at,
                            typo: Some(kind),
                        });
                    }
                }
                '#' if previous == ' ' && at > 0 => break,
                _ => {}
            }
            if quoted > 0 && !is_space(c) {
                break;
            }
            previous = c;
        }
        typo.filter(|colon| self.is_key(&rest[..colon.at], is_item))
    }

    /// Whether the words before a colon that YAML does not know are a key at their place.
    fn is_key(&self, words: &str, is_item: bool) -> bool {
        let words = words.trim().trim_matches(['"', '\'']);
        let plausible = !words.is_empty()
            && words.chars().count() <= MAX_KEY
            && !words.contains([
                '，', '。', '；', '！', '？', '“', '”', '"', '\'', ',', '[', ']', '{', '}',
            ]);
        if !plausible {
            return false;
        }
        let path: Vec<&str> = self.above.iter().filter_map(|above| above.key).collect();
        path.is_empty() || self.keys.has_entry(&path, words, is_item)
    }
}

/// The part of a value that is still open at the end of its first line.
fn value_opens(value: &str, owner: usize) -> OpenValue {
    let mut value = value;
    while value.starts_with(['&', '!']) {
        let token = value.find(' ').unwrap_or(value.len());
        value = value[token..].trim_start();
    }
    match value.chars().next() {
        None | Some('#') => OpenValue::Nothing,
        Some('|' | '>') => OpenValue::Block(owner),
        Some(mark @ ('"' | '\'')) => after_quote(&value[1..], mark),
        Some('[' | '{') => after_flow(value, 0, None),
        Some(_) => OpenValue::Plain(owner),
    }
}

fn after_quote(line: &str, mark: char) -> OpenValue {
    match quote_end(line, mark) {
        Some(_) => OpenValue::Nothing,
        None => OpenValue::Quote(mark),
    }
}

/// Spaces that people take for indentation.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{A0}')
}

/// Columns that a run of spaces takes: an ideographic one and a tab take two.
fn width(run: &str) -> usize {
    run.chars()
        .map(|c| match c {
            '\u{3000}' | '\t' => 2,
            _ => 1,
        })
        .sum()
}

/// The byte after the mark that closes a quotation, where the line holds it.
fn quote_end(line: &str, mark: char) -> Option<usize> {
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if mark == '"' => {
                chars.next();
            }
            c if c == mark => match (mark, chars.peek()) {
                ('\'', Some((_, '\''))) => {
                    chars.next();
                }
                _ => return Some(at + 1),
            },
            _ => {}
        }
    }
    None
}

/// Follows the brackets of flow lists and maps through a line.
#[expect(
    clippy::match_same_arms,
    reason = "inside a quotation nothing else counts, so its arm stands before the others"
)]
fn after_flow(line: &str, mut depth: usize, mut quote: Option<char>) -> OpenValue {
    let mut chars = line.chars();
    let mut previous = ' ';
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some('"'), '\\') => {
                chars.next();
            }
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(previous, ' ' | ',' | '[' | '{' | ':' | '\'') => {
                quote = Some(c);
            }
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return OpenValue::Nothing;
                }
            }
            (None, '#') if previous == ' ' => break,
            _ => {}
        }
        previous = c;
    }
    OpenValue::Flow(depth, quote)
}
