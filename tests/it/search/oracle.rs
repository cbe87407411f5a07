//! The oracle: a plain scan of the folded texts says what every query must find, as docs/search.md promises it. Nothing here
//! knows the files of an index. Enters: documents, queries. Leaves: the documents that hold a query, in their order.

use super::reader::{Bounds, Filters, Options, Sort};
use super::scores::Scores;
use gangwei::search::fold::{Class, class, fold_units};
use gangwei::search::{SearchDocument, SearchSettings, lexicon};
use gangwei::text::pinyin::{Token, Tolerance, matches, syllables};
use std::cell::OnceCell;
use std::cmp::Reverse;

/// More clauses, or choices of a clause, are not looked up.
const MOST_CLAUSES: usize = 32;
/// Words that letters stand for are searched up to this number.
const MOST_SPOKEN: usize = 5;
/// Signs and spaces that may stand between two words of a phrase.
const WIDEST_GAP: usize = 3;

/// A run of characters of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub is_han: bool,
    pub text: String,
    /// The signs and spaces before it.
    pub before: String,
}

/// Words to be found side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    pub typed: String,
    pub folded: String,
    pub words: Vec<Word>,
    pub is_quoted: bool,
}

/// A condition: one of its choices is found or, where it is negated, none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clause {
    pub typed: Vec<Atom>,
    /// Synonyms, and words that letters stand for.
    pub added: Vec<Atom>,
    pub is_negated: bool,
}

/// A query: all of its clauses must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub clauses: Vec<Clause>,
    /// Whether there was more than is looked up.
    pub is_cut: bool,
}

/// A remark that an answer must make: what was typed, and the words that were added or are offered.
pub type Remark = (String, Vec<String>);

pub fn fold(text: &str) -> String {
    String::from_utf16_lossy(&fold_units(text))
}

/// Both halves of a character beyond the basic plane are of one class.
fn class_of(c: char) -> Class {
    class(c.encode_utf16(&mut [0; 2])[0])
}

/// The words of a folded text.
pub fn words(folded: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut before = String::new();
    let mut last = Class::Other;
    for c in folded.chars() {
        let here = class_of(c);
        match words.last_mut() {
            _ if here == Class::Other => before.push(c),
            Some(word) if here == last => word.text.push(c),
            _ => words.push(Word {
                is_han: here == Class::Han,
                text: c.to_string(),
                before: std::mem::take(&mut before),
            }),
        }
        last = here;
    }
    words
}

/// Whether words stand in a text side by side. Latin words stand alone; Han characters may be a part of a run. Where no sign
/// was typed, only a single space may stand between two scripts.
pub fn stand_in(wanted: &[Word], text: &[Word]) -> bool {
    let fits = |(at, (wanted, word)): (usize, (&Word, &Word)), last: usize| {
        let near = match wanted.before.is_empty() {
            true => ["", " "].contains(&word.before.as_str()),
            false => word.before.chars().count() <= WIDEST_GAP,
        };
        let same = match (wanted.is_han, at == 0, at == last) {
            (true, true, true) => word.text.contains(&wanted.text),
            (true, true, false) => word.text.ends_with(&wanted.text),
            (true, false, true) => word.text.starts_with(&wanted.text),
            _ => word.text == wanted.text,
        };
        wanted.is_han == word.is_han && same && (near || at == 0)
    };
    let mut places = text.windows(wanted.len().max(1));
    places.any(|place| {
        let pairs = wanted.iter().zip(place).enumerate();
        pairs.into_iter().all(|pair| fits(pair, wanted.len() - 1))
    })
}

impl Atom {
    pub fn new(typed: &str, folded: &str, is_quoted: bool) -> Self {
        Atom {
            typed: typed.to_owned(),
            words: words(folded),
            folded: folded.to_owned(),
            is_quoted,
        }
    }

    /// Single characters are sought in titles, numbers and tags alone.
    pub fn is_single(&self) -> bool {
        let single = |word: &Word| word.is_han && word.text.encode_utf16().count() == 1;
        self.words.iter().all(single)
    }

    /// Whether an index alone can tell who holds it: one Latin word, or two characters.
    pub fn is_plain(&self) -> bool {
        let [word] = self.words.as_slice() else {
            return false;
        };
        !word.is_han || word.text.encode_utf16().count() <= 2
    }
}

