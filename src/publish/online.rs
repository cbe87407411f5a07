//! What stands online already. Enters: the bytes of its `manifest.json` and `build.json`, from anywhere. Leaves: what a
//! publish must be compared with. Where the two do not belong together, nothing does.

use super::manifest::Manifest;
use super::{Loss, Staged};
use crate::diagnostic::Text;
use crate::files::FileDigest;
use crate::outputs::Choices;
use crate::say;
use crate::site::is_document_page;
use std::collections::BTreeSet;

/// A portal that is published.
#[derive(Debug, Clone)]
pub struct Online {
    /// Where it was found, as it was asked for.
    pub place: String,
    /// Its files.
    pub manifest: Manifest,
    /// What it was made for.
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
                "{place}: manifest.json and build.json are not of one publish; somebody may be publishing now, or half of the last one went online. Run it again in a few minutes; if it stays so, put the whole portal online once"
            ));
        }
        Ok(Online {
            place: place.to_owned(),
            manifest: parsed,
            build: choices,
        })
    }

    /// The fault of a `build.json` that cannot be read.
    pub fn unreadable(place: &str) -> Text {
        say!(
            "{place} 的 build.json 读不懂，不是 gangwei 写的，或只取到一半。不知道现在上线的是什么。过一会儿再运行一次；还是这样，看看网址对不对",
            "build.json of {place} cannot be read: gangwei did not write it, or only half of it came. Nobody knows what is online. Run it again later; if it stays so, see whether the address is right"
        )
    }

    /// Which pages of documents would go.
    pub fn loss(&self, staged: &[Staged]) -> Loss {
        Loss::between(&self.manifest, staged)
    }
}

impl Loss {
    /// What one manifest has and a publish has not.
    pub(super) fn between(previous: &Manifest, staged: &[Staged]) -> Loss {
        let stays: BTreeSet<&str> = staged.iter().map(|staged| staged.path.as_str()).collect();
        let pages = previous.files.keys().filter(|path| is_document_page(path));
        let mut loss = Loss::default();
        for path in pages {
            loss.before += 1;
            if !stays.contains(path.as_str()) {
                loss.removed.push(path.clone());
            }
        }
        loss
    }
}
