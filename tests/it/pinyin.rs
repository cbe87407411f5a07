//! The readings of characters and words, and the input that finds them. `tests/browser/pinyin.test.mjs` holds the browser's
//! script to the same files in `tests/pinyin/`. `SNAPSHOTS=overwrite cargo test --test it pinyin::` rewrites those that
//! are made.

use crate::common::expect_linear;
use crate::snapshot::expect_file;
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::search::pinyin_input::{MAX_SPLITS, Token, syllables};
use crate::search::pinyin_matching::{Tolerance, matches};
use gangwei::text::pinyin::{browser_table, initials, readings, same_sound, word_readings};
use pinyin::ToPinyinMulti;
use proptest::prelude::*;

const EXACT: Tolerance = Tolerance {
    fuzzy: false,
    typing: false,
};

/// Characters whose commonest reading is not the first of the crate, which also knows rarer and older use.
const OTHER_FIRST: &str = "泊掺佛囤桔藉咯傀肋潦炔似辗椎琢仔";

/// Readings that the crate lacks, or gives as sounds that no keyboard types (n, m).
const OWN: &str = "嗯呣呒";

/// Lines of a text that are not remarks: a word and its readings.
fn entries(text: &str) -> Vec<(&str, Vec<Vec<&str>>)> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let (word, readings) = line.split_once(' ').expect("word and readings");
            let readings = readings
                .split('|')
                .map(|reading| reading.split_whitespace().collect());
            (word, readings.collect())
        })
        .collect()
}

fn polyphones() -> Vec<(&'static str, Vec<Vec<&'static str>>)> {
    entries(include_str!("../../src/text/pinyin/polyphones.txt"))
}

fn words() -> Vec<(&'static str, Vec<Vec<&'static str>>)> {
    entries(include_str!("../pinyin/words.txt"))
}

fn found(input: &str, reading: &[&str]) -> bool {
    syllables(input)
        .iter()
        .any(|tokens| matches(tokens, reading, EXACT))
}

/// The characters of GB2312 in its order.
fn gb2312() -> Vec<char> {
    let places = (0xB0..=0xF7_u8).flat_map(|row| (0xA1..=0xFE_u8).map(move |cell| [row, cell]));
    places
        .filter(|[row, cell]| !(*row == 0xD7 && *cell > 0xF9))
        .map(|bytes| {
            encoding_rs::GBK
                .decode(&bytes)
                .0
                .chars()
                .next()
                .expect("a character")
        })
        .collect()
}

#[test]
fn the_table_is_in_the_order_of_gb2312_and_gives_only_readings_of_the_dictionary() {
    let text = include_str!("../../src/text/pinyin/readings.txt");
    let lines = text.lines().filter(|line| !line.starts_with(['#', '=']));
    let table: Vec<(char, Vec<&str>)> = lines
        .flat_map(|line| {
            let (readings, characters) = line.split_once(' ').expect("readings and characters");
            characters
                .chars()
                .map(|c| (c, readings.split(',').collect()))
        })
        .collect();
    let order: Vec<char> = table.iter().map(|(c, _)| *c).collect();
    assert_eq!(order[..6763], gb2312());
    for (place, (c, ours)) in table.iter().enumerate() {
        if OWN.contains(*c) {
            continue;
        }
        let all: Vec<String> = c
            .to_pinyin_multi()
            .unwrap_or_else(|| panic!("{c} is unknown to the crate"))
            .into_iter()
            .map(|reading| reading.plain().replace('ü', "v"))
            .collect();
        for reading in ours {
            let known = all.iter().any(|other| other == reading) || *c == '㴔' || *c == '欸';
            assert!(known, "{c} {reading}: {all:?}");
        }
        // The commonest reading of common characters.
        if place < 3755 {
            let same = ours[0] == all[0];
            assert_eq!(same, !OTHER_FIRST.contains(*c), "{c} {ours:?} {all:?}");
        }
    }
    let mut once = order.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), order.len(), "a character stands twice");
}

#[test]
fn hand_checked_words_have_just_these_readings() {
    let words = words();
    assert!(words.len() >= 120, "{}", words.len());
    for (word, readings) in words {
        assert_eq!(word_readings(word), readings, "{word}");
    }
}

