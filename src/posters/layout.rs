//! The layout: a band in the bank's colour with the title, the facts, the code with what to do with it, the notice.
//! Enters: words, a typeface, a colour. Leaves: a drawing. Measures are pixels of a poster 1080 wide.

#![expect(
    clippy::cast_precision_loss,
    reason = "a poster is a few thousand pixels large"
)]

use super::drawing::{Drawing, Shape, ShapeOutline, add_rectangle};
use super::lines::{Fitted, fill, fit};
use super::typeface::{Pen, Typeface};
use super::words::{Fact, PosterWords, host};
use super::{HEIGHT, WIDTH};
use crate::text::accent;
use fast_qr::{ECL, QRBuilder, QRCode};

const PAGE: [u8; 3] = [0xff, 0xff, 0xff];
const INK: [u8; 3] = [0x1f, 0x1e, 0x1b];
const QUIET: [u8; 3] = [0x5f, 0x5c, 0x55];
const LINE: [u8; 3] = [0xe2, 0xdf, 0xd8];

const MARGIN: f32 = 80.0;
const INNER: f32 = WIDTH as f32 - 2.0 * MARGIN;
const BAND: f32 = 606.0;
const TITLE_BOTTOM: f32 = 540.0;
/// Sizes with the most lines that stay below the organisation's name.
const TITLE_SIZES: [(f32, usize); 7] = [
    (124.0, 2),
    (112.0, 2),
    (100.0, 2),
    (90.0, 2),
    (80.0, 3),
    (70.0, 3),
    (62.0, 4),
];
const VALUE_SIZES: [(f32, usize); 4] = [(44.0, 1), (40.0, 1), (36.0, 1), (32.0, 1)];
/// A value that would have to be smaller than this in half the width takes a line of its own.
const LEAST_HALF: f32 = 40.0;
const GUTTER: f32 = 40.0;
const FACTS_TOP: f32 = BAND + 44.0;
/// The room of a row of facts, at most and before they become smaller.
const FACT_ROOM: [f32; 2] = [136.0, 116.0];
/// The square that the code fills at most; the page around it is its quiet zone.
const CODE: f32 = 308.0;
const CODE_TOP: f32 = 1122.0;
const NOTICE_TOP: f32 = 1482.0;

/// The most modules on a side of the code: with fewer than four pixels each, old telephones no longer read it.
const MOST_MODULES: usize = 77;
/// The longest address, bytes: what a code of 77 modules, version 15, holds at the correction level M (ISO/IEC 18004).
pub(super) const MOST_BYTES: usize = 412;

/// The code of an address; `None` where it is too long to be read from a telephone's screen.
pub(super) fn code(address: &str) -> Option<QRCode> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    (code.size <= MOST_MODULES).then_some(code)
}

/// Lays the poster out; `None` where the address has no code or the face cannot be read.
pub(super) fn lay_out(words: &PosterWords, typeface: &Typeface, colour: &str) -> Option<Drawing> {
    let (regular, bold) = (typeface.regular()?, typeface.bold()?);
    let (accent, ink) = accent::on_white(colour);
    let mut sheet = Sheet {
        drawing: Drawing::default(),
    };
    let (width, height) = (WIDTH as f32, HEIGHT as f32);
    sheet.drawing.rectangle([0.0, 0.0, width, height], PAGE);
    sheet.drawing.rectangle([0.0, 0.0, width, BAND], accent);

    let name = fit(
        &bold,
        &words.organization,
        INNER,
        &[(46.0, 1), (40.0, 1), (34.0, 1)],
    );
    sheet.lines(&bold, &name, MARGIN, 112.0, ink);
    sheet.drawing.rectangle([MARGIN, 140.0, 72.0, 5.0], ink);
    let title = fit(&bold, &words.title, INNER, &TITLE_SIZES);
    let leading = (title.size * 1.28).round();
    let first = TITLE_BOTTOM - leading * (title.lines.len() as f32 - 1.0);
    let kicker = fit(
        &regular,
        &words.kicker,
        INNER,
        &[(38.0, 1), (34.0, 1), (30.0, 1)],
    );
    sheet.lines(&regular, &kicker, MARGIN, first - title.size - 26.0, ink);
    sheet.lines(&bold, &title, MARGIN, first, ink);

    sheet.facts(&regular, &bold, words);
    sheet
        .drawing
        .rectangle([MARGIN, CODE_TOP - 44.0, INNER, 2.0], LINE);
    sheet.code(&code(&words.address)?);
    let x = MARGIN + CODE + 44.0;
    let beside = width - MARGIN - x;
    let scan = fit(
        &bold,
        &words.scan,
        beside,
        &[(50.0, 1), (44.0, 1), (38.0, 2)],
    );
    let y = sheet.lines(&bold, &scan, x, CODE_TOP + 96.0, accent);
    let more = fit(
        &regular,
        &words.scan_more,
        beside,
        &[(36.0, 1), (32.0, 1), (28.0, 2)],
    );
    let y = sheet.lines(&regular, &more, x, y + 10.0, INK);
    let address = host(&words.address);
    let address = fit(
        &regular,
        address,
        beside,
        &[(28.0, 1), (24.0, 1), (20.0, 1)],
    );
    sheet.lines(&regular, &address, x, y + 4.0, QUIET);

    if !words.notice.is_empty() {
        sheet
            .drawing
            .rectangle([MARGIN, NOTICE_TOP - 34.0, INNER, 2.0], LINE);
        let notice = fill(
            &regular,
            &words.notice,
            INNER,
            &[(27.0, 3), (25.0, 3), (23.0, 3)],
        );
        sheet.lines(&regular, &notice, MARGIN, NOTICE_TOP + 18.0, QUIET);
    }
    sheet
        .drawing
        .rectangle([0.0, height - 14.0, width, 14.0], accent);
    Some(sheet.drawing)
}

