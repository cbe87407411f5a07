//! The outline is put together. Enters: lines with their roles. Leaves: blocks with levels, depths and numbers, and what
//! the blocks do not hold, each with its place.

use super::characters::is_blank;
use super::marks::Class;
use super::model::{Block, Format, Kind, MarkRead, NotTaken, Note, Outline, Place, Text};
use super::reasons::{NotTakenReason, NoteReason, Reason};
use super::structure::{Entry, Role, beside_known};
use crate::text::Span;

/// Puts the blocks together.
pub(super) fn build(entries: Vec<Entry>, outline: &mut Outline) {
    let beside = beside_known(&entries);
    let mut levels = Levels {
        open: Vec::new(),
        beside,
        has_content: false,
    };
    let mut lists = Lists {
        open: Vec::new(),
        by_indent: outline.format == Format::Markdown,
    };
    outline.blocks.reserve(entries.len());
    for mut entry in entries {
        outline.steps += 1;
        levels.has_content |= matches!(entry.role, Role::Item | Role::Paragraph | Role::Cell);
        let block = match entry.role {
            Role::Heading => {
                lists.open.clear();
                heading(&entry, levels.level(entry.class), outline)
            }
            Role::Item => item(&mut entry, &mut lists, outline),
            Role::Label { key, value } => {
                lists.open.clear();
                labelled(&entry, key, value, outline)
            }
            Role::Verbatim => {
                lists.open.clear();
                if let Some(last) = outline.blocks.last_mut()
                    && last.kind == Kind::Verbatim
                    && !entry.line.parted
                {
                    let end = last.place.span.end as usize;
                    last.text.push_changed("\n", Span::new(end, end + 1));
                    last.text.append(&entry.line.text);
                    last.place.span.end = entry.line.raw.end;
                    continue;
                }
                plain(&mut entry, Kind::Verbatim)
            }
            Role::Title => titled(&mut entry, outline),
            Role::Paragraph => {
                lists.open.clear();
                plain(&mut entry, Kind::Paragraph)
            }
            Role::Cell => {
                lists.open.clear();
                let kind = entry.line.hints.cell.map_or(Kind::Paragraph, Kind::Cell);
                plain(&mut entry, kind)
            }
        };
        outline.blocks.push(block);
    }
    outline
        .not_taken
        .sort_by_key(|left| (left.place.span.start, left.place.span.end));
    outline
        .notes
        .sort_by_key(|note| (note.place.span.start, note.place.span.end));
}

/// Levels of headings: a stack of the kinds that are open.
struct Levels {
    open: Vec<Class>,
    beside: Option<Class>,
    /// Whether words stand below the last heading.
    has_content: bool,
}

impl Levels {
    fn level(&mut self, class: Option<Class>) -> u8 {
        let has_content = std::mem::take(&mut self.has_content);
        let Some(class) = class else { return 1 };
        let class = match (class, self.beside) {
            (Class::Free(0), Some(beside)) => beside,
            (class, _) => class,
        };
        let is_numbered = |class: &Class| class.is_numeric() || matches!(class, Class::Word(..));
        if has_content
            && matches!(class, Class::Free(_))
            && !self.open.contains(&class)
            && let Some(at) = self.open.iter().position(is_numbered)
        {
            // The section above has words of its own: a heading without a number stands beside it and not in it.
            self.open.truncate(at + 1);
            return u8::try_from(at + 1).unwrap_or(u8::MAX);
        }
        if let Some(at) = self.open.iter().position(|&open| open == class) {
            self.open.truncate(at + 1);
        } else {
            let is_free = matches!(class, Class::Free(_));
            while self
                .open
                .last()
                .is_some_and(|&top| !is_free && !matches!(top, Class::Free(_)) && top > class)
            {
                self.open.pop();
            }
            self.open.push(class);
        }
        u8::try_from(self.open.len()).unwrap_or(u8::MAX)
    }
}

/// An open list.
struct OpenList {
    class: Class,
    indent: u32,
    number: u32,
    typed: u32,
    /// Whether the last item introduces what follows.
    introduces: bool,
}

/// Open lists, the outermost first.
struct Lists {
    open: Vec<OpenList>,
    by_indent: bool,
}

/// The deepest list that is kept apart.
const DEEPEST: usize = 8;

