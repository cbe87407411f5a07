//! Judges an answer of the reader by the oracle: what was found, in which order, how it is quoted, counted and explained.

use super::oracle::{CHECKED_LIMIT, Oracle};
use super::pinyin_input::Token;
use super::pinyin_matching::{Tolerance, matches};
use super::query::{Atom, Clause, Query, fold, parse, stand_in, words};
use super::reader::{Answer, Counted, Filters, Found, Options, Suggestion};
use crate::search::index::FACETS;
use gangwei::text::pinyin::readings;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Up to this place no result is left out that has the query.
const CHECKED_DEPTH: usize = 500;
/// What else than a remark an answer may suggest, in the order in which it does.
const WAYS_OUT: [&str; 8] = [
    "closed", "filters", "together", "failed", "sound", "spelling", "near", "any",
];

/// Fails where an answer is not what the plain texts say.
pub fn judge(oracle: &Oracle, text: &str, options: &Options, answer: &Answer) {
    let reported = format!(
        "{:.60}, {options:?}",
        text.chars().take(60).collect::<String>()
    );
    let mut query = parse(text);
    if query.clauses.is_empty() && !text.trim().is_empty() {
        assert_eq!(
            (answer.total, answer.exact, answer.results.len()),
            (0, true, 0),
            "{reported}"
        );
        assert!(answer.suggestions.is_empty(), "{reported}");
        return;
    }
    let synonyms = oracle.add_synonyms(&mut query);
    let typed = query.clone();
    let spoken = oracle.add_spoken(&mut query);
    for (kind, expected) in [("synonym", synonyms), ("pinyin", spoken)] {
        let said = answer.suggestions.iter().filter(|one| one.kind == kind);
        let said: Vec<_> = said
            .map(|one| (one.text.clone(), one.words.clone()))
            .collect();
        assert_eq!(said, expected, "{reported}: {kind}");
    }
    for said in &answer.suggestions {
        // The way to the typed word alone, and to the likeliest of the words that letters stand for.
        let other = match said.kind.as_str() {
            "synonym" => format!("\"{}\"", said.text),
            "pinyin" => said.words[0].clone(),
            _ => continue,
        };
        let one_alone = typed.written(&|atom| (atom.typed == said.text).then(|| other.clone()));
        let is_joined = typed.clauses.len() > 1 && query.clauses.len() == 1;
        let expected = if is_joined { other } else { one_alone };
        assert_eq!(said.query, expected, "{reported}: {said:?}");
    }
    assert_eq!(
        answer.suggestions.iter().any(|one| one.kind == "cut"),
        query.is_cut,
        "{reported}"
    );

    let found = oracle.found(&query, options);
    let candidates = oracle.candidates(&query, options);
    let seeming: BTreeSet<usize> = candidates.iter().copied().collect();
    let is_checked = options.limit <= CHECKED_LIMIT;
    let missed = found.iter().find(|document| !seeming.contains(document));
    assert_eq!(missed, None, "{reported}: the index misses it");
    let page = |all: &[usize]| -> Vec<usize> {
        all.iter()
            .copied()
            .skip(options.offset)
            .take(options.limit)
            .collect()
    };
    let expected = if is_checked && options.offset + options.limit <= CHECKED_DEPTH {
        page(&found)
    } else if is_checked {
        page(&candidates)
            .into_iter()
            .filter(|one| found.contains(one))
            .collect()
    } else {
        page(&candidates)
    };
    let place_of: BTreeMap<&str, usize> = oracle
        .documents
        .iter()
        .map(|document| document.url.as_str())
        .zip(0..)
        .collect();
    let given: Vec<usize> = answer
        .results
        .iter()
        .map(|one| place_of[one.address()])
        .collect();
    let names = |all: &[usize]| -> Vec<&str> {
        all.iter()
            .map(|document| oracle.documents[*document].url.as_str())
            .collect()
    };
    assert_eq!(names(&given), names(&expected), "{reported}");

    let total = answer.total as usize;
    let is_plain = query
        .clauses
        .iter()
        .flat_map(Clause::choices)
        .all(Atom::is_plain);
    assert!(
        (found.len()..=candidates.len()).contains(&total),
        "{reported}: {total}"
    );
    assert!(answer.exact || !is_plain, "{reported}");
    if answer.exact {
        assert_eq!(total, found.len(), "{reported}");
    }
    let scores = oracle.scores.of(&query);
    for (result, document) in answer.results.iter().zip(given) {
        assert_eq!(
            result.score,
            scores.get(&document).copied().unwrap_or(0),
            "{reported}: {}",
            result.url
        );
        judge_result(oracle, &query, document, result, is_checked, &reported);
    }
    judge_facets(oracle, &query, options, answer, is_plain, &reported);
    judge_suggestions(oracle, &query, options, answer, &reported);
}

