//! What a change of one document changes in the index: few files, and when one is closed, none that holds terms.

use crate::search::generator::{self, Numbers};
use crate::search::index::Index;
use crate::search::reader::{Options, Reader};
use gangwei::search::{SearchDocument, SearchSection, SearchSettings};
use std::collections::BTreeMap;

fn build(documents: &[SearchDocument]) -> Index {
    Index::build(documents, &SearchSettings::default())
}

/// The share of the term shards of the first index that the second one lacks.
fn changed_shards(before: &Shards, after: &Shards) -> f64 {
    let shards = before.keys().filter(|path| path.starts_with("terms/"));
    let changed = shards.filter(|path| !after.contains_key(*path)).count();
    changed as f64 / before.len() as f64
}

type Shards = BTreeMap<String, Vec<u8>>;

#[test]
fn a_query_of_the_changed_index_finds_the_change() {
    let mut documents = generator::documents(40, None);
    documents[7].sections[0].text.push_str("新增火星移民业务。");
    let answer = Reader::new(&build(&documents)).search("火星移民", &Options::all(5));
    assert_eq!((answer.total, answer.exact), (1, true));
    assert_eq!(answer.results[0].address(), documents[7].url);
}

#[test]
fn texts_that_come_with_their_batch_make_the_same_index() {
    // More than a batch, some of more than one unit, so that batches end where text files do.
    let mut documents = generator::documents(1_300, None);
    for document in documents.iter_mut().step_by(3) {
        document.sections[1].text = document.sections[1].text.repeat(30);
    }
    let before = build(&documents);
    let texts: Vec<Vec<SearchSection>> = documents
        .iter()
        .map(|document| document.sections.clone())
        .collect();
    let (mut late, mut early) = (0, 0);
    for document in &mut documents {
        let bytes = document.sections.iter().map(|section| section.text.len());
        let bytes: usize = bytes.sum();
        if SearchDocument::is_short(bytes) {
            (document.sections, document.late_bytes) = (Vec::new(), bytes);
            late += 1;
        } else {
            early += 1;
        }
    }
    assert!(late > 500 && early > 300, "{late} late, {early} early");
    let after = Index::build_late(documents, &texts);
    let only = |a: &Index, b: &Index| -> Vec<String> {
        let paths = a.files.iter();
        let differing = paths.filter(|(path, bytes)| b.files.get(*path) != Some(bytes));
        differing.map(|(path, _)| path.clone()).collect()
    };
    assert_eq!(only(&before, &after), Vec::<String>::new());
    assert_eq!(only(&after, &before), Vec::<String>::new());
}

#[test]
fn closing_a_document_changes_the_state_and_the_head_only() {
    let mut documents = generator::documents(300, None);
    let before = build(&documents);
    let open = documents
        .iter()
        .position(|document| !document.closed)
        .expect("an open document");
    documents[open].closed = true;
    let after = build(&documents);
    let changed: Vec<&str> = after
        .files
        .iter()
        .filter(|(path, bytes)| before.files.get(*path) != Some(*bytes))
        .map(|(path, _)| path.split('-').next().unwrap_or(path))
        .collect();
    assert_eq!(changed, ["head.json", "state"]);
}

#[test]
fn editing_a_sentence_changes_less_than_a_twentieth_of_the_shards() {
    let mut documents = generator::documents(1_000, None);
    let before = Index::shards(&documents);
    let mut numbers = Numbers(3);
    let mut worst = 0.0_f64;
    for _ in 0..5 {
        let index = numbers.below(documents.len());
        let kept = documents[index].clone();
        let text = &mut documents[index].sections[1].text;
        *text = text.replacen('；', "，每季度组织一次行业分析会并形成会议纪要；", 1);
        let share = changed_shards(&before, &Index::shards(&documents));
        println!("an edit: {:.1} % of the shards", share * 100.0);
        worst = worst.max(share);
        documents[index] = kept;
    }
    assert!(worst > 0.0 && worst < 0.05, "{worst}");
}

#[test]
fn adding_a_document_of_any_day_changes_about_a_sixth_of_the_shards() {
    let all = generator::documents(1_000, None);
    let after = Index::shards(&all);
    let mut numbers = Numbers(5);
    let mut shares = Vec::new();
    for _ in 0..8 {
        let mut fewer = all.clone();
        fewer.remove(numbers.below(all.len()));
        shares.push(changed_shards(&Index::shards(&fewer), &after));
    }
    println!("an addition: {shares:.2?} of the shards");
    shares.sort_by(f64::total_cmp);
    assert!(shares[0] > 0.0 && shares[5] < 0.35, "{shares:?}");
}
