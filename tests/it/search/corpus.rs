//! Documents and queries for the tests of search: generated postings, some in Traditional characters, and long articles.

use super::generator::{self, Numbers};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use gangwei::search::fold::{Class, class, fold_units};
use gangwei::search::{SearchDocument, SearchSection};

/// A text in Traditional characters.
pub fn traditional(text: &str) -> String {
    thread_local!(static CONVERTER: OpenCC = OpenCC::from_config(BuiltinConfig::S2t).expect("OpenCC data"));
    CONVERTER.with(|converter| converter.convert(text))
}

/// Documents of all lengths: postings, half a dozen long ones of many units, one without any text.
pub fn documents(count: usize) -> Vec<SearchDocument> {
    let mut documents = generator::documents(count, Some(&traditional));
    let texts: Vec<String> = documents
        .iter()
        .flat_map(|document| &document.sections)
        .map(|section| section.text.clone())
        .collect();
    for (number, texts) in texts.chunks(40).take(6).enumerate() {
        documents.push(SearchDocument {
            url: format!("articles/制度-{number}/"),
            title: format!("制度汇编第{number}册"),
            kind: "article",
            sections: texts
                .iter()
                .enumerate()
                .map(|(section, text)| SearchSection {
                    anchor: format!("s{section}"),
                    heading: format!("第{section}条"),
                    text: text.repeat(1 + section / 16 * 5),
                })
                .collect(),
            ..SearchDocument::default()
        });
    }
    documents.push(SearchDocument {
        url: "pages/empty/".into(),
        ..SearchDocument::default()
    });
    documents
}

/// Every text of a document.
pub fn texts(document: &SearchDocument) -> impl Iterator<Item = &String> {
    [&document.title, &document.number]
        .into_iter()
        .chain(&document.tags)
        .chain(&document.words)
        .chain(
            document
                .sections
                .iter()
                .flat_map(|section| [&section.heading, &section.text]),
        )
}

/// Random runs of Han characters out of the texts, of a length, in the script they are written in or the other.
pub fn queries(documents: &[SearchDocument], length: usize, count: usize) -> Vec<String> {
    let mut numbers = Numbers(7 + length as u64);
    let mut queries = Vec::new();
    while queries.len() < count {
        let document = &documents[numbers.below(documents.len())];
        let all: Vec<&String> = texts(document).collect();
        let characters: Vec<char> = all[numbers.below(all.len())].chars().collect();
        let start = numbers.below(characters.len());
        let Some(run) = characters.get(start..start + length) else {
            continue;
        };
        let run: String = run.iter().collect();
        if fold_units(&run)
            .iter()
            .any(|unit| class(*unit) != Class::Han)
        {
            continue;
        }
        queries.push(match queries.len() % 3 {
            0 => run,
            1 => traditional(&run),
            // Every second character in the other script.
            _ => run
                .chars()
                .zip(traditional(&run).chars())
                .enumerate()
                .map(|(at, (one, other))| if at % 2 == 0 { other } else { one })
                .collect(),
        });
    }
    queries
}
