//! Front matter fields. Each is declared once with `record!`: key, Chinese key, type, need, help, example.
//! Enters: the tree of `yaml`. Leaves: typed records; faults go to the sink, and reading goes on.
//!
//! ```text
//! record! { Job { .. } } ──> struct Job + Record::FIELDS: [Field { key, zh, need, ty: FieldType, .. }]
//!
//! Node (yaml/) ──Reader──> FieldValue::read ──> Salary, Day, Choice, EntryRef, ..   one value
//! Node         ──read_record──────────────────> Job, Entry, Settings, ..            one Record
//!                  └─ faults go to the Sink of the Reader
//!
//! Record ──display_fields──> (Field, DisplayValue)   plain data, in no language; views/ puts it into words
//! vocabulary file ──> Vocabulary of Entry ──> Vocabularies, in which an EntryRef is looked up
//! ```

mod choice;
mod date;
mod declared_keys;
mod experience;
mod headcount;
mod jurisdiction;
mod language;
mod money;
mod other_names;
mod record;
mod salary;
mod scalar;
mod suggest;
mod vocabulary;

pub use choice::{Choice, ChoiceValue};
pub use date::{Day, Moment};
pub use declared_keys::DeclaredKeys;
pub use experience::{Experience, Stretch};
pub use headcount::Headcount;
pub use jurisdiction::Jurisdiction;
pub use money::Money;
pub use record::{Record, meant_names, present, read_record, unknown_keys, value_of};
pub use salary::{PayRange, PayUnit, Salary};
pub use scalar::{Email, Located, NumberText, Web, user_in_address};
pub use suggest::{did_you_mean, nearest, nearest_alike};
pub use vocabulary::{
    CategoryRef, DepartmentRef, Entry, EntryRef, LocationRef, UnitRef, Vocabularies, Vocabulary,
    VocabularyName, entry_fields, word_id,
};

use crate::diagnostic::{Diagnostic, Sink, Text};
use crate::text::conversion::Converter;
use crate::text::{Language, SourceFile, Span};
use crate::yaml::{Node, Value};
use std::borrow::Cow;
use std::sync::Arc;

/// Whether a document can do without a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be there.
    Required,
    /// A reader expects it. The publish gate, not the parser, reports its absence.
    Expected,
    /// It may be left out.
    Optional,
}

