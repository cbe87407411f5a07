//! Questions of every kind, and what the reader answers to them: judged by the oracle, and the same whether the browser
//! inflates or not, with files as scripts, and with nothing in memory.

use crate::search::corpus::{documents, queries, texts, traditional};
use crate::search::generator::Numbers;
use crate::search::index::Index;
use crate::search::judge::judge;
use crate::search::oracle::Oracle;
use crate::search::reader::{Answer, Filters, Options, Reader, Sort, Way};
use gangwei::search::{SearchDocument, SearchSection, SearchSettings};
use std::collections::BTreeMap;
use std::sync::OnceLock;

fn settings() -> SearchSettings {
    let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    SearchSettings {
        synonyms: vec![
            group(&["薪酬福利", "薪資", "待遇", "绩效考核"]),
            group(&["校招", "校园招聘"]),
            // A word of two groups is added once, and is shown as it is written first.
            group(&["薪资", "薪酬福利", "待遇", "報酬"]),
            group(&["IT", "信息科技部"]),
        ],
        ..SearchSettings::default()
    }
}

/// Questions: what is typed, and what is asked besides.
fn questions(documents: &[SearchDocument]) -> Vec<(String, Options)> {
    let mut asked: Vec<(String, Options)> = Vec::new();
    let mut ask = |query: &str, options: Options| asked.push((query.to_owned(), options));
    for length in [1, 2, 3, 4, 6, 9, 20] {
        for query in queries(documents, length, 12) {
            ask(&query, Options::open(10));
        }
    }
    let (twos, fours) = (queries(documents, 2, 12), queries(documents, 4, 12));
    for (two, four) in twos.iter().zip(&fours) {
        ask(&format!("{two} {four}"), Options::open(10));
        ask(&format!("{four} -{two}"), Options::open(10));
        ask(&format!("{two}|{four} Java"), Options::open(10));
        let deep = Options {
            offset: 14,
            ..Options::all(7)
        };
        ask(two, deep);
        let far = Options {
            offset: 490,
            ..Options::all(30)
        };
        ask("", far);
        let many = Options {
            facets: true,
            ..Options::all(400)
        };
        ask(four, many);
    }
    for query in [
        "",
        " ",
        "。，！",
        "\"",
        "-",
        "|",
        "((a+)+)+$",
        "<script>alert(1)</script>",
        "<b>风险</b>",
        "../../etc",
        "%00%ff",
        "IT审计",
        "5G 网络",
        "MySQL",
        "mysql",
        "HR-2026-00017",
        "hr202600017",
        "ＨＲ－２０２６－０００１７",
        "CET-6",
        "行",
        "岗",
        "急聘",
        "风险管理 -客户经理",
        "-风险管理",
        "-客户",
        "\"风险 管理\"",
        "「風險管理」部",
        "薪酬福利",
        "\"薪酬福利\"",
        "校招 深圳",
        "待遇|薪资",
        "it",
        "深圳　風險管理部",
        "😀",
        "𠮷野家",
        "a\u{0}b",
        "本科及以上学历",
    ] {
        ask(query, Options::open(10));
    }
    for query in [
        "fengxianguanli",
        "fxgl",
        "fengxgl",
        "feng xian guan li",
        "shenzhen",
        "khjl",
        "xiaozhao",
        "hang zhang",
        "diaoyan",
        "java",
        "jvaa",
        "Pyhton",
        "Kubernets kehu",
        "zzzzzz",
        "风险管里",
        "峰险管理 深圳",
        "客户经里岗",
        "申请表格式样",
        "深圳柜员",
        "火星人 深圳",
        "风险火星",
        "風險管裡",
        "銀航",
        "fengxian -深圳",
        "xian",
        "lvse",
        "fenxianguanli",
        "zongxing",
        "Java火星",
        "\"fxgl\"",
        "qqqq wwww",
        "風險 海外火星",
    ] {
        ask(query, Options::open(10));
    }
    for query in [
        "险".repeat(10_000),
        "风险 ".repeat(3_400),
        "\"".repeat(10_000),
        "a-".repeat(5_000),
        "-".repeat(10_000),
    ] {
        ask(&query, Options::open(10));
    }
    for query in ["", "风险", "客户经理"] {
        for sort in [Sort::Relevance, Sort::New, Sort::Closing] {
            for all in [false, true] {
                let facet = |facet: &str, ids: &[&str]| {
                    let ids = ids.iter().map(|id| (*id).to_owned());
                    (facet.to_owned(), ids.collect())
                };
                let filters = Filters {
                    facets: BTreeMap::from([
                        facet("location", &["l-3", "l-4", "l-5"]),
                        facet("kind", &["job"]),
                    ]),
                    published: all.then_some((Some(20_100), None)),
                    closes: all.then_some((None, Some(20_700))),
                    salary: (!all).then_some((Some(12_000), Some(20_000))),
                };
                let options = Options {
                    limit: 12,
                    offset: 0,
                    facets: true,
                    sort,
                    all,
                    filters,
                };
                ask(query, options);
            }
        }
    }
    let unknown = Filters {
        facets: BTreeMap::from([("colour".to_owned(), vec!["red".to_owned()])]),
        ..Filters::default()
    };
    let options = Options {
        filters: unknown,
        ..Options::open(10)
    };
    ask("风险", options);
    asked
}