impl Lists {
    /// The depth of an item, and whether a list begins with it.
    fn place(&mut self, class: Class, indent: u32, typed: Option<u32>) -> (usize, bool) {
        if self.by_indent {
            return self.place_by_indent(class, indent);
        }
        if let Class::Word(_, level) = class {
            return self.place_by_indent(class, u32::from(level) * 2);
        }
        if let Some(at) = self.open.iter().rposition(|open| open.class == class) {
            let restarts = typed == Some(1) && self.open[at].typed >= 1 && class.is_numeric();
            self.open.truncate(at + 1);
            return (at, restarts);
        }
        let nests = |top: &OpenList| {
            let below = !class.is_bullet() && !top.class.is_bullet() && top.class < class;
            top.introduces
                || below
                || (class.is_bullet() && top.class.is_bullet() && indent > top.indent + 1)
        };
        while self.open.last().is_some_and(|top| !nests(top)) || self.open.len() > DEEPEST {
            self.open.pop();
        }
        self.begin(class, indent)
    }

    /// Begins a list inside those that are open. Returns its place, and that an item begins it.
    fn begin(&mut self, class: Class, indent: u32) -> (usize, bool) {
        self.open.push(OpenList {
            class,
            indent,
            number: 0,
            typed: 0,
            introduces: false,
        });
        (self.open.len() - 1, true)
    }

    fn place_by_indent(&mut self, class: Class, indent: u32) -> (usize, bool) {
        while self.open.last().is_some_and(|top| top.indent > indent + 1) {
            self.open.pop();
        }
        let same =
            |a: Class, b: Class| a == b || matches!((a, b), (Class::Word(..), Class::Word(..)));
        match self.open.last() {
            Some(top) if indent > top.indent + 1 && self.open.len() <= DEEPEST => {}
            Some(top) if same(top.class, class) => return (self.open.len() - 1, false),
            Some(_) => {
                self.open.pop();
            }
            None => {}
        }
        self.begin(class, indent)
    }
}

/// A block of a kind with all words of its line.
fn plain(entry: &mut Entry, kind: Kind) -> Block {
    let kept = match entry.reason {
        Reason::Clause | Reason::Reference => entry.mark_length(),
        _ => 0,
    };
    let mark = (kept > 0).then(|| mark_read(entry, kept));
    let place = entry.line.whole();
    Block {
        kind,
        text: std::mem::take(&mut entry.line.text),
        place,
        mark,
        reason: entry.reason,
        page_break: entry.line.hints.page_break,
    }
}

fn mark_read(entry: &Entry, kept: usize) -> MarkRead {
    MarkRead {
        place: entry.line.place(0..entry.mark_length()),
        number: entry.line.mark.and_then(|mark| mark.number),
        kept: u32::try_from(kept).unwrap_or(0),
    }
}

/// Notes a part of a line that is in no block.
fn leave(
    entry: &Entry,
    range: std::ops::Range<usize>,
    reason: NotTakenReason,
    outline: &mut Outline,
) {
    let words = entry.line.text.words.get(range.clone()).unwrap_or("");
    if !words.trim_matches(is_blank).is_empty() {
        outline.not_taken.push(NotTaken {
            place: entry.line.place(range),
            reason,
        });
    }
}

fn heading(entry: &Entry, level: u8, outline: &mut Outline) -> Block {
    let words = &entry.line.text.words;
    let (from, to) = entry.inner;
    let length = entry.mark_length();
    let numbered = length > 0
        && entry
            .class
            .is_some_and(|class| !matches!(class, Class::Hash(_) | Class::Free(_)))
        && entry.line.mark.is_some_and(|mark| !mark.class.is_bullet());
    leave(entry, length..from, NotTakenReason::Decoration, outline);
    let end = words[to..].trim_end_matches(is_blank);
    let colon = end.trim_end_matches(['：', ':']).len();
    leave(entry, to..to + colon, NotTakenReason::Decoration, outline);
    leave(
        entry,
        to + colon..to + end.len(),
        NotTakenReason::HeadingColon,
        outline,
    );
    let text = if numbered && length == from {
        entry.line.text.slice(0..to)
    } else if numbered {
        let mut text = entry.line.text.slice(0..length);
        text.append(&entry.line.text.slice(from..to));
        text
    } else {
        leave(entry, 0..length, NotTakenReason::HeadingMark, outline);
        entry.line.text.slice(from..to)
    };
    Block {
        kind: Kind::Heading { level },
        text,
        place: entry.line.whole(),
        mark: (length > 0).then(|| mark_read(entry, if numbered { length } else { 0 })),
        reason: entry.reason,
        page_break: entry.line.hints.page_break,
    }
}

