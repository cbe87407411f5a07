//! Words that people write for a field. They are not accepted, since a field has one name in each language; they show
//! which field is meant beyond doubt, where the nearest name by its letters would be another's. Words for values are
//! read alike.

use super::Field;

/// A line holds a field's Chinese name, if needed another field that must be there too, a colon, and the words.
const NAMES: &str = include_str!("other_names.txt");

/// The fields that a folded word is another name of; several where it may be either.
pub(super) fn meant_by(
    word: &str,
    find: impl Fn(&str) -> Option<&'static Field>,
) -> Vec<&'static Field> {
    named_by(NAMES, word)
        .filter_map(|names| {
            let (field, beside) = names.split_once(' ').unwrap_or((names, names));
            find(beside).and(find(field))
        })
        .collect()
}

/// The names before the colon, in the lines of a file that have a word after the colon.
pub(super) fn named_by(file: &'static str, word: &str) -> impl Iterator<Item = &'static str> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    let all = lines.filter_map(|line| line.split_once(": "));
    let meant = all.filter(move |(_, words)| words.split(' ').any(|other| other == word));
    meant.map(|(names, _)| names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::{FieldType, Record};
    use crate::kinds::{KINDS, Shared};

    #[test]
    fn every_name_is_that_of_a_field_that_a_person_writes() {
        let own = KINDS.iter().flat_map(|kind| names(kind.fields));
        let known: Vec<&str> = own.chain(names(Shared::FIELDS)).collect();
        for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
            let (fields, words) = line.split_once(": ").expect("a colon");
            for name in fields.split(' ') {
                assert!(known.contains(&name), "{name}");
            }
            assert!(!words.split(' ').any(str::is_empty), "{line}");
        }
    }

    fn names(fields: &'static [Field]) -> Vec<&'static str> {
        fields
            .iter()
            .flat_map(|field| {
                let below = match field.ty {
                    FieldType::Record(record) => names(record),
                    _ => Vec::new(),
                };
                std::iter::once(field.zh).chain(below)
            })
            .collect()
    }
}
