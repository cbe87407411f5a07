//! Lines of a source, cleaned. Enters: a text, or the paragraphs of a file. Leaves: lines whose words are readable, with
//! the width of what stood before them, and a list of everything that was left out or reads differently now.

use super::characters::{columns, is_blank, is_chinese, is_emoji};
use super::marks::Mark;
use super::model::{Format, Hints, NotTaken, Note, Outline, Paragraph, Place, Text};
use super::reasons::{NotTakenReason, NoteReason};
use crate::text::{Span, is_han};

/// A line of the source, cleaned.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// The words without blanks around them.
    pub(super) text: Text,
    /// Its number in the source, from 1.
    pub(super) number: u32,
    /// Columns of blanks before it.
    pub(super) indent: u32,
    /// Whether an empty line, or the border of a paragraph of a file, stands before it.
    pub(super) parted: bool,
    /// Columns of its words.
    pub(super) width: u32,
    /// What the file says of it.
    pub(super) hints: Hints,
    /// Bytes of the line as the source has it, for what stays as it is written.
    pub(super) raw: Span,
    /// Whether it stays as it is written.
    pub(super) verbatim: bool,
    /// Whether it was made of several lines.
    pub(super) joined: bool,
    /// The mark that it begins with.
    pub(super) mark: Option<Mark>,
    /// Whether the line it was cut from shows that it is a heading.
    pub(super) cut: Cut,
}

/// What the cutting of a line knows of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Cut {
    /// The line was not cut.
    #[default]
    Whole,
    /// A part.
    Part,
    /// A part that is a heading.
    Heading,
}

impl Line {
    /// The place of a range of its words.
    pub(super) fn place(&self, range: std::ops::Range<usize>) -> Place {
        Place {
            line: self.number,
            span: self.text.source(range),
        }
    }

    /// The place of all its words.
    pub(super) fn whole(&self) -> Place {
        self.place(0..self.text.words.len())
    }
}

/// The lines of a text.
pub(super) fn lines_of_text(text: &str, outline: &mut Outline) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 48);
    let mut cleaning = Cleaning {
        outline,
        parted: false,
        page_break: false,
    };
    let (mut start, mut number) = (0, 1);
    while start < text.len() {
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        cleaning.take(
            &text[start..end],
            start,
            number,
            Hints::default(),
            &mut lines,
        );
        start = end + 1;
        number += 1;
    }
    lines
}

/// The lines of a file's paragraphs.
pub(super) fn lines_of_paragraphs(paragraphs: &[Paragraph], outline: &mut Outline) -> Vec<Line> {
    let mut lines = Vec::with_capacity(paragraphs.len());
    let mut cleaning = Cleaning {
        outline,
        parted: false,
        page_break: false,
    };
    for paragraph in paragraphs {
        cleaning.parted = true;
        cleaning.page_break |= paragraph.hints.page_break;
        let mut start = paragraph.start as usize;
        for part in paragraph.text.split('\n') {
            cleaning.take(part, start, paragraph.line, paragraph.hints, &mut lines);
            start += part.len() + 1;
        }
    }
    lines
}

/// What is known while lines are cleaned.
struct Cleaning<'o> {
    outline: &'o mut Outline,
    parted: bool,
    page_break: bool,
}

const CONTROL: u8 = 1;
const BLANK: u8 = 2;
const UPPER: u8 = 4;
const PUNCTUATION: u8 = 8;
const RARE: u8 = 16;
const GENERAL: u8 = 32;
const SPECIAL: u8 = 64;

/// What each byte may begin: most lines hold nothing that has to be looked at character by character.
const BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte {
            0x09 | 0x20 => BLANK,
            0x00..0x20 | 0x7F => CONTROL,
            0x41..=0x5A => UPPER,
            0x21 | 0x28 | 0x2C | 0x3A | 0x3B | 0x3F => PUNCTUATION,
            0xC2 | 0xD8 | 0xE1 => RARE,
            0xE2 => GENERAL,
            0xEF => SPECIAL,
            _ => 0,
        };
        byte += 1;
    }
    table
};