/// So many short postings that the lists of their common words stand in files of their own.
fn many_documents() -> Vec<SearchDocument> {
    let words = ["客户管理", "合规管理", "资产负债", "内部审计", "数据治理"];
    (0..9_000)
        .map(|index: usize| SearchDocument {
            url: format!("jobs/{index}/"),
            title: format!("岗位{index}"),
            kind: "job",
            // What only seems to hold the words comes first, and last: 客 is in the bucket of 理.
            published: Some(20_000 + index as i32 % 90 + if index % 50 == 1 { 90 } else { 0 }),
            closed: index % 50 == 2,
            sections: vec![SearchSection {
                text: match index % 50 {
                    0 => format!("负责{}。识别风险，管理团队。", words[index % 5]),
                    1 | 2 => format!("负责风险管{}。管理{}。", words[0], words[index / 7 % 5]),
                    _ => format!("{}、风险管理及{}。", words[index % 5], words[index / 7 % 5]),
                },
                ..SearchSection::default()
            }],
            ..SearchDocument::default()
        })
        .collect()
}

#[test]
fn long_lists_stand_in_files_of_their_own() {
    let documents = many_documents();
    let settings = SearchSettings::default();
    let index = Index::build(&documents, &settings);
    let lists = index
        .files
        .keys()
        .filter(|path| path.starts_with("lists/"))
        .count();
    assert!(lists >= 3, "{lists} long lists");
    let reader = Reader::new(&index);
    let oracle = Oracle::new(&documents, &settings, &index);
    let options = Options::open(20);
    for query in [
        "风险管理",
        "风险管理及内部审计",
        "管理团队",
        "识别风险",
        "风险 管理",
        "险管理",
        "数据治理",
    ] {
        judge(&oracle, query, &options, &reader.search(query, &options));
    }
    // On a page far behind, what falls away is not replaced.
    let seeming = reader.search("风险管理", &Options::all(60)).total as usize;
    let far = Options {
        offset: seeming - 50,
        ..Options::all(50)
    };
    let answer = reader.search("风险管理", &far);
    judge(&oracle, "风险管理", &far, &answer);
    let shown = answer.results.len();
    assert!((1..50).contains(&shown), "{shown} on the far page");

    let answer = reader.search("风险管理", &options);
    let right = documents
        .iter()
        .filter(|document| document.sections[0].text.contains("风险管理"))
        .count() as u32;
    assert!(
        answer.total >= right && answer.total * 93 / 100 <= right,
        "{} of {right}",
        answer.total
    );
    assert!(
        answer
            .results
            .iter()
            .all(|result| result.excerpt.contains("风险管理"))
    );
}