fn judge_result(
    oracle: &Oracle,
    query: &Query,
    index: usize,
    result: &Found,
    is_checked: bool,
    reported: &str,
) {
    let reported = format!("{reported}: {}", result.url);
    let document = &oracle.documents[index];
    let shown = (result.title.as_str(), result.kind.as_str(), result.closed);
    assert_eq!(
        shown,
        (document.title.as_str(), document.kind, document.closed),
        "{reported}"
    );
    if !is_checked {
        let is_bare =
            result.excerpt.is_empty() && result.marks.is_empty() && result.facets.is_empty();
        assert!(
            is_bare && result.title_marks.is_empty() && result.link() == document.url,
            "{reported}"
        );
        return;
    }
    let mut facts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for value in &document.facets {
        facts
            .entry(value.facet.to_owned())
            .or_default()
            .push(value.id.to_string());
    }
    if !document.shown.is_empty() {
        facts.insert("shown".to_owned(), document.shown.clone());
    }
    if let Some(language) = document.language {
        facts.insert("language".to_owned(), vec![language.to_owned()]);
    }
    assert_eq!(result.facets, facts, "{reported}");

    let positive = || query.clauses.iter().filter(|clause| !clause.is_negated);
    let atoms: Vec<&Atom> = positive()
        .flat_map(Clause::choices)
        .filter(|atom| oracle.holds(index, atom))
        .collect();
    judge_marks(&result.title, &result.title_marks, &atoms, false, &reported);
    let is_cut = result.excerpt.ends_with('…');
    judge_marks(&result.excerpt, &result.marks, &atoms, is_cut, &reported);

    // The link goes to a section that holds something, unless the head of the document holds all.
    let count = |section: usize| {
        atoms
            .iter()
            .filter(|atom| oracle.section_holds(index, section, atom))
            .count()
    };
    let in_head =
        positive().all(|clause| clause.choices().any(|atom| oracle.head_holds(index, atom)));
    let sections = 0..document.sections.len();
    let most = sections.clone().map(count).max().unwrap_or(0);
    let anchor = result.link().split_once('#').map(|link| link.1);
    let has_anchor = |section: usize| !document.sections[section].anchor.is_empty();
    let may_link = sections
        .clone()
        .any(|one| has_anchor(one) && count(one) > 0);
    assert_eq!(anchor.is_some(), !in_head && may_link, "{reported}");
    let quoted = sections
        .filter(|section| anchor.is_none_or(|anchor| document.sections[*section].anchor == anchor));
    let quoted: Vec<usize> = quoted.collect();
    if anchor.is_some() {
        let held = quoted
            .iter()
            .map(|section| count(*section))
            .max()
            .unwrap_or(0);
        // A section of several units may hold in two of them what a shorter one holds in one.
        let is_best = held == most || (held > 0 && oracle.scores.units[index] > 1);
        assert!(is_best, "{reported}: another section holds more");
    }
    let body = result.excerpt.trim_matches('…');
    let mut texts = quoted.iter().map(|section| {
        document.sections[*section]
            .text
            .replace(|c: char| c < ' ', " ")
    });
    assert!(
        body.is_empty() || texts.any(|text| text.contains(body)),
        "{reported}: {body}"
    );
}

