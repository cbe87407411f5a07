//! Full-width signs in front matter that YAML reads as letters: `[金融，会计]` is one word, and the quotes of `“总行”` are
//! published. The file is read as it stands; only `--fix` changes it.

use crate::diagnostic::Fix;
use crate::fields::FieldType;
use crate::rules::finding::Finding;
use crate::rules::subject::Subject;
use crate::say;
use crate::text::{Span, fold};

/// The lines of the front matter with their first bytes, comments and the `---` lines left out.
fn front_lines<'a>(subject: &Subject<'a>) -> Vec<(usize, &'a str)> {
    let source = subject.text.source;
    let mut lines = Vec::new();
    let mut at = 0;
    for (index, line) in source.split_inclusive('\n').enumerate() {
        let content = line.trim_end();
        match (index, content) {
            (0, "---") => {}
            (0, _) | (_, "---") => return lines,
            (_, content) if content.trim_start().starts_with('#') => {}
            (_, content) => lines.push((at, content)),
        }
        at += line.len();
    }
    lines
}

/// A full-width comma between the items of a list in brackets.
pub(crate) fn find_full_width_commas(subject: &Subject) -> Vec<Finding> {
    let mut found = Vec::new();
    for (start, line) in front_lines(subject) {
        let Some((open, close)) = brackets(line) else {
            continue;
        };
        let inner = &line[open..close];
        if is_parted(subject, line) {
            continue;
        }
        let commas = outer_commas(inner);
        let has_half_width = commas.iter().any(|(_, comma)| *comma == ',');
        for (index, comma) in commas {
            // Beside a half-width comma, `、` parts the words of one item.
            if comma == ',' || (comma == '、' && has_half_width) {
                continue;
            }
            let at = start + open + index;
            let span = Span::new(at, at + comma.len_utf8());
            let mut finding = Finding::new(
                span,
                say!(
                    "列表里的“{comma}”是全角",
                    "the `{comma}` in this list is full-width"
                ),
            );
            // And `，` may belong to one item as well.
            if !has_half_width {
                finding.fix = Some(Fix {
                    span,
                    text: ", ".to_owned(),
                });
            }
            found.push(finding);
        }
    }
    found
}

/// Whether a line's field is a list of names, whose reader parts them at full-width commas as well.
fn is_parted(subject: &Subject, line: &str) -> bool {
    let key = fold(line.split([':', '：']).next().unwrap_or(""));
    let named = subject
        .kind
        .fields
        .iter()
        .find(|field| field.zh == key || field.key == key);
    let names = |ty: FieldType| matches!(ty, FieldType::Entry(_) | FieldType::Reference(_));
    named.is_some_and(|field| matches!(field.ty, FieldType::List(item) if names(*item)))
}

/// The commas of a list that stand in no brackets or quotes of an item, with their bytes.
fn outer_commas(inner: &str) -> Vec<(usize, char)> {
    let mut depth = 0usize;
    let mut commas = Vec::new();
    for (index, c) in inner.char_indices() {
        match c {
            '（' | '(' | '《' | '〈' | '“' | '‘' | '「' | '『' | '【' | '〔' | '[' => {
                depth += 1;
            }
            '）' | ')' | '》' | '〉' | '”' | '’' | '」' | '』' | '】' | '〕' | ']' => {
                depth = depth.saturating_sub(1);
            }
            ',' | '，' | '、' if depth == 0 => commas.push((index, c)),
            _ => {}
        }
    }
    commas
}

/// The bytes between the brackets of a list that is a whole value, without quotes inside.
fn brackets(line: &str) -> Option<(usize, usize)> {
    let open = line.find('[')?;
    let close = line.rfind(']')?;
    let before = line[..open].trim_end();
    let inner = line.get(open + 1..close)?;
    let is_value = before.ends_with([':', '：', '-']) && line[close + 1..].trim().is_empty();
    (is_value && !inner.contains(['"', '\'', '{'])).then_some((open + 1, close))
}

/// A whole value in full-width quotes. A title may be a quotation, so it is left alone.
pub(crate) fn find_full_width_quotes(subject: &Subject) -> Vec<Finding> {
    const TITLES: &[&str] = &["title", "标题", "標題", "summary", "简介", "簡介"];
    let mut found = Vec::new();
    for (start, line) in front_lines(subject) {
        let Some((key, value)) = line.split_once([':', '：']) else {
            continue;
        };
        let value = value.trim_start();
        let inner = [("“", "”"), ("「", "」"), ("‘", "’")]
            .iter()
            .find_map(|(open, close)| value.strip_prefix(open)?.strip_suffix(close));
        let Some(inner) = inner else { continue };
        if TITLES.contains(&key.trim())
            || inner.is_empty()
            || inner.contains(['“', '”', '「', '」'])
        {
            continue;
        }
        let at = start + line.len() - value.len();
        let span = Span::new(at, at + value.len());
        let mut finding = Finding::new(
            span,
            say!(
                "引号是全角，会和“{inner}”一起印出来",
                "the quotes are full-width and are printed with `{inner}`"
            ),
        );
        finding.fix = Some(Fix {
            span,
            text: inner.to_owned(),
        });
        found.push(finding);
    }
    found
}
