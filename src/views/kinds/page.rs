//! What a plain page shows beside its body.

use super::KindView;
use crate::kinds::{Document, Page};
use crate::views::{View, Views};

impl KindView for Page {
    fn view(&self, _document: &Document, _views: &Views) -> View {
        View::of(&std::collections::BTreeMap::<String, String>::new())
    }
}
