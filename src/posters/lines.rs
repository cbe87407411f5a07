//! Lines of a text: broken by Unicode's rules (UAX 14), so that no line begins with a closing mark, shrunk until they
//! fit, and even in length. Linear in the text for each size tried.

use super::typeface::Pen;
use unicode_linebreak::linebreaks;

/// Lines that fit, with their size.
#[derive(Debug, PartialEq)]
pub(super) struct Fitted {
    /// The lines.
    pub lines: Vec<String>,
    /// Their size, pixels.
    pub size: f32,
}

/// The longest text that is looked at, characters; no poster holds more.
const MAX_CHARACTERS: usize = 400;

/// Fits a title into lines of one length: the first size that needs no more lines than it allows. What even the last
/// cannot hold ends with `…`. A size is pixels and the most lines.
pub(super) fn fit(pen: &Pen, text: &str, width: f32, sizes: &[(f32, usize)]) -> Fitted {
    let fitted = fill(pen, text, width, sizes);
    if fitted.lines.len() < 2 || fitted.lines.last().is_some_and(|line| line.ends_with('…')) {
        return fitted;
    }
    let text = tidy(text);
    // A little smaller is better than a torn word.
    let close =
        (sizes.iter()).filter(|(size, _)| (fitted.size * 0.85..=fitted.size).contains(size));
    for &(size, most) in close {
        if let Some(lines) = by_sense(pen, &text, width / size, most) {
            return Fitted { lines, size };
        }
    }
    Fitted {
        lines: even(pen, &text, width / fitted.size, fitted.lines),
        ..fitted
    }
}

/// The places where a line may end, by Unicode's rules; a dot between words never begins a line.
fn breaks(text: &str) -> impl Iterator<Item = usize> {
    linebreaks(text)
        .map(|(end, _)| end)
        .filter(|&end| !text[end..].starts_with('·'))
}

/// Lines broken only before an opening bracket and after a space, a dot or a closing mark, so that no word is torn;
/// `None` where the text has no such places or would need more lines.
fn by_sense(pen: &Pen, text: &str, width: f32, most: usize) -> Option<Vec<String>> {
    const OPENING: [char; 6] = ['（', '(', '《', '【', '「', '“'];
    const CLOSING: [char; 10] = [' ', '·', '）', ')', '》', '】', '、', '，', '：', '/'];
    let mut lines: Vec<String> = Vec::new();
    let mut start = 0;
    for end in breaks(text) {
        let rest = text[end..].chars().next();
        let ends = text[..end].ends_with(CLOSING) || rest.is_none_or(|c| OPENING.contains(&c));
        if !ends {
            continue;
        }
        let piece = &text[start..end];
        start = end;
        if pen.width(piece.trim_end()) > width {
            return None;
        }
        match lines.last_mut() {
            Some(line) if pen.width(line) + pen.width(piece.trim_end()) <= width => {
                line.push_str(piece);
            }
            _ => lines.push(piece.to_owned()),
        }
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect();
    (lines.len() > 1 && lines.len() <= most).then_some(lines)
}

/// One line of white space between words, and no more characters than a poster can hold.
fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(MAX_CHARACTERS).collect()
}

/// Fits a paragraph, its lines as full as they can be.
pub(super) fn fill(pen: &Pen, text: &str, width: f32, sizes: &[(f32, usize)]) -> Fitted {
    let text = tidy(text);
    for &(size, most) in sizes {
        let lines = wrap(pen, &text, width / size);
        if lines.len() <= most {
            return Fitted { lines, size };
        }
    }
    let (size, most) = sizes.last().copied().unwrap_or((1.0, 1));
    let mut lines = wrap(pen, &text, width / size);
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        while !last.is_empty() && pen.width(last) + pen.advance('…') > width / size {
            last.pop();
        }
        last.push('…');
    }
    Fitted { lines, size }
}

/// The same number of lines in the narrowest width, so that no single character stands alone.
fn even(pen: &Pen, text: &str, width: f32, lines: Vec<String>) -> Vec<String> {
    let (mut low, mut high, mut best) = (width / 2.0, width, lines);
    for _ in 0..6 {
        let middle = f32::midpoint(low, high);
        let tried = wrap(pen, text, middle);
        if tried.len() <= best.len() {
            (high, best) = (middle, tried);
        } else {
            low = middle;
        }
    }
    best
}

/// Greedy lines of a width, a share of the size.
fn wrap(pen: &Pen, text: &str, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    let mut start = 0;
    for end in breaks(text) {
        let piece = &text[start..end];
        start = end;
        if used + pen.width(piece.trim_end()) > width && !line.is_empty() {
            lines.push(line.trim_end().to_owned());
            line.clear();
            used = 0.0;
        }
        for c in piece.chars() {
            // A piece longer than a line is cut anywhere.
            if used + pen.advance(c) > width && !line.is_empty() && c != ' ' {
                lines.push(line.trim_end().to_owned());
                line.clear();
                used = 0.0;
            }
            line.push(c);
            used += pen.advance(c);
        }
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::typeface::{FontData, Typeface};
    use super::*;
    use crate::text::Language;

    fn typeface() -> Typeface {
        let bytes = include_bytes!("../../tests/fonts/poster-test.otf").to_vec();
        Typeface {
            regular: FontData::new(bytes).face_for(Language::Hans).expect("font"),
            bold: None,
        }
    }

    #[test]
    fn a_long_title_shrinks_then_ends_with_an_ellipsis_and_never_leaves_its_width() {
        let typeface = typeface();
        let pen = typeface.bold().expect("pen");
        let sizes = [(100.0, 1), (50.0, 2)];
        let short = fit(&pen, "柜员", 300.0, &sizes);
        assert_eq!((short.size, short.lines.len()), (100.0, 1));
        let two = fit(&pen, "对公客户经理员", 300.0, &sizes);
        assert_eq!((two.size, two.lines.len()), (50.0, 2));
        for text in [
            "对公客户经理".repeat(9),
            "Engineer".repeat(9),
            "a b ".repeat(90),
        ] {
            let fitted = fit(&pen, &text, 300.0, &sizes);
            assert!(fitted.lines.len() <= 2);
            assert!(fitted.lines[1].ends_with('…'), "{fitted:?}");
            for line in &fitted.lines {
                assert!(pen.width(line) * fitted.size <= 300.5, "{line}");
            }
        }
    }

    #[test]
    fn a_line_ends_before_a_bracket_rather_than_within_a_word() {
        let typeface = typeface();
        let pen = typeface.bold().expect("pen");
        let broken = |text: &str| fit(&pen, text, 450.0, &[(50.0, 2)]).lines;
        assert_eq!(
            broken("对公客户经理（公司金融）"),
            ["对公客户经理", "（公司金融）"]
        );
        assert_eq!(
            broken("Java Engineer Shanghai"),
            ["Java Engineer", "Shanghai"]
        );
    }

    #[test]
    fn lines_are_even_and_begin_with_no_closing_mark() {
        let typeface = typeface();
        let pen = typeface.bold().expect("pen");
        let even = fit(&pen, "公司金融客户经理员", 400.0, &[(50.0, 2)]);
        assert_eq!(even.lines, ["公司金融客", "户经理员"]);
        let marks = fit(&pen, "公司金融客户（上海）", 450.0, &[(50.0, 3)]);
        for line in &marks.lines {
            assert!(
                !line.starts_with(['）', '，']) && !line.ends_with('（'),
                "{marks:?}"
            );
        }
    }
}