impl Clause {
    pub fn choices(&self) -> impl Iterator<Item = &Atom> {
        self.typed.iter().chain(&self.added)
    }

    /// As a query writes it.
    pub fn written(&self) -> String {
        let choices = self.typed.iter().map(|atom| match atom.is_quoted {
            true => format!("\"{}\"", atom.typed),
            false => atom.typed.clone(),
        });
        choices.collect::<Vec<_>>().join("|")
    }
}

/// Takes a query apart: quoted phrases, words, `-` before what must not be there, `|` between choices.
pub fn parse(text: &str) -> Query {
    let typed: Vec<char> = text.chars().collect();
    let folded: Vec<char> = fold(text).chars().collect();
    let class_at = |at: usize| folded.get(at).map_or(Class::Other, |c| class_of(*c));
    let is_word = |at: usize| class_at(at) != Class::Other;
    let is_quote = |at: usize| matches!(folded.get(at), Some('"' | '“'..='‟' | '「'..='』'));
    // A sign inside of HR-2026-0153 or node.js.
    let joins = |at: usize| {
        "&'+-./@_".contains(folded.get(at).copied().unwrap_or(' '))
            && class_at(at - 1) == Class::Latin
            && class_at(at + 1) == Class::Latin
    };
    let mut query = Query::default();
    let (mut at, mut is_negated, mut is_choice) = (0, false, false);
    while at < folded.len() {
        let closing = (at + 1..folded.len()).find(|end| is_quote(*end));
        let (range, is_quoted) = if let (true, Some(end)) = (is_quote(at), closing) {
            (at + 1..end, true)
        } else if is_word(at) {
            let end = (at + 1..=folded.len()).find(|end| !is_word(*end) && !joins(*end));
            (at..end.unwrap_or(folded.len()), false)
        } else {
            match folded[at] {
                '|' => is_choice = true,
                '-' if at == 0 || !is_word(at - 1) => {
                    is_negated = is_word(at + 1) || is_quote(at + 1);
                }
                _ => {}
            }
            at += 1;
            continue;
        };
        at = range.end + usize::from(is_quoted);
        let text = |all: &[char]| all[range.clone()].iter().collect::<String>();
        let atom = Atom::new(&text(&typed), &text(&folded), is_quoted);
        let is_full = query.clauses.len() == MOST_CLAUSES;
        let last = query.clauses.last_mut();
        let joined = last.filter(|last| is_choice && !is_negated && !last.is_negated);
        match joined {
            _ if atom.words.is_empty() => {}
            Some(last) => last.typed.push(atom),
            None if is_full => {
                query.is_cut = true;
                break;
            }
            None => query.clauses.push(Clause {
                typed: vec![atom],
                added: Vec::new(),
                is_negated,
            }),
        }
        (is_negated, is_choice) = (false, false);
    }
    for clause in &mut query.clauses {
        query.is_cut |= clause.typed.len() > MOST_CLAUSES;
        clause.typed.truncate(MOST_CLAUSES);
    }
    query
}

/// The texts of a document, in words.
struct Texts {
    /// Title, number and tags.
    titles: Vec<Vec<Word>>,
    /// The letters of the number without its signs.
    number: String,
    /// Names of facets and the like.
    names: Vec<Vec<Word>>,
    /// Headings and texts.
    sections: Vec<[Vec<Word>; 2]>,
}

impl Texts {
    fn new(document: &SearchDocument) -> Self {
        let of = |text: &String| words(&fold(text));
        let number = of(&document.number);
        let titles = [&document.title, &document.number].into_iter();
        Texts {
            titles: titles.chain(&document.tags).map(of).collect(),
            number: number.into_iter().map(|word| word.text).collect(),
            names: document.words.iter().map(of).collect(),
            sections: (document.sections.iter())
                .map(|section| [of(&section.heading), of(&section.text)])
                .collect(),
        }
    }
}

/// What is known of a set of documents.
pub struct Oracle<'a> {
    pub documents: &'a [SearchDocument],
    pub scores: Scores,
    texts: Vec<Texts>,
    settings: &'a SearchSettings,
    lexicon: OnceCell<Vec<lexicon::Entry>>,
}

