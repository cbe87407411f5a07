//! Cards: link, title and kind of the documents of a range of slots, for long lists of results that quote nothing.
//! Enters: documents with their slots. Leaves: JSON, deflated, and back.

use super::deflate::{deflated_json, inflate};
use super::document::SearchDocument;
use std::io::Result;

/// Slots that share a file of cards.
pub const SLOTS: u32 = 256;

/// A card: slot, link, title, kind.
pub type Card = (u32, String, String, String);

/// Writes a file of cards.
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

/// Reads a file of cards. `None` when it is broken.
pub fn decode(bytes: &[u8]) -> Option<Vec<Card>> {
    serde_json::from_slice(&inflate(bytes)?).ok()
}
