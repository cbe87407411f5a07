//! The nesting depth of raw HTML. Enters: pieces of raw HTML, in their order. Leaves: the number of open tags.
//! The sanitising library takes quadratic time for very deep trees, so the caller refuses them before the library runs.

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Tags without content, and tags whose end tag HTML allows to leave out: the next tag of their kind ends them.
const NEVER_DEEP: &str = "area base br caption col colgroup dd dt embed hr img input li link meta option optgroup p \
    param rp rt source tbody td tfoot th thead tr track wbr";

/// Counts the open tags of raw HTML.
pub(super) struct RawDepth(Tokenizer<OpenTags>);

/// A tag that begins something in raw HTML, as far as authors are told of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RawTag {
    pub(super) name: String,
    /// Names in lower case, with their values.
    attributes: Vec<(String, String)>,
}

impl RawTag {
    /// The value of an attribute.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        let (_, value) = all.find(|(known, _)| known == name)?;
        Some(value)
    }
}

impl RawDepth {
    /// Starts without open tags.
    pub(super) fn new() -> RawDepth {
        RawDepth(Tokenizer::new(
            OpenTags::default(),
            TokenizerOpts::default(),
        ))
    }

    /// The largest number of tags that are open at once in one more piece.
    pub(super) fn after(&mut self, html: &str) -> usize {
        let input = BufferQueue::default();
        input.push_back(html.into());
        let open = &self.0.sink;
        let before = open.0.borrow().count;
        open.0.borrow_mut().most = before;
        let _ = self.0.feed(&input);
        self.0.sink.0.borrow().most
    }

    /// The tags that began since the last call.
    pub(super) fn begun(&mut self) -> Vec<RawTag> {
        std::mem::take(&mut self.0.sink.0.borrow_mut().begun)
    }
}

#[derive(Default)]
struct OpenTags(RefCell<Counts>);

#[derive(Default)]
struct Counts {
    by_name: BTreeMap<String, usize>,
    count: usize,
    most: usize,
    begun: Vec<RawTag>,
}

impl Counts {
    fn take(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if tag.kind == TagKind::StartTag {
            let attributes = tag.attrs.iter();
            let written = attributes.map(|one| (one.name.local.to_string(), one.value.to_string()));
            self.begun.push(RawTag {
                name: name.to_owned(),
                attributes: written.collect(),
            });
        }
        if NEVER_DEEP.split_whitespace().any(|known| known == name) {
            return;
        }
        match tag.kind {
            TagKind::StartTag => {
                *self.by_name.entry(name.to_owned()).or_default() += 1;
                self.count += 1;
                self.most = self.most.max(self.count);
            }
            // An end tag without a start tag closes nothing.
            TagKind::EndTag => {
                if let Some(open) = self.by_name.get_mut(name).filter(|open| **open > 0) {
                    *open -= 1;
                    self.count -= 1;
                }
            }
        }
    }
}

impl TokenSink for OpenTags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            self.0.borrow_mut().take(&tag);
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_tags_are_counted_over_all_pieces() {
        let mut depth = RawDepth::new();
        assert_eq!(depth.after("<div><b title='<i>'>"), 2);
        assert_eq!(depth.after("<!-- <div> --><span>"), 3);
        assert_eq!(depth.after("</span></b></div></div>"), 3);
        assert_eq!(depth.after("<div>"), 1);
    }

    #[test]
    fn tags_are_read_over_all_pieces_with_their_attributes() {
        let mut depth = RawDepth::new();
        depth.after("<a HREF='x&amp;y'\n");
        assert!(depth.begun().is_empty());
        depth.after("id=z><img src=a.png></a>");
        let begun = depth.begun();
        assert_eq!(begun.len(), 2);
        assert_eq!(begun[0].value("href"), Some("x&y"));
        assert_eq!(begun[0].value("id"), Some("z"));
        assert_eq!(
            (begun[1].name.as_str(), begun[1].value("src")),
            ("img", Some("a.png"))
        );
    }

    #[test]
    fn tags_that_end_by_themselves_are_not_counted() {
        let mut depth = RawDepth::new();
        let table = "<table>".to_owned() + &"<tr><td>甲<br><td>乙".repeat(500);
        assert_eq!(depth.after(&table), 1);
    }
}
