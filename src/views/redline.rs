//! A policy beside its former version, as a template sees it. Enters: a document of the site. Leaves: paragraphs with
//! removed and added words. Both versions are visible documents of the portal; the text of a withdrawn one is not
//! shown.

use super::{Views, body_view};
use crate::kinds::Document;
use crate::site::State;
use crate::text::markup::text_of;
use crate::text::redline::{Chunk, edit_text, share_kept};
use serde::Serialize;

/// Two versions that share less than this are different documents; their redline would be useless.
const LEAST_KEPT: f64 = 0.2;
/// The number of former versions that are compared, for a policy that replaces many.
const TRIED: usize = 3;
/// Unchanged paragraphs that are shown between two changes; if there are more, their number is shown.
const MOST_UNCHANGED: usize = 1;

/// A redline.
#[derive(Debug, Serialize)]
pub struct RedlineView {
    /// The former version's title.
    title: String,
    /// Its page.
    url: String,
    /// Its number and version.
    version: String,
    /// Paragraphs; empty where the texts are the same.
    paragraphs: Vec<ParagraphView>,
}

/// A paragraph with its changes, or a run of paragraphs without any.
#[derive(Debug, Default, Serialize)]
pub(super) struct ParagraphView {
    /// How many unchanged paragraphs are left out here.
    kept: Option<usize>,
    /// The text otherwise.
    chunks: Vec<Chunk>,
}

impl Views<'_> {
    /// The redline of a document with the first of the documents that it replaces and shares its text with.
    pub fn redline(&self, document: &Document) -> Option<RedlineView> {
        let site = self.site;
        let newer = site.find(document.id.kind.name, &document.id.id)?;
        if site.documents[newer].state == State::Withdrawn {
            return None;
        }
        let text = |index: usize| text_of(&self.body_html(index));
        let mut now = None;
        for &older in site.documents[newer].replaces.iter().take(TRIED) {
            if site.documents[older].state == State::Withdrawn {
                continue;
            }
            let now = now.get_or_insert_with(|| text(newer));
            let chunks = edit_text(&text(older), now);
            if share_kept(&chunks) < LEAST_KEPT {
                continue;
            }
            let former = &site.documents[older].document;
            return Some(RedlineView {
                title: former.shared.title.clone(),
                url: self.document_url(former),
                version: body_view(&former.body).facts(self).join(" · "),
                paragraphs: paragraphs(&chunks),
            });
        }
        None
    }
}

/// Chunks by paragraph; long runs without a change are counted.
fn paragraphs(chunks: &[Chunk]) -> Vec<ParagraphView> {
    let mut lines: Vec<Vec<Chunk>> = vec![Vec::new()];
    for chunk in chunks {
        for part in chunk.text.split_inclusive('\n') {
            let text = part.trim_end_matches('\n').to_owned();
            let line = Chunk {
                edit: chunk.edit,
                text,
            };
            if let Some(last) = lines.last_mut()
                && !line.text.is_empty()
            {
                last.push(line);
            }
            if part.ends_with('\n') {
                lines.push(Vec::new());
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    let changes = |line: &Vec<Chunk>| line.iter().any(|chunk| chunk.edit.is_change());
    if !lines.iter().any(changes) {
        return Vec::new();
    }
    let mut paragraphs: Vec<ParagraphView> = Vec::new();
    let mut kept: Vec<Vec<Chunk>> = Vec::new();
    let push_unchanged = |kept: &mut Vec<Vec<Chunk>>, paragraphs: &mut Vec<ParagraphView>| {
        if kept.len() > MOST_UNCHANGED {
            paragraphs.push(ParagraphView {
                kept: Some(kept.len()),
                chunks: Vec::new(),
            });
        } else {
            paragraphs.extend(kept.iter().map(|line| ParagraphView {
                kept: None,
                chunks: line.clone(),
            }));
        }
        kept.clear();
    };
    for line in lines {
        if !changes(&line) {
            kept.push(line);
            continue;
        }
        push_unchanged(&mut kept, &mut paragraphs);
        paragraphs.push(ParagraphView {
            kept: None,
            chunks: line,
        });
    }
    push_unchanged(&mut kept, &mut paragraphs);
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_without_a_change_are_counted_and_one_paragraph_is_shown() {
        let found = paragraphs(&edit_text(
            "一\n二\n三\n四\n五\n六\n七",
            "一\n二\n三\n四改\n五\n六新\n七",
        ));
        let shown: Vec<Option<usize>> = found.iter().map(|paragraph| paragraph.kept).collect();
        assert_eq!(shown, [Some(3), None, None, None, None]);
        assert!(paragraphs(&edit_text("一\n二", "一\n二")).is_empty());
    }
}
