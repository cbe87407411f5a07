//! What becomes of the targets of links and pictures; whoever renders a body decides it.

use std::borrow::Cow;

/// What becomes of a link's or picture's target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address that may be written into the page.
    Address(String),
    /// Nothing: the words stay, the link goes.
    Inert,
}

/// Decides what becomes of targets; the site knows the addresses.
pub trait Links {
    /// The address for a link's target as written.
    fn link(&self, target: &str) -> Target;
    /// The address for a picture's target as written.
    fn picture(&self, target: &str) -> Target;
    /// What a reader hears for a blank, by its number in the text.
    fn blank_label(&self, number: usize) -> Cow<'_, str>;
    /// What stands in a blank that has been filled.
    fn blank_value(&self, _number: usize) -> Option<&str> {
        None
    }
}