impl<'a> Oracle<'a> {
    pub fn new(documents: &'a [SearchDocument], settings: &'a SearchSettings) -> Self {
        Oracle {
            documents,
            scores: Scores::new(documents),
            texts: documents.iter().map(Texts::new).collect(),
            settings,
            lexicon: OnceCell::new(),
        }
    }

    /// Whether title, number, tags or names of a document hold an atom.
    pub fn head_holds(&self, document: usize, atom: &Atom) -> bool {
        let texts = &self.texts[document];
        let stands = |text: &Vec<Word>| stand_in(&atom.words, text);
        let is_number = atom.words.len() == 1 && atom.words[0].text == texts.number;
        texts.titles.iter().any(stands)
            || is_number
            || (!atom.is_single() && texts.names.iter().any(stands))
    }

    pub fn section_holds(&self, document: usize, section: usize, atom: &Atom) -> bool {
        let mut texts = self.texts[document].sections[section].iter();
        !atom.is_single() && texts.any(|text| stand_in(&atom.words, text))
    }

    pub fn holds(&self, document: usize, atom: &Atom) -> bool {
        let sections = 0..self.texts[document].sections.len();
        self.head_holds(document, atom)
            || sections
                .into_iter()
                .any(|section| self.section_holds(document, section, atom))
    }

    /// The documents that an answer must name, in their order.
    pub fn found(&self, query: &Query, options: &Options) -> Vec<usize> {
        let holds = |document: usize, clause: &Clause| {
            clause.choices().any(|atom| self.holds(document, atom)) != clause.is_negated
        };
        let all = 0..self.documents.len();
        let found = all.filter(|document| query.clauses.iter().all(|one| holds(*document, one)));
        self.in_order(query, options, found)
    }

