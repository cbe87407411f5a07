//! Ids made of names. Enters: a name in any script, and which ids are taken. Leaves: a free id of Latin letters, digits
//! and hyphens.

use super::words::{MAX_WORD, word_readings};
use crate::text::fold_char;

/// The most bytes of an id before its number.
const LONGEST: usize = 60;

/// The most syllables that are written as one word.
const ONE_WORD: usize = 3;

/// An id for a name: Chinese by its pinyin, two syllables to a word (上海分行: `shanghai-fenhang`), Latin words as they are.
/// A number follows where the id is taken.
pub fn latin_id(name: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut han = String::new();
    let mut latin = String::new();
    for c in name.chars().map(fold_char).chain([' ']) {
        if !c.is_ascii() && c.is_alphanumeric() {
            words.extend((!latin.is_empty()).then(|| std::mem::take(&mut latin)));
            han.push(c);
            continue;
        }
        words.extend(pinyin_words(&std::mem::take(&mut han)));
        if c.is_ascii_alphanumeric() {
            latin.push(c.to_ascii_lowercase());
        } else {
            words.extend((!latin.is_empty()).then(|| std::mem::take(&mut latin)));
        }
    }
    let mut id = words.join("-");
    id.truncate(LONGEST);
    let id = match id.trim_matches('-') {
        "" => "entry",
        id => id,
    };
    let mut numbered = (2_u32..).map(|number| format!("{id}-{number}"));
    if is_taken(id) {
        let free = numbered.find(|id| !is_taken(id));
        free.unwrap_or_else(|| id.to_owned())
    } else {
        id.to_owned()
    }
}

/// The likeliest reading of a run of Chinese characters, in words of two syllables; a short run is one word.
fn pinyin_words(run: &str) -> Vec<String> {
    let start: String = run.chars().take(MAX_WORD).collect();
    let readings = word_readings(&start);
    let Some(syllables) = readings.first() else {
        return Vec::new();
    };
    if syllables.len() <= ONE_WORD {
        return vec![syllables.concat()];
    }
    syllables.chunks(2).map(<[&str]>::concat).collect()
}

#[cfg(test)]
mod tests {
    use super::latin_id;

    #[test]
    fn an_id_is_latin_and_free() {
        for (name, id) in [
            ("上海", "shanghai"),
            ("上海分行", "shanghai-fenhang"),
            ("石家庄", "shijiazhuang"),
            ("公司金融部", "gongsi-jinrong-bu"),
            ("重慶分行", "chongqing-fenhang"),
            ("Head Office (HK)", "head-office-hk"),
            ("IT 中心", "it-zhongxin"),
            ("Пермь", "entry"),
            ("", "entry"),
        ] {
            assert_eq!(latin_id(name, &|_| false), id, "{name}");
        }
        let taken = ["shanghai", "shanghai-2"];
        assert_eq!(latin_id("上海", &|id| taken.contains(&id)), "shanghai-3");
        let long = latin_id(&"部".repeat(500), &|_| false);
        assert!(long.len() <= 60 && !long.ends_with('-'), "{long}");
    }
}
