//! Headings that skip a level: a reader who hears the page believes that a part is missing.

use crate::rules::finding::Finding;
use crate::rules::subject::Subject;
use crate::say;
use crate::text::Span;

/// A heading more than one level below the one before it.
pub(crate) fn find_heading_skips(subject: &Subject) -> Vec<Finding> {
    let Some(document) = subject.document else {
        return Vec::new();
    };
    let headings = &document.outline.headings;
    let mut found = Vec::new();
    for pair in headings.windows(2) {
        let (above, here) = (&pair[0], &pair[1]);
        if here.level > above.level + 1 {
            let start = document.body_span.start as usize + here.start as usize;
            let marks = "#".repeat(usize::from(above.level) + 1);
            found.push(Finding::new(
                Span::new(start, start + usize::from(here.level)),
                say!(
                    "标题从 {0} 级跳到了 {1} 级，应写 {marks}",
                    "the headings skip from level {0} to level {1}; {marks} would follow",
                    above.level,
                    here.level
                ),
            ));
        }
    }
    found
}
