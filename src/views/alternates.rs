//! The same page in other editions. Enters: a page's path. Leaves: its address in every edition.

use super::Views;
use serde::Serialize;

/// The same page in an edition.
#[derive(Debug, Serialize)]
pub struct AlternateView {
    /// The edition's tag: `zh-Hant-TW`.
    pub language: &'static str,
    /// The edition's name, in its own script.
    pub name: String,
    /// The name of the edition in one or two characters, for a narrow screen.
    pub short: String,
    /// The page's address there.
    pub url: String,
    /// The same with its host.
    pub absolute: String,
    /// Whether it is this page.
    pub current: bool,
}

/// The same page in every edition; `path` is that of the output, without an edition's segment.
pub fn view_alternates(views: &Views, path: &str) -> Vec<AlternateView> {
    let config = &views.site.config;
    if config.editions.len() == 1 {
        return Vec::new();
    }
    config
        .editions
        .iter()
        .enumerate()
        .map(|(index, edition)| {
            let url = match index {
                0 => config.shared_link(path),
                _ => config.shared_link(&format!("{}/{path}", edition.segment())),
            };
            AlternateView {
                language: edition.tag(),
                name: views.text(&format!("edition.{}", edition.tag())).to_owned(),
                short: views
                    .text(&format!("edition_short.{}", edition.tag()))
                    .to_owned(),
                absolute: config.base_url.absolute(&url),
                url,
                current: *edition == config.language,
            }
        })
        .collect()
}
