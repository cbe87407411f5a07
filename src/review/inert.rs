//! Texts of the content in a comment. Enters: any text. Leaves: the same words on one line, which neither markdown nor
//! the code host acts on: no markup, HTML, link, picture, mention, issue, emoji or command.

/// The character that separates a sign from the text that it would act on. It has no width and joins no words.
const JOINER: char = '\u{2060}';
/// The most characters of one text.
const LONGEST: usize = 160;

/// The text without any effect, on one line, shortened if it is long.
pub fn inert(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let line = words.join(" ");
    let mut chars = line.chars().filter(|&c| !acts_unseen(c));
    let short: Vec<char> = chars.by_ref().take(LONGEST).collect();
    let mut out = String::with_capacity(short.len() * 2);
    for (place, &c) in short.iter().enumerate() {
        let before = place.checked_sub(1).map(|place| short[place]);
        let after = short.get(place + 1).copied();
        let in_word =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '/' || c == '_');
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '{' | '}' | '|' | '~' | '!' | '#'
            | '$' | '"' | '^' | '=' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        // `@name`, `#12`, `!12`, `$12`, `~label`, `%milestone`, `&12`, `:smile:`, `:+1:`, `https://`, `www.`.
        let acts = matches!(c, '@' | '#' | '!' | '$' | '~' | '%' | '&' | ':') && in_word(after)
            || c == ':' && matches!(after, Some('+' | '-'));
        let host = c == 'w' && before == Some('w') && after == Some('.');
        let issue = c == '-' && after.is_some_and(|c| c.is_ascii_digit()) && {
            let word: String = short[place.saturating_sub(2)..place].iter().collect();
            matches!(word.to_ascii_lowercase().as_str(), "gh" | "gl")
        };
        if acts || host || issue {
            out.push(JOINER);
        }
    }
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

/// Characters that change how others are shown, or are not seen at all.
fn acts_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn ordinary_words_stay_as_they_are() {
        for text in [
            "柜员（上海）",
            "15–25 千元/月",
            "2026-12-31",
            "Account manager, level 2",
        ] {
            assert_eq!(inert(text).replace('\u{2060}', ""), text);
        }
    }

    #[test]
    fn markup_mentions_and_addresses_lose_their_force() {
        assert_eq!(inert("a](javascript:x)"), "a\\]\\(javascript:\u{2060}x\\)");
        assert_eq!(inert("a|b\n# c"), "a\\|b \\# c");
        assert_eq!(inert("<img src=x>"), "&lt;img src\\=x&gt;");
        assert_eq!(inert("@all 和 #12"), "@\u{2060}all 和 \\#\u{2060}12");
        assert_eq!(inert("https://x.example"), "https:\u{2060}//x.example");
        assert_eq!(inert(":+1: :-1:"), ":\u{2060}+1: :\u{2060}-1:");
        assert_eq!(inert("www.x.example"), "www\u{2060}.x.example");
        assert_eq!(inert("\u{202E}倒"), "倒");
    }

    #[test]
    fn a_long_text_is_cut() {
        let text = inert(&"长".repeat(1_000_000));
        assert_eq!(text.chars().count(), 161);
        assert!(text.ends_with('…'));
    }
}
