//! A redline: the removed and added words between two versions of a text. Enters: two texts, lines apart. Leaves:
//! chunks in reading order. Lines are compared first, then the words of lines that differ, by Myers' algorithm (E.
//! Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Work is bounded by sizes, never by time, so that
//! the same texts give the same chunks.

use super::is_han;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most comparisons of lines, of the words of one place, and of all words.
const MOST_LINES: usize = 4_000_000;
const MOST_WORDS: usize = 400_000;
const MOST_WORDS_IN_ALL: usize = 8_000_000;
/// An unchanged stretch between two changes is shown from this many words on. A shorter one only breaks up a sentence.
const READABLE: usize = 2;

/// How a chunk changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Edit {
    /// It stayed.
    Same,
    /// It went.
    Removed,
    /// It came.
    Added,
}

impl Edit {
    /// Whether it went or came.
    pub fn is_change(self) -> bool {
        self != Edit::Same
    }
}

/// A stretch of text with one fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chunk {
    /// How it changed.
    pub edit: Edit,
    /// Its text; lines end with a line feed.
    pub text: String,
}

/// The chunks that lead from one text to the other. Where the two are too large or too different to compare, the old
/// one goes and the new one comes as a whole.
pub fn edit_text(old: &str, new: &str) -> Vec<Chunk> {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        old.split_inclusive('\n').collect(),
        new.split_inclusive('\n').collect(),
    );
    let mut chunks = Chunks::default();
    let (head, tail) = common_ends(&old, &new);
    chunks.push(Edit::Same, &old[..head]);
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    if a.len().saturating_mul(b.len()) > MOST_LINES {
        chunks.push(Edit::Removed, a);
        chunks.push(Edit::Added, b);
    } else {
        let mut left = MOST_WORDS_IN_ALL;
        for op in capture_diff_slices(Algorithm::Myers, a, b) {
            let (from, to) = (&a[op.old_range()], &b[op.new_range()]);
            match op {
                DiffOp::Equal { .. } => chunks.push(Edit::Same, from),
                _ => edit_words(&from.concat(), &to.concat(), &mut left, &mut chunks),
            }
        }
    }
    chunks.push(Edit::Same, &old[old.len() - tail..]);
    chunks.0
}

/// How much of both texts stayed, from 0 to 1, by characters.
#[expect(
    clippy::cast_precision_loss,
    reason = "texts have far fewer than 2⁵² characters"
)]
pub fn share_kept(chunks: &[Chunk]) -> f64 {
    let length = |wanted: &dyn Fn(Edit) -> bool| -> usize {
        let chunks = chunks.iter().filter(|chunk| wanted(chunk.edit));
        chunks.map(|chunk| chunk.text.chars().count()).sum()
    };
    let same = length(&|edit| edit == Edit::Same) * 2;
    let changed = length(&|edit| edit.is_change());
    match same + changed {
        0 => 1.0,
        all => same as f64 / all as f64,
    }
}

/// Chunks that join what has one fate.
#[derive(Default)]
struct Chunks(Vec<Chunk>);

impl Chunks {
    fn push(&mut self, edit: Edit, parts: &[&str]) {
        if parts.iter().all(|part| part.is_empty()) {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.edit == edit => last.text.extend(parts.iter().copied()),
            _ => self.0.push(Chunk {
                edit,
                text: parts.concat(),
            }),
        }
    }
}

/// How many items the two begin with alike, and how many of the rest they end with alike.
fn common_ends<T: PartialEq>(old: &[T], new: &[T]) -> (usize, usize) {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let ends = old[head..].iter().rev().zip(new[head..].iter().rev());
    (head, ends.take_while(|(a, b)| a == b).count())
}

