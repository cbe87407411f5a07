//! Faults between the entries of vocabularies: ids and names that are taken, entries that point nowhere, lines
//! without end. Enters: entries as read. Leaves: faults at the values.

use super::{Entry, MAX_LEVELS, Vocabularies, Vocabulary, VocabularyName};
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::{Record, value_of};
use crate::files::name_fault;
use crate::say;
use crate::text::{SourceFile, Span, fold};
use crate::yaml::{Node, Value};
use std::sync::Arc;

impl Vocabularies {
    /// Checks the references of entries: to the entry above, and from a department to its unit.
    pub fn check_links(&self, sink: &mut Sink) {
        for name in VocabularyName::ALL {
            let vocabulary = self.get(name);
            let Some(file) = &vocabulary.file else {
                continue;
            };
            for entry in &vocabulary.entries {
                let links = [(&entry.parent, name), (&entry.unit, VocabularyName::Units)];
                for (id, target) in links {
                    let Some(id) = id else { continue };
                    let known = self.get(target);
                    if known.is_whole() && known.entry(&id.value).is_none() {
                        sink.push(
                            Diagnostic::error(
                                "unknown-entry",
                                say!(
                                    "“{}”指向的“{1}”不存在",
                                    "`{}` points to `{1}`, which does not exist",
                                    entry.name,
                                    id.value
                                ),
                            )
                            .at(file, id.span)
                            .help(say!(
                                "填 {}.yaml 里的编号",
                                "use an id of {}.yaml",
                                target.folder()
                            )),
                        );
                    }
                }
            }
            vocabulary.check_depth(file, sink);
        }
    }
}

impl Vocabulary {
    /// Refuses a chain of parents that is too long or circular; reporting the first one shows which it is.
    fn check_depth(&self, file: &Arc<SourceFile>, sink: &mut Sink) {
        let too_deep = self.entries.iter().find(|entry| {
            let line = self.with_parents(&entry.id);
            let last = line.last().and_then(|id| self.entry(id));
            last.and_then(|last| self.parent(last)).is_some()
        });
        let Some((entry, parent)) =
            too_deep.and_then(|entry| Some((entry, entry.parent.as_ref()?)))
        else {
            return;
        };
        sink.push(
            Diagnostic::error(
                "too-many-levels",
                say!(
                    "“{}”上面超过{MAX_LEVELS}层，或者上级绕成了一圈",
                    "more than {MAX_LEVELS} entries stand above `{}`, or they go round in a circle",
                    entry.name
                ),
            )
            .at(file, parent.span)
            .help(say!(
                "沿着“上级”一条一条看上去，最上面的一条不写“上级”",
                "follow `parent` upwards; the topmost entry has none"
            )),
        );
    }
}

/// The fault of an id that is written and not valid.
pub(super) fn bad_id(id: &str, item: &Node, file: &Arc<SourceFile>) -> Option<Diagnostic> {
    let Value::Map(entries) = &item.value else {
        return None;
    };
    let written = value_of(&Entry::FIELDS[0], entries)?;
    let mut allowed = id.chars();
    let fits = !id.is_empty() && allowed.all(|c| c.is_ascii_alphanumeric() || c == '-');
    if (fits && id != "page" && name_fault(id).is_none())
        || !matches!(written.value, Value::Scalar(_))
    {
        return None;
    }
    let fault = Diagnostic::error("bad-id", say!("编号“{id}”不能用", "`{id}` cannot be an id"));
    Some(fault.at(file, written.span).help(say!(
        "编号只用英文字母、数字和减号",
        "use ASCII letters, digits and hyphens"
    )))
}

/// Where a word of an entry is written: its id, its name or one of its other names.
pub(super) fn place_of(word: &str, item: &Node) -> Span {
    fn find(node: &Node, word: &str) -> Option<Span> {
        match &node.value {
            Value::Scalar(text) => (text.trim() == word).then_some(node.span),
            Value::List(items) => items.iter().find_map(|item| find(item, word)),
            Value::Map(_) | Value::Null => None,
        }
    }
    let Value::Map(entries) = &item.value else {
        return item.span;
    };
    let named = Entry::FIELDS.iter().take(3);
    let mut values = named.filter_map(|field| value_of(field, entries));
    let found = values.find_map(|value| find(value, word));
    found.unwrap_or(item.span)
}

/// The fault of a word that already names an earlier entry.
pub(super) fn taken(word: &str, entry: &Entry, owner: &Entry, name: VocabularyName) -> Diagnostic {
    let (zh, en) = name.noun();
    if fold(word) == fold(&entry.id) && fold(word) == fold(&owner.id) {
        return Diagnostic::error(
            "duplicate-id",
            say!(
                "编号“{word}”已经用在{zh}“{}”上",
                "the id `{word}` is that of the {en} `{}` already",
                owner.name
            ),
        )
        .help(say!(
            "换一个编号；同一个{zh}写了两次的，删去一条",
            "give it another id; delete one of the two where both are the same {en}"
        ));
    }
    let whose = if fold(word) == fold(&owner.name) {
        &owner.id
    } else {
        &owner.name
    };
    Diagnostic::error(
        "duplicate-name",
        say!(
            "{zh}“{word}”和“{whose}”重名",
            "the {en} name `{word}` also belongs to `{whose}`"
        ),
    )
    .help(say!(
        "改掉其中一个名称或别名；同一个{zh}写了两次的，删去一条",
        "change one of the two; delete one where both are the same {en}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    fn reported(text: String) -> Vec<String> {
        let file = Arc::new(SourceFile {
            path: "content/units.yaml".to_owned(),
            text,
        });
        let mut sink = Sink::default();
        let mut vocabularies = Vocabularies::default();
        let units = Vocabulary::parse(&file, VocabularyName::Units, &mut sink);
        vocabularies.set(VocabularyName::Units, units);
        vocabularies.check_links(&mut sink);
        let faults = sink.into_sorted().into_iter();
        faults.map(|fault| fault.code.into_owned()).collect()
    }

    /// Units, each below the next, up to the topmost one.
    fn line(above: usize) -> String {
        let mut text = String::new();
        for place in 0..above {
            let next = place + 1;
            writeln!(
                text,
                "- {{id: u{place}, name: 单位{place}, parent: u{next}}}"
            )
            .unwrap();
        }
        text + &format!("- {{id: u{above}, name: 单位{above}}}\n")
    }

    #[test]
    fn thirty_two_entries_may_stand_above_one_and_no_more() {
        assert!(reported(line(MAX_LEVELS)).is_empty());
        assert_eq!(reported(line(MAX_LEVELS + 1)), ["too-many-levels"]);
        assert_eq!(reported(line(1_500)), ["too-many-levels"]);
        let itself = "- {id: a, name: 甲, parent: a}\n";
        assert_eq!(reported(itself.to_owned()), ["too-many-levels"]);
    }
}
