//! Cutting a summary. Enters: plain text and a width. Leaves: its beginning, cut at a sentence's end.
//! Never inside a grapheme, a Latin word or a number while there is any other place.

use super::measure::is_counted_alone;
use super::{display_width, is_han};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// Cells that the mark of an omission takes in a Chinese font.
const ELLIPSIS_WIDTH: usize = 2;
/// Bytes and cells that an ideograph of the basic plane takes.
const HAN_BYTES: usize = 3;
const HAN_WIDTH: usize = 2;
/// Marks that open, and those that close them, in the same order.
const OPENING: &str = "（([【「『《〈“‘〔{［｛";
const CLOSING: &str = "）)]】」』》〉”’〕}］｝";

/// Where a text may be cut: the byte after the last one kept, and whether every bracket is closed there.
#[derive(Debug, Clone, Copy)]
struct Cut {
    end: usize,
    width: usize,
    balanced: bool,
}

/// The beginning of a text that fits a width in cells, a Han character taking two.
///
/// A text that fits stays as it is. Otherwise it ends at the last sentence end (。！？；, or . ! ? ; before a space) that
/// fits, brackets and quotation marks closed; where no sentence end fits, after a whole word with `…`. An unclosed
/// bracket remains only where a balanced cut would lose more than half of the width.
///
/// ```
/// use gangwei::text::cut_summary;
/// assert_eq!(cut_summary("负责授信。协助贷后管理。", 12), "负责授信。");
/// assert_eq!(cut_summary("负责对公客户授信管理", 12), "负责对公客…");
/// ```
pub fn cut_summary(text: &str, max_width: usize) -> Cow<'_, str> {
    let text = text.trim();
    let Cuts {
        fits,
        sentences,
        breaks,
        hard,
    } = find_cuts(text, max_width);
    if fits {
        return Cow::Borrowed(text);
    }
    let half = |cut: &Cut| cut.width * 2 >= max_width;
    let sentence = sentences.balanced.or(breaks
        .balanced
        .filter(|_| sentences.any.is_some())
        .filter(half));
    match sentence.or(sentences.any) {
        Some(cut) if sentences.holds(cut) => return Cow::Borrowed(&text[..cut.end]),
        Some(cut) => return with_ellipsis(&text[..cut.end]),
        None => {}
    }
    let cut = breaks.balanced.filter(half).or(breaks.any).or(hard);
    match cut {
        Some(cut) => with_ellipsis(&text[..cut.end]),
        None => Cow::Borrowed(""),
    }
}

/// The last cut of a sort, and the last one with every bracket closed.
#[derive(Debug, Default)]
struct Last {
    any: Option<Cut>,
    balanced: Option<Cut>,
}

impl Last {
    fn note(&mut self, cut: Cut) {
        self.any = Some(cut);
        if cut.balanced {
            self.balanced = Some(cut);
        }
    }

    fn holds(&self, cut: Cut) -> bool {
        [self.any, self.balanced]
            .iter()
            .flatten()
            .any(|own| own.end == cut.end)
    }
}

#[derive(Debug, Default)]
struct Cuts {
    fits: bool,
    sentences: Last,
    breaks: Last,
    /// Between any two graphemes, where one word alone is wider than the room.
    hard: Option<Cut>,
}

/// Walks the graphemes until the width is used up.
fn find_cuts(text: &str, max_width: usize) -> Cuts {
    let mut cuts = Cuts::default();
    let mut open = OpenBrackets::default();
    let mut width = 0;
    let mut previous = '\n';
    // A sentence's end waits for the closing marks that belong to it.
    let mut ended: Option<Cut> = None;
    for (at, grapheme) in text.grapheme_indices(true) {
        let c = grapheme.chars().next().unwrap_or(' ');
        let rest = &text[at + grapheme.len()..];
        if let Some(cut) = ended
            && !closes_sentence(c)
        {
            cuts.sentences.note(cut);
            ended = None;
        }
        let here = Cut {
            end: at,
            width,
            balanced: open.marks.is_empty(),
        };
        if at > 0 && width + ELLIPSIS_WIDTH <= max_width {
            cuts.hard = Some(here);
            if may_break(previous, c) {
                cuts.breaks.note(here);
            }
        }
        // An ideograph by itself, as nearly all are.
        width += if grapheme.len() == HAN_BYTES && is_han(c) {
            HAN_WIDTH
        } else {
            display_width(grapheme)
        };
        if width > max_width {
            return cuts;
        }
        open.track(previous, c, rest);
        let end = Cut {
            end: at + grapheme.len(),
            width,
            balanced: open.marks.is_empty(),
        };
        if ended.is_some() || ends_sentence(&text[..at], c, rest) {
            ended = Some(end);
        }
        previous = c;
    }
    cuts.fits = true;
    cuts
}

