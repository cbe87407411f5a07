//! Pictures without words: nobody who cannot see them learns what they show.

use crate::rules::finding::Finding;
use crate::rules::subject::Subject;
use crate::say;
use crate::text::Span;

/// `![](…)`, with nothing or blanks between the brackets.
pub(crate) fn find_images_without_text(subject: &Subject) -> Vec<Finding> {
    let Some(document) = subject.document else {
        return Vec::new();
    };
    let base = document.body_span.start as usize;
    let body = document.markdown();
    let links = document.outline.links.iter();
    links
        .filter_map(|link| {
            let written = &body.get(link.span.range())?;
            let (text, _) = written.strip_prefix("![")?.split_once(']')?;
            text.trim().is_empty().then(|| {
                Finding::new(
                    Span::new(
                        base + link.span.start as usize,
                        base + link.span.end as usize,
                    ),
                    say!("图片没有文字说明", "the picture has no words"),
                )
            })
        })
        .collect()
}
