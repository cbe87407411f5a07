//! Conversion between Simplified and Traditional Chinese: as OpenCC gives it where nothing of our own is in force, as
//! people write it where it is, and without harm to anything that is not Han.

use crate::common::expect_linear;
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use gangwei::text::Language::{self, En, Hans, Hant, HantHk, HantTw};
use gangwei::text::conversion::{Converter, Term};
use gangwei::text::is_han;
use proptest::prelude::*;
use std::borrow::Cow;
use std::path::Path;
use std::sync::LazyLock;

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// All that this repository's portal says, file by file in a fixed order.
fn content() -> String {
    fn read(folder: &Path, texts: &mut Vec<(std::path::PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                read(&path, texts);
            } else {
                texts.extend(std::fs::read_to_string(&path).ok().map(|text| (path, text)));
            }
        }
    }
    let mut texts = Vec::new();
    read(&folder("content"), &mut texts);
    texts.sort();
    texts.into_iter().map(|(_, text)| text).collect()
}

/// A generator of numbers that gives the same ones in every run (xorshift64: Marsaglia, Xorshift RNGs, 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Sentences of the content, and texts glued together from short cuts of it, where phrases meet that never met.
fn sentences() -> Vec<String> {
    let content = content();
    let mut numbers = Numbers(0x5EED);
    let mut sentences: Vec<String> = content
        .split_inclusive(['。', '；', '\n'])
        .filter(|sentence| sentence.chars().any(is_han))
        .filter(|_| numbers.below(12) == 0)
        .map(str::to_owned)
        .collect();
    let chars: Vec<char> = content.chars().collect();
    for _ in 0..120 {
        let mut glued = String::new();
        for _ in 0..20 {
            let from = numbers.below(chars.len() - 8);
            glued.extend(&chars[from..from + 1 + numbers.below(7)]);
        }
        sentences.push(glued);
    }
    sentences
}

/// OpenCC's conversion by the named steps.
fn oracle(steps: &[BuiltinConfig]) -> impl Fn(&str) -> String {
    let steps: Vec<OpenCC> = steps
        .iter()
        .map(|config| OpenCC::from_config(*config).expect("OpenCC data"))
        .collect();
    move |text| {
        steps
            .iter()
            .fold(text.to_owned(), |text, step| step.convert(&text))
    }
}

#[test]
fn without_anything_of_our_own_every_chain_gives_what_opencc_gives() {
    use BuiltinConfig::{Hk2s, Hk2t, S2hk, S2tw, S2twp, T2hk, T2tw, Tw2s, Tw2sp, Tw2t};
    let simplified = sentences();
    let taiwan: Vec<String> = {
        let convert = oracle(&[S2twp]);
        simplified.iter().map(|text| convert(text)).collect()
    };
    let hong_kong: Vec<String> = {
        let convert = oracle(&[S2hk]);
        simplified.iter().map(|text| convert(text)).collect()
    };
    let chains: [(Language, Language, &[BuiltinConfig], &[String]); 12] = [
        (Hans, Hant, &[S2tw], &simplified),
        (Hans, HantTw, &[S2twp], &simplified),
        (Hans, HantHk, &[S2hk], &simplified),
        (Hant, Hans, &[Tw2s], &taiwan),
        (HantTw, Hans, &[Tw2sp], &taiwan),
        (HantHk, Hans, &[Hk2s], &hong_kong),
        (Hant, HantTw, &[T2tw], &taiwan),
        (Hant, HantHk, &[T2hk], &taiwan),
        (HantTw, HantHk, &[Tw2t, T2hk], &taiwan),
        (HantHk, HantTw, &[Hk2t, T2tw], &hong_kong),
        (HantTw, Hant, &[Tw2t, T2tw], &taiwan),
        (HantHk, Hant, &[Hk2t, T2tw], &hong_kong),
    ];
    for (from, to, steps, texts) in chains {
        let converter = Converter::opencc(from, to).expect("a chain");
        let convert = oracle(steps);
        for text in texts {
            assert_eq!(converter.convert(text), convert(text), "{from:?} to {to:?}");
        }
    }
}

#[test]
fn equal_languages_and_english_are_not_converted() {
    for from in Language::ALL {
        for to in Language::ALL {
            let is_none = from == to || from == En || to == En;
            assert_eq!(
                Converter::new(from, to, &[]).is_none(),
                is_none,
                "{from:?} {to:?}"
            );
        }
    }
}

/// Lines `source ⇒ expected` of a file.
fn cases(name: &str) -> Vec<(String, String)> {
    let path = folder("tests/conversion").join(name);
    let text = std::fs::read_to_string(&path).expect(name);
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (source, expected) = line.split_once(" ⇒ ").expect("⇒");
            (source.to_owned(), expected.to_owned())
        })
        .collect()
}