/// Brackets and quotation marks that are open, by their place in `OPENING`, and how many of each.
#[derive(Debug, Default)]
struct OpenBrackets {
    marks: Vec<usize>,
    counts: [usize; 14],
}

impl OpenBrackets {
    /// Takes one character. A closing mark without its opening one is ignored; one that closes an outer bracket closes
    /// the inner ones too.
    fn track(&mut self, previous: char, c: char, rest: &str) {
        if is_han(c) {
            return;
        }
        let apostrophe = c == '’'
            && previous.is_alphanumeric()
            && rest.chars().next().is_some_and(char::is_alphanumeric);
        if let Some(mark) = OPENING.chars().position(|mark| mark == c) {
            self.marks.push(mark);
            self.counts[mark] += 1;
        } else if let Some(mark) = CLOSING.chars().position(|mark| mark == c)
            && !apostrophe
            && self.counts[mark] > 0
        {
            while let Some(inner) = self.marks.pop() {
                self.counts[inner] -= 1;
                if inner == mark {
                    break;
                }
            }
        }
    }
}

/// Whether a character ends a sentence at its place. A full stop after a number or one letter does not.
fn ends_sentence(before: &str, c: char, rest: &str) -> bool {
    match c {
        '。' | '！' | '？' | '；' => true,
        '.' | '!' | '?' | ';' => {
            // A few closing marks at most: a longer row of them is no prose.
            let spaced = rest
                .chars()
                .take(4)
                .find(|&c| !closes_sentence(c))
                .is_none_or(char::is_whitespace);
            let word = before.len() - before.trim_end_matches(is_latin).len();
            let word = &before[before.len() - word..];
            let numbered = word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1;
            spaced && !(c == '.' && numbered && !before.ends_with(closes_sentence))
        }
        _ => false,
    }
}

/// Marks that may follow a sentence's end and belong to it.
fn closes_sentence(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '」'
            | '』'
            | '）'
            | ')'
            | ']'
            | '】'
            | '》'
            | '"'
            | '\''
            | '！'
            | '？'
            | '。'
            | '!'
            | '?'
    )
}

fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !is_counted_alone(c)
}

/// Whether a line may end between two characters: not in a Latin word, a number, an address, or a number with its unit.
fn may_break(previous: char, next: char) -> bool {
    if previous.is_whitespace() || next.is_whitespace() {
        return true;
    }
    let solid = |c: char| c.is_ascii_graphic() || is_latin(c);
    if solid(previous) && solid(next) {
        return false;
    }
    let number_with_unit = previous.is_ascii_digit()
        && matches!(
            next,
            '万' | '億'
                | '亿'
                | '萬'
                | '千'
                | '百'
                | '十'
                | '多'
                | '余'
                | '餘'
                | '％'
                | '‰'
                | '℃'
        );
    let money = matches!(previous, '￥' | '＄' | '€' | '£') && next.is_ascii_digit();
    // A mark at the head of the rest would be lost with it; cutting after it costs nothing.
    !number_with_unit && !money && (is_han(previous) || is_han(next) || !next.is_alphanumeric())
}

