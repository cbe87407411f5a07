//! Matches for words that are typed otherwise than they are written: by pinyin, by sound, with typos; and their order.

use crate::search::generator::{self, Numbers};
use crate::search::index::Index;
use crate::search::judge::judge;
use crate::search::oracle::Oracle;
use crate::search::reader::{Answer, Found, Options, Reader};
use gangwei::search::{SearchDocument, SearchSection, SearchSettings, lexicon};
use gangwei::text::pinyin::same_sound;

/// A reader of documents, whose every answer is judged.
struct Judged<'a> {
    reader: Reader,
    oracle: Oracle<'a>,
}

impl<'a> Judged<'a> {
    fn new(documents: &'a [SearchDocument], settings: &'a SearchSettings) -> Self {
        let index = Index::build(documents, settings);
        Judged {
            reader: Reader::new(&index),
            oracle: Oracle::new(documents, settings, &index),
        }
    }

    fn search(&self, query: &str, limit: usize) -> Answer {
        let options = Options::all(limit);
        let answer = self.reader.search(query, &options);
        judge(&self.oracle, query, &options, &answer);
        answer
    }
}

#[test]
fn every_word_of_the_lexicon_is_found_by_its_readings_in_full_by_initials_and_mixed() {
    let documents = generator::documents(300, None);
    let settings = SearchSettings {
        pronunciations: vec![("厦门".into(), "sha men".into())],
        ..SearchSettings::default()
    };
    let reader = Reader::new(&Index::build(&documents, &settings));
    let mut words = 0;
    for (word, reading, _) in lexicon::entries(&documents, &settings)
        .into_values()
        .flatten()
    {
        words += 1;
        let syllables: Vec<&str> = reading.split(' ').collect();
        let initials: String = syllables.iter().map(|syllable| &syllable[..1]).collect();
        let mixed = format!("{}{}", syllables[0], &initials[1..]);
        for typed in [syllables.concat(), syllables.join("'"), initials, mixed] {
            let found = reader.suggest(&typed, 500);
            assert!(
                found.contains(&word),
                "{typed} does not find {word}: {found:?}"
            );
        }
    }
    assert!(words > 300, "{words}");
    assert!(reader.suggest("shamen", 3).contains(&"厦门".to_owned()));
}

#[test]
fn letters_that_no_document_has_are_searched_as_pinyin_and_that_is_said() {
    let documents = generator::documents(200, None);
    let settings = SearchSettings::default();
    let judged = Judged::new(&documents, &settings);
    let han = judged.search("风险管理", 50);
    for typed in ["fengxianguanli", "fxgl", "fengxgl", "feng xian guan li"] {
        let answer = judged.search(typed, 50);
        let said = answer
            .suggestions
            .iter()
            .find(|suggestion| suggestion.kind == "pinyin")
            .expect(typed);
        assert!(
            said.words.contains(&"风险管理".to_owned()),
            "{typed}: {:?}",
            said.words
        );
        for result in &han.results {
            assert!(
                answer
                    .results
                    .iter()
                    .any(|other| other.title == result.title),
                "{typed} lacks {}",
                result.title
            );
        }
    }
}

#[test]
fn words_typed_by_their_sound_are_corrected_in_the_first_three_offers() {
    let documents = generator::documents(300, None);
    let settings = SearchSettings::default();
    let judged = Judged::new(&documents, &settings);
    let mut numbers = Numbers(11);
    let entries: Vec<lexicon::LexiconEntry> = lexicon::entries(&documents, &settings)
        .into_values()
        .flatten()
        .collect();
    let (mut tried, mut right) = (0, 0);
    while tried < 150 {
        let (word, ..) = &entries[numbers.below(entries.len())];
        let mut characters: Vec<char> = word.chars().collect();
        let place = numbers.below(characters.len());
        let others: Vec<char> = same_sound(characters[place]).take(12).collect();
        if characters.len() < 3 || others.is_empty() {
            continue;
        }
        characters[place] = others[numbers.below(others.len())];
        let typed: String = characters.iter().collect();
        let answer = judged.search(&typed, 10);
        if answer.total > 0 {
            continue;
        }
        tried += 1;
        let offers: Vec<&String> = answer
            .suggestions
            .iter()
            .filter(|suggestion| suggestion.kind == "sound")
            .map(|suggestion| &suggestion.query)
            .collect();
        assert!(offers.len() <= 3);
        right += usize::from(offers.contains(&word));
    }
    println!("{right} of {tried} corrected");
    assert!(right * 10 >= tried * 9, "{right} of {tried}");
}