fn titled(entry: &mut Entry, outline: &mut Outline) -> Block {
    leave(
        entry,
        0..entry.inner.0,
        NotTakenReason::HeadingMark,
        outline,
    );
    let mut block = plain(entry, Kind::Title);
    block.text = block.text.from(entry.inner.0);
    block
}

fn item(entry: &mut Entry, lists: &mut Lists, outline: &mut Outline) -> Block {
    let class = entry.class.unwrap_or(Class::Dash('-'));
    let hint = entry.line.hints.list;
    let typed = entry
        .line
        .mark
        .and_then(|mark| mark.number)
        .or(hint.and_then(|list| list.number));
    let ordered = class.is_numeric() || hint.is_some_and(|list| list.ordered);
    let (depth, mut starts) = lists.place(class, entry.line.indent, typed);
    let lettered = entry.reason == Reason::LetteredItem;
    let from = if lettered { 0 } else { entry.inner.0 };
    let place = entry.line.whole();
    let Some(list) = lists.open.get_mut(depth) else {
        return plain(entry, Kind::Paragraph);
    };
    let old = list.typed;
    if starts {
        list.number = typed.unwrap_or(1).max(1);
        if old > 1 {
            note(outline, place, NoteReason::NumberingRestarts);
        }
    } else {
        list.number += 1;
        if let Some(typed) = typed.filter(|_| ordered && !lists.by_indent) {
            if typed == old {
                note(outline, place, NoteReason::NumberRepeated);
            } else if typed > old + 1 {
                note(outline, place, NoteReason::NumberSkipped);
            }
        }
    }
    let Some(list) = lists.open.get_mut(depth) else {
        return plain(entry, Kind::Paragraph);
    };
    list.typed = typed.unwrap_or(0);
    list.introduces = entry.line.text.words.ends_with(['：', ':']);
    starts |= outline.blocks.is_empty();
    leave(entry, 0..from, NotTakenReason::ListMark, outline);
    let kept = if lettered { entry.mark_length() } else { 0 };
    let mark = entry.line.mark.map(|_| mark_read(entry, kept));
    Block {
        kind: Kind::Item {
            depth: u8::try_from(depth).unwrap_or(u8::MAX),
            ordered,
            number: list.number,
            starts,
        },
        text: std::mem::take(&mut entry.line.text).from(from),
        place,
        mark,
        reason: entry.reason,
        page_break: entry.line.hints.page_break,
    }
}

fn note(outline: &mut Outline, place: Place, reason: NoteReason) {
    outline.notes.push(Note { place, reason });
}

/// A label line; brackets around its key become a colon behind it.
fn labelled(
    entry: &Entry,
    key: (usize, usize),
    value: (usize, usize),
    outline: &mut Outline,
) -> Block {
    let line = &entry.line;
    let mut text = Text::default();
    leave(entry, 0..key.0, NotTakenReason::Decoration, outline);
    text.append(&line.text.slice(key.0..key.1));
    let key_span = Span::new(0, text.words.len());
    let between = line.text.slice(key.1..value.0);
    if key.0 > 0 {
        text.push_changed("：", line.text.source(key.1..value.0));
    } else {
        let sign = between.words.trim_end_matches(is_blank).len();
        text.append(&between.slice(0..sign));
        if between.words.starts_with(':') && value.0 > key.1 + sign {
            let blank = between.words[sign..].chars().next();
            let blank = blank.map_or(0, char::len_utf8);
            text.append(&between.slice(sign..sign + blank));
        }
    }
    let start = text.words.len();
    text.append(&line.text.slice(value.0..value.1));
    let value_span = Span::new(start, text.words.len());
    Block {
        kind: Kind::Label {
            key: key_span,
            value: value_span,
        },
        text,
        place: line.whole(),
        mark: None,
        reason: entry.reason,
        page_break: line.hints.page_break,
    }
}
