//! The running text of a body: what a person reads, cut by marks, addresses and elements. Enters: a body. Leaves: the
//! bytes of its pieces, those of one line of thought together, or the body with its pieces replaced. Code, addresses,
//! targets, tags and anything inside a protected span are no running text.

use super::events::Events;
use super::mask::mask;
use super::{Blanks, Profile};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// The pieces of a body's running text, in groups: the pieces of one group follow each other on the page, whatever
/// emphasis or link stands between.
pub fn running_text(text: &str, profile: Profile) -> Vec<Vec<Range<usize>>> {
    // Addresses are ASCII, and blanks too; without either the events' bytes are those of the text.
    let profile = Profile {
        blanks: Blanks::None,
        autolinks: false,
        protection: false,
        ..profile
    };
    let masked = mask(text, &[], profile);
    let mut reading = RunningTextReader {
        text,
        groups: Vec::new(),
        group: Vec::new(),
        protected: None,
        in_code: false,
        in_tag: false,
    };
    for (event, range) in Events::new(&masked, profile) {
        let range = masked.original(range.start)..masked.original(range.end);
        reading.take(&event, range);
    }
    reading.flush();
    reading.groups
}

/// A body with its running text replaced.
#[derive(Debug)]
pub struct Replaced {
    /// The body.
    pub text: String,
    /// Where the two part: bytes of the original and of the replaced body, both rising.
    steps: Vec<(usize, usize)>,
}

impl Replaced {
    /// The byte of the replaced body for a byte of the original that lies outside its running text.
    pub fn moved(&self, at: usize) -> usize {
        match self
            .steps
            .partition_point(|step| step.0 <= at)
            .checked_sub(1)
        {
            None => at,
            Some(last) => self.steps[last].1 + (at - self.steps[last].0),
        }
    }
}

/// The body with every piece of its running text replaced; `convert` gets the pieces of a group and gives as many.
pub fn replace_running_text(
    text: &str,
    profile: Profile,
    convert: &dyn Fn(&[&str]) -> Vec<String>,
) -> Replaced {
    let mut replaced: Vec<(Range<usize>, String)> = Vec::new();
    for group in running_text(text, profile) {
        let pieces: Vec<&str> = group.iter().map(|range| &text[range.clone()]).collect();
        replaced.extend(group.iter().cloned().zip(convert(&pieces)));
    }
    // A footnote's text may be read after what follows it.
    replaced.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut steps = Vec::new();
    let mut at = 0;
    for (range, piece) in replaced {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&piece);
            at = range.end;
            if piece.len() != range.len() {
                steps.push((at, out.len()));
            }
        }
    }
    out.push_str(&text[at..]);
    Replaced { text: out, steps }
}

struct RunningTextReader<'a> {
    text: &'a str,
    groups: Vec<Vec<Range<usize>>>,
    group: Vec<Range<usize>>,
    /// The open element that protects its text, and how many of its name are open.
    protected: Option<(String, usize)>,
    /// Whether a block of code or an address is open.
    in_code: bool,
    /// Whether a tag of raw HTML goes on in the next piece of it.
    in_tag: bool,
}

