//! Posters are drawn on all cores, or taken from an earlier build. Enters: a portal. Leaves: staged files, and the
//! posters that were drawn, in the site's folder `.gangwei-cache/posters`, which may be deleted at any time: a kept
//! file is used where its name is the key of the poster and its hash matches, else the poster is drawn again.

use super::{Options, Portal};
use crate::files::read_kept;
use crate::outputs::Address;
use crate::pages::Output;
use crate::posters::{Poster, Posters};
use crate::publish::{Staged, Staging, keep, keep_only};
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of the hash that a kept file begins with.
const HASH: usize = 32;

/// The work that takes long enough to show progress for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Posters, each a picture and a drawing.
    Posters,
    /// All other files.
    Files,
}

/// Receives how many are made, of how many. Many workers call it at once.
pub type Progress<'a> = dyn Fn(Work, usize, usize) + Sync + 'a;

/// Makes the posters, on all cores, or takes those that were kept.
pub(super) fn stage_posters(
    portal: &Portal,
    options: &Options,
    staging: &Staging,
    progress: &Progress<'_>,
) -> Result<Vec<Staged>> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (edition, address) in &portal.addresses {
        if let Address::PosterPng(document) = address {
            places.push((*edition, *document));
        }
    }
    let (done, total) = (AtomicUsize::new(0), places.len());
    let staged: Result<Vec<[Staged; 2]>> = places
        .into_par_iter()
        .map(|(edition, document)| {
            let posters = portal.editions[edition].renderer.posters();
            let poster = kept_or_drawn(&options.site, posters, document)?;
            let put = |address, bytes| {
                let path = portal.path(&(edition, address));
                staging.put(&Output { path, bytes })
            };
            let staged = [
                put(Address::PosterPng(document), poster.png)?,
                put(Address::PosterSvg(document), poster.svg)?,
            ];
            progress(
                Work::Posters,
                done.fetch_add(1, Ordering::Relaxed) + 1,
                total,
            );
            Ok(staged)
        })
        .collect();
    Ok(staged?.into_iter().flatten().collect())
}

/// Where a site's posters are kept.
fn posters_folder(site: &Path) -> PathBuf {
    site.join(".gangwei-cache").join("posters")
}

fn kept_or_drawn(site: &Path, posters: &Posters, document: usize) -> Result<Poster> {
    let key = posters.key(document).context("poster")?;
    let path = posters_folder(site).join(&key);
    if let Some(poster) = read_kept(&path).and_then(|kept| open(&key, &kept)) {
        return Ok(poster);
    }
    let poster = posters.poster(document)?.context("poster")?;
    // A site that cannot be written to is built too; only its next build is slower.
    let _ = keep(&path, &seal(&key, &poster));
    Ok(poster)
}

/// Deletes the kept files of other posters than those of this build.
pub(super) fn forget_others<'a>(site: &Path, all: impl Iterator<Item = &'a Posters>) {
    let keys: BTreeSet<String> = all
        .flat_map(|posters| posters.documents().filter_map(|index| posters.key(index)))
        .collect();
    keep_only(&posters_folder(site), &keys);
}

/// A poster as it is kept: the hash of all that follows under the key, the length of the PNG, the PNG, the SVG.
fn seal(key: &str, poster: &Poster) -> Vec<u8> {
    let length = (poster.png.len() as u64).to_le_bytes();
    let content = [&length[..], &poster.png, &poster.svg].concat();
    [&hash(key, &content)[..], &content].concat()
}

/// The poster in a kept file, where its hash matches.
fn open(key: &str, kept: &[u8]) -> Option<Poster> {
    let (sealed, content) = kept.split_first_chunk::<HASH>()?;
    if *sealed != hash(key, content) {
        return None;
    }
    let (length, rest) = content.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (png, svg) = rest.split_at_checked(length)?;
    Some(Poster {
        png: png.to_vec(),
        svg: svg.to_vec(),
    })
}

fn hash(key: &str, content: &[u8]) -> [u8; HASH] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key.as_bytes());
    hasher.update(content);
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_that_was_changed_or_cut_is_not_trusted() {
        let poster = Poster {
            png: b"png".to_vec(),
            svg: b"<svg/>".to_vec(),
        };
        let kept = seal("key", &poster);
        assert_eq!(open("key", &kept), Some(poster));
        assert_eq!(open("other", &kept), None);
        for end in 0..kept.len() {
            assert_eq!(open("key", &kept[..end]), None);
            let mut changed = kept.clone();
            changed[end] ^= 1;
            assert_eq!(open("key", &changed), None);
        }
    }
}
