//! The settings with every default decided, as the file could have been written.

use super::settings::{Config, Gate, PublishSettings, Settings, SiteVisibility};
use super::{CheckSettings, LifecycleSettings};
use crate::fields::{Located, Web};
use crate::text::Span;

fn placed<T>(value: T) -> Located<T> {
    Located {
        value,
        span: Span::default(),
    }
}

impl Config {
    /// What every setting comes to.
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
            base_url: self.has_origin.then(|| placed(Web(self.base_url.text()))),
            language: Some(self.language),
            editions: others.map(|edition| placed(*edition)).collect(),
            glossary: self.glossary.clone(),
            time_zone: Some(placed(self.time_zone_name.clone())),
            jurisdictions: self.jurisdictions.clone(),
            visibility: Some(visibility),
            theme: self.theme.clone(),
            accent: Some(placed(self.accent.clone())),
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
            clock: self.clock.map(placed),
        }
    }
}