/// The type of a field. Hints, the JSON Schema and the documentation are made from it.
#[derive(Debug, Clone, Copy)]
pub enum FieldType {
    /// Any text.
    Text,
    /// Text in a notation of its own, with its name and examples.
    Notation(&'static str),
    /// A whole number, not negative.
    Integer,
    /// A number.
    Number,
    /// true/false, 是/否.
    Boolean,
    /// A day.
    Date,
    /// A day, or a time of a day with its offset.
    Moment,
    /// A web address.
    Url,
    /// A mail address.
    Email,
    /// One of a fixed set.
    Choice(&'static [Choice]),
    /// An entry of a vocabulary.
    Entry(VocabularyName),
    /// The id of a document of a kind.
    Reference(&'static str),
    /// A list of one type.
    List(&'static FieldType),
    /// A map with fields of its own.
    Record(&'static [Field]),
    /// A map from free words to one type.
    Map(&'static FieldType),
    /// One of several types.
    Either(&'static [FieldType]),
}

/// The declaration of one field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// English key.
    pub key: &'static str,
    /// Chinese key.
    pub zh: &'static str,
    /// Whether it may be left out.
    pub need: Need,
    /// Its type.
    pub ty: FieldType,
    /// One line of help, Chinese.
    pub help_zh: &'static str,
    /// One line of help, English.
    pub help_en: &'static str,
    /// An example as YAML, for a generated document.
    pub example: &'static str,
}

impl Field {
    /// The name of the field as it is declared, in a language.
    pub fn name(&self, language: Language) -> String {
        match language {
            Language::Hans => self.zh.to_owned(),
            Language::En => {
                let mut name = self.key.replace('_', " ");
                if let Some(first) = name.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                name
            }
            other => Converter::new(Language::Hans, other, &[])
                .map_or(self.zh.into(), |converter| converter.convert(self.zh))
                .into_owned(),
        }
    }
}

/// The context in which a value is read: the file for positions, the vocabularies, and the sink for faults.
pub struct Reader<'a> {
    /// The file being read.
    pub file: &'a Arc<SourceFile>,
    /// The site's vocabularies.
    pub vocabularies: &'a Vocabularies,
    /// Where faults go.
    pub sink: &'a mut Sink,
    /// Unknown keys, with the fields that were suggested for them.
    proposed: Vec<(Span, Vec<&'static str>)>,
}

/// A value as plain data: one form for pages, for files that other programs read, for search and for the
/// comparison of two portals. It knows no language and no address.
#[derive(Debug, Clone)]
pub enum DisplayValue<'a> {
    /// Nothing is stated.
    Nothing,
    /// A text as it was written.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(u32),
    /// Yes or no.
    Flag(bool),
    /// One of a fixed set.
    Choice(&'static Choice),
    /// A day.
    Day(Day),
    /// A day or an exact time.
    Moment(&'a Moment),
    /// Pay.
    Salary(&'a Salary),
    /// How many are wanted.
    Headcount(&'a Headcount),
    /// Years of work.
    Experience(&'a Experience),
    /// An entry of a vocabulary.
    Entry(VocabularyName, &'a EntryRef),
    /// Another document, by the name of its kind and its id.
    Document(&'static str, &'a str),
    /// From one day to another, and for whom.
    Period {
        /// For whom; `None` where it holds for everyone.
        whose: Option<&'a str>,
        /// The first day.
        from: Option<Day>,
        /// The last day.
        to: Option<Day>,
    },
    /// Several values.
    List(Vec<DisplayValue<'a>>),
    /// Values by their fields, in the order declared.
    Record(Vec<(&'static Field, DisplayValue<'a>)>),
    /// Values by free names.
    Map(Vec<(&'a str, DisplayValue<'a>)>),
}

impl DisplayValue<'_> {
    /// The values of a list; for any other value, a slice of that one.
    pub fn each(&self) -> &[Self] {
        match self {
            DisplayValue::List(values) => values,
            value => std::slice::from_ref(value),
        }
    }
    /// Whether it is empty, or a list or record of empty values.
    pub fn is_nothing(&self) -> bool {
        match self {
            DisplayValue::Nothing => true,
            DisplayValue::Text(text) => text.is_empty(),
            DisplayValue::List(values) => values.iter().all(DisplayValue::is_nothing),
            DisplayValue::Record(fields) => fields.iter().all(|(_, value)| value.is_nothing()),
            DisplayValue::Map(values) => values.is_empty(),
            _ => false,
        }
    }
}

/// A type that a field can have.
pub trait FieldValue: Sized + Default {
    /// The type as declared.
    const TYPE: FieldType;
    /// Whether one text may hold several values of a list, separated by 、 or a comma.
    const SPLITS: bool = false;
    /// Whether an item of a list stays one value although it holds such a sign.
    fn stays_whole(_text: &str, _reader: &Reader) -> bool {
        false
    }
    /// Reads a value that is present. After a fault, which is reported, the result is `None`, or a value that counts as
    /// written.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;
    /// The value as plain data, for pages and other outputs.
    fn display_value(&self) -> DisplayValue<'_>;
    /// The value of a field that is left out.
    fn unstated() -> DisplayValue<'static> {
        DisplayValue::Nothing
    }
    /// Replaces the texts that people read by what `convert` makes of them; names that programs use stay.
    fn convert_texts(&mut self, _convert: &dyn Fn(&str) -> String) {}
}

impl<'a> Reader<'a> {
    /// A reader of a file.
    pub fn new(
        file: &'a Arc<SourceFile>,
        vocabularies: &'a Vocabularies,
        sink: &'a mut Sink,
    ) -> Reader<'a> {
        Reader {
            file,
            vocabularies,
            sink,
            proposed: Vec::new(),
        }
    }
}

impl Reader<'_> {
    /// Reports an error at a value.
    pub fn error(&mut self, code: &'static str, span: Span, message: Text, help: Option<Text>) {
        let mut diagnostic = Diagnostic::error(code, message).at(self.file, span);
        diagnostic.help = help;
        self.sink.push(diagnostic);
    }

    /// The text of a scalar; anything else is a fault.
    pub fn scalar<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match &node.value {
            Value::Scalar(text) => Some(text.trim()),
            Value::Null => None,
            Value::List(_) | Value::Map(_) => {
                self.error(
                    "wrong-type",
                    node.span,
                    crate::say!(
                        "这里只能写一个值",
                        "one value belongs here, not a list or a map"
                    ),
                    None,
                );
                None
            }
        }
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    const TYPE: FieldType = T::TYPE;
    fn display_value(&self) -> DisplayValue<'_> {
        match self {
            Some(value) => value.display_value(),
            None => T::unstated(),
        }
    }
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Some)
    }
    fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        if let Some(value) = self {
            value.convert_texts(convert);
        }
    }
}

impl<T: FieldValue> FieldValue for Vec<T> {
    const TYPE: FieldType = FieldType::List(&T::TYPE);
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::List(self.iter().map(T::display_value).collect())
    }
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Null => Some(Vec::new()),
            Value::List(items) => {
                let parts: Vec<_> = items
                    .iter()
                    .flat_map(|item| parts::<T>(item, reader))
                    .collect();
                let written = parts
                    .iter()
                    .filter(|part| !matches!(part.value, Value::Null));
                Some(written.filter_map(|part| T::read(part, reader)).collect())
            }
            Value::Scalar(text) if T::SPLITS => Some(
                split_scalar(node, text, reader.file)
                    .iter()
                    .filter_map(|part| T::read(part, reader))
                    .collect(),
            ),
            // A single value in place of a list is read as a list of one.
            Value::Scalar(_) | Value::Map(_) => T::read(node, reader).map(|value| vec![value]),
        }
    }
    fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        for value in self {
            value.convert_texts(convert);
        }
    }
}