#[test]
fn texts_read_as_written_there() {
    for (name, from, to, least) in [
        ("taiwan.txt", Hans, HantTw, 60),
        ("hong-kong.txt", Hans, HantHk, 60),
        ("traditional.txt", Hans, Hant, 40),
        ("from-taiwan.txt", HantTw, Hans, 60),
        ("from-hong-kong.txt", HantHk, Hans, 20),
    ] {
        let converter = Converter::new(from, to, &[]).expect("a converter");
        let cases = cases(name);
        assert!(cases.len() >= least, "{name} has {} cases", cases.len());
        for (source, expected) in cases {
            assert_eq!(converter.convert(&source), expected, "{name}");
        }
    }
}

fn term(from: &str, to: &str) -> Term {
    Term {
        from: from.to_owned(),
        to: to.to_owned(),
    }
}

#[test]
fn a_term_wins_over_every_phrase_that_would_overlap_it() {
    let terms = [
        term("户经理", "戶經理人"),
        term("岗位", "崗位"),
        term("岗位职责", "職責範圍"),
        term("里", "里"),
        term("HR", "人資"),
        term("U盾", "U盾"),
    ];
    let converter = Converter::new(Hans, HantTw, &terms).expect("a converter");
    for (source, expected) in [
        // 客户经理 begins before the term; 客 is left alone.
        ("客户经理的岗位", "客戶經理人的崗位"),
        // The longest term at a place.
        ("岗位职责与岗位要求", "職責範圍與崗位要求"),
        // What a term gives is final: 里 would become 裡.
        ("柜子里", "櫃子里"),
        // A Latin term is a whole word.
        ("HR说：CHROME不是HR", "人資說：CHROME不是人資"),
        ("使用U盾", "使用U盾"),
    ] {
        assert_eq!(converter.convert(source), expected);
    }
}

#[test]
fn a_text_that_does_not_change_is_borrowed() {
    let plain = Converter::new(Hans, HantTw, &[]).expect("a converter");
    let terms = Converter::new(Hans, HantTw, &[term("保密", "保密")]).expect("a converter");
    for converter in [plain, terms] {
        for text in ["", "abc <b>1</b>", "人大代表", "\u{FDD0}\u{FDD1}\u{E000}😀"] {
            assert!(
                matches!(converter.convert(text), Cow::Borrowed(_)),
                "{text}"
            );
        }
    }
}

#[test]
fn a_phrase_is_found_across_pieces() {
    let terms = [term("望澜银行", "望瀾銀行股份"), term("甲", "某某")];
    let converter = Converter::new(Hans, HantTw, &terms).expect("a converter");
    for (pieces, expected) in [
        (
            vec!["头", "发长，请", "发", "展"],
            vec!["頭", "髮長，請", "發", "展"],
        ),
        (vec!["软", "件和信", "息"], vec!["軟", "體和資", "訊"]),
        // A phrase that does not keep its length is converted piece by piece.
        (
            vec!["简历", "里写明软件", ""],
            vec!["履歷", "裡寫明軟體", ""],
        ),
        (vec!["应届", "生"], vec!["應屆", "生"]),
        (vec!["", "应届生", ""], vec!["", "應屆畢業生", ""]),
        // A term is not given up: character by character, the rest to the last piece.
        (vec!["望澜", "银行"], vec!["望瀾", "銀行股份"]),
        (vec!["甲", "", "乙"], vec!["某某", "", "乙"]),
        (vec!["", "", ""], vec!["", "", ""]),
        (vec![], vec![]),
    ] {
        assert_eq!(converter.convert_pieces(&pieces), expected, "{pieces:?}");
    }
}

#[test]
fn what_only_a_rule_of_thumb_decided_is_reported() {
    let converter = Converter::new(Hans, HantHk, &[term("准了", "準了")]).expect("a converter");
    let report = |text: &str| -> Vec<(usize, String)> {
        let ambiguities = converter.ambiguities(text);
        ambiguities
            .iter()
            .map(|found| {
                assert!(text[found.span.clone()].chars().eq([found.character]));
                let others: String = found.others.iter().collect();
                (
                    found.span.start,
                    format!("{}{}:{others}", found.character, found.became),
                )
            })
            .collect()
    };
    // 只 behind a number, 里 behind one; elsewhere custom settles them.
    assert_eq!(report("96只产品"), [(2, "只只:隻祇".to_owned())]);
    assert_eq!(report("相距3里左右"), [(7, "里裏:里".to_owned())]);
    assert_eq!(report("只要系统里有记录"), []);
    // A phrase settles, a term settles.
    assert_eq!(report("准备批准，他准了"), []);
    assert_eq!(report("招得准"), [(6, "准準:准".to_owned())]);
    // An ordinary word is not doubted for the sake of 系为.
    assert_eq!(report("以联系为主"), []);
    // Two phrases contend for a character.
    assert_eq!(report("皇后续约"), [(3, "后后:後".to_owned())]);
}

