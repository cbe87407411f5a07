//! The answers of the Rust reader, to be compared with those of the reader in JavaScript: with `GANGWEI_SEARCH_CASES`
//! set to a folder, the test writes indexes, questions and answers there (`tests/browser/search-reader.test.mjs` reads
//! them). Without it, it only asks that the same documents give the same bytes.

use crate::search::corpus::{documents, queries};
use crate::search::index::Index;
use gangwei::pages::theme::default_script;
use gangwei::search::reader::filter::{Filters, Sort};
use gangwei::search::reader::{Answer, Options, Reader};
use gangwei::search::{SearchDocument, SearchSection, SearchSettings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

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

fn as_json(answer: &Answer) -> Value {
    let results = answer.results.iter().map(|result| {
        json!({
            "url": format!("/base/{}", result.url),
            "title": result.title,
            "kind": result.kind,
            "excerpt": result.excerpt.text,
            "marks": result.excerpt.marks,
            "titleMarks": result.title_marks,
            "closed": result.closed,
            "facets": result.facets,
            "score": result.score,
        })
    });
    let facets = answer.facets.as_ref().map(|facets| {
        let values = |values: &Vec<(String, String, u32)>| {
            values
                .iter()
                .map(|(id, name, count)| json!({"id": id, "name": name, "count": count}))
                .collect::<Value>()
        };
        facets
            .iter()
            .map(|(facet, counted)| (facet.clone(), values(counted)))
            .collect::<BTreeMap<_, _>>()
    });
    let suggestions = answer.suggestions.iter().map(|suggestion| {
        let mut value = json!({
            "kind": suggestion.kind, "text": suggestion.text, "query": suggestion.query, "words": suggestion.words,
        });
        if let Some(total) = suggestion.total {
            value["total"] = json!(total);
        }
        value
    });
    json!({
        "total": answer.total,
        "exact": answer.exact,
        "results": results.collect::<Vec<_>>(),
        "facets": facets,
        "suggestions": suggestions.collect::<Vec<_>>(),
    })
}

/// Questions: what is typed, and the options in both notations.
fn questions() -> Vec<(String, Options, Value)> {
    let documents = documents(260);
    let plain = || {
        (
            Options {
                limit: 10,
                ..Options::default()
            },
            json!({"limit": 10}),
        )
    };
    let mut asked: Vec<(String, Options, Value)> = Vec::new();
    let mut ask = |query: &str, (options, written): (Options, Value)| {
        asked.push((query.to_owned(), options, written));
    };
    for length in [1, 2, 3, 4, 6, 9, 20] {
        for query in queries(&documents, length, 12) {
            ask(&query, plain());
        }
    }
    let (twos, fours) = (queries(&documents, 2, 12), queries(&documents, 4, 12));
    for (two, four) in twos.iter().zip(&fours) {
        ask(&format!("{two} {four}"), plain());
        ask(&format!("{four} -{two}"), plain());
        ask(&format!("{two}|{four} Java"), plain());
        let deep = Options {
            limit: 7,
            offset: 14,
            all: true,
            ..Options::default()
        };
        ask(
            two,
            (deep, json!({"limit": 7, "offset": 14, "state": "all"})),
        );
        let far = Options {
            limit: 30,
            offset: 490,
            all: true,
            ..Options::default()
        };
        ask(
            "",
            (far, json!({"limit": 30, "offset": 490, "state": "all"})),
        );
        let many = Options {
            limit: 400,
            all: true,
            facets: true,
            ..Options::default()
        };
        ask(
            four,
            (many, json!({"limit": 400, "state": "all", "facets": true})),
        );
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
        ask(query, plain());
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
        ask(query, plain());
    }
    for query in [
        "险".repeat(10_000),
        "风险 ".repeat(3_400),
        "\"".repeat(10_000),
        "a-".repeat(5_000),
        "-".repeat(10_000),
    ] {
        ask(&query, plain());
    }
    for query in ["", "风险", "客户经理"] {
        for (sort, name) in [
            (Sort::Relevance, "relevance"),
            (Sort::New, "new"),
            (Sort::Closing, "closing"),
        ] {
            for all in [false, true] {
                let facet = |facet: &str, ids: &[&str]| {
                    (
                        facet.to_owned(),
                        ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(),
                    )
                };
                let options = Options {
                    limit: 12,
                    sort,
                    all,
                    facets: true,
                    filters: Filters {
                        facets: BTreeMap::from([
                            facet("location", &["l-3", "l-4", "l-5"]),
                            facet("kind", &["job"]),
                        ]),
                        published: all.then_some((Some(20_100), None)),
                        closes: all.then_some((None, Some(20_700))),
                        salary: (!all).then_some((Some(12_000), Some(20_000))),
                    },
                    ..Options::default()
                };
                let mut filters = json!({"location": ["l-3", "l-4", "l-5"], "kind": "job"});
                if all {
                    filters["published"] = json!({"from": 20_100});
                    filters["closes"] = json!({"to": "2026-09-04"});
                } else {
                    filters["salary"] = json!({"from": 12_000, "to": 20_000});
                }
                let state = if all { "all" } else { "open" };
                ask(
                    query,
                    (
                        options,
                        json!({"limit": 12, "sort": name, "state": state, "facets": true, "filters": filters}),
                    ),
                );
            }
        }
    }
    let unknown = Filters {
        facets: BTreeMap::from([("colour".to_owned(), vec!["red".to_owned()])]),
        ..Filters::default()
    };
    let options = Options {
        limit: 10,
        filters: unknown,
        ..Options::default()
    };
    ask(
        "风险",
        (options, json!({"limit": 10, "filters": {"colour": "red"}})),
    );
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
            // What only seems to hold the words comes first.
            published: Some(20_000 + index as i32 % 90 + if index % 50 == 1 { 90 } else { 0 }),
            sections: vec![SearchSection {
                text: match index % 50 {
                    0 => format!("负责{}。识别风险，管理团队。", words[index % 5]),
                    1 => format!(
                        "负责风险管{}。管理{}。",
                        words[index % 5],
                        words[index / 7 % 5]
                    ),
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
    let index = Index::build(&documents, &SearchSettings::default());
    let fetch = |path: &str| index.fetch(path);
    let reader = Reader::new(&fetch);
    let lists = index
        .files
        .keys()
        .filter(|path| path.starts_with("lists/"))
        .count();
    assert!(lists >= 3, "{lists} long lists");
    let options = Options {
        limit: 20,
        ..Options::default()
    };
    let answer = reader.search("风险管理", &options).expect("answer");
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
            .all(|result| result.excerpt.text.contains("风险管理"))
    );

    if let Some(folder) = std::env::var_os("GANGWEI_SEARCH_CASES") {
        let folder = Path::new(&folder);
        for (path, bytes) in &index.files {
            write(&folder.join("long/search").join(path), bytes);
        }
        let cases: Vec<Value> = ["风险管理", "风险管理及内部审计", "管理团队", "识别风险", "风险 管理", "险管理", "数据治理"]
            .into_iter()
            .map(|query| json!({"query": query, "options": {"limit": 20}, "answer": as_json(&reader.search(query, &options).expect("answer"))}))
            .collect();
        write(
            &folder.join("long/cases.json"),
            &serde_json::to_vec(&cases).expect("JSON"),
        );
    }
}

#[test]
fn the_same_documents_give_the_same_bytes_and_answers_for_both_readers() {
    let documents = documents(260);
    let index = Index::build(&documents, &settings());
    let mut shuffled = documents;
    shuffled.reverse();
    shuffled.rotate_left(71);
    assert!(
        Index::build(&shuffled, &settings()).files == index.files,
        "the order of documents shows"
    );

    let fetch = |path: &str| index.fetch(path);
    let reader = Reader::new(&fetch);
    let cases: Vec<Value> = questions()
        .into_iter()
        .map(|(query, options, written)| {
            let answer = reader.search(&query, &options).expect("answer");
            json!({"query": query, "options": written, "answer": as_json(&answer)})
        })
        .collect();
    let found = cases
        .iter()
        .filter(|case| case["answer"]["total"] != 0)
        .count();
    assert!(
        found * 5 > cases.len() * 3,
        "only {found} of {} questions find anything",
        cases.len()
    );

    if let Some(folder) = std::env::var_os("GANGWEI_SEARCH_CASES") {
        let folder = Path::new(&folder);
        for (path, bytes) in &index.files {
            write(&folder.join("search").join(path), bytes);
        }
        let portable = SearchSettings {
            portable: true,
            ..settings()
        };
        for (path, bytes) in &Index::build(&shuffled, &portable).files {
            write(&folder.join("portable").join(path), bytes);
        }
        for name in ["search.js", "search-pinyin.js"] {
            let script = default_script(name).expect("script");
            write(&folder.join(name), script.as_bytes());
        }
        write(
            &folder.join("cases.json"),
            &serde_json::to_vec(&cases).expect("JSON"),
        );
    }
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
    std::fs::write(path, bytes).expect("file");
}
