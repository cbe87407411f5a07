//! The outline of a body: headings, links, pictures, first words. Faults that need only the body are found here.

use super::anchor::Anchors;
use super::{Blanks, find_blanks, options};
use crate::diagnostic::{Diagnostic, Sink};
use crate::say;
use crate::source::{SourceFile, Span};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
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
}

/// A link or a picture of the body.
#[derive(Debug, Clone)]
pub struct Link {
    /// The target as written.
    pub target: String,
    /// Its bytes in the body.
    pub span: Span,
}

/// What the other stages need to know of a body.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links and pictures in order.
    pub links: Vec<Link>,
    /// The first paragraph's beginning, plain.
    pub lead: String,
    /// The deepest nesting of blocks, and where.
    pub deepest: (usize, Span),
    /// How many blanks a report has.
    pub blank_count: usize,
}

/// The most nesting of blocks that pages print.
const MAX_DEPTH: usize = 60;
/// Cells of the first paragraph that are kept as the lead.
const LEAD_WIDTH: usize = 160;

/// Reads the outline of a body.
pub fn outline(text: &str, blanks: Blanks) -> Outline {
    let mut outline = Outline {
        blank_count: find_blanks(text, blanks).len(),
        ..Outline::default()
    };
    let mut anchors = Anchors::default();
    let mut depth = 0;
    let mut heading: Option<(u8, Option<String>, String)> = None;
    let mut in_lead = false;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > outline.deepest.0 {
                    outline.deepest = (depth, Span::new(range.start, range.start));
                }
                match tag {
                    Tag::Heading { level, id, .. } => {
                        heading = Some((level as u8, id.map(|id| id.to_string()), String::new()))
                    }
                    Tag::Paragraph | Tag::Item if outline.lead.is_empty() => in_lead = true,
                    Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                        outline.links.push(Link {
                            target: dest_url.to_string(),
                            span: Span::new(range.start, range.end),
                        })
                    }
                    _ => {}
                }
            }
            Event::End(end) => {
                depth -= 1;
                match end {
                    TagEnd::Heading(_) => {
                        if let Some((level, id, text)) = heading.take() {
                            outline.headings.push(Heading {
                                level,
                                id: anchors.assign(id.as_deref(), &text),
                                text,
                            });
                        }
                    }
                    TagEnd::Paragraph | TagEnd::Item => in_lead = false,
                    _ => {}
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, _, heading)) = &mut heading {
                    heading.push_str(&text);
                }
                if in_lead {
                    push_lead(&mut outline.lead, &text);
                }
            }
            Event::SoftBreak | Event::HardBreak if in_lead => push_lead(&mut outline.lead, " "),
            _ => {}
        }
    }
    outline
}

/// Adds to the lead up to its width, at a sentence's end where there is one.
fn push_lead(lead: &mut String, text: &str) {
    let mut width = crate::script::display_width(lead);
    for c in text.chars() {
        if width >= LEAD_WIDTH {
            if let Some(end) = lead.rfind(['。', '！', '？', '；', '.']) {
                let end = end + lead[end..].chars().next().map_or(0, char::len_utf8);
                lead.truncate(end);
            }
            return;
        }
        width += crate::script::display_width(c.encode_utf8(&mut [0; 4]));
        lead.push(c);
    }
}

/// Reports what the outline alone shows to be wrong.
pub fn report_outline(
    outline: &Outline,
    source: &Arc<SourceFile>,
    body_start: usize,
    sink: &mut Sink,
) {
    let (depth, span) = outline.deepest;
    if depth > MAX_DEPTH {
        let start = body_start + span.start as usize;
        sink.push(
            Diagnostic::error(
                "nested-too-deeply",
                say!(
                    "正文的层次太深（{depth}层）",
                    "the body is nested {depth} levels deep"
                ),
            )
            .at(source, Span::new(start, start))
            .help(say!(
                "列表和引用最多{MAX_DEPTH}层",
                "lists and quotations may be nested {MAX_DEPTH} levels"
            )),
        );
    }
}
