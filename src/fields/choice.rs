//! Values from a fixed set, in English or Chinese.

use super::other_names::named_by;
use super::{DisplayValue, FieldType, FieldValue, Reader, did_you_mean, nearest_alike};
use crate::diagnostic::Diagnostic;
use crate::say;
use crate::text::fold;
use crate::yaml::Node;

/// Lines of a value's Chinese name, a colon, and the words that people write for it.
const OTHER_WORDS: &str = include_str!("other_words.txt");

/// One value of a fixed set.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The English value; also the id in addresses and data.
    pub id: &'static str,
    /// The Chinese value.
    pub zh: &'static str,
}

/// An enum made by `choice!`.
pub trait ChoiceValue: Copy {
    /// All values, in the order declared.
    const CHOICES: &'static [Choice];
    /// The value at a place in `CHOICES`.
    fn from_index(index: usize) -> Self;
    /// The place of a value in `CHOICES`.
    fn index(self) -> usize;
    /// The value as it is declared.
    fn choice(self) -> &'static Choice {
        &Self::CHOICES[self.index()]
    }
    /// The English id.
    fn id(self) -> &'static str {
        self.choice().id
    }
}

/// Declares an enum of listed values: `Social = "social", "社会招聘";`
#[macro_export]
macro_rules! choice {
    ($(#[$doc:meta])* $Name:ident { $( $Variant:ident = $id:literal, $zh:literal; )* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
        #[allow(missing_docs, unreachable_pub, reason = "a choice names its own variants and is public wherever it stands")]
        pub enum $Name { #[default] $( $Variant, )* }

        impl $crate::fields::ChoiceValue for $Name {
            const CHOICES: &'static [$crate::fields::Choice] = &[ $( $crate::fields::Choice { id: $id, zh: $zh }, )* ];
            fn from_index(index: usize) -> Self {
                [ $( $Name::$Variant, )* ][index]
            }
            fn index(self) -> usize {
                self as usize
            }
        }

        impl $crate::fields::FieldValue for $Name {
            const TYPE: $crate::fields::FieldType =
                $crate::fields::FieldType::Choice(<Self as $crate::fields::ChoiceValue>::CHOICES);
            fn read(node: &$crate::yaml::Node, reader: &mut $crate::fields::Reader) -> Option<Self> {
                reader.choice(node, <Self as $crate::fields::ChoiceValue>::CHOICES)
                    .map(<Self as $crate::fields::ChoiceValue>::from_index)
            }
            fn display_value(&self) -> $crate::fields::DisplayValue<'_> {
                $crate::fields::DisplayValue::Choice(<Self as $crate::fields::ChoiceValue>::choice(*self))
            }
        }
    };
}

impl Reader<'_> {
    /// Reads one of a fixed set and returns its index; any other value is a fault that lists the set.
    pub fn choice(&mut self, node: &Node, choices: &'static [Choice]) -> Option<usize> {
        let text = self.scalar(node)?;
        let found = choices
            .iter()
            .position(|choice| text == choice.zh || text == choice.id)
            .or_else(|| {
                let folded = fold(text);
                // An education level means "or above", and many authors write that out.
                let bare = ["及以上", "或以上", "以上", "以上学历", "学历"]
                    .iter()
                    .find_map(|end| folded.strip_suffix(end))
                    .map(|bare| bare.trim_end_matches(['及', '或']).trim_end_matches("学历"));
                choices.iter().position(|choice| {
                    folded == choice.zh || folded == choice.id || bare == Some(choice.zh)
                })
            });
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|choice| choice.zh).collect();
            let ids: Vec<&str> = choices.iter().map(|choice| choice.id).collect();
            let mut help = say!("可选：{}", "{}", words.join("、"));
            help.en = format!("choose one of: {}", ids.join(", "));
            let mut diagnostic = Diagnostic::error(
                "unknown-value",
                say!("没有“{text}”这个选项", "`{text}` is not one of the choices"),
            )
            .at(self.file, node.span)
            .help(help);
            let known = choices.iter().flat_map(|choice| [choice.zh, choice.id]);
            let near = if self.sink.may_advise(&self.file.path) {
                nearest_alike(text, known)
            } else {
                Vec::new()
            };
            let word = fold(text);
            let mut other = named_by(OTHER_WORDS, &word);
            let meant = other.find(|zh| choices.iter().any(|choice| choice.zh == *zh));
            if let Some(zh) = meant {
                diagnostic = diagnostic.label(did_you_mean(&[zh])).fix(node.span, zh);
            } else if !near.is_empty() {
                diagnostic = diagnostic.label(did_you_mean(&near));
            }
            self.sink.push(diagnostic);
        }
        found
    }
}

/// `是`, `true` and the like; the field's type, not the YAML library, decides.
impl FieldValue for bool {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Flag(*self)
    }
    const TYPE: FieldType = FieldType::Boolean;
    fn read(node: &Node, reader: &mut Reader) -> Option<bool> {
        let text = reader.scalar(node)?;
        match fold(text).as_str() {
            "true" | "yes" | "是" | "对" => Some(true),
            "false" | "no" | "否" | "不" => Some(false),
            _ => {
                reader.error(
                    "wrong-type",
                    node.span,
                    say!(
                        "这里写“是”或“否”，不能写“{text}”",
                        "write `true` or `false` here, not `{text}`"
                    ),
                    None,
                );
                None
            }
        }
    }
}