#[test]
fn slips_in_latin_words_are_offered_and_every_offer_finds_something() {
    let documents = generator::documents(200, None);
    let settings = SearchSettings::default();
    let judged = Judged::new(&documents, &settings);
    for (typed, meant) in [
        ("jvaa", "java"),
        ("Pyhton", "python"),
        ("kubernets", "kubernetes"),
        ("hadop", "hadoop"),
        ("exceel", "excel"),
    ] {
        let answer = judged.search(typed, 10);
        let offer = answer
            .suggestions
            .iter()
            .find(|suggestion| suggestion.kind == "spelling")
            .expect(typed);
        assert_eq!(offer.query, meant);
        assert!(judged.search(&offer.query, 10).total > 0);
    }
}

#[test]
fn of_two_spellings_with_as_many_slips_the_one_that_begins_alike_comes_first() {
    let documents = [("1", "data data lake"), ("2", "data"), ("3", "tatu")]
        .map(|(url, text)| posting(url, "综合岗", "职责", text, 20_000, false));
    let settings = SearchSettings::default();
    let answer = Judged::new(&documents, &settings).search("tata", 10);
    let offers = answer.suggestions.iter();
    let offers = offers.filter(|suggestion| suggestion.kind == "spelling");
    let offers: Vec<&str> = offers.map(|offer| offer.query.as_str()).collect();
    assert_eq!(offers, ["tatu", "data"]);
}

#[test]
fn a_query_that_finds_nothing_says_which_part_failed_and_offers_the_rest_in_order() {
    let documents = generator::documents(200, None);
    let settings = SearchSettings::default();
    let judged = Judged::new(&documents, &settings);
    let kinds = |query: &str| {
        judged
            .search(query, 10)
            .suggestions
            .into_iter()
            .map(|suggestion| suggestion.kind)
            .collect::<Vec<_>>()
    };
    let answer = judged.search("风险 火星移民", 10);
    assert_eq!(
        (
            answer.total,
            answer.suggestions[0].kind.as_str(),
            answer.suggestions[0].text.as_str()
        ),
        (0, "failed", "火星移民")
    );
    assert_eq!(
        kinds("风险管里 应急预按"),
        ["failed", "failed", "near", "any"].as_slice()
    );
    assert_eq!(kinds("风险管里"), ["failed", "sound", "near"]);
    assert_eq!(kinds("深圳分行柜员")[0], "failed");
    for suggestion in judged
        .search("深圳分行柜员", 10)
        .suggestions
        .iter()
        .filter(|suggestion| !suggestion.query.is_empty())
    {
        assert_eq!(
            Some(judged.search(&suggestion.query, 500).total),
            suggestion.total,
            "{suggestion:?}"
        );
    }
}

fn posting(
    url: &str,
    title: &str,
    heading: &str,
    text: &str,
    published: i32,
    closed: bool,
) -> SearchDocument {
    SearchDocument {
        url: url.into(),
        title: title.into(),
        kind: "job",
        published: Some(published),
        closed,
        sections: vec![SearchSection {
            anchor: "duties".into(),
            heading: heading.into(),
            text: text.into(),
        }],
        ..SearchDocument::default()
    }
}

