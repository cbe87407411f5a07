//! The outline of a body: headings, links, pictures, first words. Faults that need only the body are found here.

use super::anchor::assign_anchors;
use super::events::Events;
use super::lines_apart::{TextKind, lines_apart};
use super::mask::{BLANK, PLAIN_BLANK, mask};
use super::raw_depth::{RawDepth, RawTag};
use super::sanitise::is_kept;
use super::typos::{Typo, Typos};
use super::{Profile, find_blanks};
use crate::diagnostic::{Diagnostic, Sink, Text};
use crate::say;
use crate::text::{SourceFile, Span, cut_summary};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::sync::Arc;

/// A heading of the body.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text without marks.
    pub text: String,
    /// The byte of the body at which it begins.
    pub start: u32,
}

/// A link or a picture of the body.
#[derive(Debug, Clone)]
pub struct Link {
    /// The target as written.
    pub target: String,
    /// Its bytes in the body; of raw HTML where its tag ends.
    pub span: Span,
    /// Whether it is a picture.
    pub is_picture: bool,
}

/// What raw HTML of a body loses on its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawLoss {
    /// A tag that pages do not have.
    Tag(String),
    /// A control that a reader could fill in.
    Control,
}

/// What the other stages need to know of a body.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links and pictures in order, those of raw HTML too; addresses of mail and bare ones are not among them.
    pub links: Vec<Link>,
    /// Ids that raw HTML gives, with their bytes in the body.
    pub raw_ids: Vec<(String, Span)>,
    /// What raw HTML loses, each kind of loss once.
    pub raw_losses: Vec<(RawLoss, Span)>,
    /// The first paragraph's beginning, plain.
    pub lead: String,
    /// The deepest nesting of blocks, and where.
    pub deepest: (usize, Span),
    /// The most tags of raw HTML that are open together, and where.
    pub most_open: (usize, Span),
    /// How many blanks a report has.
    pub blank_count: usize,
    /// Parts that look like markdown but are not, with their bytes in the body.
    pub typos: Vec<(Typo, Span)>,
    /// The first byte of each line that continues the paragraph of the line before it.
    pub joined: Vec<u32>,
    /// Code blocks that are code for their leading blanks alone.
    pub indented: Vec<Span>,
}

/// Cells of the first paragraph that are kept as the lead.
const LEAD_WIDTH: usize = 160;

/// Reads the outline of a body.
pub fn outline(text: &str, profile: Profile) -> Outline {
    let blanks = find_blanks(text, profile.blanks);
    let masked = mask(text, &blanks, profile);
    let mut reading = OutlineReader {
        typos: Typos::new(text),
        depth: 0,
        raw: None,
        headings: Vec::new(),
        in_heading: false,
        in_lead: false,
        item_text: None,
        outline: Outline {
            blank_count: blanks.len(),
            ..Outline::default()
        },
    };
    for (event, range) in Events::new(&masked, profile) {
        let range = masked.original(range.start)..masked.original(range.end);
        reading.take(event, range);
    }
    reading.finish()
}

struct OutlineReader<'a> {
    typos: Typos<'a>,
    depth: usize,
    /// The tags of raw HTML; few bodies have any.
    raw: Option<RawDepth>,
    /// Level, the author's id, the text with blanks as marks, and where it begins.
    headings: Vec<(u8, Option<String>, String, u32)>,
    in_heading: bool,
    in_lead: bool,
    /// The text of an open list item that stands in no paragraph of its own, as far as it was read.
    item_text: Option<Span>,
    outline: Outline,
}