/// Adds the mark of an omission, without a comma, a colon or an opening bracket before it.
fn with_ellipsis(text: &str) -> Cow<'_, str> {
    let kept = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || OPENING.contains(c)
            || matches!(c, '，' | '、' | '：' | ',' | ':' | '-' | '—' | '…' | '·')
    });
    Cow::Owned(format!("{kept}…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, width: usize) -> String {
        cut_summary(text, width).into_owned()
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        for text in ["", "甲", "负责授信。", "（未完", "abc"] {
            assert_eq!(cut(text, 10), text);
        }
        assert!(matches!(cut_summary("甲乙丙", 6), Cow::Borrowed("甲乙丙")));
        assert_eq!(cut("  甲 ", 2), "甲");
    }

    #[test]
    fn the_last_sentence_end_that_fits_is_taken() {
        assert_eq!(cut("一句。二句！三句很长很长", 14), "一句。二句！");
        assert_eq!(cut("一句；二句很长很长很长", 14), "一句；");
        assert_eq!(cut("One. Two! Three is long", 12), "One. Two!");
        assert_eq!(cut("真的吗？！当然是真的了", 14), "真的吗？！");
    }

    #[test]
    fn a_full_stop_inside_a_number_or_an_abbreviation_ends_nothing() {
        assert_eq!(cut("利率为3.5%，期限一年以上", 16), "利率为3.5%，期…");
        assert_eq!(cut("见a.example的说明文字很多", 16), "见a.example的…");
        assert_eq!(cut("1. First of all the rest", 12), "1. First…");
        assert_eq!(cut("J. Doe said it. And more here", 18), "J. Doe said it.");
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        assert_eq!(cut("他说：“好的。”然后离开会议室", 18), "他说：“好的。”");
        assert_eq!(cut("（见附件。）其余内容另行通知", 16), "（见附件。）");
    }

    #[test]
    fn ideographs_are_no_marks_and_all_of_one_width() {
        for c in ('\u{0}'..=char::MAX).filter(|c| is_han(*c)) {
            assert!(!OPENING.contains(c) && !CLOSING.contains(c));
            if c.len_utf8() != HAN_BYTES {
                continue;
            }
            assert_eq!(display_width(c.encode_utf8(&mut [0; 4])), HAN_WIDTH, "{c}");
        }
    }

    #[test]
    fn brackets_are_not_left_open_where_that_can_be_avoided() {
        assert_eq!(cut("授信管理工作（含外币。本币另计）", 24), "授信管理工作…");
        assert_eq!(cut("甲。乙（丙。丁戊己庚）", 14), "甲。");
        assert_eq!(cut("（甲乙丙丁。戊己庚辛壬癸）", 14), "（甲乙丙丁。");
        assert_eq!(cut("It’s the bank’s own text here", 20), "It’s the bank’s…");
    }

    #[test]
    fn words_and_numbers_stay_whole() {
        assert_eq!(cut("使用Kubernetes部署", 12), "使用…");
        assert_eq!(cut("月薪15,000元以上", 10), "月薪…");
        assert_eq!(cut("资产5000万元以上的客户", 11), "资产…");
        assert_eq!(cut("plain words only here", 13), "plain words…");
        assert_eq!(cut("负责客户，产品，渠道", 12), "负责客户…");
    }

    #[test]
    fn a_word_wider_than_the_room_is_cut_between_graphemes() {
        assert_eq!(cut("Kubernetes", 6), "Kube…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}e\u{301}", 3), "e\u{301}…");
        assert_eq!(cut("甲乙", 2), "");
        assert_eq!(cut("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 4), "👨‍👩‍👧…");
    }

    #[test]
    fn the_result_is_never_wider_than_asked() {
        let text = "望澜银行招聘（2026年）：对公客户经理3名，月薪15-25K·13薪；要求“本科”及以上。Kubernetes is fine.";
        for width in 0..=display_width(text) {
            let cut = cut(text, width);
            // The mark takes one cell on a terminal and two in a Chinese font.
            assert!(display_width(&cut) <= width, "{width}: {cut}");
        }
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for odd in [
            "（",
            "\u{301}",
            "。",
            "”",
            "\u{200B}",
            "a.",
            "\u{200B}.",
            "1",
            "!",
            "（”",
        ] {
            cut(&odd.repeat(100_000), 160);
            cut(&odd.repeat(100_000), 1_000_000);
        }
    }
}