#[test]
fn every_listed_polyphone_has_its_readings_also_inside_a_longer_word() {
    let listed = polyphones();
    assert!(listed.len() >= 250, "{}", listed.len());
    let mut seen = BTreeMap::new();
    for (word, readings) in listed {
        assert_eq!(word_readings(word), readings, "{word}");
        let longer: Vec<Vec<&str>> = readings
            .iter()
            .map(|reading| [reading, &["bu"][..]].concat())
            .collect();
        assert_eq!(word_readings(&format!("{word}簿")), longer, "{word}");
        assert!(seen.insert(word, readings).is_none(), "{word} stands twice");
    }
}

#[test]
fn no_listed_polyphone_says_what_its_characters_say_anyway() {
    for (word, listed) in polyphones() {
        let single: Vec<&[&str]> = word.chars().map(readings).collect();
        let plain = listed.len() == 1
            && single
                .iter()
                .zip(&listed[0])
                .all(|(readings, syllable)| *readings == [*syllable]);
        assert!(!plain, "{word} needs no entry");
    }
}

#[test]
fn full_initial_and_mixed_input_find_every_word_under_each_reading() {
    let mut missed = Vec::new();
    for (word, _) in polyphones().into_iter().chain(words()) {
        for reading in word_readings(word) {
            let full = reading.concat();
            assert!(found(&full, &reading), "{word} {full}");
            assert!(found(&initials(&reading), &reading), "{word} {reading:?}");
            for cut in 1..reading.len() {
                let (head, tail) = reading.split_at(cut);
                let mixed = [head.concat(), initials(tail)].concat();
                assert!(found(&mixed, &reading), "{word} {mixed}");
                let mixed = [initials(head), tail.concat()].concat();
                if !found(&mixed, &reading) {
                    missed.push(mixed);
                }
            }
            let apart = reading.join("'");
            assert!(found(&apart, &reading), "{word} {apart}");
            let typing = Tolerance {
                fuzzy: false,
                typing: true,
            };
            for end in 1..=full.len() {
                let begun = syllables(&full[..end]);
                let fits = begun.iter().any(|tokens| matches(tokens, &reading, typing));
                assert!(fits, "{word} {}", &full[..end]);
            }
        }
    }
    // Initials before whole syllables can look like other whole ones: here zhang for z and hang, and then the splits with one
    // beginning are more than there is room for.
    assert_eq!(missed, ["zhanghangzhang"]);
}

const INPUTS: &str = "xian xi'an fangan danan dangan fengxianguanli fengxianguanl fengxgl fxgl fxguanli zhihang zhfz zhzh \
    shj sj aq gongan jiaqi nvgong nügong nue lue zhanlue zhanlve lüe itshenji itsj 2026xz 2026xiaozhao guanlizho qinghai \
    women tiane haier erhai ouyang wuyi yanan piao liangan zhuang zhuan zhua xion xiong chuangyexue rlzy rlzyb \
    renliziyuanbu duigongkehujingli xianxianxianxian FengXian ｆｘ aaaaaaaa zzzzzzzz nnggnngg ' feng! feng-xian iii uvw \
    xi’an sh'h zh'ang m n ng e er";

fn written(token: &Token) -> String {
    match token {
        Token::Full(text) => (*text).to_owned(),
        Token::Initial(text) => format!("{text}-"),
    }
}

#[test]
fn splits_are_those_of_the_shared_cases() {
    let mut text = String::from(
        "# What syllables() gives, made by tests/it/pinyin.rs: the input, then the splits, likeliest first; - ends a beginning.\n",
    );
    for input in INPUTS.split_whitespace().chain(["feng xian", " feng  x "]) {
        let splits: Vec<String> = syllables(input)
            .iter()
            .map(|split| split.iter().map(written).collect::<Vec<_>>().join(" "))
            .collect();
        writeln!(text, "{input} = {}", splits.join(" | ")).expect("string");
    }
    expect_file("tests/pinyin/splits.txt", &text);
}

