//! The events of a text, as all readers of markdown here see them: marks taken out, line breaks in Han text gone,
//! bare addresses turned into links.

use super::Profile;
use super::autolink::{AddressKind, find_addresses, may_hold_address};
use super::cjk::{BreakSide, break_side, is_ambiguous_punctuation, is_variation_selector};
use super::mask::{Masked, unmasked};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Parser, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

type RangedEvent<'a> = (Event<'a>, Range<usize>);

/// The events of a masked text. Their ranges are bytes of the masked text.
pub(super) struct Events<'a> {
    /// Whether the parser's events can be passed on unchanged. This holds for most documents.
    plain: bool,
    marked: bool,
    /// Whether a line may break inside Han text.
    breaks: bool,
    /// Whether the text may hold bare addresses.
    autolinks: bool,
    text: &'a str,
    /// Whether the text may hold marks of protection.
    protection: bool,
    /// Words in braces that the open heading ends with, and that are no attributes.
    in_braces: Option<String>,
    parser: OffsetIter<'a>,
    /// Events read ahead, nothing done to them but taking out marks.
    ahead: VecDeque<RangedEvent<'a>>,
    /// Events that are done.
    ready: VecDeque<RangedEvent<'a>>,
    /// Open links, pictures and code blocks, in which a bare address stays text.
    closed_to_links: usize,
    /// Whether a code block is open.
    in_code: bool,
    /// Whether a link of raw HTML is open.
    in_raw_link: bool,
    /// The end of the flattened text before this place.
    before: End,
}

/// How the flattened text before a line break ends.
#[derive(Clone, Copy)]
struct End {
    /// Its last character, if text is what stands there.
    last: Option<char>,
    /// How its last character that is not shared behaves.
    context: BreakSide,
}

const NOTHING: End = End {
    last: None,
    context: BreakSide::Spaced,
};

/// How many events are looked at for the text after a line break.
const LOOK_AHEAD: usize = 64;

/// What a text needs beside what the library does.
#[derive(Clone, Copy)]
struct Needs {
    marked: bool,
    breaks: bool,
    autolinks: bool,
    braces: bool,
}

impl Needs {
    fn of(masked: &Masked, profile: Profile) -> Needs {
        let text = &masked.text;
        Needs {
            marked: masked.marked,
            breaks: profile.chinese && may_break_in_han_text(text),
            autolinks: profile.autolinks && may_hold_address(text),
            braces: (profile.extensions || profile.protection)
                && memchr::memchr(b'{', text.as_bytes()).is_some(),
        }
    }

    fn nothing(self) -> bool {
        !(self.marked || self.breaks || self.autolinks || self.braces)
    }
}

/// The library's own events, where a text needs nothing beside them: most do not, and then nothing stands between the
/// library and the page.
pub(super) fn plain_events<'a>(masked: &'a Masked<'a>, profile: Profile) -> Option<Parser<'a>> {
    let needs = Needs::of(masked, profile);
    needs
        .nothing()
        .then(|| Parser::new_ext(&masked.text, profile.options()))
}