#[test]
fn reports_are_rarer_than_one_in_a_thousand_characters_of_the_content() {
    let content = content();
    let han = content.chars().filter(|c| is_han(*c)).count();
    for to in [Hant, HantTw, HantHk] {
        let converter = Converter::new(Hans, to, &[]).expect("a converter");
        let reports = converter.ambiguities(&content).len();
        assert!(
            reports * 1_000 < han,
            "{reports} reports in {han} characters"
        );
        assert!(reports > 0, "nothing is reported at all");
    }
}

/// Every direction, made once.
static ALL: LazyLock<Vec<Converter>> = LazyLock::new(|| {
    let languages = Language::ALL;
    let pairs = languages
        .iter()
        .flat_map(|from| languages.map(|to| (*from, to)));
    pairs
        .filter_map(|(from, to)| Converter::new(from, to, &[]))
        .collect()
});

/// To generic Traditional no phrase changes its length.
static GENERIC: LazyLock<Converter> = LazyLock::new(|| {
    let terms = [term("表", "表"), term("发展", "發展")];
    Converter::new(Hans, Hant, &terms).expect("a converter")
});

static CONTENT: LazyLock<Vec<char>> = LazyLock::new(|| content().chars().collect());

/// A text of the content's words, with anything in between.
fn any_text() -> impl Strategy<Value = String> {
    let cut = (0..CONTENT.len() - 12, 1..12_usize)
        .prop_map(|(from, count)| CONTENT[from..from + count].iter().collect::<String>());
    let part = prop_oneof![4 => cut, 1 => any::<String>(), 1 => "[\\x00-\\x7F]{0,5}"];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn what_is_not_han_stays_as_it_is(text in any_text()) {
        let rest = |text: &str| text.chars().filter(|c| !is_han(*c)).collect::<String>();
        for converter in ALL.iter() {
            prop_assert_eq!(rest(&converter.convert(&text)), rest(&text));
        }
    }

    #[test]
    fn pieces_that_keep_phrases_whole_join_to_the_whole(text in any_text(), cuts in proptest::collection::vec(0..200_usize, 0..6)) {
        let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        places.push(text.len());
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| places[cut.min(places.len() - 1)]).collect();
        cuts.sort_unstable();
        let mut pieces = Vec::new();
        let mut from = 0;
        for cut in cuts {
            pieces.push(&text[from..cut]);
            from = cut;
        }
        pieces.push(&text[from..]);
        let converter = &*GENERIC;
        let converted = converter.convert_pieces(&pieces);
        prop_assert_eq!(converted.len(), pieces.len());
        prop_assert_eq!(converted.concat(), converter.convert(&text));
        for (piece, converted) in pieces.iter().zip(&converted) {
            prop_assert_eq!(piece.chars().count(), converted.chars().count());
        }
        for converter in ALL.iter() {
            prop_assert_eq!(converter.convert_pieces(&[&text]).concat(), converter.convert(&text));
            prop_assert_eq!(converter.convert_pieces(&pieces).len(), pieces.len());
        }
    }

    #[test]
    fn reports_stand_on_the_character_they_name(text in any_text()) {
        for converter in ALL.iter() {
            let mut last = 0;
            for found in converter.ambiguities(&text) {
                prop_assert!(found.span.start >= last);
                last = found.span.end;
                prop_assert!(text[found.span.clone()].chars().eq([found.character]));
                prop_assert!(!found.others.is_empty() && !found.others.contains(&found.became));
            }
        }
    }
}

#[test]
fn a_hostile_text_takes_linear_time() {
    let terms: Vec<Term> = (1..200)
        .map(|count| term(&"后".repeat(count), "后"))
        .collect();
    let converter = Converter::new(Hans, HantTw, &terms).expect("a converter");
    let plain = Converter::new(Hans, HantTw, &[]).expect("a converter");
    // The begin of a long phrase again and again, one character, pieces of one character.
    for unit in [
        "后",
        "话不投机半句",
        "一",
        "中华人民共和",
        "系系统",
        "只",
        "a后",
        "中签署",
        "皇后续",
        "😀干",
    ] {
        expect_linear(unit, 2_000, |count| {
            let text = unit.repeat(count);
            let pieces: Vec<&str> = text.split_inclusive(|_: char| true).collect();
            plain.convert(&text);
            plain.ambiguities(&text);
            plain.convert_pieces(&pieces);
            converter.convert(&text);
            converter.convert_pieces(&pieces);
        });
    }
}
