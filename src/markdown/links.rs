//! Targets of links and pictures. The caller that renders a body decides how each target appears on the page.

use std::borrow::Cow;

/// The result for the target of a link or picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The address to write into the page.
    Address(String),
    /// No address: the page shows the words without a link.
    Inert,
}

/// Resolves targets to addresses of the page that is rendered.
pub trait Links {
    /// The address for a link's target as written.
    fn link(&self, target: &str) -> Target;
    /// The address for a picture's target as written.
    fn picture(&self, target: &str) -> Target;
    /// The label of a blank for screen readers, by the blank's number in the text.
    fn blank_label(&self, number: usize) -> Cow<'_, str>;
    /// The value of a blank, by its number in the text; `None` if the blank is empty.
    fn blank_value(&self, _number: usize) -> Option<&str> {
        None
    }
}