/// Queries that are put together by chance: pieces of texts, with their signs, some quoted, some excluded, some choices.
fn composed(documents: &[SearchDocument], count: usize) -> Vec<String> {
    let mut numbers = Numbers(41);
    let piece = |numbers: &mut Numbers| {
        let document = &documents[numbers.below(documents.len())];
        let all: Vec<&String> = texts(document).collect();
        let characters: Vec<char> = all[numbers.below(all.len())].chars().collect();
        let start = numbers.below(characters.len());
        let length = 1 + numbers.below(9);
        let piece: String = characters[start..].iter().take(length).collect();
        match numbers.below(4) {
            0 => format!("\"{piece}\""),
            1 => traditional(&piece),
            _ => piece,
        }
    };
    let mut query = |_| {
        let mut query = String::new();
        for place in 0..=numbers.below(3) {
            query.push_str(match numbers.below(6) {
                0 if place > 0 => "|",
                1 => " -",
                _ => " ",
            });
            query.push_str(&piece(&mut numbers));
        }
        query
    };
    (0..count).map(&mut query).collect()
}

#[test]
fn queries_put_together_by_chance_are_answered_as_the_texts_say() {
    let asked = asked();
    let settings = settings();
    let reader = Reader::new(&asked.index);
    let oracle = Oracle::new(&asked.documents, &settings, &asked.index);
    let count =
        std::env::var("GANGWEI_QUERIES").map_or(150, |count| count.parse().expect("a number"));
    for (place, query) in composed(&asked.documents, count).iter().enumerate() {
        let options = Options {
            all: place % 3 > 0,
            facets: place % 5 == 0,
            ..Options::open(if place % 7 == 0 { 60 } else { 10 })
        };
        judge(&oracle, query, &options, &reader.search(query, &options));
    }
}

/// Documents, their index, and every question with its answer: the tests below share them.
struct Asked {
    documents: Vec<SearchDocument>,
    index: Index,
    answers: Vec<(String, Options, Answer)>,
}

fn asked() -> &'static Asked {
    static ASKED: OnceLock<Asked> = OnceLock::new();
    ASKED.get_or_init(|| {
        let documents = documents(260);
        let index = Index::build(&documents, &settings());
        let reader = Reader::new(&index);
        let answers = questions(&documents).into_iter().map(|(query, options)| {
            let answer = reader.search(&query, &options);
            (query, options, answer)
        });
        Asked {
            answers: answers.collect(),
            documents,
            index,
        }
    })
}

#[test]
fn every_question_is_answered_as_the_texts_say() {
    let asked = asked();
    let settings = settings();
    let oracle = Oracle::new(&asked.documents, &settings, &asked.index);
    for (query, options, answer) in &asked.answers {
        judge(&oracle, query, options, answer);
    }
    let (all, mut found) = (asked.answers.len(), asked.answers.clone());
    found.retain(|(_, _, answer)| answer.total > 0);
    let found = found.len();
    assert!(found * 5 > all * 3, "only {found} of {all} find anything");
}

#[test]
fn the_order_of_documents_does_not_show() {
    let mut documents = asked().documents.clone();
    documents.reverse();
    documents.rotate_left(71);
    assert!(Index::build(&documents, &settings()).files == asked().index.files);
}

/// Asks every so many questions in another way and compares the answers.
fn expect_the_same(index: &Index, way: Way, every: usize) {
    let reader = Reader::that_runs(index, way);
    for (query, options, answer) in asked().answers.iter().step_by(every) {
        let other = reader.search(query, options);
        assert_eq!(other, *answer, "{query:.60} {options:?}");
    }
}

#[test]
fn a_browser_that_cannot_inflate_finds_the_same() {
    expect_the_same(&asked().index, Way::WithoutInflater, 1);
}

#[test]
fn files_as_scripts_give_the_same_for_portals_that_are_opened_from_a_disk() {
    let portable = SearchSettings {
        portable: true,
        ..settings()
    };
    let index = Index::build(&asked().documents, &portable);
    expect_the_same(&index, Way::Portable, 9);
}

#[test]
fn every_question_finds_the_same_with_nothing_in_memory() {
    expect_the_same(&asked().index, Way::Cold, 9);
}
