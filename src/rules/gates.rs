//! Words without which a detector finds nothing. Enters: folded text. Leaves: where the words of each detector stand, found
//! for all of them in one pass. A detector whose words are absent is done, and the others look only where they stand.

use super::leaks::name;
use super::sums::{dates, growth, parts, percent, weights};
use super::word_search::WordSearch;
use std::sync::LazyLock;

/// Whose words.
#[derive(Debug, Clone, Copy)]
pub enum Gate {
    /// Dates of an application, of tests.
    Dates,
    /// Growth.
    Growth,
    /// Totals and their parts.
    Parts,
    /// Shares and rates.
    Percent,
    /// Weights.
    Weights,
    /// Titles beside a name.
    Titles,
    /// Labels before a name.
    Labels,
}

/// The words of every gate, in the order of the gates.
const WORDS: [&[&str]; 7] = [
    dates::WORDS,
    growth::WORDS,
    parts::WORDS,
    percent::WORDS,
    weights::WORDS,
    name::TITLE_WORDS,
    name::LABELS,
];

/// The search for all words, with the gate of each word.
static SEARCH: LazyLock<(Option<WordSearch>, Vec<usize>)> = LazyLock::new(|| {
    let all = || WORDS.iter().enumerate();
    let words = all().flat_map(|(_, words)| words.iter().map(|word| word.as_bytes()));
    let owners = all().flat_map(|(gate, words)| std::iter::repeat_n(gate, words.len()));
    (WordSearch::new(words), owners.collect())
});

/// The places of the words of every gate.
#[derive(Debug, Default)]
pub struct Gates([Vec<usize>; WORDS.len()]);

impl Gates {
    /// Looks for all words in a text.
    pub fn of(text: &str) -> Gates {
        let mut gates = Gates::default();
        let (search, owners) = &*SEARCH;
        if let Some(search) = search {
            search.each(text, |word, at| {
                let places = &mut gates.0[owners[word]];
                if places.last() != Some(&at) {
                    places.push(at);
                }
            });
        }
        gates
    }

    /// Where the words of a gate begin, in order.
    pub fn places(&self, gate: Gate) -> &[usize] {
        &self.0[gate as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gate_has_the_places_of_its_own_words() {
        let gates = Gates::of("报名截止,其中客户经理占20%,同比增长,权重合计。述职人:");
        for (gate, first) in [
            (Gate::Dates, "报名"),
            (Gate::Growth, "增"),
            (Gate::Parts, "其中"),
            (Gate::Percent, "占"),
            (Gate::Weights, "权重"),
            (Gate::Titles, "经理"),
            (Gate::Labels, "述职人"),
        ] {
            assert!(WORDS[gate as usize].contains(&first), "{first}");
            let text = "报名截止,其中客户经理占20%,同比增长,权重合计。述职人:";
            assert_eq!(gates.places(gate).first().copied(), text.find(first));
        }
        assert_eq!(gates.places(Gate::Parts).len(), 2);
        assert!(Gates::of("公司金融部").0.iter().all(Vec::is_empty));
    }
}
