//! Cards: link, title and kind of the documents of a range of slots, for long lists of results that quote nothing.
//! Enters: documents with their slots. Leaves: JSON, deflated.

use super::deflate::deflated_json;
use super::document::SearchDocument;
use std::io::Result;

/// Slots that share a file of cards.
pub const SLOTS: u32 = 256;

/// Writes a file of cards: of each document the slot, the link, the title and the kind.
pub fn encode<'a>(documents: impl Iterator<Item = (u32, &'a SearchDocument)>) -> Result<Vec<u8>> {
    let cards: Vec<(u32, &str, &str, &str)> = documents
        .map(|(slot, document)| {
            (
                slot,
                document.url.as_str(),
                document.title.as_str(),
                document.kind,
            )
        })
        .collect();
    deflated_json(&cards)
}
