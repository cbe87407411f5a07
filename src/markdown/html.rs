//! HTML of a body. Links and pictures go through `Links`; raw HTML is reduced to an allow-list; tables, headings
//! and blanks are written here, the rest by the markdown library.

use super::anchor::assign_anchors;
use super::events::{Events, plain_events};
use super::links::{Links, Target};
use super::mask::{BLANK, PLAIN_BLANK, mask};
use super::sanitise::sanitise;
use super::{Blank, Profile, find_blanks};
use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd, html};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Renders a body. Headings start at level 2, since the page's title is level 1.
///
/// `anchors` are those of the text's headings, from its outline; without any they are made of the headings' texts.
pub fn render(text: &str, profile: Profile, anchors: &[String], links: &dyn Links) -> String {
    let found = find_blanks(text, profile.blanks);
    let masked = mask(text, &found, profile);
    let mut writer = HtmlWriter {
        links,
        blanks: &found,
        shift: 0,
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        inert: Vec::new(),
        addresses: BTreeSet::new(),
        has_html: false,
    };
    // Only blanks need to know where a text stands.
    let plain = if found.is_empty() {
        plain_events(&masked, profile)
    } else {
        None
    };
    let events: Vec<(Event, usize)> = match plain {
        Some(events) => events.map(|event| (event, 0)).collect(),
        None => Events::new(&masked, profile)
            .map(|(event, range)| (event, range.start))
            .collect(),
    };
    writer.shift = u8::from(events.iter().any(|(event, _)| {
        matches!(
            event,
            Event::Start(Tag::Heading {
                level: pulldown_cmark::HeadingLevel::H1,
                ..
            })
        )
    }));
    let made = if anchors.is_empty() {
        heading_anchors(&events)
    } else {
        Vec::new()
    };
    let mut anchors = made.iter().chain(anchors).cloned();
    let mut out = String::with_capacity(text.len() * 2);
    let events = events
        .into_iter()
        .flat_map(|(event, start)| writer.rewrite(event, masked.original(start), &mut anchors))
        .collect::<Vec<_>>();
    html::push_html(&mut out, events.into_iter());
    if writer.has_html {
        sanitise(&out, &writer.addresses, links)
    } else {
        out
    }
}

/// Renders text that stands inside a line: without the paragraph around it.
pub fn render_inline(text: &str, profile: Profile, links: &dyn Links) -> String {
    let html = render(text, profile, &[], links);
    let html = html.trim();
    match html
        .strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>"))
    {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html.to_owned(),
    }
}

/// Escapes text for HTML, attributes included.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = pulldown_cmark_escape::escape_html(&mut out, text);
    out
}

/// The HTML that the markdown library itself writes for a profile, for comparison with CommonMark's own examples.
pub fn standard_html(text: &str, profile: Profile) -> String {
    let masked = mask(text, &[], profile);
    let mut out = String::with_capacity(text.len() * 3 / 2);
    match plain_events(&masked, profile) {
        Some(events) => html::push_html(&mut out, events),
        None => html::push_html(
            &mut out,
            Events::new(&masked, profile).map(|(event, _)| event),
        ),
    }
    out
}

/// The anchors of all headings, in order.
fn heading_anchors(events: &[(Event, usize)]) -> Vec<String> {
    let mut headings: Vec<(Option<&str>, String)> = Vec::new();
    let mut open = false;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                open = true;
                headings.push((id.as_deref(), String::new()));
            }
            Event::End(TagEnd::Heading(_)) => open = false,
            Event::Text(text) | Event::Code(text) if open => {
                if let Some((_, heading)) = headings.last_mut() {
                    heading.extend(text.chars().filter(|&c| c != BLANK));
                }
            }
            Event::SoftBreak | Event::HardBreak if open => {
                if let Some((_, heading)) = headings.last_mut() {
                    heading.push(' ');
                }
            }
            _ => {}
        }
    }
    assign_anchors(headings.iter().map(|(id, text)| (*id, text.as_str())))
}

struct HtmlWriter<'a> {
    links: &'a dyn Links,
    blanks: &'a [Blank],
    shift: u8,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// For each open link or picture, whether its tags are left out.
    inert: Vec<bool>,
    /// Addresses that `links` gave, and whether for a picture, so that the sanitiser need not ask again.
    addresses: BTreeSet<(bool, String)>,
    has_html: bool,
}

