//! `gangwei check --fix`: makes the repairs that have one right answer, and shows what changed.

use crate::diagnostic::{Diagnostic, Fix, Lang, Sink, visible, visible_text};
use crate::files::{list_files, load_bytes, repair};
use crate::publish::replace_file;
use crate::text::SourceFile;
use anyhow::Result;
use similar::TextDiff;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The repairs of each file.
type Repairs<'a> = BTreeMap<&'a str, (Arc<SourceFile>, Vec<Fix>)>;

/// Makes the repairs that faults offer and prints the difference. Gives the number of files that changed.
pub(super) fn fix(site: &Path, diagnostics: &[Diagnostic], lang: Lang) -> Result<usize> {
    let mut by_file: Repairs = BTreeMap::new();
    for diagnostic in diagnostics {
        if let (Some(place), Some(fix)) = (&diagnostic.place, &diagnostic.fix) {
            let entry = by_file.entry(&place.file.path);
            let (_, fixes) = entry.or_insert_with(|| (place.file.clone(), Vec::new()));
            fixes.push(fix.clone());
        }
        if let Some((file, fix)) = &diagnostic.fix_elsewhere {
            let entry = by_file.entry(&file.path);
            let (_, fixes) = entry.or_insert_with(|| (file.clone(), Vec::new()));
            // Many documents may lack one entry. Of two names with one id, which sound alike, the second is looked at again
            // when the first is there.
            let first_line = |fix: &Fix| fix.text.trim_start().lines().next().map(str::to_owned);
            let has_id =
                |other: &Fix| other.span == fix.span && first_line(other) == first_line(fix);
            if !fixes.iter().any(has_id) {
                fixes.push(fix.clone());
            }
        }
    }
    let root = site.canonicalize()?;
    let found = list_files(&root, "content", &mut Sink::default());
    let mut changed = 0;
    for (path, (file, fixes)) in by_file {
        let disk = found.iter().find(|found| found.path == path);
        let disk = disk.map_or_else(|| root.join(path), |found| found.disk.clone());
        let raw = load_bytes(&disk)?;
        let Some(repaired) = repair(&raw, &file.text, &fixes) else {
            let path = visible(path);
            super::terminal::error_line(&match lang {
                Lang::Zh => format!("{path}：先在编辑器里另存为 UTF-8，再用 --fix"),
                Lang::En => format!("{path}: save it as UTF-8 first, then use --fix"),
            });
            continue;
        };
        if repaired == raw {
            continue;
        }
        let (old, new) = (
            String::from_utf8_lossy(&raw),
            String::from_utf8_lossy(&repaired),
        );
        let diff = TextDiff::from_lines(old.as_ref(), new.as_ref());
        let (name, mut shown) = (visible(path), diff.unified_diff());
        let shown = shown.context_radius(1).header(&name, &name).to_string();
        super::terminal::error_text(&visible_text(&shown));
        replace_file(&disk, &repaired)?;
        changed += 1;
    }
    Ok(changed)
}
