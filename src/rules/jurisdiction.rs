//! Whose law is meant. Enters: the words of the settings and the vocabularies. Leaves: the jurisdictions that packs speak
//! for; a word that no pack knows is a fault, since no rule of any law would look at its postings.

use super::book::RuleBook;
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::{Jurisdiction, Located, Vocabularies, VocabularyName};
use crate::kinds::Config;
use crate::say;
use crate::text::SourceFile;
use std::sync::Arc;

/// Reports the words of the settings and the vocabularies that no pack knows.
pub fn report_jurisdictions(
    book: &RuleBook,
    config: &Config,
    vocabularies: &Vocabularies,
    sink: &mut Sink,
) {
    report_unknown(book, &config.jurisdictions, &config.file, sink);
    for name in VocabularyName::ALL {
        let vocabulary = vocabularies.get(name);
        let Some(file) = vocabulary.file() else {
            continue;
        };
        for entry in vocabulary.entries() {
            report_unknown(book, &entry.jurisdiction, file, sink);
        }
    }
}

fn report_unknown(
    book: &RuleBook,
    words: &[Located<Jurisdiction>],
    file: &Arc<SourceFile>,
    sink: &mut Sink,
) {
    for word in words {
        let known = &word.value.0;
        if book.jurisdiction(known).is_some() {
            continue;
        }
        let codes = book.jurisdictions();
        let (zh, en) = (codes.join("、"), codes.join(", "));
        sink.push(
            Diagnostic::error(
                "unknown-jurisdiction",
                say!(
                    "没有“{known}”这个法域的规则",
                    "there are no rules for the jurisdiction `{known}`"
                ),
            )
            .at(file, word.span)
            .help(say!(
                "可选：{zh}；要用别处的法律，先在本行自己的规则包里写上这个法域",
                "choose one of: {en}; for the law of another place, name it in a rule pack of the bank's own first"
            )),
        );
    }
}