/// Every mark holds something that was sought, and every run of characters that was sought is marked.
fn judge_marks(
    shown: &str,
    marks: &[(usize, usize)],
    atoms: &[&Atom],
    is_cut: bool,
    reported: &str,
) {
    let units: Vec<u16> = shown.encode_utf16().collect();
    let mut last = None;
    for (from, to) in marks {
        assert!(
            last < Some(*from) && from < to && *to <= units.len(),
            "{reported}: {marks:?}"
        );
        last = Some(*to);
        let marked = fold(&String::from_utf16_lossy(&units[*from..*to]));
        // What overlaps is marked as one: it begins with one of the atoms and ends with one.
        let breaks_off = is_cut && to + 1 == units.len();
        let first = |atom: &&Atom| {
            let first = &atom.words[0].text;
            marked.starts_with(first) || (breaks_off && first.starts_with(&marked))
        };
        let last = |atom: &&Atom| {
            atom.words
                .last()
                .is_some_and(|word| marked.ends_with(&word.text))
        };
        let holds = |atom: &&Atom| stand_in(&atom.words, &words(&marked));
        let is_held = atoms.iter().any(holds) && atoms.iter().any(last);
        assert!(
            atoms.iter().any(first) && (is_held || breaks_off),
            "{reported}: {marked:?} is marked"
        );
    }
    let folded = fold(shown);
    for atom in atoms
        .iter()
        .filter(|atom| atom.words.len() == 1 && atom.words[0].is_han)
    {
        for (at, run) in folded.match_indices(&atom.words[0].text) {
            let start = folded[..at].encode_utf16().count();
            let end = start + run.encode_utf16().count();
            let is_marked = marks.iter().any(|(from, to)| *from <= start && end <= *to);
            assert!(is_marked, "{reported}: {run} is not marked in {shown}");
        }
    }
}

/// The counts of a facet leave its own filter out.
fn judge_facets(
    oracle: &Oracle,
    query: &Query,
    options: &Options,
    answer: &Answer,
    is_plain: bool,
    reported: &str,
) {
    assert_eq!(answer.facets.is_some(), options.facets, "{reported}");
    let Some(counted) = &answer.facets else {
        return;
    };
    let is_known = options
        .filters
        .facets
        .keys()
        .all(|facet| FACETS.contains(&facet.as_str()));
    for facet in FACETS {
        let mut others = options.clone();
        others.filters.facets.remove(facet);
        let mut expected: BTreeMap<&str, Counted> = BTreeMap::new();
        for document in oracle.found(query, &others) {
            for value in oracle.documents[document].values(facet) {
                let counted = Counted {
                    id: value.id.to_string(),
                    name: value.name.to_string(),
                    count: 0,
                };
                expected.entry(&value.id).or_insert(counted).count += 1;
            }
        }
        let given = &counted[facet];
        let mut expected: Vec<Counted> = expected.into_values().filter(|_| is_known).collect();
        expected.sort_by_key(|value| Reverse(value.count));
        if is_plain {
            assert_eq!(*given, expected, "{reported}: {facet}");
        }
        for value in expected {
            let counted = given
                .iter()
                .find(|one| (&one.id, &one.name) == (&value.id, &value.name));
            assert!(
                counted.is_some_and(|one| one.count >= value.count),
                "{reported}: {value:?}"
            );
        }
    }
}

