//! Ids that the default theme gives to parts of its pages. A heading or raw HTML that took one of them would move its menus
//! and buttons. `tests/it/theme_ids.rs` reads them off the templates and compares.

/// What the ids of the default theme begin with.
const PREFIX: &str = "gw-";

/// Those that are older than the prefix.
const OTHERS: &[&str] = &["report-form", "saved"];

/// Whether an id belongs to the theme, in any case of its letters, as some browsers' old modes compare them.
pub fn is_theme_id(id: &str) -> bool {
    let begins = id
        .get(..PREFIX.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(PREFIX));
    begins || OTHERS.iter().any(|other| other.eq_ignore_ascii_case(id))
}