/// A poster in the making.
struct Sheet {
    drawing: Drawing,
}

impl Sheet {
    /// Sets lines from a baseline on; gives the baseline that would come next.
    fn lines(&mut self, pen: &Pen, fitted: &Fitted, x: f32, y: f32, colour: [u8; 3]) -> f32 {
        let mut baseline = y;
        for line in &fitted.lines {
            self.drawing.shapes.push(Shape {
                outline: pen.outline(line, x, baseline, fitted.size),
                colour,
                stroke: pen.heavier * fitted.size,
                is_smooth: true,
            });
            baseline += (fitted.size * 1.28).round();
        }
        baseline
    }

    fn facts(&mut self, regular: &Pen, bold: &Pen, words: &PosterWords) {
        let half = (INNER - GUTTER) / 2.0;
        let size = |fact: &Fact, width| {
            let fitted = fit(bold, &fact.value, width, &VALUE_SIZES);
            let is_cut = fitted.lines.last().is_some_and(|line| line.ends_with('…'));
            if is_cut { 0.0 } else { fitted.size }
        };
        let (short, long): (Vec<&Fact>, Vec<&Fact>) =
            (words.narrow.iter()).partition(|fact| size(fact, half) >= LEAST_HALF);
        let rows: Vec<(f32, Vec<&Fact>)> = (words.wide.iter().chain(long))
            .map(|fact| (INNER, vec![fact]))
            .chain(short.chunks(2).map(|pair| (half, pair.to_vec())))
            .collect();
        let all = rows
            .iter()
            .flat_map(|(width, row)| row.iter().map(|fact| size(fact, *width)));
        let (largest, least) = (VALUE_SIZES[0].0, VALUE_SIZES[VALUE_SIZES.len() - 1].0);
        let value_size = all.fold(largest, f32::min).max(least);
        let height = FACT_ROOM[0].min((CODE_TOP - 60.0 - FACTS_TOP) / rows.len().max(1) as f32);
        let scale = (height / FACT_ROOM[1]).min(1.0);
        for (place, (width, row)) in rows.into_iter().enumerate() {
            let top = FACTS_TOP + (height * place as f32).round();
            for (column, fact) in row.into_iter().enumerate() {
                let x = MARGIN + column as f32 * (half + GUTTER);
                let label = fit(regular, &fact.label, width, &[(28.0 * scale, 1)]);
                self.lines(regular, &label, x, top + 30.0 * scale, QUIET);
                let value = fit(bold, &fact.value, width, &[(value_size * scale, 1)]);
                self.lines(bold, &value, x, top + 84.0 * scale, INK);
            }
        }
    }

    fn code(&mut self, code: &QRCode) {
        // Whole pixels, so that every module is sharp.
        let module = (CODE / code.size as f32).floor();
        let side = module * code.size as f32;
        let (left, top) = (MARGIN, CODE_TOP + ((CODE - side) / 2.0).floor());
        let mut outline = ShapeOutline::new();
        for row in 0..code.size {
            let mut column = 0;
            while column < code.size {
                let start = column;
                while column < code.size && code[row][column].value() {
                    column += 1;
                }
                if column > start {
                    add_rectangle(
                        &mut outline,
                        [
                            left + module * start as f32,
                            top + module * row as f32,
                            module * (column - start) as f32,
                            module,
                        ],
                    );
                }
                column += 1;
            }
        }
        self.drawing.shapes.push(Shape {
            outline,
            colour: INK,
            stroke: 0.0,
            is_smooth: false,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_address_fills_the_largest_code_and_none_is_longer() {
        let address = |bytes: usize| format!("{:a<bytes$}", "https://a.example/");
        let most = code(&address(MOST_BYTES)).expect("code");
        assert_eq!(most.size, MOST_MODULES);
        assert!((CODE / most.size as f32).floor() >= 4.0);
        assert!(code(&address(MOST_BYTES + 1)).is_none());
    }

    #[test]
    fn the_host_stands_beside_the_code() {
        assert_eq!(host("https://hr.bank.example/jobs/J-1/"), "hr.bank.example");
        assert_eq!(host("https://bank.example"), "bank.example");
    }
}
