//! `build.json`: for which moment states were computed, and when they change next. It names no document.

use crate::link::Site;
use serde::Serialize;

/// Builds `build.json`.
pub fn build_info(site: &Site) -> Vec<u8> {
    #[derive(Serialize)]
    struct BuildInfo {
        schema: u32,
        as_of: String,
        next_change: Option<String>,
    }
    let text = |time: jiff::Timestamp| {
        time.to_zoned(site.config.time_zone.clone())
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
    };
    super::json_bytes(&BuildInfo {
        schema: 1,
        as_of: text(site.now),
        next_change: site.next_change.map(|(time, _)| text(time)),
    })
}
