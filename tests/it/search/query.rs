//! Queries and texts, plainly: words, what it is to stand side by side, and how a query is taken apart.

use gangwei::search::fold::{Class, class, fold_units};

/// More clauses, or choices of a clause, are not looked up.
const MOST_CLAUSES: usize = 32;
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
        let near = if wanted.before.is_empty() {
            ["", " "].contains(&word.before.as_str())
        } else {
            word.before.chars().count() <= WIDEST_GAP
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
}

impl Query {
    /// As it is typed; `instead` may give another text for an atom.
    pub fn written(&self, instead: &dyn Fn(&Atom) -> Option<String>) -> String {
        let atom = |atom: &Atom| {
            let sign = if atom.is_quoted { "\"" } else { "" };
            instead(atom).unwrap_or_else(|| format!("{sign}{}{sign}", atom.typed))
        };
        let clause = |clause: &Clause| {
            let sign = if clause.is_negated { "-" } else { "" };
            let atoms: Vec<String> = clause.typed.iter().map(atom).collect();
            format!("{sign}{}", atoms.join("|"))
        };
        let clauses: Vec<String> = self.clauses.iter().map(clause).collect();
        clauses.join(" ")
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
