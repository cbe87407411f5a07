//! A drawing as PNG. The few colours of a poster and the steps between them fit a palette, which is a third of the
//! bytes to compress; a drawing with more colours is written in full.

use super::drawing::{Drawing, Segment, ShapeOutline};
use super::{HEIGHT, WIDTH};
use anyhow::{Context, Result};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use tiny_skia::{FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};

/// Writes the PNG.
pub(super) fn write(drawing: &Drawing) -> Result<Vec<u8>> {
    let mut pixmap = Pixmap::new(WIDTH, HEIGHT).context("poster")?;
    for shape in &drawing.shapes {
        let Some(path) = path(&shape.outline) else {
            continue;
        };
        let [red, green, blue] = shape.colour;
        let mut paint = Paint {
            anti_alias: shape.is_smooth,
            ..Paint::default()
        };
        paint.set_color_rgba8(red, green, blue, 255);
        let place = Transform::identity();
        pixmap.fill_path(&path, &paint, FillRule::Winding, place, None);
        if shape.stroke > 0.0 {
            let stroke = Stroke {
                width: shape.stroke,
                line_join: LineJoin::Round,
                ..Stroke::default()
            };
            pixmap.stroke_path(&path, &paint, &stroke, place, None);
        }
    }
    encode(pixmap.data(), drawing)
}

fn path(outline: &ShapeOutline) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for segment in outline {
        match *segment {
            Segment::Move([x, y]) => builder.move_to(x, y),
            Segment::Line([x, y]) => builder.line_to(x, y),
            Segment::Quad([a, b], [x, y]) => builder.quad_to(a, b, x, y),
            Segment::Cubic(from, to, [x, y]) => {
                builder.cubic_to(from[0], from[1], to[0], to[1], x, y);
            }
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn encode(rgba: &[u8], drawing: &Drawing) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(128 * 1024);
    let mut encoder = Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    let data = if let Some((palette, indices)) = indexed(rgba, drawing) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette);
        indices
    } else {
        encoder.set_color(ColorType::Rgb);
        rgba.chunks_exact(4)
            .flat_map(|c| [c[0], c[1], c[2]])
            .collect()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// The place of a colour in the table of coarse colours: five bits of each channel.
fn coarse([red, green, blue]: [u8; 3]) -> usize {
    (usize::from(red >> 3) << 10) | (usize::from(green >> 3) << 5) | usize::from(blue >> 3)
}

/// A palette and the places of the pixels in it; `None` where there are more than 256 colours. The colours of the
/// shapes stay exact, the steps between them are rounded to the first of their kind.
fn indexed(rgba: &[u8], drawing: &Drawing) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut table: Vec<Option<u8>> = vec![None; 1 << 15];
    let mut palette: Vec<u8> = Vec::new();
    let mut place = |colour: [u8; 3]| -> Option<u8> {
        let cell = &mut table[coarse(colour)];
        if cell.is_none() {
            *cell = Some(u8::try_from(palette.len() / 3).ok()?);
            palette.extend(colour);
        }
        *cell
    };
    for shape in &drawing.shapes {
        place(shape.colour)?;
    }
    let mut indices = Vec::with_capacity(rgba.len() / 4);
    let (mut last, mut index) = ([0; 3], place([0; 3])?);
    for pixel in rgba.chunks_exact(4) {
        let colour = [pixel[0], pixel[1], pixel[2]];
        if colour != last {
            index = place(colour)?;
            last = colour;
        }
        indices.push(index);
    }
    Some((palette, indices))
}