fn edit_words(old: &str, new: &str, left: &mut usize, chunks: &mut Chunks) {
    let (old, new) = (words(old), words(new));
    let (head, tail) = common_ends(&old, &new);
    chunks.push(Edit::Same, &old[..head]);
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let work = a.len().saturating_mul(b.len());
    if work > MOST_WORDS.min(*left) {
        chunks.push(Edit::Removed, a);
        chunks.push(Edit::Added, b);
    } else {
        *left -= work;
        // A change begins and ends where both texts do; short stretches between two changes belong to both.
        let (mut from, mut to) = ((0, 0), (0, 0));
        for op in capture_diff_slices(Algorithm::Myers, a, b) {
            let (left, right) = (op.old_range(), op.new_range());
            let is_inner =
                left.start > 0 && left.end < a.len() && right.start > 0 && right.end < b.len();
            if matches!(op, DiffOp::Equal { .. }) && !(is_inner && is_short(&a[left.clone()])) {
                chunks.push(Edit::Removed, &a[from.0..to.0]);
                chunks.push(Edit::Added, &b[from.1..to.1]);
                chunks.push(Edit::Same, &a[left.clone()]);
                from = (left.end, right.end);
            }
            to = (left.end, right.end);
        }
        chunks.push(Edit::Removed, &a[from.0..to.0]);
        chunks.push(Edit::Added, &b[from.1..to.1]);
    }
    chunks.push(Edit::Same, &old[old.len() - tail..]);
}

/// Whether a stretch is too short to be shown between two changes.
fn is_short(words: &[&str]) -> bool {
    let counted = words
        .iter()
        .filter(|word| word.chars().any(char::is_alphanumeric));
    counted.count() < READABLE && !words.iter().any(|word| word.contains('\n'))
}

/// Han characters one by one, other letters and digits by the word, the rest one by one.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let joins = c.is_alphanumeric() && !is_han(c);
        if !(joins && in_word) && at > start {
            words.push(&text[start..at]);
            start = at;
        }
        in_word = joins;
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let chunks = edit_text(old, new);
        let side = |gone: Edit| -> String {
            let kept = chunks.iter().filter(|chunk| chunk.edit != gone);
            kept.map(|chunk| chunk.text.as_str()).collect()
        };
        assert_eq!(
            (side(Edit::Added).as_str(), side(Edit::Removed).as_str()),
            (old, new)
        );
        let marks = chunks.iter().map(|chunk| match chunk.edit {
            Edit::Same => chunk.text.clone(),
            Edit::Removed => format!("[-{}]", chunk.text),
            Edit::Added => format!("[+{}]", chunk.text),
        });
        marks.collect()
    }

    #[test]
    fn chunks_follow_words_of_either_script() {
        assert_eq!(
            shown("试用期为六个月，不得延长。", "试用期为三个月，不得延长。"),
            "试用期为[-六][+三]个月，不得延长。"
        );
        assert_eq!(
            shown("limit 2000 yuan", "limit 3500 yuan"),
            "limit [-2000][+3500] yuan"
        );
    }

    #[test]
    fn a_sentence_that_is_all_new_is_not_broken_into_shreds() {
        let redline = shown("由人事部负责审批。", "经办行核定，报总行备案。");
        assert!(redline.matches("[+").count() <= 2, "{redline}");
    }

    #[test]
    fn lines_that_stay_are_whole() {
        assert_eq!(
            shown("甲\n乙\n丙\n", "甲\n丙\n丁\n"),
            "甲\n[-乙\n]丙\n[+丁\n]"
        );
        assert_eq!(shown("", "甲"), "[+甲]");
        assert_eq!(shown("甲", ""), "[-甲]");
        assert_eq!(shown("", ""), "");
    }

    #[test]
    fn texts_that_share_nothing_cost_no_more_than_their_sizes_allow() {
        let text = |c: char, lines: usize| -> String {
            let lines: Vec<String> = (0..lines).map(|line| format!("{c}{line}\n")).collect();
            lines.concat()
        };
        let chunks = edit_text(&text('甲', 50_000), &text('乙', 50_000));
        assert_eq!(chunks.len(), 2);
        assert!(share_kept(&chunks) < 0.01);
        let line = |c: &str| c.repeat(200_000);
        assert_eq!(edit_text(&line("甲"), &line("乙")).len(), 2);
    }
}
