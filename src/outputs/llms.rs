//! `llms.txt`: the portal in a page of markdown, for programs that read for people.

use super::file_output::{FileOutput, Scope, once};
use crate::kinds::KINDS;
use crate::views::Views;
use crate::views::absolute::absolute;
use std::fmt::Write;

/// The portal for programs that read for people.
pub(super) const LLMS: FileOutput = FileOutput {
    name: "llms.txt",
    scope: Scope::Edition,
    content_type: "text/plain; charset=utf-8",
    template: None,
    is_reviewed: false,
    is_for_programs: false,
    subjects: once,
    make: |making, _| Ok(llms(&making.views)),
};

/// The most links of one kind; the address of the list leads to the others.
const LINKS: usize = 200;

/// Builds `llms.txt`.
pub(super) fn llms(views: &Views) -> Vec<u8> {
    let config = &views.site.config;
    let description = views.texts.fill(
        "home_description",
        &[("organization", &config.organization.name)],
    );
    let mut out = format!("# {}\n\n> {}\n", line(&config.title), line(&description));
    if let Some(notice) = &config.notice {
        let _ = write!(out, "\n{}\n", line(notice));
    }
    for kind in KINDS {
        let members: Vec<usize> = match views.site.list_at(kind.folder) {
            Some(index) => views.site.lists[index].documents.clone(),
            None => (0..views.site.documents.len())
                .filter(|&index| {
                    views.site.documents[index].document.id.kind.name == kind.name
                        && views.site.is_listed(index)
                })
                .collect(),
        };
        if members.is_empty() {
            continue;
        }
        let _ = write!(
            out,
            "\n## {}\n\n",
            line(views.text(&format!("kind.{}", kind.name)))
        );
        for index in members.into_iter().take(LINKS) {
            let link = views.document_link(index);
            let _ = writeln!(
                out,
                "- [{}]({}): {}",
                line(&link.title).replace(']', "\\]"),
                absolute(views, &link.url),
                line(&link.summary)
            );
        }
    }
    out.into_bytes()
}

/// The text on one line, so that no line break in it can begin a heading or a list.
fn line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('[', "\\[")
        .replace('<', "\\<")
}
