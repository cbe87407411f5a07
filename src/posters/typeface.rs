//! The typeface of posters. Enters: the bytes of font files. Leaves: outlines and widths of characters. A font with
//! faulty tables gives `None`, never a panic.

use super::drawing::{Segment, ShapeOutline};
use crate::text::Language;
use std::collections::BTreeSet;
use std::sync::Arc;
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag, name_id};

/// A font file, read once for all editions.
#[derive(Debug, Clone)]
pub struct FontData {
    bytes: Arc<Vec<u8>>,
    hash: Arc<str>,
}

impl FontData {
    /// Takes the bytes of a file.
    pub fn new(bytes: Vec<u8>) -> FontData {
        FontData {
            hash: blake3::hash(&bytes).to_hex().as_str().into(),
            bytes: Arc::new(bytes),
        }
    }

    /// The face that suits a language best; `None` where the bytes are not a font.
    pub fn face_for(&self, language: Language) -> Option<PosterFont> {
        let count = ttf_parser::fonts_in_collection(&self.bytes).unwrap_or(1);
        let suffix = region(language);
        let suits = |index: &u32| {
            Face::parse(&self.bytes, *index).is_ok_and(|face| family(&face).ends_with(suffix))
        };
        self.face_at((0..count).find(suits).unwrap_or(0))
    }

    /// The face with an index in the file; `None` where the bytes are not a font.
    pub fn face_at(&self, index: u32) -> Option<PosterFont> {
        Face::parse(&self.bytes, index).ok()?;
        let file = self.clone();
        Some(PosterFont { file, index })
    }
}

/// One face of a font file.
#[derive(Debug, Clone)]
pub struct PosterFont {
    file: FontData,
    index: u32,
}

impl PosterFont {
    fn face(&self, weight: f32) -> Option<Face<'_>> {
        let mut face = Face::parse(&self.file.bytes, self.index).ok()?;
        // A font without this axis stays as it is.
        face.set_variation(Tag::from_bytes(b"wght"), weight);
        Some(face)
    }
}

/// All suffixes that `region` returns.
pub(super) const REGIONS: [&str; 3] = [" SC", " TC", " HK"];

/// The suffix of the family name for the region of a language, in designs that have a family for each region.
pub(super) fn region(language: Language) -> &'static str {
    match language {
        Language::Hant | Language::HantTw => " TC",
        Language::HantHk => " HK",
        Language::Hans | Language::En => " SC",
    }
}

fn family(face: &Face) -> String {
    let names = face.names().into_iter();
    names
        .filter(|name| name.name_id == name_id::FAMILY && name.is_unicode())
        .find_map(|name| name.to_string())
        .unwrap_or_default()
}

/// A regular face and, where there is one, a bold one.
#[derive(Debug, Clone)]
pub struct Typeface {
    /// For running text.
    pub regular: PosterFont,
    /// For titles; without it the regular face is drawn heavier.
    pub bold: Option<PosterFont>,
}

impl Typeface {
    /// The hash of all bytes, with the indices of the faces.
    pub fn hash(&self) -> String {
        let of = |font: &PosterFont| format!("{}:{}", font.file.hash, font.index);
        match &self.bold {
            Some(bold) => format!("{} {}", of(&self.regular), of(bold)),
            None => of(&self.regular),
        }
    }

    /// The characters that one of the faces cannot draw: it has no glyph, only the glyph for missing characters, or a
    /// glyph without an outline, as in fonts of coloured pictures.
    pub fn missing(&self, characters: impl Iterator<Item = char>) -> BTreeSet<char> {
        let faces: Vec<Face> = std::iter::once(&self.regular)
            .chain(&self.bold)
            .filter_map(|font| font.face(400.0))
            .collect();
        characters
            .filter(|&c| !faces.iter().all(|face| draws(face, c)))
            .collect()
    }

    /// The pen for running text.
    pub fn regular(&self) -> Option<Pen<'_>> {
        Pen::new(&self.regular, 400.0, 0.0)
    }

    /// The pen for titles.
    pub fn bold(&self) -> Option<Pen<'_>> {
        if let Some(bold) = &self.bold {
            Pen::new(bold, 700.0, 0.0)
        } else {
            let pen = Pen::new(&self.regular, 700.0, 0.0)?;
            let heavier = if pen.face.is_variable() { 0.0 } else { 0.026 };
            Some(Pen { heavier, ..pen })
        }
    }
}

fn draws(face: &Face, c: char) -> bool {
    let glyph = face.glyph_index(c).filter(|glyph| glyph.0 != 0);
    glyph.is_some_and(|glyph| {
        c == ' ' || face.outline_glyph(glyph, &mut Builder::default()).is_some()
    })
}

/// A face that measures and outlines text.
pub struct Pen<'a> {
    face: Face<'a>,
    /// The additional thickness of strokes, as a share of the size.
    pub heavier: f32,
}

impl<'a> Pen<'a> {
    fn new(font: &'a PosterFont, weight: f32, heavier: f32) -> Option<Pen<'a>> {
        Some(Pen {
            face: font.face(weight)?,
            heavier,
        })
    }

    fn glyph(&self, c: char) -> GlyphId {
        self.face.glyph_index(c).unwrap_or(GlyphId(0))
    }

    fn units(&self) -> f32 {
        f32::from(self.face.units_per_em().max(1))
    }

    /// The width of a text, as a share of the size.
    pub fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| self.advance(c)).sum()
    }

    /// The width of a character, as a share of the size.
    pub fn advance(&self, c: char) -> f32 {
        let advance = self.face.glyph_hor_advance(self.glyph(c)).unwrap_or(0);
        f32::from(advance) / self.units()
    }

    /// The outline of a line of text whose baseline begins at a point.
    pub fn outline(&self, text: &str, x: f32, y: f32, size: f32) -> ShapeOutline {
        let mut builder = Builder {
            outline: Vec::new(),
            x,
            y,
            scale: size / self.units(),
        };
        for c in text.chars() {
            self.face.outline_glyph(self.glyph(c), &mut builder);
            builder.x += self.advance(c) * size;
        }
        builder.outline
    }
}

/// Puts a glyph's outline, whose y goes up, on the poster, whose y goes down.
#[derive(Default)]
struct Builder {
    outline: ShapeOutline,
    x: f32,
    y: f32,
    scale: f32,
}

impl Builder {
    fn at(&self, x: f32, y: f32) -> [f32; 2] {
        [self.x + x * self.scale, self.y - y * self.scale]
    }
}

impl OutlineBuilder for Builder {
    fn move_to(&mut self, x: f32, y: f32) {
        self.outline.push(Segment::Move(self.at(x, y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.outline.push(Segment::Line(self.at(x, y)));
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.outline
            .push(Segment::Quad(self.at(x1, y1), self.at(x, y)));
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.outline.push(Segment::Cubic(
            self.at(x1, y1),
            self.at(x2, y2),
            self.at(x, y),
        ));
    }
    fn close(&mut self) {
        self.outline.push(Segment::Close);
    }
}
