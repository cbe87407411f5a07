//! Secrets that a terminal must not show: the numbers and names that a fault is about. Enters: faults. Leaves: the
//! texts of their files with every secret masked, byte for byte as long as before, so that carets stay where they are.

use super::Diagnostic;
use std::collections::BTreeMap;

/// Characters of a secret that stay at its beginning and at its end.
const SHOWN: (usize, usize) = (3, 2);
/// A secret shorter than this keeps its first character only.
const SHORT: usize = 8;

/// The masked texts of the files that hold secrets, by path.
pub(super) fn masked_texts(diagnostics: &[Diagnostic]) -> BTreeMap<&str, String> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.is_secret) {
        if let Some(place) = &diagnostic.place {
            let text = texts
                .entry(&place.file.path)
                .or_insert_with(|| place.file.text.clone());
            let range = place.span.range();
            text.replace_range(range.clone(), &mask(&place.file.text[range]));
        }
    }
    texts
}

/// The text with its middle masked, in as many bytes.
fn mask(secret: &str) -> String {
    let length = secret.chars().count();
    let (head, tail) = match length {
        0 | 1 => (0, 0),
        length if length < SHORT => (1, 0),
        _ => SHOWN,
    };
    let mut masked = String::with_capacity(secret.len());
    for (index, c) in secret.chars().enumerate() {
        let is_visible = index < head || index >= length - tail || c == '\n';
        match (is_visible, c.len_utf8()) {
            (true, _) => masked.push(c),
            (false, 1) => masked.push('*'),
            (false, 2) => masked.push_str("**"),
            (false, 3) => masked.push('＊'),
            (false, _) => masked.push_str("＊*"),
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_has_the_secrets_length_and_not_the_secret() {
        for (secret, masked) in [
            ("110199197511020009", "110*************09"),
            ("沈知远行长", "沈＊＊＊＊"),
            ("é𠀀x", "é＊**"),
            ("甲", "＊"),
        ] {
            assert_eq!(mask(secret), masked);
            assert_eq!(mask(secret).len(), secret.len());
        }
    }
}
