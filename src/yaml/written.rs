//! The other direction: a text as a value that is read as this very text.

/// A text as a value on one line: plain where that is safe, else in double quotes.
pub fn written(text: &str) -> String {
    let plain = text
        .chars()
        .all(|c| c.is_alphanumeric() || " ，。、（）-".contains(c))
        && text.starts_with(|c: char| c.is_alphabetic())
        && !["true", "false", "null", "yes", "no"].contains(&text.to_lowercase().as_str());
    if plain {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
