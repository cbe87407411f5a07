//! Length of a text and the time it takes to read. Enters: text, or the HTML of a body. Leaves: counts and minutes.
//! Nothing is segmented into Chinese words, so that the same text always counts the same.

use super::is_han;

/// Characters of Chinese prose read in a minute: adults, silently, non-fiction.
///
/// Source: 王影超 and others, 《心理与行为研究》 22 (2), 2024, doi 10.12139/j.1672-0628.2024.02.005.
pub(super) const CHARACTERS_PER_MINUTE: usize = 439;
/// Words of English prose read in a minute: adults, silently, non-fiction.
///
/// Source: M. Brysbaert, “How many words do we read per minute?”, Journal of Memory and Language 109, 2019,
/// doi 10.1016/j.jml.2019.104047.
pub(super) const WORDS_PER_MINUTE: usize = 238;

/// How long a text is. Punctuation counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// Han characters, kana and Hangul syllables, each for itself.
    pub characters: usize,
    /// Runs of other letters and digits, with `'`, `’`, `-` and `.` inside: `Kubernetes`, `15.5`, `on-site`.
    pub words: usize,
}

impl Length {
    /// The length of a plain text, counted run by run: `使用Kubernetes部署` has four characters and one word.
    pub fn of(text: &str) -> Length {
        let mut length = Length::default();
        let mut in_word = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if is_counted_alone(c) {
                length.characters += 1;
                in_word = false;
            } else if c.is_alphanumeric() {
                length.words += usize::from(!in_word);
                in_word = true;
            } else {
                // A combining mark or a joiner does not end a word.
                let joins = is_mark(c)
                    || (matches!(c, '\'' | '’' | '-' | '.')
                        && chars.peek().is_some_and(|&next| {
                            next.is_alphanumeric() && !is_counted_alone(next)
                        }));
                in_word = in_word && joins;
            }
        }
        length
    }

    /// The length of what a reader sees of HTML: tags end a word, character references count for nothing.
    pub fn of_html(html: &str) -> Length {
        let mut length = Length::default();
        let mut rest = html;
        while let Some(at) = rest.find(['<', '&']) {
            length += Length::of(&rest[..at]);
            let end = match rest.as_bytes()[at] {
                b'<' => tag_end(&rest[at..]),
                _ => reference_end(&rest[at..]),
            };
            rest = &rest[at + end..];
        }
        length += Length::of(rest);
        length
    }

    /// Characters and words together, as word processors count Chinese text.
    pub fn total(self) -> usize {
        self.characters + self.words
    }

    /// Minutes of reading, rounded up; 0 for an empty text.
    pub fn minutes(self) -> usize {
        let time = self.characters * WORDS_PER_MINUTE + self.words * CHARACTERS_PER_MINUTE;
        time.div_ceil(WORDS_PER_MINUTE * CHARACTERS_PER_MINUTE)
    }
}

impl std::ops::AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        self.characters += other.characters;
        self.words += other.words;
    }
}

/// Rounds a count to what “about” can promise: tens from a hundred on, hundreds from a thousand on.
pub fn round_count(count: usize) -> usize {
    let step = match count {
        0..100 => 1,
        100..1000 => 10,
        _ => 100,
    };
    (count + step / 2) / step * step
}

/// Digits with a comma between thousands: `1,234,567`.
pub fn group_thousands(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Scripts that are written without spaces, and Hangul, whose syllables are counted like Han characters.
pub(super) fn is_counted_alone(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{31F0}'..='\u{31FF}'
            | '\u{FF66}'..='\u{FF9D}' | '\u{AC00}'..='\u{D7A3}')
}

/// Accents that follow their letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200D}')
}

/// The bytes of a tag; a `>` inside quotes does not end it. An open one runs to the end.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The bytes of a character reference, or of the `&` alone. The longest name has 31 letters.
fn reference_end(text: &str) -> usize {
    let name = text.bytes().skip(1).take(32);
    let length = name
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    match text.as_bytes().get(length + 1) {
        Some(b';') => length + 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str) -> (usize, usize) {
        let length = Length::of(text);
        (length.characters, length.words)
    }

    #[test]
    fn han_characters_and_latin_words_are_counted_by_run() {
        for (text, expected) in [
            ("", (0, 0)),
            ("使用Kubernetes部署", (4, 1)),
            ("对公客户经理，负责3家支行。", (11, 1)),
            ("It's a well-known 15.5 percent", (0, 5)),
            ("2026年11月21日", (3, 3)),
            ("don’t stop. Go", (0, 3)),
            ("a-甲", (1, 1)),
            ("3-5年", (1, 1)),
            ("C++ / Java", (0, 2)),
            ("カード한국어", (6, 0)),
            ("cafe\u{301}s", (0, 1)),
            ("——……（）", (0, 0)),
            ("𠀀〇々", (3, 0)),
            ("ＡＢＣ银行", (2, 1)),
        ] {
            assert_eq!(counts(text), expected, "{text}");
        }
    }

    #[test]
    fn html_counts_what_is_read() {
        for (html, expected) in [
            ("<p>使用<b>K8s</b>部署</p>", (4, 1)),
            ("<td>one</td><td>two</td>", (0, 2)),
            ("<a title=\"甲 > 乙\" href='x'>丙</a>丁", (2, 0)),
            ("A &amp; B &lt; C &hellip;", (0, 3)),
            ("AT&T 甲", (1, 2)),
            ("甲<img alt=\"乙", (1, 0)),
        ] {
            let length = Length::of_html(html);
            assert_eq!((length.characters, length.words), expected, "{html}");
        }
    }

    #[test]
    fn minutes_are_rounded_up_at_each_languages_rate() {
        let minutes = |characters, words| Length { characters, words }.minutes();
        assert_eq!(minutes(0, 0), 0);
        assert_eq!(minutes(1, 0), 1);
        assert_eq!(minutes(439, 0), 1);
        assert_eq!(minutes(440, 0), 2);
        assert_eq!(minutes(0, 238), 1);
        assert_eq!(minutes(439, 238), 2);
        assert_eq!(minutes(439, 239), 3);
    }

    #[test]
    fn counts_are_rounded_and_grouped() {
        let about = |count| group_thousands(&round_count(count).to_string());
        assert_eq!(about(7), "7");
        assert_eq!(about(128), "130");
        assert_eq!(about(2349), "2,300");
        assert_eq!(about(2350), "2,400");
        assert_eq!(about(1_234_567), "1,234,600");
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(
            ["0", "999", "15000", "1234567"].map(group_thousands),
            ["0", "999", "15,000", "1,234,567"]
        );
    }

    #[test]
    fn odd_html_takes_linear_time() {
        for odd in ["&", "<", "<\"", "&a", "'-"] {
            let text = odd.repeat(100_000);
            Length::of_html(&text);
            Length::of(&text);
        }
    }
}