impl<'a> Events<'a> {
    /// Reads a masked text.
    pub(super) fn new(masked: &'a Masked<'a>, profile: Profile) -> Events<'a> {
        let needs = Needs::of(masked, profile);
        Events {
            protection: profile.protection && needs.braces,
            plain: needs.nothing(),
            text: &masked.text,
            in_braces: None,
            marked: needs.marked,
            breaks: needs.breaks,
            autolinks: needs.autolinks,
            parser: Parser::new_ext(&masked.text, profile.options()).into_offset_iter(),
            ahead: VecDeque::new(),
            ready: VecDeque::new(),
            closed_to_links: 0,
            in_code: false,
            in_raw_link: false,
            before: NOTHING,
        }
    }

    #[inline]
    fn parsed(&mut self) -> Option<RangedEvent<'a>> {
        let (event, range) = self.parser.next()?;
        Some((
            if self.marked {
                without_marks(event)
            } else {
                event
            },
            range,
        ))
    }

    #[inline]
    fn next_unmasked(&mut self) -> Option<RangedEvent<'a>> {
        if self.ahead.is_empty() {
            self.parsed()
        } else {
            self.ahead.pop_front()
        }
    }

    /// Whether the line break at this place stands in Han text, decided on the flattened text.
    fn break_is_invisible(&mut self) -> bool {
        let End { last, context } = self.before;
        let side = last.map_or(BreakSide::Spaced, break_side);
        if side == BreakSide::Spaced {
            return false;
        }
        for index in 0..LOOK_AHEAD {
            if index == self.ahead.len() {
                let Some(event) = self.parsed() else {
                    return false;
                };
                self.ahead.push_back(event);
            }
            match &self.ahead[index].0 {
                Event::Text(text) | Event::Code(text) => {
                    let mut sides = text.chars().map(break_side);
                    let Some(next) = sides.next() else { continue };
                    return match (side, next) {
                        (_, BreakSide::Spaced) => false,
                        (BreakSide::Tight, _) | (_, BreakSide::Tight) => true,
                        _ => {
                            let inner = sides.take(8).find(|side| *side != BreakSide::Shared);
                            context == BreakSide::Tight && inner == Some(BreakSide::Tight)
                        }
                    };
                }
                Event::Start(tag) if is_transparent(tag) => {}
                Event::End(end) if is_transparent_end(*end) => {}
                Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::SoftBreak => {}
                _ => return false,
            }
        }
        false
    }

    #[inline]
    fn record_last_char(&mut self, text: &str) {
        // A selector of a character's form is part of the character.
        let Some(last) = text.chars().rev().find(|&c| !is_variation_selector(c)) else {
            return;
        };
        self.before.last = Some(last);
        if is_ambiguous_punctuation(last) {
            let mut sides = text.chars().rev().map(break_side).take(8);
            if let Some(side) = sides.find(|side| *side != BreakSide::Shared) {
                self.before.context = side;
            }
        } else {
            self.before.context = break_side(last);
        }
    }

    /// A text with its addresses as links. The parser cuts texts at brackets and the like, which an address may hold.
    fn with_links(&mut self, first: CowStr<'a>, mut range: Range<usize>) -> RangedEvent<'a> {
        // Grown in place, since there may be very many parts.
        let mut joined: Option<String> = None;
        while let Some((event, more)) = self.next_unmasked() {
            match event {
                Event::Text(next) => {
                    joined
                        .get_or_insert_with(|| first.to_string())
                        .push_str(&next);
                    range.end = more.end;
                }
                other => {
                    self.ahead.push_front((other, more));
                    break;
                }
            }
        }
        let text = joined.map_or(first, CowStr::from);
        self.record_last_char(&text);
        let part = |part: Range<usize>| match &text {
            CowStr::Borrowed(text) => CowStr::Borrowed(&text[part]),
            text => CowStr::from(text[part].to_owned()),
        };
        let mut at = 0;
        for address in find_addresses(&text) {
            if address.range.start > at {
                let before = Event::Text(part(at..address.range.start));
                self.ready.push_back((before, range.clone()));
            }
            at = address.range.end;
            let words = part(address.range);
            let (link_type, dest_url) = match address.kind {
                AddressKind::Web => (LinkType::Autolink, words.clone()),
                AddressKind::Bare => (LinkType::Autolink, CowStr::from(format!("http://{words}"))),
                AddressKind::Mail => (LinkType::Email, words.clone()),
            };
            let link = Tag::Link {
                link_type,
                dest_url,
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            };
            for event in [
                Event::Start(link),
                Event::Text(words),
                Event::End(TagEnd::Link),
            ] {
                self.ready.push_back((event, range.clone()));
            }
        }
        let rest = (Event::Text(part(at..text.len())), range);
        match self.ready.pop_front() {
            None => rest,
            Some(first) => {
                if at < text.len() {
                    self.ready.push_back(rest);
                }
                first
            }
        }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = RangedEvent<'a>;

    #[inline]
    fn next(&mut self) -> Option<RangedEvent<'a>> {
        if self.plain {
            self.parser.next()
        } else {
            self.next_processed()
        }
    }
}

