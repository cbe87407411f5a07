//! Lines and columns of many findings at once. Enters: sorted diagnostics. Leaves: where each begins and ends. The time
//! must stay in proportion to the text, however many findings a file has: each is counted on from the one before.

use super::Diagnostic;
use crate::text::{Position, SourceFile};
use std::sync::Arc;

/// Where each finding begins and ends; `None` where it points at no text.
pub(super) fn positions(diagnostics: &[Diagnostic]) -> Vec<Option<(Position, Position)>> {
    let mut last: Option<(&Arc<SourceFile>, usize, Position)> = None;
    diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref()?;
            let span = place.span.range();
            let known = last
                .filter(|(file, byte, _)| Arc::ptr_eq(file, &place.file) && *byte <= span.start);
            let (byte, position) = known.map_or((0, FIRST), |(_, byte, position)| (byte, position));
            let start = count_on(&place.file, byte, position, span.start);
            last = Some((&place.file, span.start, start));
            Some((start, count_on(&place.file, span.start, start, span.end)))
        })
        .collect()
}

/// The beginning of a file.
const FIRST: Position = Position { line: 1, column: 1 };

/// The position of a byte, counted from an earlier byte whose position is known.
pub(super) fn count_on(file: &SourceFile, byte: usize, position: Position, to: usize) -> Position {
    let Some(between) = file.text.get(byte..to) else {
        return file.position(to);
    };
    match between.rfind('\n') {
        Some(newline) => Position {
            line: position.line + between.matches('\n').count(),
            column: between[newline + 1..].chars().count() + 1,
        },
        None => Position {
            line: position.line,
            column: position.column + between.chars().count(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, finding};
    use super::*;

    #[test]
    fn counting_on_gives_what_counting_from_the_beginning_gives() {
        let text = "𠮷限\n男限\n男\n\n限\n男\n限\n男";
        let (here, there) = (file("a.md", text), file("b.md", text));
        let mut all: Vec<Diagnostic> = (0..4).map(|n| finding(&here, n, "限\n男")).collect();
        all.extend((0..3).map(|n| finding(&there, n, "男")));
        // A list that is not sorted costs more and is not wrong.
        all.push(finding(&there, 0, "限"));
        all.push(Diagnostic::note("no-base-url", crate::say!("甲", "a")));
        let found = positions(&all);
        for (diagnostic, found) in all.iter().zip(&found) {
            let slowly = diagnostic.place.as_ref().map(|place| {
                let span = place.span.range();
                (
                    place.file.position(span.start),
                    place.file.position(span.end),
                )
            });
            assert_eq!(*found, slowly);
        }
        assert_eq!(found[8], None);
    }
}
