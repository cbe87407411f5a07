//! Anchors of headings: Han characters stay, so that a link can be read.

use std::collections::BTreeMap;

/// Gives every heading of one document an id of its own.
#[derive(Debug, Default)]
pub struct Anchors {
    used: BTreeMap<String, usize>,
}

impl Anchors {
    /// The id for a heading: the author's, or made of its text; a repeated one gets a number.
    pub fn assign(&mut self, explicit: Option<&str>, text: &str) -> String {
        let wanted = match explicit {
            Some(id) => id.to_owned(),
            None => from_text(text),
        };
        let mut id = wanted.clone();
        let count = self.used.entry(wanted.clone()).or_insert(0);
        *count += 1;
        let mut number = *count;
        while number > 1 {
            id = format!("{wanted}-{number}");
            if !self.used.contains_key(&id) {
                self.used.insert(id.clone(), 1);
                break;
            }
            number += 1;
        }
        id
    }
}

fn from_text(text: &str) -> String {
    let mut id = String::new();
    for c in text.trim().chars() {
        match c {
            c if c.is_alphanumeric() || c == '_' => id.extend(c.to_lowercase()),
            _ if !id.ends_with('-') && !id.is_empty() => id.push('-'),
            _ => {}
        }
    }
    match id.trim_end_matches('-') {
        "" => "section".to_owned(),
        id => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn repeated_headings_get_numbers_and_han_characters_stay() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.assign(None, "一、岗位职责"), "一-岗位职责");
        assert_eq!(anchors.assign(None, "一、岗位职责"), "一-岗位职责-2");
        assert_eq!(anchors.assign(None, "？？"), "section");
        assert_eq!(anchors.assign(Some("pay"), "薪酬"), "pay");
    }
}
