//! Scripts as they are delivered: without comments and without blanks that nothing needs. Enters: a script of the default
//! theme. Leaves: the same script, shorter. Nothing is renamed, so that faults in the field can be read.

/// Takes comments and needless blanks out of one of the program's scripts. Strings and regular expressions stay as they
/// are; template strings are not known here, and the program's scripts do not use them.
pub(super) fn compact(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut blank = Whitespace::None;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            continue;
        }
        if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            continue;
        }
        if c.is_whitespace() {
            blank = if c == '\n' || blank == Whitespace::Line {
                Whitespace::Line
            } else {
                Whitespace::Space
            };
            rest = &rest[c.len_utf8()..];
            continue;
        }
        if let Some(before) = out.chars().last()
            && is_needed(before, blank, c)
        {
            out.push(if blank == Whitespace::Line { '\n' } else { ' ' });
        }
        blank = Whitespace::None;
        let length = match c {
            '\'' | '"' => literal_length(rest, c),
            '/' if begins_expression(&out) => literal_length(rest, '/'),
            _ => c.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push('\n');
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Whitespace {
    None,
    Space,
    Line,
}

/// Whether a blank between two signs means something: between words, between `+` and `+`, and where a line's end ends
/// a statement.
fn is_needed(before: char, blank: Whitespace, after: char) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    match blank {
        Whitespace::None => false,
        _ if is_word(before) && is_word(after) => true,
        _ if before == after && matches!(before, '+' | '-') => true,
        Whitespace::Space => false,
        Whitespace::Line => {
            (is_word(before) || matches!(before, ')' | ']' | '}' | '\'' | '"' | '/'))
                && (is_word(after) || matches!(after, '(' | '[' | '/' | '\'' | '"'))
        }
    }
}

/// Whether a slash after these signs begins a regular expression rather than divides.
fn begins_expression(out: &str) -> bool {
    matches!(
        out.chars().last(),
        None | Some('(' | ',' | '=' | ':' | '[' | '!' | '&' | '|' | '?' | '{' | '}' | ';')
    ) || out.ends_with("return")
}

/// The bytes of a string or regular expression, its ends included. Inside a class of an expression, the closing sign
/// needs no escape.
fn literal_length(text: &str, end: char) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' if end == '/' => in_class = true,
            ']' => in_class = false,
            _ if c == end && !in_class => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blanks_go_and_meaning_stays() {
        let source = "// A comment.\nlet a = 'x // y';\n\n  a += /[/\"'] +/.test(a) ? 1 : b - -c; /* more */ return a\n  b()\n";
        assert_eq!(
            compact(source),
            "let a='x // y';a+=/[/\"'] +/.test(a)?1:b- -c;return a\nb()\n"
        );
    }

    #[test]
    fn any_text_is_taken_without_panic() {
        for source in [
            "",
            "'",
            "/",
            "/*",
            "'\\",
            "a / b / c",
            "风险//管",
            "/[",
            "\"\\\"",
        ] {
            compact(source);
        }
    }
}
