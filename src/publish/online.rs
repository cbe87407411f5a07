//! The published portal. Enters: the bytes of its `manifest.json` and `build.json`. Leaves: the data with which the
//! program compares the next publish, or an error if the two files are from different publishes.

use super::manifest::Manifest;
use super::{Loss, Staged};
use crate::diagnostic::Text;
use crate::files::FileDigest;
use crate::outputs::Choices;
use crate::say;
use crate::site::is_document_page;
use std::collections::BTreeSet;

/// A published portal.
#[derive(Debug, Clone)]
pub struct Online {
    /// Its address or folder, as the user wrote it.
    pub place: String,
    /// Its files.
    pub manifest: Manifest,
    /// The choices of its build.
    pub build: Choices,
}

impl Online {
    /// Reads both files.
    pub fn read(place: &str, manifest: &[u8], build: &[u8]) -> Result<Online, Text> {
        let parsed = Manifest::parse(manifest).map_err(|text| Text {
            zh: format!("{place} 的 manifest.json：{}", text.zh),
            en: format!("manifest.json of {place}: {}", text.en),
        })?;
        let choices = Choices::parse(build).ok_or_else(|| Online::unreadable(place))?;
        if parsed.files.get("build.json") != Some(&FileDigest::of(build)) {
            return Err(say!(
                "{place}：manifest.json 和 build.json 不是同一次发布的，可能正有人在发布，或上次只放上去一半。过几分钟再运行一次；还是这样，就把门户完整地重新放上去一次",
                "{place}: manifest.json and build.json are from different publishes; somebody may be publishing now, or only half of the last publish went online. Run it again in a few minutes; if the result is the same, put the whole portal online once"
            ));
        }
        Ok(Online {
            place: place.to_owned(),
            manifest: parsed,
            build: choices,
        })
    }

    /// The message for a `build.json` that the program cannot read.
    pub fn unreadable(place: &str) -> Text {
        say!(
            "{place} 的 build.json 读不懂，不是 gangwei 写的，或只取到一半。不知道现在上线的是什么。过一会儿再运行一次；还是这样，看看网址对不对",
            "build.json of {place} cannot be read: gangwei did not write it, or the download was incomplete. Nobody knows what is online. Run it again later; if the result is the same, check the address"
        )
    }

    /// The pages of documents that a publish would remove.
    pub fn loss(&self, staged: &[Staged]) -> Loss {
        Loss::between(&self.manifest, staged)
    }
}

impl Loss {
    /// The pages of documents in a manifest that a publish would remove.
    pub(super) fn between(previous: &Manifest, staged: &[Staged]) -> Loss {
        let kept: BTreeSet<&str> = staged.iter().map(|staged| staged.path.as_str()).collect();
        let pages = previous.files.keys().filter(|path| is_document_page(path));
        let mut loss = Loss::default();
        for path in pages {
            loss.before += 1;
            if !kept.contains(path.as_str()) {
                loss.removed.push(path.clone());
            }
        }
        loss
    }
}
