//! The rules on sentences as authors write them, labelled by hand: how many of the findings are right, and how many of what
//! is there is found. Near misses stand among them. The figures are printed.

use crate::judging::{book, codes};
use std::collections::{BTreeMap, BTreeSet};

/// One sentence with what is to be found in it.
#[derive(serde::Deserialize)]
struct Sentence {
    kind: String,
    text: String,
    codes: Vec<String>,
    why: String,
}

#[test]
fn findings_are_right_and_complete_in_95_of_100_cases() {
    let text = include_str!("../rules/sentences.yaml");
    let sentences: Vec<Sentence> = serde_yaml::from_str(text).expect("sentences");
    assert!(sentences.len() >= 200, "{} sentences", sentences.len());
    let clean = sentences.iter().filter(|one| one.codes.is_empty()).count();
    assert!(clean * 3 > sentences.len(), "only {clean} clean sentences");
    let judged: BTreeSet<&str> = sentences
        .iter()
        .flat_map(|one| one.codes.iter().map(String::as_str))
        .collect();
    let book = book();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let mut faults = Vec::new();
    let mut by_code: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for one in &sentences {
        let found: BTreeSet<String> = codes(&book, &one.kind, &one.text).into_iter().collect();
        for code in &judged {
            let wanted = one.codes.iter().any(|known| known == code);
            let row = by_code.entry(code).or_default();
            match (wanted, found.contains(*code)) {
                (true, true) => {
                    right += 1;
                    row[0] += 1;
                }
                (false, true) => {
                    wrong += 1;
                    row[1] += 1;
                    faults.push(format!("wrong  {code}: {} ({})", one.text, one.why));
                }
                (true, false) => {
                    missed += 1;
                    row[2] += 1;
                    faults.push(format!("missed {code}: {} ({})", one.text, one.why));
                }
                (false, false) => {}
            }
        }
    }
    for (code, [right, wrong, missed]) in &by_code {
        println!("{code:24} right {right:3}  wrong {wrong:3}  missed {missed:3}");
    }
    let precision = f64::from(right) / f64::from(right + wrong);
    let recall = f64::from(right) / f64::from(right + missed);
    println!(
        "{} sentences, {clean} of them clean: precision {precision:.3}, recall {recall:.3}",
        sentences.len()
    );
    let all = faults.join("\n");
    assert!(
        precision >= 0.95 && recall >= 0.95,
        "{precision:.3} {recall:.3}\n{all}"
    );
}