/// What an answer without results says: hidden documents, or which part failed, and queries that find something.
fn judge_suggestions(
    oracle: &Oracle,
    query: &Query,
    options: &Options,
    answer: &Answer,
    reported: &str,
) {
    let place = |one: &Suggestion| WAYS_OUT.iter().position(|kind| *kind == one.kind);
    let ways: Vec<&Suggestion> = answer
        .suggestions
        .iter()
        .filter(|one| place(one).is_some())
        .collect();
    let remarks = ["synonym", "pinyin", "cut"];
    assert!(
        answer
            .suggestions
            .iter()
            .all(|one| place(one).is_some() || remarks.contains(&one.kind.as_str())),
        "{reported}"
    );
    assert!(
        ways.is_sorted_by_key(|one| place(one)),
        "{reported}: {ways:?}"
    );
    let positive: Vec<&Clause> = query
        .clauses
        .iter()
        .filter(|clause| !clause.is_negated)
        .collect();
    if answer.total > 0 || positive.is_empty() {
        assert!(ways.is_empty(), "{reported}: {ways:?}");
        return;
    }
    // Documents that filters hide, or that are closed.
    let hidden = |all: bool| {
        let options = Options {
            all,
            filters: Filters::default(),
            ..options.clone()
        };
        oracle.found(query, &options).len() as u32
    };
    let expected = match (hidden(false), hidden(true)) {
        (0, 0) => None,
        (0, closed) if options.all => Some(("filters", closed)),
        (0, closed) => Some(("closed", closed)),
        (open, _) => Some(("filters", open)),
    };
    if let Some((kind, least)) = expected {
        let [way] = ways.as_slice() else {
            panic!("{reported}: {ways:?}")
        };
        let written = query.written(&|_| None);
        assert_eq!(
            (way.kind.as_str(), &way.query),
            (kind, &written),
            "{reported}"
        );
        assert!(way.total >= Some(least), "{reported}: {way:?}");
        return;
    }
    // The parts that the index does not know; what it knows and no text has is a matter of luck, of one part or of all.
    let nowhere = |clause: &&&Clause| {
        let mut choices = clause.choices();
        choices.all(|atom| oracle.scores.seeming(atom).is_empty())
    };
    let mut failed: Vec<&Clause> = positive.iter().filter(nowhere).copied().collect();
    if failed.is_empty() && query.clauses.len() == 1 {
        failed.extend(&positive);
    }
    let said = |kind: &str| -> Vec<&str> {
        let said = ways.iter().filter(|one| one.kind == kind);
        said.map(|one| one.text.as_str()).collect()
    };
    let parts = failed.iter().map(|clause| {
        let alone = Query {
            clauses: vec![(*clause).clone()],
            is_cut: false,
        };
        alone.written(&|_| None)
    });
    assert_eq!(said("failed"), parts.collect::<Vec<_>>(), "{reported}");
    let together = if failed.is_empty() {
        vec![query.written(&|_| None)]
    } else {
        vec![]
    };
    assert_eq!(said("together"), together, "{reported}");
    for way in ways.iter().filter(|one| one.kind == "sound") {
        let total = oracle.count(&way.query, options) as u32;
        assert!(total > 0 && way.total == Some(total), "{reported}: {way:?}");
        let is_alike = sound_alike(&fold(&way.text), &way.words[0]);
        let is_there = way.query.contains(&way.words[0]);
        assert!(is_alike && is_there, "{reported}: {way:?}");
    }
    let mut expected = oracle.spellings(query, &failed, options);
    expected.extend(oracle.parts(query, options));
    let exactly = ["spelling", "near", "any"];
    let offered = ways
        .iter()
        .filter(|one| exactly.contains(&one.kind.as_str()));
    let offered: Vec<_> = offered
        .map(|one| {
            (
                one.kind.as_str(),
                one.query.clone(),
                one.words.clone(),
                one.total,
            )
        })
        .collect();
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(kind, query, words, total)| (kind, query, words, Some(total as u32)))
        .collect();
    assert_eq!(offered, expected, "{reported}");
}

/// Whether every character of a word sounds like the one in its place, as many speakers say it.
fn sound_alike(one: &str, other: &str) -> bool {
    let fuzzy = Tolerance {
        fuzzy: true,
        typing: false,
    };
    let alike = |(a, b): (char, char)| {
        let fits = |sound: &&'static str| {
            readings(b)
                .iter()
                .any(|other| matches(&[Token::Full(sound)], &[other], fuzzy))
        };
        a == b || readings(a).iter().any(fits)
    };
    one.chars().count() == other.chars().count() && one.chars().zip(other.chars()).all(alike)
}
