//! Text files: each holds the units of a few neighbouring slots. The reader checks a hit against them, quotes from
//! them, and shows their titles. Enters: documents. Leaves: JSON in GB 18030, deflated, with the tag of its bytes at
//! the end. The name of a text file does not change with its content, so the reader compares the index with the text
//! at every hit.

use super::deflate::{deflate, seal};
use super::document::{SearchDocument, SearchSection};
use super::pieces::Piece;
use super::{fold, gb18030};
use std::collections::BTreeMap;
use std::io::Result;

/// A unit as it is written, an array: slot, link, title, kind, number, tags, words, facts, and for every piece its
/// anchor, heading and text.
type UnitRow<Text, Texts> = (
    u32,
    Text,
    Text,
    Text,
    Text,
    Texts,
    Texts,
    FactsRow<Text>,
    Vec<(Text, Text, Text)>,
);
/// The facts that filters use, to check a hit: ids by facet; the day of publishing; the last day for applications; the
/// least and the most salary. Beside the facets, `shown` holds the facts that a row shows, and `language` the language
/// if it is not the edition's.
type FactsRow<Text> = (
    BTreeMap<Text, Vec<Text>>,
    Option<i32>,
    Option<i32>,
    Option<(u32, u32)>,
);
type BorrowedRow<'a> = UnitRow<&'a str, &'a [String]>;

/// The slot of a unit and the data that it is made from.
pub struct UnitSource<'a> {
    /// Its slot.
    pub slot: u32,
    /// Its document, without the sections.
    pub document: &'a SearchDocument,
    /// The document's sections.
    pub sections: &'a [SearchSection],
    /// Its pieces.
    pub pieces: &'a [Piece],
    /// Whether it is the document's first; only that one holds number, tags and words.
    pub is_first: bool,
}

fn to_row<'a>(source: &UnitSource<'a>) -> BorrowedRow<'a> {
    let document = source.document;
    let when_first = |words: &'a [String]| if source.is_first { words } else { &[] };
    let piece = |piece: &Piece| {
        let section = &source.sections[piece.section];
        let text = section.text.get(piece.text.clone()).unwrap_or("");
        (section.anchor.as_str(), section.heading.as_str(), text)
    };
    let mut facets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for value in &document.facets {
        facets.entry(value.facet).or_default().push(&value.id);
    }
    // Keys without values are left out, so that most documents need no bytes for the language.
    if !document.shown.is_empty() {
        let shown = document.shown.iter().map(String::as_str);
        facets.insert("shown", shown.collect());
    }
    if let Some(language) = document.language {
        facets.insert("language", vec![language]);
    }
    (
        source.slot,
        &document.url,
        &document.title,
        document.kind,
        if source.is_first {
            &document.number
        } else {
            ""
        },
        when_first(&document.tags),
        when_first(&document.words),
        (facets, document.published, document.closes, document.salary),
        source.pieces.iter().map(piece).collect(),
    )
}

/// Writes a text file: its units and the pairs of characters that fold them.
pub fn encode(sources: &[UnitSource]) -> Result<Vec<u8>> {
    let rows: Vec<BorrowedRow> = sources.iter().map(to_row).collect();
    // GB 18030 holds every character and takes an eighth less than UTF-8 once it is deflated; browsers can read both.
    let text = serde_json::to_string(&rows)?;
    let mut bytes = Vec::with_capacity(text.len());
    bytes.push(b'[');
    let folds = gb18030::write(&text, &mut bytes);
    bytes.push(b',');
    let pairs = if folds { pairs(&rows) } else { String::new() };
    gb18030::write(&serde_json::to_string(&pairs)?, &mut bytes);
    bytes.push(b']');
    Ok(seal(deflate(&bytes)?))
}

/// The pairs of characters that fold the searched texts of units.
fn pairs(rows: &[BorrowedRow]) -> String {
    fold::pairs(rows.iter().flat_map(|row| {
        let pieces = row.8.iter().flat_map(|piece| [piece.1, piece.2]);
        let words = row.5.iter().chain(row.6).map(String::as_str);
        [row.2, row.4].into_iter().chain(words).chain(pieces)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::deflate::{inflate, unseal};
    use crate::search::terms::terms;
    use encoding_rs::GB18030;

    type OwnedRow = UnitRow<String, Vec<String>>;

    /// Reads a text file. `None` when the bytes are broken.
    fn decode(bytes: &[u8]) -> Option<Vec<OwnedRow>> {
        let (rows, _): (Vec<OwnedRow>, String) = {
            let bytes = inflate(unseal(bytes)?)?;
            serde_json::from_str(&GB18030.decode_without_bom_handling(&bytes).0).ok()?
        };
        Some(rows)
    }

    #[test]
    fn a_text_file_is_read_as_it_was_written_and_a_cut_one_is_refused() {
        let document = SearchDocument {
            url: "jobs/J-1/".into(),
            title: "資訊科技部 IT審計".into(),
            tags: vec!["审计".into()],
            published: Some(20_000),
            ..SearchDocument::default()
        };
        let terms = terms(&document, &document.sections, 1);
        let source = UnitSource {
            slot: 7,
            document: &document,
            sections: &document.sections,
            pieces: &terms.units[0].pieces,
            is_first: true,
        };
        let bytes = encode(&[source]).expect("a text file");
        let units = decode(&bytes).expect("units");
        let (slot, _, title, _, _, tags, _, facts, _) = &units[0];
        assert_eq!(
            (*slot, title, tags, facts.1),
            (7, &document.title, &document.tags, document.published)
        );
        for end in 0..bytes.len() {
            assert_eq!(decode(&bytes[..end]), None, "{end}");
        }
    }
}