impl OutlineReader<'_> {
    fn take(&mut self, event: Event, range: std::ops::Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > self.outline.deepest.0 {
                    self.outline.deepest = (self.depth, Span::new(range.start, range.start));
                }
                let span = Span::new(range.start, range.end);
                self.follow_item(&tag, span);
                self.start(tag, span);
            }
            Event::End(end) => {
                self.depth -= 1;
                let span = Span::new(range.start, range.end);
                match end {
                    TagEnd::Heading(_) => {
                        self.in_heading = false;
                        if let Some((_, _, text, _)) = self.headings.last() {
                            self.typos.heading(text, span);
                        }
                    }
                    TagEnd::Paragraph => {
                        self.in_lead = false;
                        self.typos.running_text(span);
                    }
                    TagEnd::Item => {
                        self.in_lead = false;
                        self.end_item_text();
                    }
                    _ => {}
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(span) = &mut self.item_text {
                    let read = Span::new(range.start, range.end);
                    if span.start == span.end {
                        span.start = read.start;
                    }
                    span.end = read.end;
                }
                self.push(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            Event::Html(html) | Event::InlineHtml(html) => {
                let open = self.raw.get_or_insert_with(RawDepth::new).after(&html);
                if open > self.outline.most_open.0 {
                    self.outline.most_open = (open, Span::new(range.start, range.start));
                }
                let begun = self.raw.as_mut().map(RawDepth::begun).unwrap_or_default();
                let span = Span::new(
                    range.start,
                    range.start + html.trim_end().len().min(range.len()),
                );
                for tag in &begun {
                    self.raw_tag(tag, span);
                }
            }
            _ => {}
        }
    }

    /// A tag of raw HTML: where it leads, what it is called, and what it loses.
    fn raw_tag(&mut self, tag: &RawTag, span: Span) {
        if let Some(id) = tag.value("id") {
            self.outline.raw_ids.push((id.to_owned(), span));
        }
        let (attribute, is_picture) = match tag.name.as_str() {
            "a" => ("href", false),
            "img" => ("src", true),
            "input" => {
                let is_tick = tag
                    .value("type")
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"))
                    && tag.value("disabled").is_some();
                if !is_tick {
                    self.lose(RawLoss::Control, span);
                }
                return;
            }
            name if is_kept(name) => return,
            name => {
                self.lose(RawLoss::Tag(name.to_owned()), span);
                return;
            }
        };
        if let Some(target) = tag.value(attribute) {
            self.outline.links.push(Link {
                target: target.to_owned(),
                span,
                is_picture,
            });
        }
    }

    fn lose(&mut self, loss: RawLoss, span: Span) {
        if !self
            .outline
            .raw_losses
            .iter()
            .any(|(known, _)| *known == loss)
        {
            self.outline.raw_losses.push((loss, span));
        }
    }

    /// A list item begins, or a block of its own within one; what stands in a line goes on with the text.
    fn follow_item(&mut self, tag: &Tag, span: Span) {
        match tag {
            Tag::Item => {
                self.end_item_text();
                self.item_text = Some(Span::new(span.start as usize, span.start as usize));
            }
            Tag::Paragraph
            | Tag::List(_)
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::Heading { .. }
            | Tag::HtmlBlock
            | Tag::Table(_) => self.end_item_text(),
            _ => {}
        }
    }

    fn end_item_text(&mut self) {
        if let Some(span) = self.item_text.take() {
            self.typos.running_text(span);
        }
    }

    fn start(&mut self, tag: Tag, span: Span) {
        match tag {
            Tag::CodeBlock(CodeBlockKind::Indented) => self.outline.indented.push(span),
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| id.to_string());
                if let Some(id) = &id {
                    self.typos.anchor(id, span);
                }
                self.headings
                    .push((level as u8, id, String::new(), span.start));
                self.in_heading = true;
            }
            Tag::Paragraph | Tag::Item if self.outline.lead.is_empty() => self.in_lead = true,
            Tag::Link {
                link_type: LinkType::Email,
                ..
            } => {}
            Tag::Link { dest_url, .. } => self.outline.links.push(Link {
                target: dest_url.to_string(),
                span,
                is_picture: false,
            }),
            Tag::Image { dest_url, .. } => self.outline.links.push(Link {
                target: dest_url.to_string(),
                span,
                is_picture: true,
            }),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some((_, _, heading, _)) = self.headings.last_mut().filter(|_| self.in_heading) {
            heading.push_str(text);
        }
        if self.in_lead {
            // A summary is cut from what is far more than its width.
            if self.outline.lead.len() < LEAD_WIDTH * 8 {
                self.outline
                    .lead
                    .push_str(&text.replace(BLANK, PLAIN_BLANK));
            }
        }
    }

    fn finish(mut self) -> Outline {
        let plain: Vec<String> = self
            .headings
            .iter()
            .map(|(_, _, text, _)| text.replace(BLANK, ""))
            .collect();
        let ids = self.headings.iter().map(|(_, id, _, _)| id.as_deref());
        let anchors = assign_anchors(ids.zip(plain.iter().map(String::as_str)));
        self.outline.headings = self
            .headings
            .into_iter()
            .zip(anchors)
            .map(|((level, _, text, start), id)| Heading {
                level,
                id,
                start,
                text: text.replace(BLANK, PLAIN_BLANK),
            })
            .collect();
        self.outline.lead = cut_summary(&self.outline.lead, LEAD_WIDTH).into_owned();
        self.outline.typos = self.typos.found;
        self.outline.joined = self.typos.joined;
        self.outline
    }
}

