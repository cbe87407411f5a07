//! Whether what was typed fits a word: the oracle of `js/search-pinyin.js`. Enters: pieces of an input and one reading of a word. Leaves: yes or no.
//! Never: an allocation, since it runs for every word of a list.

use super::pinyin_input::Token;

/// Spellings that fit besides the exact one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tolerance {
    /// Sounds that many speakers do not tell apart fit each other: z zh, c ch, s sh, n l, an ang, en eng, in ing.
    pub fuzzy: bool,
    /// The word may go on after what was typed, in its last syllable too: `fengx` and `fengxianguan` fit 风险管理.
    pub typing: bool,
}

/// Whether the pieces are this reading of a word, piece for syllable: a whole syllable fits itself, a beginning what begins so.
pub fn matches(tokens: &[Token], reading: &[&str], tolerance: Tolerance) -> bool {
    let long_enough = if tolerance.typing {
        tokens.len() <= reading.len()
    } else {
        tokens.len() == reading.len()
    };
    let last = tokens.len().saturating_sub(1);
    long_enough
        && !tokens.is_empty()
        && tokens
            .iter()
            .zip(reading)
            .enumerate()
            .all(|(place, (token, syllable))| {
                let begun = tolerance.typing && place == last;
                match token {
                    Token::Full(text) if !begun => whole(text, syllable, tolerance.fuzzy),
                    Token::Full(text) | Token::Initial(text) => {
                        begins(text, syllable, tolerance.fuzzy)
                    }
                }
            })
}

fn whole(text: &str, syllable: &str, fuzzy: bool) -> bool {
    text == syllable
        || fuzzy && {
            let ((one, text), (other, syllable)) = (parts(text), parts(syllable));
            one == other && without_g(text) == without_g(syllable)
        }
}

fn begins(text: &str, syllable: &str, fuzzy: bool) -> bool {
    syllable.starts_with(text)
        || fuzzy && {
            let ((one, text), (other, syllable)) = (parts(text), parts(syllable));
            one == other && (syllable.starts_with(text) || without_g(text) == without_g(syllable))
        }
}

/// The initial consonant, as one letter for those that fuzzy speech does not tell apart, and what follows it.
fn parts(text: &str) -> (&str, &str) {
    let (one, rest) = text.split_at(text.len().min(1));
    match one {
        "z" | "c" | "s" => (one, rest.strip_prefix('h').unwrap_or(rest)),
        "n" => ("l", rest),
        _ if one.starts_with(['a', 'e', 'o']) => ("", text),
        _ => (one, rest),
    }
}

/// A final without the g of ang, eng and ing.
fn without_g(text: &str) -> &str {
    match text.strip_suffix('g') {
        Some(short) if short.ends_with("an") || short.ends_with("en") || short.ends_with("in") => {
            short
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::pinyin_input::syllables;
    use super::*;

    const EXACT: Tolerance = Tolerance {
        fuzzy: false,
        typing: false,
    };
    const FUZZY: Tolerance = Tolerance {
        fuzzy: true,
        typing: false,
    };
    const TYPING: Tolerance = Tolerance {
        fuzzy: false,
        typing: true,
    };

    fn fits(input: &str, reading: &[&str], tolerance: Tolerance) -> bool {
        syllables(input)
            .iter()
            .any(|tokens| matches(tokens, reading, tolerance))
    }

    #[test]
    fn full_initials_and_mixed_input_fit() {
        let reading = ["feng", "xian", "guan", "li"];
        for input in [
            "fengxianguanli",
            "fxgl",
            "fengxgl",
            "fxguanl",
            "fengxianguanl",
        ] {
            assert!(fits(input, &reading, EXACT), "{input}");
        }
        for input in [
            "fengxian",
            "fxg",
            "fengxianguanlibu",
            "fxgk",
            "fenxianguanli",
        ] {
            assert!(!fits(input, &reading, EXACT), "{input}");
        }
        assert!(fits("zhzh", &["zhi", "zhang"], EXACT) && fits("zz", &["zhi", "zhang"], EXACT));
        assert!(!fits("zhz", &["zi", "zhang"], EXACT));
    }

    #[test]
    fn while_typing_the_word_may_go_on() {
        let reading = ["feng", "xian", "guan", "li"];
        for input in [
            "f",
            "fengx",
            "fengxiangu",
            "fengxian",
            "fengxi",
            "fengxianguanli",
        ] {
            assert!(fits(input, &reading, TYPING), "{input}");
        }
        assert!(!fits("fengxiao", &reading, TYPING));
        assert!(
            !fits("fenxian", &reading, TYPING),
            "only the last syllable is begun"
        );
    }

    #[test]
    fn fuzzy_pairs_fit_only_when_asked_for() {
        for (input, reading) in [
            ("zaopin", ["zhao", "pin"]),
            ("zhaoping", ["zhao", "pin"]),
            ("cengzhang", ["chen", "zhang"]),
            ("lanjing", ["nan", "jing"]),
            ("sangliang", ["shan", "liang"]),
            ("sj", ["shen", "ji"]),
            ("shj", ["shen", "ji"]),
        ] {
            assert!(fits(input, &reading, FUZZY), "{input}");
        }
        assert!(!fits("zaopin", &["zhao", "pin"], EXACT));
        assert!(!fits("zhonglu", &["zhang", "lu"], FUZZY));
        assert!(!fits("fan", &["han"], FUZZY));
        assert!(!fits("shz", &["si", "zi"], EXACT) && fits("shz", &["si", "zi"], FUZZY));
        assert!(!matches(&[], &[], FUZZY));
    }
}