impl RunningTextReader<'_> {
    fn take(&mut self, event: &Event, range: Range<usize>) {
        match event {
            Event::Text(text) => {
                let as_written = self.text.get(range.clone()) == Some(text);
                if as_written && !self.in_code && self.protected.is_none() {
                    self.push(range);
                } else {
                    self.flush();
                }
            }
            Event::InlineHtml(tag) => self.tag(tag),
            Event::Html(html) => self.raw_html(html, range),
            Event::Start(Tag::CodeBlock(_)) => {
                self.in_code = true;
                self.flush();
            }
            // The words of `<https://…>` are its target.
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            }) => self.in_code = true,
            Event::End(TagEnd::CodeBlock | TagEnd::Link) => self.in_code = false,
            Event::FootnoteReference(_)
            | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            _ => self.flush(),
        }
    }

    /// A piece, without what `-{` and `}-` protect in it.
    fn push(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(open) = self.text[at..range.end].find("-{") {
            let inside = at + open + 2;
            let Some(close) = self.text[inside..range.end].find("}-") else {
                break;
            };
            if open > 0 {
                self.group.push(at..at + open);
            }
            self.flush();
            at = inside + close + 2;
        }
        if at < range.end {
            self.group.push(at..range.end);
        }
    }

    fn flush(&mut self) {
        if !self.group.is_empty() {
            self.groups.push(std::mem::take(&mut self.group));
        }
    }

    /// A tag inside a line: `translate="no"` and `lang` protect up to the element's end.
    fn tag(&mut self, tag: &str) {
        let closes = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        match &mut self.protected {
            Some((open, depth)) if *open == name => {
                if closes {
                    *depth -= 1;
                } else {
                    *depth += 1;
                }
                if *depth == 0 {
                    self.protected = None;
                }
            }
            None if !closes && (tag.contains("translate=\"no\"") || tag.contains(" lang=")) => {
                self.flush();
                self.protected = Some((name, 1));
            }
            Some(_) | None => {}
        }
    }

    /// A line of an HTML block: the text between its tags.
    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        if self.text.get(range.clone()) != Some(html) {
            return;
        }
        let mut at = 0;
        while at < html.len() {
            let sign = if self.in_tag { '>' } else { '<' };
            let end = html[at..].find(sign).map_or(html.len(), |found| at + found);
            if self.in_tag {
                at = (end + 1).min(html.len());
                self.in_tag = end == html.len();
                continue;
            }
            let words = html[at..end].trim_end_matches(['\n', '\r']);
            if !words.is_empty() && self.protected.is_none() {
                self.push(range.start + at..range.start + at + words.len());
                self.flush();
            }
            if end < html.len() {
                let close = html[end..]
                    .find('>')
                    .map_or(html.len(), |found| end + found + 1);
                self.tag(&html[end..close]);
                self.in_tag = true;
            }
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINESE: Profile = Profile::new(Blanks::None, true);

    /// Marks every Han character, piece by piece, with the number of its group.
    fn pieces(text: &str) -> Vec<Vec<&str>> {
        running_text(text, CHINESE)
            .into_iter()
            .map(|group| group.into_iter().map(|range| &text[range]).collect())
            .collect()
    }

    #[test]
    fn pieces_run_through_emphasis_and_links_and_stop_at_code() {
        assert_eq!(
            pieces("**发**展[规划](a.md)与`代码`说明"),
            [vec!["发", "展", "规划", "与"], vec!["说明"]]
        );
        assert_eq!(
            pieces("信息科\n技部\n\n后勤"),
            [vec!["信息科", "技部"], vec!["后勤"]]
        );
    }

    #[test]
    fn protected_text_code_and_tags_are_left_out() {
        assert_eq!(
            pieces("由<span translate=\"no\">后里</span>送出，-{干细}-胞"),
            [vec!["由"], vec!["送出，"], vec!["胞"]]
        );
        assert_eq!(
            pieces("<div title=\"系统\">\n<b>发展</b>规划\n</div>\n"),
            [vec!["发展"], vec!["规划"]]
        );
        assert!(pieces("```\n发展\n```\n").is_empty());
    }

    #[test]
    fn replacing_keeps_everything_else() {
        let text = "## 发展 {#发展}\n\n[发展](发展.md) `发展` <b title=\"发展\">发展</b> ![发展](发展.png)\n";
        let marked = replace_running_text(text, CHINESE, &|pieces| {
            pieces
                .iter()
                .map(|piece| piece.replace("发展", "發展"))
                .collect()
        });
        assert_eq!(
            marked.text,
            "## 發展 {#发展}\n\n[發展](发展.md) `发展` <b title=\"发展\">發展</b> ![發展](发展.png)\n"
        );
    }
}
