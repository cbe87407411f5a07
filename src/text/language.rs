//! Languages that texts are written in, by their BCP 47 tags.

use super::fold;

/// The language a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Hans,
    /// Traditional Chinese.
    Hant,
    /// Traditional Chinese as written in Taiwan.
    HantTw,
    /// Traditional Chinese as written in Hong Kong.
    HantHk,
    /// English.
    En,
}

impl Language {
    /// All languages, in the order of `ALL_TAGS`.
    pub const ALL: [Language; 5] = [
        Language::Hans,
        Language::Hant,
        Language::HantTw,
        Language::HantHk,
        Language::En,
    ];

    /// The BCP 47 tag: `zh-Hans`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Hans => "zh-Hans",
            Language::Hant => "zh-Hant",
            Language::HantTw => "zh-Hant-TW",
            Language::HantHk => "zh-Hant-HK",
            Language::En => "en",
        }
    }

    /// The first segment of an edition's addresses: `zh-hant-tw`.
    pub fn segment(self) -> String {
        self.tag().to_ascii_lowercase()
    }

    /// The language whose edition has a segment.
    pub fn of_segment(segment: &str) -> Option<Language> {
        // Every path of a portal is asked for: most differ by their length.
        let is_same = |tag: &str| tag.len() == segment.len() && tag.to_ascii_lowercase() == segment;
        Language::ALL
            .into_iter()
            .find(|language| is_same(language.tag()))
    }

    /// Whether it is written in Chinese.
    pub fn is_chinese(self) -> bool {
        self != Language::En
    }

    /// The language that a person names by its tag or its name.
    pub fn from_word(word: &str) -> Option<Language> {
        match fold(word).as_str() {
            "zh-hans" | "zh-cn" | "zh-hans-cn" | "zh" | "简体中文" | "简体" | "中文" => {
                Some(Language::Hans)
            }
            "zh-hant" | "繁体中文" | "繁体" => Some(Language::Hant),
            "zh-hant-tw" | "zh-tw" => Some(Language::HantTw),
            "zh-hant-hk" | "zh-hk" => Some(Language::HantHk),
            "en" | "en-us" | "en-gb" | "english" | "英文" | "英语" => Some(Language::En),
            _ => None,
        }
    }
}
