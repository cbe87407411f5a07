//! The keys that a block of YAML may have. The floor above declares them; here they only distinguish a key with a typo
//! of the input method from a text that holds a colon.

/// The keys that are declared for a block.
pub trait Keys {
    /// Whether a key may be at the top of a block.
    fn has_top(&self, key: &str) -> bool;

    /// Whether `key：value` below a path of keys is an entry of a map, and not a text with a colon. `is_item`: it is
    /// the item of a list.
    fn has_entry(&self, path: &[&str], key: &str, is_item: bool) -> bool;
}

/// No key is declared.
#[derive(Debug)]
pub struct NoKeys;

impl Keys for NoKeys {
    fn has_top(&self, _key: &str) -> bool {
        false
    }

    fn has_entry(&self, _path: &[&str], _key: &str, _is_item: bool) -> bool {
        false
    }
}