/// What is said of raw HTML that pages do not have.
fn raw_loss(loss: &RawLoss) -> Diagnostic {
    let (message, help) = match loss {
        RawLoss::Tag(name) => (
            say!(
                "HTML 标签 <{name}> 不能用，已去掉",
                "the HTML tag <{name}> cannot be used and is left out"
            ),
            say!(
                "用 markdown 写，或者删去这个标签；只保留不会做任何事的标签",
                "write it in markdown, or delete the tag; only tags that do nothing are kept"
            ),
        ),
        RawLoss::Control => (
            say!(
                "<input> 会成为可以填写的输入框，已去掉",
                "<input> would be a box that readers can fill in, and is left out"
            ),
            say!(
                "门户不收集任何信息：要打勾的清单写成“- [ ] 事项”，要填的内容写清楚用什么方式提交",
                "a portal collects nothing: write `- [ ] item` for a list to tick, and say how to hand in what is to be filled in"
            ),
        ),
    };
    Diagnostic::warning("html-left-out", message).help(help)
}

/// The most nesting of blocks that pages print.
const MAX_DEPTH: usize = 60;
/// The most tags of raw HTML that may be open together.
const MAX_OPEN: usize = 200;

/// Reports what the outline alone shows to be wrong.
pub fn report_outline(
    outline: &Outline,
    source: &Arc<SourceFile>,
    body_start: usize,
    sink: &mut Sink,
    text_kind: TextKind,
) {
    let apart = lines_apart(
        &source.text[body_start..],
        &outline.joined,
        &outline.indented,
        text_kind,
    );
    for part in &apart {
        sink.push(part.diagnostic(source, body_start));
    }
    for (typo, span) in &outline.typos {
        let (start, end) = (span.start as usize, span.end as usize);
        // The repair of the lines is the repair of their marks.
        if typo.is_of_lines() && apart.iter().any(|part| part.holds(*span)) {
            continue;
        }
        sink.push(typo.diagnostic(source, Span::new(body_start + start, body_start + end)));
    }
    for (loss, span) in &outline.raw_losses {
        let (start, end) = (span.start as usize, span.end as usize);
        sink.push(raw_loss(loss).at(source, Span::new(body_start + start, body_start + end)));
    }
    let mut too_deep = |(depth, span): (usize, Span), most: usize, help: Text| {
        if depth > most {
            let start = body_start + span.start as usize;
            let message = say!(
                "正文的层次太深（{depth}层）",
                "the body is nested {depth} levels deep"
            );
            sink.push(
                Diagnostic::error("nested-too-deeply", message)
                    .at(source, Span::new(start, start))
                    .help(help),
            );
        }
    };
    let blocks = say!(
        "列表和引用最多{MAX_DEPTH}层",
        "lists and quotations may be nested {MAX_DEPTH} levels"
    );
    too_deep(outline.deepest, MAX_DEPTH, blocks);
    let tags = say!(
        "HTML 标签要成对，最多{MAX_OPEN}层",
        "HTML tags must be closed, and may be nested {MAX_OPEN} levels"
    );
    too_deep(outline.most_open, MAX_OPEN, tags);
}
