//! Texts, numbers, addresses.

use super::{DisplayValue, FieldType, FieldValue, Reader};
use crate::diagnostic::Diagnostic;
use crate::say;
use crate::text::url::has_user;
use crate::text::{Span, fold_char};
use crate::yaml::{Node, Value};

impl FieldValue for String {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Text(self.as_str().into())
    }
    const TYPE: FieldType = FieldType::Text;
    fn read(node: &Node, reader: &mut Reader) -> Option<String> {
        reader.scalar(node).map(str::to_owned)
    }
    fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        *self = convert(self);
    }
}

/// A value together with the bytes it was written with, for later stages: a date, or a name that
/// programs use, which no edition converts.
#[derive(Debug, Clone, Default)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The bytes in the document's file.
    pub span: Span,
}

impl<T: FieldValue> FieldValue for Located<T> {
    fn display_value(&self) -> DisplayValue<'_> {
        self.value.display_value()
    }
    const TYPE: FieldType = T::TYPE;
    const SPLITS: bool = T::SPLITS;
    fn stays_whole(text: &str, reader: &Reader) -> bool {
        T::stays_whole(text, reader)
    }
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(|value| Located {
            value,
            span: node.span,
        })
    }
}

impl FieldValue for u32 {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Number(*self)
    }
    const TYPE: FieldType = FieldType::Integer;
    fn read(node: &Node, reader: &mut Reader) -> Option<u32> {
        let text = reader.scalar(node)?;
        let digits: String = text.chars().map(fold_char).collect();
        digits
            .parse()
            .map_err(|_| wrong_number(node, text, reader))
            .ok()
    }
}

/// A number kept as written, with its value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberText {
    /// As written, width folded: `72.5`.
    pub text: String,
    /// The value.
    pub value: f64,
}

impl FieldValue for NumberText {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Text(self.text.as_str().into())
    }
    const TYPE: FieldType = FieldType::Number;
    fn read(node: &Node, reader: &mut Reader) -> Option<NumberText> {
        let written = reader.scalar(node)?;
        let text: String = written.chars().map(fold_char).collect();
        let text = text.trim_end_matches(['%', '分']).trim().to_owned();
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Some(NumberText { text, value }),
            _ => {
                wrong_number(node, written, reader);
                None
            }
        }
    }
}

fn wrong_number(node: &Node, text: &str, reader: &mut Reader) {
    reader.error(
        "wrong-type",
        node.span,
        say!(
            "这里要写数字，不能写“{text}”",
            "a number belongs here, not `{text}`"
        ),
        Some(say!("只写数字，例如 3", "write digits only, for example 3")),
    );
}

/// The fault of an address with a user before its host.
pub fn user_in_address(target: &str) -> Diagnostic {
    let host = target.rsplit('@').next().unwrap_or("");
    let host = host.split(['/', '\\', '?', '#']).next().unwrap_or("");
    Diagnostic::error(
        "address-with-user",
        say!(
            "网址“{target}”里有“@”，实际打开的是“{host}”，不能用",
            "the address `{target}` holds an `@` and leads to `{host}`; it cannot be used"
        ),
    )
    .help(say!(
        "“@”前面的部分不是网站，常用来冒充；写真正的网址，不写用户名和密码",
        "what stands before `@` is no site and is often used to pretend to be one; write the real address, without a name and a password"
    ))
}

/// A web address: `https://…` or `http://…`. An address that cannot be read is reported once and becomes an empty
/// value, which counts as written.
#[derive(Debug, Clone, Default)]
pub struct Web(pub String);

impl FieldValue for Web {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Text(self.0.as_str().into())
    }
    const TYPE: FieldType = FieldType::Url;
    fn read(node: &Node, reader: &mut Reader) -> Option<Web> {
        let text = reader.scalar(node)?;
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
        let well_formed = host.is_some_and(|host| !host.is_empty())
            && !text.contains(|c: char| {
                c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c)
            });
        if has_user(text) {
            let told = user_in_address(text).at(reader.file, node.span);
            reader.sink.push(told);
            return Some(Web::default());
        }
        if well_formed {
            return Some(Web(text.to_owned()));
        }
        reader.error(
            "wrong-type",
            node.span,
            say!("“{text}”不是网址", "`{text}` is not a web address"),
            Some(say!(
                "网址要写全，例如 https://apply.example.com/",
                "write the whole address, for example https://apply.example.com/"
            )),
        );
        Some(Web::default())
    }
}

/// A mail address. An address that cannot be read is reported once and becomes an empty value, which counts as written.
#[derive(Debug, Clone, Default)]
pub struct Email(pub String);

impl FieldValue for Email {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Text(self.0.as_str().into())
    }
    const TYPE: FieldType = FieldType::Email;
    fn read(node: &Node, reader: &mut Reader) -> Option<Email> {
        let text = reader.scalar(node)?;
        if is_email(text) {
            return Some(Email(text.to_owned()));
        }
        let half_width: String = text.chars().map(fold_char).collect();
        let diagnostic = Diagnostic::error(
            "wrong-type",
            say!("“{text}”不是邮箱地址", "`{text}` is not a mail address"),
        )
        .at(reader.file, node.span);
        reader.sink.push(if is_email(&half_width) {
            diagnostic
                .help(say!(
                    "改成半角：{half_width}",
                    "write it half-width: {half_width}"
                ))
                .fix(node.span, half_width)
        } else {
            diagnostic.help(say!("例如 hr@example.com", "for example hr@example.com"))
        });
        Some(Email::default())
    }
}

fn is_email(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && name.chars().all(allowed)
            && host.chars().all(allowed)
    })
}

/// A map whose words keep their bytes, so that a later stage can judge them.
impl<T: FieldValue> FieldValue for Vec<(Located<String>, T)> {
    fn display_value(&self) -> DisplayValue<'_> {
        let values = self.iter();
        DisplayValue::Map(
            values
                .map(|(name, value)| (name.value.as_str(), value.display_value()))
                .collect(),
        )
    }
    const TYPE: FieldType = FieldType::Map(&T::TYPE);
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            return Vec::<(String, T)>::read(node, reader).map(|_| Vec::new());
        };
        let mut read = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let word = Located {
                value: key.text.clone(),
                span: key.span,
            };
            read.extend(T::read(value, reader).map(|value| (word, value)));
        }
        Some(read)
    }
}

/// A map from free words to one type, in the order written.
impl<T: FieldValue> FieldValue for Vec<(String, T)> {
    fn display_value(&self) -> DisplayValue<'_> {
        let values = self.iter();
        DisplayValue::Map(
            values
                .map(|(name, value)| (name.as_str(), value.display_value()))
                .collect(),
        )
    }
    const TYPE: FieldType = FieldType::Map(&T::TYPE);
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if let Value::Map(entries) = &node.value {
            Some(
                entries
                    .iter()
                    .filter_map(|(key, value)| Some((key.text.clone(), T::read(value, reader)?)))
                    .collect(),
            )
        } else {
            reader.error(
                "wrong-type",
                node.span,
                say!("这里要分项填写", "a map with keys belongs here"),
                None,
            );
            None
        }
    }
    fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        for (key, value) in self {
            *key = convert(key);
            value.convert_texts(convert);
        }
    }
}
