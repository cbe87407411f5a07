//! A drawing as SVG: outlines only, so that it looks the same without the font. The words stand in its title and
//! description for those who cannot see it.

use super::drawing::{Drawing, Segment};
use super::words::PosterWords;
use super::{HEIGHT, WIDTH};
use crate::text::markup::escape;
use std::fmt::Write;

/// Writes the SVG.
pub(super) fn write(drawing: &Drawing, words: &PosterWords) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n",
        escape(&words.title),
        escape(&words.description())
    );
    for shape in &drawing.shapes {
        let [red, green, blue] = shape.colour;
        let _ = write!(svg, "<path fill=\"#{red:02x}{green:02x}{blue:02x}\"");
        if shape.stroke > 0.0 {
            let _ = write!(
                svg,
                " stroke=\"#{red:02x}{green:02x}{blue:02x}\" stroke-linejoin=\"round\" stroke-width=\"{:.2}\"",
                shape.stroke
            );
        }
        if !shape.is_smooth {
            svg.push_str(" shape-rendering=\"crispEdges\"");
        }
        svg.push_str(" d=\"");
        for segment in &shape.outline {
            add(&mut svg, segment);
        }
        svg.push_str("\"/>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

fn add(svg: &mut String, segment: &Segment) {
    let (letter, points): (char, &[[f32; 2]]) = match segment {
        Segment::Move(a) => ('M', &[*a]),
        Segment::Line(a) => ('L', &[*a]),
        Segment::Quad(a, b) => ('Q', &[*a, *b]),
        Segment::Cubic(a, b, c) => ('C', &[*a, *b, *c]),
        Segment::Close => ('Z', &[]),
    };
    svg.push(letter);
    for (index, point) in points.iter().flatten().enumerate() {
        if index > 0 {
            svg.push(' ');
        }
        // A tenth of a pixel is less than anybody sees.
        let _ = write!(svg, "{}", (point * 10.0).round() / 10.0);
    }
}