#[test]
fn titles_come_before_headings_before_texts_open_before_closed_new_before_old() {
    let documents = [
        posting(
            "text-old",
            "综合岗",
            "职责",
            "负责流动性压力测试。",
            20_000,
            false,
        ),
        posting(
            "text-new",
            "综合岗",
            "职责",
            "负责流动性压力测试。",
            20_001,
            false,
        ),
        posting(
            "text-closed",
            "综合岗",
            "职责",
            "负责流动性压力测试。",
            20_002,
            true,
        ),
        posting(
            "heading",
            "综合岗",
            "流动性压力测试",
            "见上。",
            19_000,
            false,
        ),
        posting("title", "流动性压力测试岗", "职责", "见上。", 18_000, false),
        posting(
            "title-whole",
            "流动性压力测试",
            "职责",
            "见上。",
            17_000,
            false,
        ),
        posting(
            "title-end",
            "高级流动性压力测试岗",
            "职责",
            "见上。",
            18_001,
            false,
        ),
        posting(
            "title-closed",
            "流动性压力测试",
            "职责",
            "见上。",
            20_002,
            true,
        ),
        posting(
            "scattered",
            "综合岗",
            "职责",
            "测试工作。流动性指标。压力大。",
            20_002,
            false,
        ),
    ];
    let settings = SearchSettings::default();
    let judged = Judged::new(&documents, &settings);
    let urls = |query: &str| {
        judged
            .search(query, 50)
            .results
            .iter()
            .map(|result| result.link().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        urls("流动性压力测试"),
        [
            "title-whole",
            "title",
            "title-end",
            "heading#duties",
            "text-new#duties",
            "text-old#duties",
            "title-closed",
            "text-closed#duties"
        ]
    );
    // Side by side before scattered.
    let both = urls("压力 测试");
    let place = |url: &str| both.iter().position(|other| other == url).expect("found");
    assert!(
        place("text-old#duties") < place("scattered#duties"),
        "{both:?}"
    );
    assert!(
        place("scattered#duties") < place("title-closed"),
        "{both:?}"
    );
}

#[test]
fn a_title_or_a_part_of_it_puts_its_document_first() {
    let documents = generator::documents(600, None);
    let settings = SearchSettings::default();
    let judged = Judged::new(&documents, &settings);
    let mut numbers = Numbers(23);
    let (mut first, mut tried) = (0, 0);
    while tried < 120 {
        let document = &documents[numbers.below(documents.len())];
        let characters: Vec<char> = document.title.chars().collect();
        let length = if tried % 3 == 0 {
            characters.len()
        } else {
            4 + numbers.below(5)
        };
        let start = numbers.below(characters.len() - length + 1);
        let query: String = characters[start..start + length].iter().collect();
        // Many postings share most of a title: it counts when the first result has the words in its title too.
        tried += 1;
        let answer = judged.search(&query, 1);
        let folded = |text: &str| {
            text.chars()
                .map(gangwei::text::fold_char)
                .collect::<String>()
        };
        first += usize::from(
            answer
                .results
                .first()
                .is_some_and(|result| folded(&result.title).contains(&folded(&query))),
        );
    }
    println!("{first} of {tried} first");
    assert!(first * 100 >= tried * 95, "{first} of {tried}");
}

#[test]
fn a_word_that_is_read_otherwise_is_typed_even_where_it_stands_once() {
    let document = |number: usize, text: &str| SearchDocument {
        url: format!("jobs/{number}/"),
        title: format!("岗位{number}"),
        kind: "job",
        sections: vec![SearchSection {
            text: text.to_owned(),
            ..SearchSection::default()
        }],
        ..SearchDocument::default()
    };
    let documents = [
        document(1, "向行长汇报，参与重庆调研。"),
        document(2, "负责会计核算。"),
    ];
    let settings = SearchSettings::default();
    let judged = Judged::new(&documents, &settings);
    for (typed, url) in [
        ("hangzhang", "jobs/1/"),
        ("chongqing", "jobs/1/"),
        ("diaoyan", "jobs/1/"),
        ("kuaiji", "jobs/2/"),
        ("kj", "jobs/2/"),
    ] {
        let found = judged.search(typed, 5);
        let urls: Vec<&str> = found.results.iter().map(Found::link).collect();
        assert!(
            urls.iter().any(|found| found.ends_with(url)),
            "{typed}: {urls:?}"
        );
    }
}

#[test]
fn words_that_mean_the_same_are_searched_named_once_and_shown_as_they_are_written_first() {
    let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let settings = SearchSettings {
        synonyms: vec![
            group(&["薪酬", " 薪資 ", "待遇", "薪资"]),
            group(&["薪酬", "薪资", "IT"]),
            group(&["獨", ""]),
        ],
        ..SearchSettings::default()
    };
    let texts = ["薪酬制度", "薪資水平", "待遇从优", "IT运维", "独立工作"];
    let documents: Vec<SearchDocument> = (texts.iter())
        .map(|text| posting(text, "综合岗", "职责", text, 20_000, false))
        .collect();
    let judged = Judged::new(&documents, &settings);
    let answer = judged.search("薪酬", 10);
    assert_eq!(answer.total, 4);
    let [said] = answer.suggestions.as_slice() else {
        panic!("{:?}", answer.suggestions);
    };
    assert_eq!(said.words, ["薪資", "待遇", "IT"]);
    assert_eq!(said.query, "\"薪酬\"");
    assert_eq!(judged.search(&said.query, 10).total, 1);
    assert_eq!(judged.search("独", 10).suggestions[0].kind, "failed");
}
