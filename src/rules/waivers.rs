//! Waivers: findings that somebody with the right to do so has allowed until a day. Enters: waivers from front matter and
//! from the baseline. Leaves: findings marked as waived; faults of the waivers themselves. Nothing of a waiver reaches an
//! output.

use super::{Judge, Judged, ReadFile};
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::{Reader, Vocabularies};
use crate::kinds::{KEYS, Waiver};
use crate::say;
use crate::text::{SourceFile, Span, fold_char};
use crate::yaml::{Node, Value, parse_yaml};
use std::sync::Arc;

/// The waivers of a site's baseline.
#[derive(Debug, Default)]
pub struct Waivers {
    baseline: Vec<Waiver>,
}

impl Waivers {
    /// Reads a baseline: a YAML list of waivers, each with the hash of its text.
    pub fn read(file: &Arc<SourceFile>, sink: &mut Sink) -> Waivers {
        let whole = Span::new(0, file.text.len());
        let Some(node) = parse_yaml(file, whole, &*KEYS, sink) else {
            return Waivers::default();
        };
        let vocabularies = Vocabularies::default();
        let mut reader = Reader::new(file, &vocabularies, sink);
        let baseline: Vec<Waiver> = match &node.value {
            Value::Null => Vec::new(),
            _ => <Vec<Waiver> as crate::fields::FieldValue>::read(
                &Node {
                    span: node.span,
                    value: node.value.clone(),
                },
                &mut reader,
            )
            .unwrap_or_default(),
        };
        for waiver in baseline.iter().filter(|waiver| waiver.hash.is_none()) {
            reader.error(
                "bad-waiver",
                waiver.rule.span,
                say!(
                    "基线里的豁免要写文字指纹",
                    "a waiver in a baseline names the hash of its text"
                ),
                Some(say!(
                    "gangwei check --report 会列出每一处的指纹",
                    "`gangwei check --report` lists the hash of every finding"
                )),
            );
        }
        Waivers { baseline }
    }

    /// Reports what is wrong with the baseline's waivers.
    pub fn check(&self, file: &Arc<SourceFile>, judge: &Judge) -> Vec<Diagnostic> {
        let all = self.baseline.iter();
        all.filter_map(|waiver| fault_of(waiver, file, judge))
            .collect()
    }

    /// Marks findings that a valid waiver covers, and adds the faults of the file's own waivers.
    pub(super) fn apply(&self, judged: &mut Vec<Judged>, file: &ReadFile, judge: &Judge) {
        let none = Vec::new();
        let own = file
            .document
            .as_ref()
            .map_or(&none, |document| &document.shared.allow);
        let covers = |waiver: &Waiver, one: &Judged| {
            waiver.rule.value == one.diagnostic.code
                && waiver.hash.as_ref().is_none_or(|hash| *hash == one.hash)
        };
        for one in judged.iter_mut() {
            let mut waivers = own.iter().chain(&self.baseline);
            let covering = waivers.clone().find(|waiver| {
                covers(waiver, one) && is_sound(waiver, judge) && !is_over(waiver, judge)
            });
            one.waived = covering.cloned();
            let ended = one.waived.is_none()
                && waivers.any(|waiver| {
                    covers(waiver, one) && is_sound(waiver, judge) && is_over(waiver, judge)
                });
            one.by_time |= ended;
        }
        for waiver in own {
            let diagnostic = fault_of(waiver, &file.source, judge).or_else(|| {
                let used = judged.iter().any(|one| covers(waiver, one));
                (!used).then(|| unused(waiver, &file.source))
            });
            judged.extend(diagnostic.map(|diagnostic| Judged {
                by_time: diagnostic.code == "expired-waiver",
                diagnostic,
                hash: String::new(),
                waived: None,
                lacks: None,
            }));
        }
    }
}

/// Whether its approver, rule and end are right.
fn is_sound(waiver: &Waiver, judge: &Judge) -> bool {
    problem_of(waiver, judge).is_none()
}

fn is_over(waiver: &Waiver, judge: &Judge) -> bool {
    let until = waiver.until.as_ref();
    until.is_some_and(|until| until.value < judge.today)
}

fn problem_of(waiver: &Waiver, judge: &Judge) -> Option<(Span, crate::diagnostic::Text)> {
    let approvers = &judge.config.check.approvers;
    if judge.book.rule(&waiver.rule.value).is_none() {
        let code = &waiver.rule.value;
        return Some((
            waiver.rule.span,
            say!("没有“{code}”这条规则", "there is no rule `{code}`"),
        ));
    }
    if !approvers.contains(&waiver.approver.value) {
        let name = &waiver.approver.value;
        return Some((
            waiver.approver.span,
            say!(
                "“{name}”不在批准人名单里（gangwei.yaml 的 检查.批准人）",
                "`{name}` is none of the approvers in gangwei.yaml (check.approvers)"
            ),
        ));
    }
    let until = waiver.until.as_ref()?;
    let last = judge.today.0.checked_add(jiff::Span::new().years(1)).ok()?;
    (until.value.0 > last).then(|| {
        (
            until.span,
            say!(
                "豁免最长一年，到 {last} 为止",
                "a waiver lasts a year at most, to {last}"
            ),
        )
    })
}

fn fault_of(waiver: &Waiver, file: &Arc<SourceFile>, judge: &Judge) -> Option<Diagnostic> {
    if let Some((span, message)) = problem_of(waiver, judge) {
        return Some(Diagnostic::error("bad-waiver", message).at(file, span));
    }
    let until = waiver.until.as_ref()?;
    is_over(waiver, judge).then(|| {
        Diagnostic::warning(
            "expired-waiver",
            say!(
                "“{}”的豁免已于 {} 到期",
                "the waiver for `{}` ended on {}",
                waiver.rule.value,
                until.value.0
            ),
        )
        .at(file, until.span)
        .help(say!(
            "改掉原来的写法，或请批准人重新批准",
            "repair the text, or ask for a new approval"
        ))
    })
}

fn unused(waiver: &Waiver, file: &Arc<SourceFile>) -> Diagnostic {
    Diagnostic::warning(
        "unused-waiver",
        say!(
            "文中没有“{}”要豁免的内容",
            "nothing in the text needs the waiver for `{}`",
            waiver.rule.value
        ),
    )
    .at(file, waiver.rule.span)
    .help(say!("删去这条豁免", "delete the waiver"))
}

/// Names a finding by its rule and its text, whatever the script, the width and the blanks: 16 hexadecimal digits.
pub(super) fn text_hash(code: &str, written: &str) -> String {
    let folded: String = written
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(fold_char)
        .collect();
    let hash = blake3::hash(format!("{code}\n{folded}").as_bytes());
    hash.to_hex()[..16].to_owned()
}
