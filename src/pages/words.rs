//! Interface texts in templates. Enters: a template's source. Leaves: the source with `{{ t.key }}` replaced by the text
//! itself, escaped as the engine would. A page looks up some hundred texts that are the same on every page of an edition.

use crate::views::texts::Texts;
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;
use tera::escape_html;

/// An expression that is a text and nothing else.
static TEXT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\{\{ *t\.([a-z0-9_.]+) *\}\}").ok());
/// Tags that give `t` another meaning, or that keep expressions as written.
static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:for|set|set_global)\s+(?:\w+\s*,\s*)?t\b|\bt\s*=|\braw\b").ok()
});

/// Whether `{{ t.key }}` means the interface's text in all of a theme's templates.
pub(super) fn has_plain_texts<'a>(mut sources: impl Iterator<Item = &'a str>) -> bool {
    let Some(other) = &*OTHER else { return false };
    !sources.any(|source| other.is_match(source))
}

/// Puts the texts into a template that escapes. An unknown text stays, so that the engine reports it.
pub(super) fn put_texts<'a>(source: &'a str, texts: &Texts) -> Cow<'a, str> {
    let Some(text) = &*TEXT else {
        return source.into();
    };
    text.replace_all(source, |found: &regex::Captures| put(found, texts))
}

/// The replacement of an expression.
fn put(found: &regex::Captures, texts: &Texts) -> String {
    let mut out = Vec::new();
    let known = texts.find(&found[1]).filter(|word| is_inert(word));
    let written = known.map(|word| escape_html(word, &mut out));
    match (written, String::from_utf8(out)) {
        (Some(Ok(())), Ok(word)) => word,
        _ => found[0].to_owned(),
    }
}

/// The byte of the template as written that a byte of the template with its texts comes from; for a byte inside a text,
/// the byte of its expression.
pub(super) fn written_at(source: &str, texts: &Texts, byte: usize) -> usize {
    let (mut read, mut made) = (0, 0);
    for found in TEXT.iter().flat_map(|text| text.captures_iter(source)) {
        let Some(whole) = found.get(0) else { continue };
        let begins = made + (whole.start() - read);
        let word = put(&found, texts);
        let ends = begins + word.len();
        if byte < begins || (byte < ends && word == whole.as_str()) {
            break;
        }
        if byte < ends {
            return whole.start();
        }
        (read, made) = (whole.end(), ends);
    }
    (read + byte.saturating_sub(made)).min(source.len())
}

/// Whether a text means nothing to the engine: no tags, and no blanks at an end that a neighbouring tag could take away.
fn is_inert(word: &str) -> bool {
    !word.is_empty() && word.trim() == word && !word.contains('{') && !word.contains('\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sink;
    use crate::text::Language;
    use crate::text::SourceFile;
    use std::sync::Arc;

    #[test]
    fn texts_are_put_in_escaped_and_everything_else_stays() {
        let file = SourceFile {
            path: "texts.yaml".to_owned(),
            text: "state: {open: 'A & <B>'}\n".to_owned(),
        };
        let texts = Texts::parse(Language::En, &[Arc::new(file)], &mut Sink::default());
        assert_eq!(
            put_texts(
                "{{ t.state.open }}|{{t.state.open}}|{{ t.state.open | upper }}|{{ t.no }}|{{- t.state.open }}",
                &texts
            ),
            "A &amp; &lt;B&gt;|A &amp; &lt;B&gt;|{{ t.state.open | upper }}|{{ t.no }}|{{- t.state.open }}"
        );
    }

    #[test]
    fn places_are_led_back_over_the_texts_that_were_put_in() {
        let file = SourceFile {
            path: "texts.yaml".to_owned(),
            text: "a: 正在招聘的全部岗位\nb: ''\n".to_owned(),
        };
        let texts = Texts::parse(Language::Hans, &[Arc::new(file)], &mut Sink::default());
        let source = "一{{ t.a }}二{{ t.b }}{{ t.a }}三{{ doc.x }}";
        let filled = put_texts(source, &texts);
        for sign in ["一", "二", "三", "doc"] {
            let at = filled.find(sign).expect("sign");
            assert_eq!(
                written_at(source, &texts, at),
                source.find(sign).expect("sign")
            );
        }
        assert_eq!(written_at(source, &texts, filled.len()), source.len());
        assert_eq!(written_at(source, &texts, "一正".len()), "一".len());
        // An unknown text stays as it is, and so does a place in it.
        assert_eq!(
            written_at(
                "{{ t.a }}{{ t.c }}",
                &texts,
                "正在招聘的全部岗位{{ t.".len()
            ),
            "{{ t.a }}{{ t.".len()
        );
    }

    #[test]
    fn words_that_could_change_their_surroundings_are_left_to_the_engine() {
        for word in ["", " a", "a\nb", "{{ page.title }}"] {
            assert!(!is_inert(word), "{word}");
        }
        assert!(is_inert("<b> & \"c\""));
    }

    #[test]
    fn a_theme_that_names_something_else_t_keeps_its_meaning() {
        for source in [
            "{% for t in doc.tags %}{{ t.name }}{% endfor %}",
            "{% for key, t in map %}{{ t.a }}{% endfor %}",
            "{% set t = doc %}{{ t.title }}",
            "{% raw %}{{ t.skip }}{% endraw %}",
        ] {
            assert!(!has_plain_texts([source].into_iter()), "{source}");
        }
        assert!(has_plain_texts(
            ["{{ t.skip }} {% for tag in doc.tags %}"].into_iter()
        ));
    }
}
