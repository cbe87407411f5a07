//! Typos of an author that are read, published and wrong all the same: a list that breaks off, a heading that skips a
//! level, a picture without words, full-width signs where YAML wants ASCII.

mod headings;
mod images;
mod lists;
mod yaml;

pub(super) use headings::find_heading_skips;
pub(super) use images::find_images_without_text;
pub(super) use lists::find_truncated_lists;
pub(super) use yaml::{find_full_width_commas, find_full_width_quotes};