impl HtmlWriter<'_> {
    fn rewrite<'e>(
        &mut self,
        event: Event<'e>,
        start: usize,
        anchors: &mut impl Iterator<Item = String>,
    ) -> Vec<Event<'e>> {
        let html = |text: String| vec![Event::Html(CowStr::from(text))];
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let id = anchors.next();
                let id = id.map(|anchor| format!(" id=\"{}\"", escape(&anchor)));
                html(format!(
                    "<h{}{}>",
                    self.level(level as u8),
                    id.unwrap_or_default()
                ))
            }
            Event::End(TagEnd::Heading(level)) => {
                html(format!("</h{}>\n", self.level(level as u8)))
            }
            Event::Start(Tag::Table(alignments)) => {
                self.alignments = alignments;
                html("<div class=\"table\" tabindex=\"0\" role=\"group\"><table>\n".to_owned())
            }
            Event::End(TagEnd::Table) => html("</tbody></table></div>\n".to_owned()),
            Event::Start(Tag::TableHead) => {
                self.in_head = true;
                self.column = 0;
                html("<thead><tr>".to_owned())
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                html("</tr></thead>\n<tbody>\n".to_owned())
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                html("<tr>".to_owned())
            }
            Event::End(TagEnd::TableRow) => html("</tr>\n".to_owned()),
            Event::Start(Tag::TableCell) => {
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"centre\"",
                    _ => "",
                };
                self.column += 1;
                let (tag, scope) = if self.in_head {
                    ("th", " scope=\"col\"")
                } else {
                    ("td", "")
                };
                html(format!("<{tag}{scope}{class}>"))
            }
            Event::End(TagEnd::TableCell) => {
                html(if self.in_head { "</th>" } else { "</td>" }.to_owned())
            }
            Event::Start(Tag::Link {
                dest_url,
                title,
                link_type,
                id,
            }) => {
                let target = match link_type {
                    pulldown_cmark::LinkType::Email => {
                        Target::Address(format!("mailto:{dest_url}"))
                    }
                    _ => self.links.link(&dest_url),
                };
                self.inert.push(target == Target::Inert);
                match self.recorded(target, false) {
                    Target::Address(address) => vec![Event::Start(Tag::Link {
                        link_type: pulldown_cmark::LinkType::Inline,
                        dest_url: CowStr::from(address),
                        title,
                        id,
                    })],
                    Target::Inert => Vec::new(),
                }
            }
            Event::End(TagEnd::Link) => match self.inert.pop() {
                Some(true) => Vec::new(),
                _ => vec![Event::End(TagEnd::Link)],
            },
            Event::Start(Tag::Image {
                dest_url,
                title,
                link_type,
                id,
            }) => {
                let target = self.links.picture(&dest_url);
                self.inert.push(target == Target::Inert);
                match self.recorded(target, true) {
                    Target::Address(address) => vec![Event::Start(Tag::Image {
                        link_type,
                        dest_url: CowStr::from(address),
                        title,
                        id,
                    })],
                    // Its words stand in the text.
                    Target::Inert => Vec::new(),
                }
            }
            Event::End(TagEnd::Image) => match self.inert.pop() {
                Some(true) => Vec::new(),
                _ => vec![Event::End(TagEnd::Image)],
            },
            Event::Html(_) | Event::InlineHtml(_) => {
                self.has_html = true;
                vec![event]
            }
            Event::Text(text) if text.contains(BLANK) => self.with_blanks(&text, start),
            Event::Code(text) if text.contains(BLANK) => {
                vec![Event::Code(CowStr::from(text.replace(BLANK, PLAIN_BLANK)))]
            }
            other => vec![other],
        }
    }

    /// Remembers an address as it will stand in the page.
    fn recorded(&mut self, target: Target, picture: bool) -> Target {
        if let Target::Address(address) = &target {
            let mut written = String::new();
            let _ = pulldown_cmark_escape::escape_href(&mut written, address);
            let written = written.replace("&amp;", "&").replace("&#x27;", "'");
            self.addresses.insert((picture, written));
        }
        target
    }

    fn level(&self, level: u8) -> u8 {
        (level + self.shift).min(6)
    }

    /// Cuts a text at its blanks and writes each as an underlined gap.
    fn with_blanks<'e>(&self, text: &str, start: usize) -> Vec<Event<'e>> {
        let mut events = Vec::new();
        let mut at = 0;
        let first = self
            .blanks
            .partition_point(|blank| (blank.span.start as usize) < start);
        for (place, (offset, mark)) in text.match_indices(BLANK).enumerate() {
            if offset > at {
                events.push(Event::Text(CowStr::from(text[at..offset].to_owned())));
            }
            let number = first + place;
            at = offset + mark.len();
            if let Some(value) = self.links.blank_value(number) {
                events.push(Event::Text(CowStr::from(value.to_owned())));
                continue;
            }
            let width = self.blanks.get(number).map_or(4, |blank| blank.width);
            let mut gap = format!(
                "<span class=\"blank\" data-blank=\"{number}\" role=\"img\" aria-label=\"{}\">",
                escape(&self.links.blank_label(number))
            );
            for _ in 0..width {
                let _ = gap.write_str("&#160;");
            }
            gap.push_str("</span>");
            events.push(Event::InlineHtml(CowStr::from(gap)));
        }
        if at < text.len() {
            events.push(Event::Text(CowStr::from(text[at..].to_owned())));
        }
        events
    }
}
