//! "Did you mean": the known words nearest to an unknown one.

use crate::diagnostic::Text;
use crate::script::fold;

/// The known words near to a word, nearest first, at most three. Near means that at most half of the longer
/// word differs; script, width and case do not count, and a word inside another is near.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let word = fold(word);
    let mut near: Vec<(usize, &str)> = known
        .filter_map(|candidate| {
            let folded = fold(candidate);
            let length = word.chars().count().max(folded.chars().count());
            let distance = strsim::damerau_levenshtein(&word, &folded);
            let contained = word.chars().count() > 1
                && folded.chars().count() > 1
                && (folded.contains(&word) || word.contains(&folded));
            (distance * 2 <= length || contained).then_some((distance, candidate))
        })
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().map(|(_, word)| word).take(3).collect()
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
    use super::nearest;

    #[test]
    fn one_wrong_character_finds_the_word_and_a_stranger_finds_nothing() {
        let words = ["公司金融部", "个人金融部", "department"];
        assert_eq!(nearest("公司金溶部", words.into_iter())[0], "公司金融部");
        assert_eq!(nearest("departmant", words.into_iter()), ["department"]);
        assert!(nearest("食堂", words.into_iter()).is_empty());
    }
}
