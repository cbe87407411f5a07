//! Words without which a detector finds nothing. Enters: folded text. Leaves: where the words of each detector stand, found
//! for all of them in one pass. A detector whose words are absent is done, and the others look only where they stand.

use super::word_group::WordGroup;
use super::word_search::WordSearch;
use std::sync::LazyLock;

/// How many groups there are.
const GROUPS: usize = WordGroup::ALL.len();

/// The search for all words, with the group of each word.
static SEARCH: LazyLock<(Option<WordSearch>, Vec<usize>)> = LazyLock::new(|| {
    let groups = WordGroup::ALL.map(WordGroup::words);
    let words = groups
        .iter()
        .flat_map(|words| words.iter().map(|word| word.as_bytes()));
    let owners = groups
        .iter()
        .enumerate()
        .flat_map(|(group, words)| std::iter::repeat_n(group, words.len()));
    (WordSearch::new(words), owners.collect())
});

/// The places of the words of every group.
#[derive(Debug, Default)]
pub(super) struct WordPlaces([Vec<usize>; GROUPS]);

impl WordPlaces {
    /// Looks for all words in a text.
    pub(super) fn of(text: &str) -> WordPlaces {
        let mut places = WordPlaces::default();
        let (search, owners) = &*SEARCH;
        if let Some(search) = search {
            search.each(text, |word, at| {
                let places = &mut places.0[owners[word]];
                if places.last() != Some(&at) {
                    places.push(at);
                }
            });
        }
        places
    }

    /// Where the words of a group begin, in order.
    pub(super) fn places(&self, group: WordGroup) -> &[usize] {
        &self.0[group as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_the_places_of_its_own_words() {
        let places = WordPlaces::of("报名截止,其中客户经理占20%,同比增长,权重合计。述职人:");
        for (group, first) in [
            (WordGroup::Dates, "报名"),
            (WordGroup::Growth, "增"),
            (WordGroup::Parts, "其中"),
            (WordGroup::Percent, "占"),
            (WordGroup::Weights, "权重"),
            (WordGroup::Titles, "经理"),
            (WordGroup::Labels, "述职人"),
        ] {
            assert!(group.words().contains(&first), "{first}");
            let text = "报名截止,其中客户经理占20%,同比增长,权重合计。述职人:";
            assert_eq!(places.places(group).first().copied(), text.find(first));
        }
        assert_eq!(places.places(WordGroup::Parts).len(), 2);
        assert!(WordPlaces::of("公司金融部").0.iter().all(Vec::is_empty));
    }
}
