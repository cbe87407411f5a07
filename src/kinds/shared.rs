//! Fields that every kind has.

use crate::fields::{Day, FieldType, FieldValue, Located, Reader};
use crate::rules::Waiver;
use crate::text::fold;
use crate::yaml::Node;
use crate::{choice, record, say};

choice! {
    /// Who may see a document.
    Visibility {
        Public = "public", "公开";
        Internal = "internal", "行内";
    }
}

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

    fn from_word(word: &str) -> Option<Language> {
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

impl FieldValue for Language {
    const TYPE: FieldType = FieldType::Notation("language");
    const SPLITS: bool = true;
    fn read(node: &Node, reader: &mut Reader) -> Option<Language> {
        let text = reader.scalar(node)?;
        let language = Language::from_word(text);
        if language.is_none() {
            reader.error(
                "unknown-value",
                node.span,
                say!("没有“{text}”这种语言", "the language `{text}` is not known"),
                Some(say!(
                    "可选：zh-Hans（简体）、zh-Hant（繁体）、zh-Hant-TW、zh-Hant-HK、en",
                    "choose one of: zh-Hans, zh-Hant, zh-Hant-TW, zh-Hant-HK, en"
                )),
            );
        }
        language
    }
}

record! {
    /// Fields that every kind has.
    Shared {
        id: Option<Located<String>> = "id", "编号", Optional, "就是网址，发布后不再改；不写则用文件名", "becomes the address and never changes; the file's name when absent", "";
        title: String = "title", "标题", Required, "页面的标题", "the page's title", "标题";
        summary: Option<String> = "summary", "简介", Optional, "一句话，列表和搜索结果里显示", "one sentence, shown in lists and results", "";
        published: Option<Located<Day>> = "published", "发布日期", Expected, "这一天起公开", "public from this day on", "2026-11-21";
        updated: Option<Located<Day>> = "updated", "更新日期", Optional, "内容最近一次改动的日期", "the day of the last change", "";
        draft: bool = "draft", "草稿", Optional, "是：不发布", "true: not published", "";
        withdrawn: Option<Located<Day>> = "withdrawn", "撤回日期", Optional, "从这一天起撤回", "withdrawn from this day on", "";
        tags: Vec<String> = "tags", "标签", Optional, "列表", "a list", "";
        language: Option<Language> = "language", "语言", Optional, "正文的语言，不写则同站点", "the language of the text; the site's when absent", "";
        aliases: Vec<Located<String>> = "aliases", "旧地址", Optional, "以前的网址，会转到这里", "former addresses that lead here", "";
        allow: Vec<Waiver> = "allow", "豁免", Optional, "放行规则发现的问题：规则、理由、批准人、有效期至", "findings that are allowed: rule, reason, approver, until", "";
        visibility: Option<Visibility> = "visibility", "公开范围", Optional, "公开或行内", "public or internal", "公开";
    }
}
