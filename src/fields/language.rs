//! A field that holds a language.

use super::{DisplayValue, FieldType, FieldValue, Reader};
use crate::say;
use crate::text::Language;
use crate::yaml::Node;

impl FieldValue for Language {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Text(self.tag().into())
    }
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
