//! Changes of a text in one line each. Enters: the chunks of a redline. Leaves: the first changes with a little of what
//! surrounds them, inert but for the marks of removed and added words.

use super::inert::inert;
use crate::text::redline::{Chunk, Edit};

/// Changes of a text that are quoted, and the characters of context beside each.
const QUOTED: usize = 4;
const CONTEXT: usize = 12;

/// The first changes of a text, each with a little of the text around it.
pub(super) fn quotes(edits: &[Chunk]) -> Vec<String> {
    let mut quotes = Vec::new();
    let mut place = 0;
    while place < edits.len() && quotes.len() < QUOTED {
        if !edits[place].edit.is_change() {
            place += 1;
            continue;
        }
        let before = place
            .checked_sub(1)
            .map_or("", |place| edits[place].text.as_str());
        let mut quote = inert(&tail(before));
        while let Some(chunk) = edits.get(place).filter(|chunk| chunk.edit.is_change()) {
            let tag = match chunk.edit {
                Edit::Removed => "del",
                _ => "ins",
            };
            let text = inert(&chunk.text);
            if !text.is_empty() {
                quote.push_str(&format!("<{tag}>{text}</{tag}>"));
            }
            place += 1;
        }
        if let Some(chunk) = edits.get(place) {
            let line = chunk.text.lines().next().unwrap_or("");
            quote.push_str(&inert(&line.chars().take(CONTEXT).collect::<String>()));
        }
        quotes.push(format!("“{quote}”"));
    }
    if edits[place.min(edits.len())..]
        .iter()
        .any(|chunk| chunk.edit.is_change())
    {
        quotes.push("…".to_owned());
    }
    quotes
}

/// The last characters of the last line.
fn tail(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or("");
    let skip = line.chars().count().saturating_sub(CONTEXT);
    let end: String = line.chars().skip(skip).collect();
    match skip {
        0 => end,
        _ => format!("…{end}"),
    }
}
