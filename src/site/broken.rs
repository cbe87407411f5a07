//! The fault of a link that leads to no file. Enters: the link as written, and the files there are. Leaves: a fault
//! with what was probably meant: a web or mail address, a sign of another width, a name in another case.

use super::known::Known;
use super::targets::{link_span, linked_path};
use crate::diagnostic::{Diagnostic, Text};
use crate::files::SourcePath;
use crate::kinds::Document;
use crate::markdown::Link;
use crate::say;
use crate::text::Span;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The names of files and documents, found in any case. They are collected only after a link was found broken.
pub(super) struct Names<'a> {
    files: &'a [SourcePath],
    known: &'a Known,
    folded: OnceCell<BTreeMap<String, &'a str>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(files: &'a [SourcePath], known: &'a Known) -> Names<'a> {
        Names {
            files,
            known,
            folded: OnceCell::new(),
        }
    }

    /// The path of a file whose path differs in case only.
    fn find(&self, path: &str) -> Option<&'a str> {
        let folded = self.folded.get_or_init(|| {
            let files = self.files.iter().map(|file| file.path.as_str());
            files
                .chain(self.known.paths())
                .map(|path| (path.to_lowercase(), path))
                .collect()
        });
        folded.get(&path.to_lowercase()).copied()
    }
}

/// The fault of a link that leads to no file.
pub(super) fn broken_link(document: &Document, link: &Link, names: &Names) -> Diagnostic {
    let target = &link.target;
    let span = link_span(document, link);
    let diagnostic = Diagnostic::error(
        "broken-link",
        say!(
            "链接“{target}”指向的文件不存在",
            "the link `{target}` leads to no file"
        ),
    )
    .at(&document.source, span);
    let Some((help, meant)) = meant(document, target, names) else {
        return diagnostic.help(say!(
            "从本文件所在的文件夹写起，例如 ../pages/about.md",
            "write the path from this file's folder, for example ../pages/about.md"
        ));
    };
    let diagnostic = diagnostic.help(help);
    // The target occurs once in the link, unless the words of the link are the same.
    let written = &document.source.text[span.range()];
    match (
        &written.match_indices(target.as_str()).collect::<Vec<_>>()[..],
        meant,
    ) {
        (&[(at, _)], Some(meant)) => {
            let start = span.start as usize + at;
            diagnostic.fix(Span::new(start, start + target.len()), meant)
        }
        _ => diagnostic,
    }
}

/// The message about a target, and the right target if it is certain.
fn meant(document: &Document, target: &str, names: &Names) -> Option<(Text, Option<String>)> {
    if let Some(anchor) = target.strip_prefix('＃') {
        let meant = format!("#{anchor}");
        let help = say!(
            "井号是全角，写成 {meant}",
            "the number sign is full-width; write {meant}"
        );
        return Some((help, Some(meant)));
    }
    if let Some((scheme, rest)) = target.split_once('：')
        && ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str())
    {
        let meant = format!("{scheme}:{}", rest.replace('／', "/"));
        let help = say!(
            "冒号是全角，写成 {meant}",
            "the colon is full-width; write {meant}"
        );
        return Some((help, Some(meant)));
    }
    let ascii = target.replace('\\', "/");
    if ascii != *target {
        let help = say!(
            "文件夹之间用斜杠，写成 {ascii}",
            "folders are parted by slashes; write {ascii}"
        );
        return Some((help, Some(ascii)));
    }
    let path = target.split(['?', '#']).next().unwrap_or("");
    if let Some(real) = linked_path(document, path).and_then(|path| names.find(&path)) {
        let help = say!(
            "文件名的大小写不一样，文件是 {real}",
            "the case of its name differs; the file is {real}"
        );
        return Some((
            help,
            rewritten(path, real).map(|path| {
                format!(
                    "{path}{}",
                    &target[target.find(['?', '#']).unwrap_or(target.len())..]
                )
            }),
        ));
    }
    let head = path.split('/').next().unwrap_or("");
    if is_mail_address(target) {
        let meant = format!("mailto:{target}");
        return Some((say!("写成 {meant}", "write {meant}"), Some(meant)));
    }
    if is_host(head) {
        // The host may serve http only.
        let help = say!("写成 https://{target}", "write https://{target}");
        return Some((help, None));
    }
    None
}

/// A relative path with the names that a file really has: its steps up stay as written. `None` where the right path is
/// not clear.
fn rewritten(path: &str, real: &str) -> Option<String> {
    let kept: usize = path
        .split_inclusive('/')
        .take_while(|step| ["./", "../"].contains(step))
        .map(str::len)
        .sum();
    let steps = path[kept..].split('/');
    if steps.clone().any(|step| ["", ".", ".."].contains(&step))
        || real.contains([' ', '(', ')', '%'])
    {
        return None;
    }
    let names: Vec<&str> = real.split('/').collect();
    let skipped = names.len().checked_sub(steps.count())?;
    Some(format!("{}{}", &path[..kept], names[skipped..].join("/")))
}

fn is_mail_address(target: &str) -> bool {
    target.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && is_label(&name.replace(['.', '+', '_'], "-")) && is_dotted(host)
    })
}

/// Whether the first part of a target is the name of a web site and not of a folder or file.
fn is_host(head: &str) -> bool {
    const ENDINGS: &[&str] = &["com", "cn", "net", "org", "gov", "edu", "hk", "mo", "tw"];
    let ending = head.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    is_dotted(head)
        && (head.to_ascii_lowercase().starts_with("www.") || ENDINGS.contains(&ending.as_str()))
}

fn is_dotted(host: &str) -> bool {
    host.contains('.') && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