impl Cleaning<'_> {
    /// Takes a raw line, which may hold breaks of other kinds.
    fn take(&mut self, raw: &str, start: usize, number: u32, hints: Hints, lines: &mut Vec<Line>) {
        self.outline.steps += raw.len() as u64;
        let flags = raw
            .bytes()
            .fold(0, |flags, byte| flags | BYTES[byte as usize]);
        if flags & CONTROL == 0 && !(flags & GENERAL != 0 && raw.contains(['\u{2028}', '\u{2029}']))
        {
            self.line(raw, start, number, hints, flags, lines);
            return;
        }
        let mut at = 0;
        for (index, sign) in raw.match_indices(['\r', '\u{B}', '\u{C}', '\u{2028}', '\u{2029}']) {
            self.line(&raw[at..index], start + at, number, hints, flags, lines);
            self.page_break |= sign == "\u{C}";
            at = index + sign.len();
        }
        if at < raw.len() {
            self.line(&raw[at..], start + at, number, hints, flags, lines);
        }
    }

    fn line(
        &mut self,
        raw: &str,
        start: usize,
        number: u32,
        hints: Hints,
        flags: u8,
        lines: &mut Vec<Line>,
    ) {
        let mut line = Line {
            number,
            hints,
            raw: Span::new(start, start + raw.len()),
            ..Line::default()
        };
        if may_need_cleaning(raw, flags) {
            self.clean(raw, start, &mut line);
        } else {
            let words = raw.trim_start_matches(is_blank);
            let lead = raw.len() - words.len();
            line.indent = raw[..lead].chars().map(columns).sum();
            self.leave_out(number, start, start + lead, NotTakenReason::Indentation);
            line.text
                .push(words.trim_end_matches(is_blank), offset(start + lead));
        }
        if line.text.is_empty() {
            self.parted = true;
            return;
        }
        line.indent += hints.indent;
        if line.width == 0 {
            line.width = width(&line.text.words);
        }
        line.parted = std::mem::take(&mut self.parted);
        line.hints.page_break = std::mem::take(&mut self.page_break);
        lines.push(line);
    }

    fn leave_out(&mut self, line: u32, start: usize, end: usize, reason: NotTakenReason) {
        if start < end {
            let span = Span::new(start, end);
            self.outline.not_taken.push(NotTaken {
                place: Place { line, span },
                reason,
            });
        }
    }

    fn note(&mut self, line: u32, start: usize, end: usize, reason: NoteReason) {
        let span = Span::new(start, end);
        self.outline.notes.push(Note {
            place: Place { line, span },
            reason,
        });
    }

    /// Cleans a line character by character.
    fn clean(&mut self, raw: &str, start: usize, line: &mut Line) {
        let units = self.visible(raw, start, line.number);
        let first = units
            .iter()
            .position(|unit| !is_blank(unit.c))
            .unwrap_or(units.len());
        let last = units
            .iter()
            .rposition(|unit| !is_blank(unit.c))
            .map_or(first, |at| at + 1);
        line.indent = units[..first].iter().map(|unit| columns(unit.c)).sum();
        if let (Some(from), Some(to)) = (units.first(), units.get(first.wrapping_sub(1))) {
            let to = start + to.at + to.c.len_utf8();
            self.leave_out(
                line.number,
                start + from.at,
                to,
                NotTakenReason::Indentation,
            );
        }
        let mut units = units[first..last].to_vec();
        // As it stood: what is closed up or made full-width below filled the line of a page as it was.
        line.width = units.iter().map(|unit| columns(unit.c)).sum();
        let spread = close_up(&mut units);
        // In a body the author's own signs stay, as everything stays that is markdown already.
        if self.outline.format == Format::Plain {
            widen(&mut units);
        }
        for unit in &units {
            let (from, to) = (start + unit.at, start + unit.at + unit.c.len_utf8());
            match unit.edit {
                Edit::Keep if unit.c == '\u{A0}' => {
                    line.text.push_changed(" ", Span::new(from, to));
                }
                Edit::Keep => line
                    .text
                    .push(&raw[unit.at..unit.at + unit.c.len_utf8()], offset(from)),
                Edit::Write(c) => line
                    .text
                    .push_changed(c.encode_utf8(&mut [0; 4]), Span::new(from, to)),
                Edit::Drop => self.leave_out(line.number, from, to, NotTakenReason::LetterSpacing),
            }
        }
        if let (Some(from), Some(to)) = (units.first(), units.last()) {
            let (from, to) = (start + from.at, start + to.at + to.c.len_utf8());
            if spread {
                self.note(line.number, from, to, NoteReason::Spread);
            }
        }
    }

    /// The characters that can be seen.
    fn visible(&mut self, raw: &str, start: usize, line: u32) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::with_capacity(raw.len() / 2);
        let mut hidden: Option<(usize, usize)> = None;
        for (at, c) in raw.char_indices() {
            let joins = c == '\u{200D}'
                && units
                    .last()
                    .is_some_and(|unit| is_emoji(unit.c) || unit.c == '\u{FE0F}');
            match hidden_reason(c).filter(|_| !joins) {
                Some(reason) => {
                    self.leave_out(line, start + at, start + at + c.len_utf8(), reason);
                    hidden = Some((hidden.map_or(at, |first| first.0), at + c.len_utf8()));
                }
                None => units.push(Unit {
                    c,
                    at,
                    edit: Edit::Keep,
                }),
            }
        }
        if let Some((from, to)) = hidden {
            self.note(line, start + from, start + to, NoteReason::HiddenCharacters);
        }
        units
    }
}