    /// The documents that an index alone can name: all of those and some that only seem to hold the query.
    pub fn candidates(&self, query: &Query, options: &Options) -> Vec<usize> {
        // What only seems to hold an excluded phrase is left to the text check, where there is one.
        let is_out = |document: usize, clause: &Clause| {
            let mut atoms = clause.typed.iter();
            atoms.any(|atom| {
                (atom.is_plain() || options.limit > 50) && self.scores.seems(document, atom)
            })
        };
        let all = 0..self.documents.len();
        let found = all.filter(|document| {
            query.clauses.iter().all(|clause| match clause.is_negated {
                true => !is_out(*document, clause),
                false => clause
                    .choices()
                    .any(|atom| self.scores.seems(*document, atom)),
            })
        });
        self.in_order(query, options, found)
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
        let weights = self.scores.weights(query);
        let key = |index: usize| {
            let document = &self.documents[index];
            let score = Reverse(i64::from(self.scores.of(index, &weights)));
            let day = Reverse(document.published.map_or(i64::MIN, i64::from));
            let closing = Reverse(-document.closes.map_or(i64::MAX, i64::from));
            let (first, second, third) = match options.sort {
                Sort::Relevance => (score, day, Reverse(0)),
                Sort::New => (day, score, Reverse(0)),
                Sort::Closing => (closing, score, day),
            };
            (
                document.closed,
                first,
                second,
                third,
                self.scores.slots[index],
            )
        };
        let mut found: Vec<_> = found.map(|index| (key(index), index)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, index)| index).collect()
    }

    /// Adds the words that mean the same as a typed one.
    pub fn add_synonyms(&self, query: &mut Query) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let groups: Vec<Vec<(String, &str)>> = (self.settings.synonyms.iter())
            .map(|group| {
                group
                    .iter()
                    .map(|word| (fold(word.trim()), word.trim()))
                    .collect()
            })
            .collect();
        // Of two spellings the first is shown.
        let shown = |folded: &str| {
            let mut all = groups.iter().flatten();
            let other = all.find(|(word, written)| word == folded && *written != folded);
            other.map_or(folded, |word| word.1).to_owned()
        };
        for clause in query.clauses.iter_mut().filter(|clause| !clause.is_negated) {
            for atom in clause.typed.clone().iter().filter(|atom| !atom.is_quoted) {
                let own = groups
                    .iter()
                    .filter(|group| group.iter().any(|word| word.0 == atom.folded));
                let mut told = Vec::new();
                for (word, _) in own.flatten() {
                    if clause.choices().all(|known| known.folded != *word) {
                        clause.added.push(Atom::new(word, word, false));
                        told.push(shown(word));
                    }
                }
                if !told.is_empty() {
                    remarks.push((atom.typed.clone(), told));
                }
            }
        }
        remarks
    }

    /// Adds the words that Latin letters stand for, where the letters find nothing; where they do, these are only offered.
    pub fn add_spoken(&self, query: &mut Query) -> Vec<Remark> {
        let is_nowhere =
            |atom: &Atom| !(0..self.documents.len()).any(|one| self.scores.seems(one, atom));
        // Of every clause, whether its letters are nowhere; `None` where it cannot be pinyin.
        let nowhere: Vec<Option<bool>> = (query.clauses.iter())
            .map(|clause| {
                let letters = |c: char| c.is_ascii_lowercase() || c == '\'' || c == 'ü';
                let [atom] = clause.typed.as_slice() else {
                    return None;
                };
                let fits = atom.folded.chars().count() > 1 && atom.folded.chars().all(letters);
                let alone = clause.added.is_empty() && !clause.is_negated && !atom.is_quoted;
                (fits && alone).then(|| is_nowhere(atom))
            })
            .collect();
        let atoms = |words: &[String]| {
            words
                .iter()
                .map(|word| Atom::new(word, &fold(word), false))
                .collect()
        };
        if nowhere.len() > 1 && !nowhere.contains(&None) && nowhere.contains(&Some(true)) {
            // Syllables typed apart are one word.
            let typed: Vec<&str> = query
                .clauses
                .iter()
                .map(|clause| clause.typed[0].typed.as_str())
                .collect();
            let typed = typed.join(" ");
            let words = self.spoken(&typed, false);
            if !words.is_empty() {
                query.clauses = vec![Clause {
                    added: atoms(&words),
                    ..Clause::default()
                }];
                return vec![(typed, words)];
            }
        }
        let mut remarks = Vec::new();
        for (clause, nowhere) in query.clauses.iter_mut().zip(nowhere) {
            let Some(nowhere) = nowhere else { continue };
            let typed = clause.typed[0].typed.clone();
            let words = self.spoken(&typed, !nowhere);
            if words.is_empty() {
                continue;
            }
            if nowhere {
                clause.added = atoms(&words);
            }
            remarks.push((typed, words));
        }
        remarks
    }

    /// The words of the lexicon whose reading fits letters, the likeliest first: whole words, then words that go on, then those
    /// that only sound alike, where no other fits; of these, full syllables before beginnings, frequent before rare.
    fn spoken(&self, typed: &str, whole: bool) -> Vec<String> {
        let lexicon = self.lexicon.get_or_init(|| {
            lexicon::entries(self.documents, self.settings)
                .into_values()
                .flatten()
                .collect()
        });
        let splits: Vec<Vec<Token>> = syllables(typed)
            .into_iter()
            .filter(|split| split.len() > 1)
            .collect();
        let mut found = Vec::new();
        for (word, reading, weight) in lexicon {
            let reading: Vec<&str> = reading.split(' ').collect();
            for split in &splits {
                let tolerances =
                    [(false, false), (false, true), (true, false), (true, true)].into_iter();
                let mut tolerances = tolerances.map(|(fuzzy, typing)| Tolerance { fuzzy, typing });
                if let Some(allowed) =
                    tolerances.position(|tolerance| matches(split, &reading, tolerance))
                {
                    let begun = split.iter().any(|token| matches!(token, Token::Initial(_)));
                    found.push((allowed, begun, Reverse(*weight), word.clone()));
                }
            }
        }
        found.sort();
        let exact = found.first().is_some_and(|best| best.0 < 2);
        let mut words: Vec<String> = Vec::new();
        for (allowed, _, _, word) in found {
            let fits = if whole {
                allowed == 0
            } else {
                allowed < 2 || !exact
            };
            if fits && !words.contains(&word) {
                words.push(word);
            }
        }
        words.truncate(MOST_SPOKEN);
        words
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