/// The values that one item of a list holds: the item `上海、北京` holds two.
fn parts<'n, T: FieldValue>(item: &'n Node, reader: &Reader) -> Vec<Cow<'n, Node>> {
    match &item.value {
        Value::Scalar(text) if T::SPLITS && !T::stays_whole(text, reader) => {
            let parts = split_scalar(item, text, reader.file).into_iter();
            parts.map(Cow::Owned).collect()
        }
        _ => vec![Cow::Borrowed(item)],
    }
}

/// Signs that separate the values of a list in one text.
const SEPARATORS: [char; 5] = ['、', '，', ',', '；', ';'];

/// Cuts `上海、北京` into nodes of its parts, each with its own bytes.
fn split_scalar(node: &Node, text: &str, file: &Arc<SourceFile>) -> Vec<Node> {
    let source = &file.text[node.span.range()];
    let base = node.span.start as usize + source.find(text).unwrap_or(0);
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    for (at, c) in text.char_indices().chain([(text.len(), ';')]) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // `苏州（市区、郊区）` is one.
        let parts_here = depth == 0 && SEPARATORS.contains(&c);
        if !parts_here && at < text.len() {
            continue;
        }
        let piece = &text[start..at];
        let word = piece.trim();
        if !word.is_empty() {
            let at = base + start + piece.find(word).unwrap_or(0);
            parts.push(Node {
                span: Span::new(at, at + word.len()),
                value: Value::Scalar(word.to_owned()),
            });
        }
        start = at + c.len_utf8();
    }
    parts
}
