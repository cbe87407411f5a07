//! Verification of a published folder. Enters: a folder with its manifest, or a portal in memory. Leaves: the
//! differences, by path. Every file is read once, in pieces, on all cores; nothing is written and no link is followed.

use super::Portal;
use super::templates::all_faults;
use crate::diagnostic::ContentFaults;
use crate::files::{FileDigest, OutputFile, digest_of_file, list_output, load_bytes};
use crate::pages::Output;
use crate::publish::manifest::{MANIFEST, Manifest, WORK};
use crate::say;
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// A folder against its manifest.
#[derive(Debug, Default)]
pub struct Verified {
    /// The manifest.
    pub manifest: Manifest,
    /// BLAKE3 of the manifest itself, which identifies the whole folder.
    pub fingerprint: String,
    /// Files that the manifest names and the folder lacks, sorted.
    pub missing: Vec<String>,
    /// Files that are not as they were published, sorted.
    pub changed: Vec<String>,
    /// Files that the manifest does not name, sorted.
    pub extra: Vec<String>,
    /// Whether a publish was begun here and not finished.
    pub is_interrupted: bool,
}

impl Verified {
    /// Whether the folder is exactly as it was published.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
            && self.changed.is_empty()
            && self.extra.is_empty()
            && !self.is_interrupted
    }
}

/// Compares a folder with its manifest. A folder without a readable manifest is a fault of the tool.
pub fn verify_folder(folder: &Path) -> Result<Verified> {
    let path = folder.join(MANIFEST);
    let bytes = load_bytes(&path).map_err(|_| {
        anyhow::Error::from(say!(
            "{0}：这里没有 {MANIFEST}，不是 gangwei 发布的门户",
            "{0}: there is no {MANIFEST} here; gangwei did not publish this folder",
            folder.display()
        ))
    })?;
    let manifest = Manifest::parse(&bytes)
        .map_err(anyhow::Error::from)
        .with_context(|| format!("{}", path.display()))?;
    let mut verified = Verified {
        fingerprint: blake3::hash(&bytes).to_hex().to_string(),
        ..Verified::default()
    };
    let work = format!("{WORK}/");
    let mut found: BTreeMap<String, OutputFile> = BTreeMap::new();
    for file in list_output(folder)? {
        if file.path.starts_with(&work) {
            verified.is_interrupted |= file.path == format!("{WORK}/journal.json");
        } else if file.path != MANIFEST {
            found.insert(file.path.clone(), file);
        }
    }
    let named: Vec<(&String, &FileDigest)> = manifest.files.iter().collect();
    let states: Vec<(Option<bool>, &String)> = named
        .into_par_iter()
        .map(|(path, entry)| {
            let same = found.get(path).map(|file| {
                !file.is_link
                    && file.size == entry.size
                    && digest_of_file(&file.disk).is_ok_and(|found| found == *entry)
            });
            (same, path)
        })
        .collect();
    for (same, path) in states {
        match same {
            None => verified.missing.push(path.clone()),
            Some(false) => verified.changed.push(path.clone()),
            Some(true) => {}
        }
    }
    let extra = found.into_keys();
    verified.extra = extra
        .filter(|path| !manifest.files.contains_key(path))
        .collect();
    verified.manifest = manifest;
    Ok(verified)
}

/// Every output of a portal, by path, without its bytes.
pub type Portrait = BTreeMap<String, FileDigest>;

/// Renders a whole portal and keeps only the digests that its manifest would hold.
pub fn hash_portal(portal: &Portal) -> Result<Portrait> {
    let pages = portal.addresses.par_iter().map(|place| {
        let Output { path, bytes } = portal.render(place)?;
        Ok((path, FileDigest::of(&bytes)))
    });
    let index = portal.index_files()?;
    let index = index
        .into_par_iter()
        .map(|(path, bytes)| Ok((path.clone(), FileDigest::of(bytes))));
    let portrait: Result<Portrait> = pages.chain(index).collect();
    portrait.or_else(|error| Err(ContentFaults(all_faults(portal, error)?).into()))
}
