//! A filled report as markdown. Enters: the template's text and values. Leaves: the text with values in the place of
//! blanks; what has no value keeps its blank as the author wrote it.

use super::Filled;
use crate::blanks::Template;

/// The filled text under its title. Values are words, whatever marks they hold.
pub fn to_markdown(
    text: &str,
    title: Option<&str>,
    template: &Template,
    filled: &Filled,
) -> String {
    let mut out = String::with_capacity(text.len());
    if let Some(title) = title {
        out.push_str("# ");
        push_escaped(&mut out, title);
        out.push('\n');
    }
    let mut at = 0;
    for (number, blank) in template.blanks.iter().enumerate() {
        out.push_str(&text[at..blank.span.start as usize]);
        match filled.in_blank(template, number) {
            Some(value) => push_escaped(&mut out, value),
            None => out.push_str(&text[blank.span.range()]),
        }
        at = blank.span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}

fn push_escaped(out: &mut String, value: &str) {
    for c in value.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
}
