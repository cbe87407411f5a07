//! "Did you mean": the known words nearest to an unknown one.

use crate::diagnostic::Text;
use crate::text::{fold, work};
use std::cmp::Reverse;

/// How far a known word is from a word: first by what differs, then by the longer start or end that both share.
type Distance = (usize, Reverse<usize>);

/// The known words near to a word, nearest first, at most three. Near means that at most half of the longer
/// word differs; script, width and case do not count, and a word inside another is near.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let near = ranked(word, known).into_iter();
    near.map(|(_, word)| word).take(3).collect()
}

/// Only the nearest known words: one, or several that are equally near.
pub fn nearest_alike<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let near = ranked(word, known);
    let least = near.first().map(|(distance, _)| *distance);
    let alike = near
        .into_iter()
        .filter(|(distance, _)| Some(*distance) == least);
    alike.map(|(_, word)| word).collect()
}

/// The most characters of a word that is compared: the work grows with the square, and nobody mistypes a name that long.
const LONGEST: usize = 40;

fn is_short(word: &str) -> bool {
    word.len() <= LONGEST || word.chars().nth(LONGEST).is_none()
}

fn ranked<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Vec<(Distance, &'a str)> {
    if !is_short(word) {
        return Vec::new();
    }
    let word = fold(word);
    let mut near: Vec<(Distance, &str)> = known
        .filter(|candidate| is_short(candidate))
        .filter_map(|candidate| {
            let folded = fold(candidate);
            let length = word.chars().count().max(folded.chars().count());
            work::count(word.len() * folded.len());
            let differ = strsim::damerau_levenshtein(&word, &folded);
            let contained = word.chars().count() > 1
                && folded.chars().count() > 1
                && (folded.contains(&word) || word.contains(&folded));
            let start = shared(word.chars(), folded.chars());
            let end = shared(word.chars().rev(), folded.chars().rev());
            let distance = (differ, Reverse(start.max(end)));
            (differ * 2 <= length || contained).then_some((distance, candidate))
        })
        .collect();
    near.sort();
    near.dedup();
    near
}

/// The number of characters at the beginning that two words share.
fn shared(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

/// "Did you mean", for one or more words.
pub fn did_you_mean(words: &[&str]) -> Text {
    Text {
        zh: format!("是不是“{}”？", words.join("”或“")),
        en: format!("did you mean `{}`?", words.join("` or `")),
    }
}

#[cfg(test)]
mod tests {
    use super::{nearest, nearest_alike};
    use crate::text::work;

    #[test]
    fn one_wrong_character_finds_the_word_and_a_stranger_finds_nothing() {
        let words = ["公司金融部", "个人金融部", "department"];
        assert_eq!(nearest("公司金溶部", words.into_iter())[0], "公司金融部");
        assert_eq!(nearest("departmant", words.into_iter()), ["department"]);
        assert!(nearest("食堂", words.into_iter()).is_empty());
    }

    #[test]
    fn words_that_nobody_mistypes_are_not_compared() {
        let before = work::counted();
        let long = "岗".repeat(40_000);
        assert!(nearest(&long, std::iter::once(long.as_str())).is_empty());
        assert!(nearest("岗位", std::iter::once(long.as_str())).is_empty());
        assert_eq!(work::counted(), before);
        assert_eq!(
            nearest(&long[..3 * 40], std::iter::once(&long[..3 * 39])).len(),
            1
        );
    }

    #[test]
    fn of_words_equally_far_the_one_that_begins_or_ends_alike_is_meant_and_ties_are_all_listed() {
        let choices = ["全对得分", "少选得部分分"];
        assert_eq!(
            nearest_alike("少选得分", choices.into_iter()),
            ["少选得部分分"]
        );
        let places = ["上海", "上饶", "上虞"];
        assert_eq!(nearest_alike("上海市", places.into_iter()), ["上海"]);
        assert_eq!(nearest_alike("上高", places.into_iter()).len(), 3);
    }
}
