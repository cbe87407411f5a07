//! Snapshots for a review. Enters: a published folder, or a portal in memory with its faults. Leaves: its files with
//! their hashes and a way to read one. Nothing is written.

use super::{Portal, hash_portal};
use crate::diagnostic::{Diagnostic, Lang, Severity};
use crate::files::load_bytes;
use crate::publish::manifest::{MANIFEST, Manifest, is_own};
use crate::review::{Broken, Finding, Look, Snapshot, SourceNotes};
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::path::Path;

/// A published folder, as its manifest has it.
pub fn folder_snapshot(name: &str, folder: &Path) -> Result<Snapshot<'static>> {
    let path = folder.join(MANIFEST);
    let manifest = Manifest::parse(&load_bytes(&path)?)
        .map_err(anyhow::Error::from)
        .with_context(|| format!("{}", path.display()))?;
    let folder = folder.to_owned();
    Ok(Snapshot {
        name: name.to_owned(),
        files: manifest.files,
        read: Box::new(move |path| {
            anyhow::ensure!(is_own(path), "{path}");
            load_bytes(&folder.join(path))
        }),
        source: None,
    })
}

/// A portal in memory. Its files are rendered once for their hashes, and again where they are read.
pub fn portal_snapshot<'a>(
    name: &str,
    portal: &'a Portal,
    diagnostics: &[Diagnostic],
    lang: Lang,
) -> Result<Snapshot<'a>> {
    let files = hash_portal(portal)?;
    let errors = diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error);
    Ok(Snapshot {
        name: name.to_owned(),
        files,
        source: Some(SourceNotes {
            internal: portal.internal.clone(),
            findings: diagnostics
                .iter()
                .filter(|found| found.severity != Severity::Note)
                .map(|found| finding(found, lang))
                .collect(),
            errors: errors.count(),
        }),
        read: Box::new(move |path| {
            let bytes = portal.output(path);
            bytes.with_context(|| path.to_owned())?
        }),
    })
}

/// Looks at many files on all cores.
pub fn look_at_all(paths: &[&str], look: &Look) -> Result<Vec<Broken>> {
    let found: Result<Vec<Vec<Broken>>> = paths.par_iter().map(|path| look(path)).collect();
    Ok(found?.concat())
}

fn finding(found: &Diagnostic, lang: Lang) -> Finding {
    let place = found.place.as_ref();
    Finding {
        file: match place {
            Some(place) => place.file.path.clone(),
            None => found.path.clone().unwrap_or_default(),
        },
        line: place.map(|place| place.file.position(place.span.start as usize).line),
        code: found.code.to_string(),
        message: found.message.get(lang).to_owned(),
    }
}