#[test]
fn matches_are_those_of_the_shared_cases() {
    let readings = [
        "feng xian guan li",
        "zhao pin",
        "cheng zhang",
        "shan liang",
        "nan jing",
        "lv you",
        "xi an",
        "an quan",
        "i t shen ji",
        "zhi hang hang zhang",
        "zong hang",
        "en ai",
        "zhan lve",
    ];
    let inputs = [
        "fxgl",
        "fengxgl",
        "fengxian",
        "fengxianguanl",
        "fenxian",
        "fenxiangguangni",
        "f",
        "zaopin",
        "zhaoping",
        "zp",
        "zhp",
        "cenzang",
        "chenzhan",
        "cz",
        "sangliang",
        "lanjin",
        "nj",
        "lvyou",
        "nvyou",
        "xian",
        "anquan",
        "anq",
        "aq",
        "angquan",
        "ngquan",
        "itsj",
        "itshenj",
        "zhhz",
        "zhihanghz",
        "zonghang",
        "zhonghang",
        "zhong",
        "engai",
        "ea",
        "zhanlue",
        "zanlue",
        "zl",
    ];
    let mut text = String::from(
        "# What matches() says of some split of an input, made by tests/it/pinyin.rs: input, reading, tolerances under which it fits.\n",
    );
    for input in inputs {
        for reading in readings {
            let syllables_of: Vec<&str> = reading.split(' ').collect();
            let fits: Vec<&str> = [
                ("exact", false, false),
                ("fuzzy", true, false),
                ("typing", false, true),
                ("both", true, true),
            ]
            .into_iter()
            .filter(|(_, fuzzy, typing)| {
                let tolerance = Tolerance {
                    fuzzy: *fuzzy,
                    typing: *typing,
                };
                syllables(input)
                    .iter()
                    .any(|tokens| matches(tokens, &syllables_of, tolerance))
            })
            .map(|(name, ..)| name)
            .collect();
            if !fits.is_empty() {
                writeln!(text, "{input} = {reading} = {}", fits.join(" ")).expect("string");
            }
        }
    }
    expect_file("tests/pinyin/matching.txt", &text);
}

#[test]
fn the_table_for_the_browser_is_the_one_its_test_reads() {
    let text = browser_table();
    expect_file("tests/pinyin/browser_table.txt", &text);
    assert!(text.len() < 24 * 1024, "{} bytes", text.len());
}

#[test]
fn a_same_sound_substitution_can_be_undone() {
    // Typos that people make: the right word's character is among those that sound like the wrong one.
    for (wrong, right) in [
        ("聘", "拼"),
        ("绩", "积"),
        ("账", "帐"),
        ("薪", "新"),
        ("岗", "港"),
        ("签", "迁"),
    ] {
        let (wrong, right) = (wrong.chars().next(), right.chars().next());
        let right = right.expect("a character");
        assert!(same_sound(wrong.expect("a character")).any(|c| c == right));
    }
}

#[test]
fn hostile_input_ends_at_once() {
    for piece in [
        "a",
        "xian",
        "n",
        "zh",
        "'",
        "行",
        "行长会重",
        "ａ",
        "\u{301}",
        "1",
    ] {
        let long = piece.repeat(10_000);
        assert!(syllables(&long).len() <= MAX_SPLITS);
        assert!(word_readings(&long).is_empty());
        let short: String = long.chars().take(64).collect();
        assert!(syllables(&short).len() <= MAX_SPLITS);
        for tokens in syllables(&short) {
            matches(
                &tokens,
                &vec!["xian"; 10_000],
                Tolerance {
                    fuzzy: true,
                    typing: true,
                },
            );
        }
        expect_linear(piece, 2_000, |count| {
            let long = piece.repeat(count);
            syllables(&long);
            word_readings(&long);
        });
        // The reading is data of a site, too.
        expect_linear(piece, 2_000, |count| {
            for tokens in syllables(&short) {
                let tolerance = Tolerance {
                    fuzzy: true,
                    typing: true,
                };
                matches(&tokens, &vec!["xian"; count], tolerance);
            }
        });
    }
}

proptest! {
    #[test]
    fn a_split_spells_its_input_again(input in "[a-z']{0,64}") {
        for split in syllables(&input) {
            let spelled: String = split.iter().map(Token::text).collect();
            let typed = input.replace('\'', "");
            // The two ways to write lve and nve.
            prop_assert_eq!(spelled.replace("ve", "ue"), typed.replace("ve", "ue"));
        }
    }

    #[test]
    fn no_text_breaks_anything(text in "\\PC{0,80}") {
        let splits = syllables(&text);
        prop_assert!(splits.len() <= MAX_SPLITS);
        for reading in word_readings(&text) {
            prop_assert!(reading.len() <= 32);
            for split in &splits {
                matches(split, &reading, Tolerance { fuzzy: true, typing: true });
            }
        }
    }
}
