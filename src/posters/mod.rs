//! Posters. Enters: what a posting says, a typeface, a colour. Leaves: a portrait picture as SVG and as PNG, with a QR
//! code of the page's address. A poster never has a missing glyph: where one lacks, there is a diagnostic and no poster.
//!
//! ```text
//! fonts of the site or the machine ──load_typefaces──> Typeface of PosterFont
//! Views + a posting ──> PosterWords { title, facts: Fact…, address, .. }
//! PosterWords… + Typeface ──plan_posters──> Posters (no words where a glyph is missing, but a Diagnostic)
//! Posters::poster(document)
//!   ── layout::lay_out (Pen measures, Fitted breaks lines) ──> Drawing of Shape
//!        ├─ png::write ─┐
//!        └─ svg::write ─┴──> Poster { png, svg }
//! ```

mod drawing;
mod layout;
mod lines;
mod planning;
mod png;
mod svg;
mod typeface;
mod words;

pub use planning::{load_typefaces, plan_posters};
pub use typeface::{FontData, PosterFont, Typeface};
pub use words::{Fact, PosterWords};

use crate::views::PosterView;
use anyhow::Result;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Width of a poster, pixels.
pub const WIDTH: u32 = 1080;
/// Height of a poster, pixels.
pub const HEIGHT: u32 = 1620;
/// Raised whenever the same words would give another picture, so that no kept poster outlives its layout.
const LAYOUT_VERSION: u32 = 1;

/// A poster as files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poster {
    /// The picture that telephones save.
    pub png: Vec<u8>,
    /// The picture for printing.
    pub svg: Vec<u8>,
}

/// The posters of an edition.
#[derive(Debug, Default)]
pub struct Posters {
    /// The words of each poster, by the document's place.
    words: BTreeMap<usize, PosterWords>,
    /// What pages say of each.
    views: BTreeMap<usize, PosterView>,
    typeface: Option<Arc<Typeface>>,
    colour: String,
}

impl Posters {
    /// The documents that have a poster.
    pub fn documents(&self) -> impl Iterator<Item = usize> {
        self.words.keys().copied()
    }

    /// What pages say of the posters, by the document's place.
    pub fn views(&self) -> &BTreeMap<usize, PosterView> {
        &self.views
    }

    /// The hash of everything that a poster depends on, hexadecimal BLAKE3.
    pub fn key(&self, document: usize) -> Option<String> {
        let (words, typeface) = self.words.get(&document).zip(self.typeface.as_ref())?;
        let program = env!("CARGO_PKG_VERSION");
        let parts = (
            program,
            LAYOUT_VERSION,
            typeface.hash(),
            &self.colour,
            words,
        );
        let bytes = serde_json::to_vec(&parts).ok()?;
        Some(blake3::hash(&bytes).to_hex().to_string())
    }

    /// Draws a document's poster; nothing where it has none.
    pub fn poster(&self, document: usize) -> Result<Option<Poster>> {
        let Some((drawing, words)) = self.draw(document) else {
            return Ok(None);
        };
        Ok(Some(Poster {
            png: png::write(&drawing)?,
            svg: svg::write(&drawing, words).into_bytes(),
        }))
    }

    fn draw(&self, document: usize) -> Option<(drawing::Drawing, &PosterWords)> {
        let (words, typeface) = self.words.get(&document).zip(self.typeface.as_ref())?;
        Some((layout::lay_out(words, typeface, &self.colour)?, words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn posters(title: &str, colour: &str) -> Posters {
        let fact = |label: &str, value: &str| Fact {
            label: label.to_owned(),
            value: value.to_owned(),
        };
        let words = PosterWords {
            organization: "望澜银行".to_owned(),
            kicker: "社会招聘".to_owned(),
            title: title.to_owned(),
            wide: vec![fact("工作地点", "上海")],
            narrow: vec![fact("岗位编号", "J-1")],
            scan: "扫描".to_owned(),
            scan_more: "查看".to_owned(),
            notice: "不收费用。".to_owned(),
            address: "https://a.example/jobs/J-1/".to_owned(),
        };
        let file = FontData::new(include_bytes!("../../tests/fonts/poster-test.otf").to_vec());
        let regular = file.face_for(Language::Hans).expect("font");
        Posters {
            words: BTreeMap::from([(0, words)]),
            views: BTreeMap::new(),
            typeface: Some(Arc::new(Typeface {
                regular,
                bold: None,
            })),
            colour: colour.to_owned(),
        }
    }

    /// The key cannot see the code: where this fails, raise `LAYOUT_VERSION`, then write the new hash here.
    #[test]
    fn a_layout_that_draws_something_else_has_another_version() {
        let poster = posters("对公客户经理（上海）", "#0b5c5a").poster(0);
        let svg = poster.expect("drawn").expect("poster").svg;
        let hash = blake3::hash(&svg).to_hex()[..16].to_owned();
        assert_eq!((LAYOUT_VERSION, hash.as_str()), (1, "2d5b67d00db9f4fd"));
    }

    #[test]
    fn the_key_changes_with_words_colour_and_font() {
        let key = |posters: &Posters| posters.key(0).expect("key");
        let first = posters("柜员", "#0b5c5a");
        assert_eq!(key(&first), key(&posters("柜员", "#0b5c5a")));
        assert_ne!(key(&first), key(&posters("经理", "#0b5c5a")));
        assert_ne!(key(&first), key(&posters("柜员", "#0b5c5b")));
        let mut bytes = include_bytes!("../../tests/fonts/poster-test.otf").to_vec();
        bytes.push(0);
        let regular = FontData::new(bytes).face_for(Language::Hans).expect("font");
        let other = Posters {
            typeface: Some(Arc::new(Typeface {
                regular,
                bold: None,
            })),
            ..posters("柜员", "#0b5c5a")
        };
        assert_ne!(key(&first), key(&other));
    }
}