/// A visible character of a line.
#[derive(Clone, Copy)]
struct Unit {
    c: char,
    at: usize,
    edit: Edit,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edit {
    Keep,
    Write(char),
    Drop,
}

/// A place in the source as spans have it.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Columns of words, by the first bytes of their characters.
pub(super) fn width(words: &str) -> u32 {
    words
        .bytes()
        .map(|byte| u32::from(WIDTHS[byte as usize]))
        .sum()
}

/// Columns of the characters that each byte begins; the bytes behind the first one count for nothing.
const WIDTHS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte {
            0x09 => 4,
            0x20..0x7F | 0xC2..0xE3 => 1,
            0xE3..0xF5 => 2,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// Whether a line holds what the cleaning changes.
fn may_need_cleaning(raw: &str, flags: u8) -> bool {
    if flags & (CONTROL | RARE) != 0 || (flags & (GENERAL | SPECIAL) != 0 && may_be_hidden(raw)) {
        return true;
    }
    let words = raw.trim_start_matches(is_blank);
    let mut chars = words.chars();
    if chars.next().is_some_and(is_han) && chars.next().is_some_and(is_blank) {
        return true;
    }
    let bytes = raw.as_bytes();
    let beside_han = |pair: &[u8]| pair[0] >= 0x80 && BYTES[pair[1] as usize] == PUNCTUATION;
    if flags & PUNCTUATION != 0 && (words.starts_with('(') || bytes.windows(2).any(beside_han)) {
        return true;
    }
    let spread = |three: &[u8]| {
        three[1] == b' ' && three[0].is_ascii_uppercase() && three[2].is_ascii_uppercase()
    };
    flags & UPPER != 0 && flags & BLANK != 0 && bytes.windows(3).any(spread)
}

/// Whether a line may hold characters without a look of their own, by the bytes that these begin with.
fn may_be_hidden(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    memchr::memchr2_iter(0xE2, 0xEF, bytes).any(|at| match bytes.get(at..at + 3) {
        Some([0xE2, 0x80, last]) => matches!(last, 0x8B..=0x8F | 0xA8..=0xAE),
        Some([0xE2, 0x81, last]) => matches!(last, 0xA0..=0xA9),
        Some([0xEF, 0xBB, 0xBF]) => true,
        Some([0xEF, 0xBF, last]) => *last >= 0xB9,
        Some([0xEF, 0xB7, last]) => matches!(last, 0x90..=0xAF),
        _ => false,
    })
}

/// Why a character is not shown.
fn hidden_reason(c: char) -> Option<NotTakenReason> {
    match c {
        '\t' => None,
        '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{AD}' | '\u{180E}' => {
            Some(NotTakenReason::ZeroWidth)
        }
        '\u{FEFF}' => Some(NotTakenReason::ByteOrderMark),
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{61C}' => {
            Some(NotTakenReason::Direction)
        }
        '\u{0}'..='\u{1F}'
        | '\u{7F}'..='\u{9F}'
        | '\u{FFF9}'..='\u{FFFC}'
        | '\u{FFFE}'
        | '\u{FFFF}'
        | '\u{FDD0}'..='\u{FDEF}' => Some(NotTakenReason::Control),
        _ => None,
    }
}

/// Closes up `C R M` and 招 聘 启 事. Tells whether there was anything.
fn close_up(units: &mut [Unit]) -> bool {
    let capitals = close_capitals(units);
    close_han(units) || capitals
}

fn close_capitals(units: &mut [Unit]) -> bool {
    let mut found = false;
    let mut at = 0;
    while at < units.len() {
        if !units[at].c.is_ascii_uppercase() {
            at += 1;
            continue;
        }
        let mut end = at;
        while end + 2 < units.len()
            && matches!(units[end + 1].c, ' ' | '\u{A0}')
            && units[end + 2].c.is_ascii_uppercase()
        {
            end += 2;
        }
        let letter = |index: Option<usize>| {
            index
                .and_then(|index| units.get(index))
                .is_some_and(|unit| unit.c.is_ascii_alphanumeric())
        };
        let blank = |index: Option<usize>| {
            index
                .and_then(|index| units.get(index))
                .is_some_and(|unit| is_blank(unit.c))
        };
        let before =
            letter(at.checked_sub(1)) || (blank(at.checked_sub(1)) && letter(at.checked_sub(2)));
        let after = letter(Some(end + 1)) || (blank(Some(end + 1)) && letter(Some(end + 2)));
        if end > at && !before && !after {
            for unit in units[at..end].iter_mut().skip(1).step_by(2) {
                unit.edit = Edit::Drop;
            }
            found = true;
        }
        at = end + 1;
    }
    found
}

/// Closes up single Han characters that fill a line, or the name before a colon.
fn close_han(units: &mut [Unit]) -> bool {
    let (mut count, mut blanks, mut at) = (0, 0, 0);
    while at < units.len() && is_han(units[at].c) {
        count += 1;
        at += 1;
        let gap = units[at..]
            .iter()
            .take_while(|unit| is_blank(unit.c))
            .count();
        if gap == 0 {
            break;
        }
        blanks += gap;
        at += gap;
    }
    let ends = units
        .get(at)
        .is_none_or(|unit| matches!(unit.c, '：' | ':'));
    if !ends || count < 2 || blanks < count - 1 || count > 20 {
        return false;
    }
    for unit in units[..at].iter_mut().filter(|unit| is_blank(unit.c)) {
        unit.edit = Edit::Drop;
    }
    true
}

/// Makes punctuation between Chinese characters full-width.
fn widen(units: &mut [Unit]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..units.len() {
        let c = units[at].c;
        let wide = match c {
            ',' => '，',
            ':' => '：',
            ';' => '；',
            '?' => '？',
            '!' => '！',
            '(' => {
                open.push(at);
                continue;
            }
            ')' => {
                if let Some(from) = open.pop()
                    && encloses_chinese(units, from, at)
                {
                    units[from].edit = Edit::Write('（');
                    units[at].edit = Edit::Write('）');
                }
                continue;
            }
            _ => continue,
        };
        let before = at
            .checked_sub(1)
            .is_some_and(|index| is_chinese(units[index].c));
        let next = units[at + 1..].iter().find(|unit| !is_blank(unit.c));
        if before && next.is_none_or(|unit| is_chinese(unit.c)) {
            units[at].edit = Edit::Write(wide);
        }
    }
}

/// Whether half-width brackets hold Chinese words and stand beside them.
fn encloses_chinese(units: &[Unit], from: usize, to: usize) -> bool {
    let inside = |index: usize| units.get(index).is_some_and(|unit| is_chinese(unit.c));
    let before = from == 0
        || units[..from]
            .last()
            .is_some_and(|unit| is_chinese(unit.c) || is_blank(unit.c));
    let after = to + 1 == units.len()
        || units.get(to + 1).is_some_and(|unit| {
            is_chinese(unit.c) || is_blank(unit.c) || unit.c.is_ascii_punctuation()
        });
    to > from + 1 && (inside(from + 1) || inside(to - 1)) && before && after
}

/// The lines of a body: what is markdown already stays as it is written.
pub(super) fn lines_of_markdown(text: &str, outline: &mut Outline) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut cleaning = Cleaning {
        outline,
        parted: false,
        page_break: false,
    };
    let mut fence: Option<(char, usize)> = None;
    let mut comment = false;
    let (mut start, mut number) = (0, 1);
    for raw in text.split_inclusive('\n') {
        let line = raw.trim_end_matches(['\n', '\r']);
        let trimmed = line.trim_start_matches(' ');
        let sign = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'));
        let count = sign.map_or(0, |sign| trimmed.chars().take_while(|c| *c == sign).count());
        let was_open = fence.is_some() || comment;
        match (fence, sign) {
            (Some((open, least)), Some(sign))
                if sign == open
                    && count >= least
                    && trimmed.trim_end().chars().all(|c| c == sign) =>
            {
                fence = None;
            }
            (None, Some(sign)) if count >= 3 && !comment => fence = Some((sign, count)),
            _ => {}
        }
        if fence.is_none() {
            comment = (comment || trimmed.starts_with("<!--")) && !trimmed.contains("-->");
        }
        if was_open || fence.is_some() || comment || is_markdown(trimmed) {
            let mut own = Line {
                number,
                parted: std::mem::take(&mut cleaning.parted),
                verbatim: true,
                raw: Span::new(start, start + line.len()),
                ..Line::default()
            };
            own.text.push(line, offset(start));
            lines.push(own);
        } else {
            cleaning.take(line, start, number, Hints::default(), &mut lines);
        }
        start += raw.len();
        number += 1;
    }
    lines
}

/// Whether a line is markdown that is neither a heading nor an item: a table, a quotation, a picture, HTML, a rule.
fn is_markdown(line: &str) -> bool {
    let rule = |sign: char| {
        line.chars().filter(|c| *c == sign).count() >= 3
            && line.chars().all(|c| c == sign || c == ' ')
    };
    line.starts_with(['|', '>', '<'])
        || line.starts_with("![")
        || line.starts_with("[^")
        || rule('-')
        || rule('*')
        || rule('_')
        || (line.starts_with('[') && line.contains("]:"))
}
