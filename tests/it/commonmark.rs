//! CommonMark 0.31.2: every example of the specification is printed as the specification says.
//!
//! The examples are not part of this project. pulldown-cmark publishes them with its source, as tests made from the
//! specification, and Cargo has that source on every machine that builds this project; so they are read from there.

use crate::common::library_source;
use gangwei::markdown::{Profile, standard_html};
use std::fmt::Write;

/// Examples that are printed otherwise on purpose, each with the reason.
const DIFFERENT: &[(usize, &str)] = &[];

/// The renderer under test, with nothing on that is not CommonMark.
fn ours(markdown: &str) -> String {
    standard_html(markdown, Profile::standard())
}

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let path = library_source("pulldown-cmark").join("tests/suite/spec.rs");
    let text = std::fs::read_to_string(&path).expect("the library's tests");
    text.split("fn spec_test_")
        .skip(1)
        .map(|test| {
            let (number, rest) = test.split_once('(').expect("a name");
            let (markdown, rest) = raw_string(rest, "let original = ");
            let (html, _) = raw_string(rest, "let expected = ");
            Example {
                number: number.parse().expect("a number"),
                markdown: markdown.to_owned(),
                html: html.to_owned(),
            }
        })
        .collect()
}

/// The content of the raw string after `start`, and what follows it.
fn raw_string<'a>(text: &'a str, start: &str) -> (&'a str, &'a str) {
    let (_, rest) = text.split_once(start).expect("an assignment");
    let (opening, rest) = rest.split_once('"').expect("a string");
    let hashes = opening.strip_prefix('r').expect("a raw string");
    rest.split_once(&format!("\"{hashes}")).expect("its end")
}

/// Leaves out line ends between tags, which mean nothing there.
fn normal(html: &str) -> String {
    html.trim().replace(">\n<", "><")
}

#[test]
fn every_example_of_the_specification_is_printed_as_it_says() {
    let examples = examples();
    assert!(examples.len() >= 640, "only {} examples", examples.len());
    let mut wrong = String::new();
    let mut failed = Vec::new();
    for example in &examples {
        let printed = normal(&ours(&example.markdown));
        let same = printed == normal(&example.html);
        let known = DIFFERENT
            .iter()
            .any(|(number, _)| *number == example.number);
        if same == known {
            failed.push(example.number);
            writeln!(
                wrong,
                "example {}{}\n  markdown {:?}\n  expected {:?}\n  printed  {printed:?}",
                example.number,
                if known {
                    ", which is listed as different"
                } else {
                    ""
                },
                example.markdown,
                normal(&example.html)
            )
            .expect("string");
        }
    }
    let right = examples.len() - failed.len();
    println!("{right} of {} examples", examples.len());
    assert!(
        failed.is_empty(),
        "\n{wrong}\n{right} of {}: not {failed:?}",
        examples.len()
    );
}