impl<'a> Events<'a> {
    fn next_processed(&mut self) -> Option<RangedEvent<'a>> {
        if let Some(event) = self.ready.pop_front() {
            return Some(event);
        }
        loop {
            let (mut event, range) = self.next_unmasked()?;
            if self.protection
                && !self.in_code
                && let Event::Text(text) = &event
                && text.contains("-{")
            {
                event = Event::Text(CowStr::from(without_protection(text)));
            }
            match &event {
                Event::Text(text) => {
                    if self.autolinks
                        && self.closed_to_links == 0
                        && !self.in_raw_link
                        && may_hold_address(text)
                    {
                        return match event {
                            Event::Text(text) => Some(self.with_links(text, range)),
                            other => Some((other, range)),
                        };
                    }
                    self.record_last_char(text);
                }
                Event::Code(text) => self.record_last_char(text),
                Event::SoftBreak if self.breaks && self.break_is_invisible() => continue,
                Event::InlineHtml(html) => {
                    if html.starts_with("<a ") || html.starts_with("<a>") {
                        self.in_raw_link = true;
                    } else if html.starts_with("</a") {
                        self.in_raw_link = false;
                    }
                }
                Event::FootnoteReference(_) => {}
                Event::Start(tag) => {
                    if let Tag::Heading {
                        id, classes, attrs, ..
                    } = tag
                        && id.is_none()
                        && classes.is_empty()
                        && !attrs.is_empty()
                        && attrs.iter().all(|(_, value)| value.is_none())
                    {
                        self.in_braces = words_in_braces(&self.text[range.clone()]);
                    }
                    self.in_code |= matches!(tag, Tag::CodeBlock(_));
                    self.closed_to_links += usize::from(closes_to_links(tag));
                    if !is_transparent(tag) {
                        self.before = NOTHING;
                    }
                }
                Event::End(end) => {
                    if matches!(end, TagEnd::Heading(_))
                        && let Some(words) = self.in_braces.take()
                    {
                        let text = Event::Text(CowStr::from(words));
                        self.ready.push_back((event, range.clone()));
                        return Some((text, range));
                    }
                    self.in_code &= *end != TagEnd::CodeBlock;
                    let closed = matches!(end, TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock);
                    self.closed_to_links -= usize::from(closed).min(self.closed_to_links);
                    if !is_transparent_end(*end) {
                        self.in_raw_link = false;
                        self.before = NOTHING;
                    }
                }
                _ => self.before = NOTHING,
            }
            return Some((event, range));
        }
    }
}

/// The text without the marks of `-{…}-`, which keep a word as it is in every edition.
fn without_protection(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("-{") {
        let Some((word, after)) = inside.split_once("}-") else {
            break;
        };
        shown.push_str(before);
        shown.push_str(word);
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// `{姓名}` at a heading's end, with the space before it: the library takes it for an attribute, the author meant a text.
fn words_in_braces(heading: &str) -> Option<String> {
    let open = heading.rfind('{')?;
    let start = heading[..open].trim_end().len();
    let words = heading[start..].get(..heading[start..].rfind('}')? + 1)?;
    Some(unmasked(words).unwrap_or_else(|| words.to_owned()))
}

/// Whether some line ends and the next begins with a byte that may belong to Han text, or to an element around it.
fn may_break_in_han_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
    let is_margin = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'>');
    memchr::memchr_iter(b'\n', bytes).any(|at| {
        let mut before = bytes[..at].iter().rev().skip_while(is_space);
        let mut after = bytes[at + 1..].iter().skip_while(is_margin);
        before
            .next()
            .is_some_and(|byte| !byte.is_ascii() || b"*_~)]>`;".contains(byte))
            && match after.next() {
                Some(b'*') => after.next().is_some_and(|byte| *byte != b' '),
                Some(byte) => !byte.is_ascii() || b"_~[<!`&".contains(byte),
                None => false,
            }
    })
}

fn closes_to_links(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)
    )
}

/// Elements inside a line that the flattened text runs through.
fn is_transparent(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }
    )
}

fn is_transparent_end(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
    )
}

/// The event with the marks of `mask` taken out of all its texts.
fn without_marks(event: Event) -> Event {
    match event {
        Event::Text(text) => Event::Text(clean(text)),
        Event::Code(text) => Event::Code(clean(text)),
        Event::Html(text) => Event::Html(clean(text)),
        Event::InlineHtml(text) => Event::InlineHtml(clean(text)),
        Event::FootnoteReference(label) => Event::FootnoteReference(clean(label)),
        Event::Start(tag) => Event::Start(match tag {
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => Tag::Heading {
                level,
                id: id.map(clean),
                classes: classes.into_iter().map(clean).collect(),
                attrs: attrs
                    .into_iter()
                    .map(|(name, value)| (clean(name), value.map(clean)))
                    .collect(),
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(clean(info)))
            }
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(clean(label)),
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => Tag::Link {
                link_type,
                dest_url: clean(dest_url),
                title: clean(title),
                id: clean(id),
            },
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => Tag::Image {
                link_type,
                dest_url: clean(dest_url),
                title: clean(title),
                id: clean(id),
            },
            tag => tag,
        }),
        event => event,
    }
}

#[inline]
fn clean(text: CowStr) -> CowStr {
    match unmasked(&text) {
        None => text,
        Some(clean) => CowStr::from(clean),
    }
}
