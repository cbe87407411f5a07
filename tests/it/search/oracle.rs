//! The oracle: a plain scan of the folded texts says what every query must find, as docs/search.md promises it. Nothing here
//! knows the files of an index. Enters: documents, queries. Leaves: the documents that hold a query, in their order.

use super::index::Index;
use super::query::{Atom, Clause, Query, Word, fold, stand_in, words};
use super::reader::{Bounds, Filters, Options, Sort};
use super::scores::Scores;
use gangwei::search::{SearchDocument, SearchSettings, lexicon};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Results of longer pages are not checked against the texts.
pub const CHECKED_LIMIT: usize = 50;

/// A text, folded and in words.
struct Text {
    folded: String,
    words: Vec<Word>,
}

impl Text {
    fn new(text: &str) -> Self {
        let folded = fold(text);
        Text {
            words: words(&folded),
            folded,
        }
    }

    fn has(&self, atom: &Atom) -> bool {
        self.folded.contains(&atom.words[0].text) && stand_in(&atom.words, &self.words)
    }
}

/// The texts of a document.
struct Texts {
    /// Title, number and tags.
    titles: Vec<Text>,
    /// The letters of the number without its signs.
    number: String,
    /// Names of facets and the like.
    names: Vec<Text>,
    /// Headings and texts.
    sections: Vec<[Text; 2]>,
}

impl Texts {
    fn new(document: &SearchDocument) -> Self {
        let titles = [&document.title, &document.number].into_iter();
        let text = |text: &String| Text::new(text);
        let number = Text::new(&document.number).words.into_iter();
        let sections = document.sections.iter();
        Texts {
            titles: titles.chain(&document.tags).map(text).collect(),
            number: number.map(|word| word.text).collect(),
            names: document.words.iter().map(text).collect(),
            sections: sections
                .map(|section| [&section.heading, &section.text].map(text))
                .collect(),
        }
    }
}

/// What is known of a set of documents.
pub struct Oracle<'a> {
    pub documents: &'a [SearchDocument],
    pub settings: &'a SearchSettings,
    /// As it was written: which words it has is for its own tests to say.
    pub lexicon: Vec<lexicon::LexiconEntry>,
    pub scores: Scores,
    texts: Vec<Texts>,
}

impl<'a> Oracle<'a> {
    pub fn new(
        documents: &'a [SearchDocument],
        settings: &'a SearchSettings,
        index: &Index,
    ) -> Self {
        Oracle {
            documents,
            settings,
            lexicon: index.lexicon(),
            scores: Scores::new(documents),
            texts: documents.iter().map(Texts::new).collect(),
        }
    }

    /// Whether title, number, tags or names of a document hold an atom.
    pub fn head_holds(&self, document: usize, atom: &Atom) -> bool {
        let texts = &self.texts[document];
        // A number may be typed without its signs.
        let is_number = atom.words.len() == 1 && atom.words[0].text == texts.number;
        let is_named = || texts.names.iter().any(|text| text.has(atom));
        let is_titled = || texts.titles.iter().any(|text| text.has(atom));
        is_number || is_titled() || (!atom.is_single() && is_named())
    }

    pub fn section_holds(&self, document: usize, section: usize, atom: &Atom) -> bool {
        let mut texts = self.texts[document].sections[section].iter();
        !atom.is_single() && texts.any(|text| text.has(atom))
    }

    pub fn holds(&self, document: usize, atom: &Atom) -> bool {
        let mut sections = 0..self.texts[document].sections.len();
        self.head_holds(document, atom)
            || sections.any(|section| self.section_holds(document, section, atom))
    }

    /// The documents that an answer must name, in their order.
    pub fn found(&self, query: &Query, options: &Options) -> Vec<usize> {
        let holds = |document: usize, clause: &Clause| {
            clause.choices().any(|atom| self.holds(document, atom)) != clause.is_negated
        };
        // Where nothing is checked, what only seems to hold an excluded phrase is left out too.
        let negated = query.clauses.iter().filter(|clause| clause.is_negated);
        let unchecked = negated.filter(|_| options.limit > CHECKED_LIMIT);
        let seeming = unchecked
            .flat_map(Clause::choices)
            .map(|atom| self.scores.seeming(atom));
        let excluded: BTreeSet<usize> = seeming.flat_map(BTreeMap::into_keys).collect();
        let found = (0..self.documents.len()).filter(|document| {
            let all = query.clauses.iter().all(|one| holds(*document, one));
            all && !excluded.contains(document)
        });
        self.in_order(query, options, found)
    }

    /// The documents that an index alone can name: all of those and some that only seem to hold the query.
    pub fn candidates(&self, query: &Query, options: &Options) -> Vec<usize> {
        let mut found: BTreeSet<usize> = (0..self.documents.len()).collect();
        for clause in &query.clauses {
            // What only seems to hold an excluded phrase is left to the text check, where there is one.
            let tells = |atom: &&Atom| {
                !clause.is_negated || atom.is_plain() || options.limit > CHECKED_LIMIT
            };
            let choices = clause.choices().filter(tells);
            let seeming = choices.map(|atom| self.scores.seeming(atom));
            let seeming: BTreeSet<usize> = seeming.flat_map(BTreeMap::into_keys).collect();
            found.retain(|document| seeming.contains(document) != clause.is_negated);
        }
        self.in_order(query, options, found.into_iter())
    }

    /// Open before closed; then by score, day or closing day; at last by the place in the index.
    fn in_order(
        &self,
        query: &Query,
        options: &Options,
        found: impl Iterator<Item = usize>,
    ) -> Vec<usize> {
        let found = found.filter(|document| {
            let document = &self.documents[*document];
            (options.all || !document.closed) && passes(document, &options.filters)
        });
        let scores = self.scores.of(query);
        let key = |index: usize| {
            let document = &self.documents[index];
            let score = Reverse(scores.get(&index).map_or(0, |score| i64::from(*score)));
            let day = Reverse(document.published.map_or(i64::MIN, i64::from));
            let closing = Reverse(-document.closes.map_or(i64::MAX, i64::from));
            let (first, second, third) = match options.sort {
                Sort::Relevance => (score, day, Reverse(0)),
                Sort::New => (day, score, Reverse(0)),
                Sort::Closing => (closing, score, day),
            };
            let place = self.scores.slots[index];
            (document.closed, first, second, third, place)
        };
        let mut found: Vec<_> = found.map(|index| (key(index), index)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, index)| index).collect()
    }
}

/// Whether a document is what filters ask for.
pub fn passes(document: &SearchDocument, filters: &Filters) -> bool {
    let overlaps = |bounds: Option<Bounds>, own: Option<(i64, i64)>| match (bounds, own) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((low, high)), Some((from, to))) => {
            low.is_none_or(|low| to >= low) && high.is_none_or(|high| from <= high)
        }
    };
    let day = |day: Option<i32>| day.map(|day| (i64::from(day), i64::from(day)));
    let has =
        |facet: &str, id: &String| document.values(facet).iter().any(|value| *value.id == **id);
    let mut facets = filters.facets.iter();
    facets.all(|(facet, ids)| ids.iter().any(|id| has(facet, id)))
        && overlaps(filters.published, day(document.published))
        && overlaps(filters.closes, day(document.closes))
        && overlaps(
            filters.salary,
            document.salary.map(|(from, to)| (from.into(), to.into())),
        )
}
