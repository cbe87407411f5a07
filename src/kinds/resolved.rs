//! The settings with every default filled in, as a file could state them.

use super::settings::{Config, Gate, PublishSettings, Settings, SiteVisibility};
use super::{CheckSettings, LifecycleSettings};
use crate::fields::{Located, Web};
use crate::text::Span;

/// A value that no file states.
fn without_place<T>(value: T) -> Located<T> {
    Located {
        value,
        span: Span::default(),
    }
}

impl Config {
    /// Every setting with its value after defaults.
    pub fn resolved(&self) -> Settings {
        let others = self.editions.iter().skip(1);
        let visibility = if self.internal {
            SiteVisibility::All
        } else {
            SiteVisibility::Public
        };
        Settings {
            title: self.title.clone(),
            organization: self.organization.clone(),
            base_url: self
                .has_origin
                .then(|| without_place(Web(self.base_url.text()))),
            language: Some(self.language),
            editions: others.map(|edition| without_place(*edition)).collect(),
            glossary: self.glossary.clone(),
            time_zone: Some(without_place(self.time_zone_name.clone())),
            jurisdictions: self.jurisdictions.clone(),
            visibility: Some(visibility),
            theme: self.theme.clone(),
            accent: Some(without_place(self.accent.clone())),
            menu: self.menu.clone(),
            footer: self.footer.clone(),
            apply: Some(self.apply.clone()),
            notice: self.notice.clone(),
            lifecycle: LifecycleSettings {
                soon_days: Some(self.soon_days),
                archive_days: Some(self.archive_days),
            },
            search: self.search.clone(),
            check: CheckSettings {
                gate: Some(self.check.gate.unwrap_or(Gate::Error)),
                ..self.check.clone()
            },
            posters: self.posters.clone(),
            publish: PublishSettings {
                max_removals: Some(self.max_removals),
                max_changes: Some(self.max_changes),
            },
            clock: self.clock.map(without_place),
        }
    }
}
