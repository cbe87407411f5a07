//! Records: maps with declared fields, and the macro that declares them.

use super::other_names::meant_by;
use super::{
    DisplayValue, Field, FieldType, FieldValue, Need, Reader, did_you_mean, nearest_alike,
};
use crate::diagnostic::Diagnostic;
use crate::say;
use crate::text::{Span, fold, work};
use crate::yaml::{Key, Node, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A struct made by `record!`.
pub trait Record: Sized + Default {
    /// Its fields, in the order declared.
    const FIELDS: &'static [Field];
    /// Reads every field from a map; the caller reports keys that belong to no field.
    fn read_fields(entries: &[(Key, Node)], whole: Span, reader: &mut Reader) -> Self;
    /// Reads the fields that a map has, and leaves the others as they are.
    fn read_over(&mut self, entries: &[(Key, Node)], whole: Span, reader: &mut Reader);
    /// The values of all fields, in the order declared.
    fn display_fields(&self) -> Vec<(&'static Field, DisplayValue<'_>)>;
    /// Replaces the texts that people read by what `convert` makes of them.
    fn convert_fields(&mut self, _convert: &dyn Fn(&str) -> String) {}
}

/// Declares a struct whose fields are front matter fields:
/// `name: Type = "english-key", "中文键", Need, "帮助", "help", "example";`
#[macro_export]
macro_rules! record {
    ($(#[$doc:meta])* $Name:ident { $(
        $field:ident : $ty:ty = $key:literal, $zh:literal, $need:ident, $help_zh:literal, $help_en:literal, $example:literal;
    )* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default)]
        #[allow(unreachable_pub, reason = "a record is public wherever it stands")]
        pub struct $Name { $( #[doc = $help_en] pub $field: $ty, )* }

        impl $crate::fields::Record for $Name {
            const FIELDS: &'static [$crate::fields::Field] = &[ $( $crate::fields::Field {
                key: $key,
                zh: $zh,
                need: $crate::fields::Need::$need,
                ty: <$ty as $crate::fields::FieldValue>::TYPE,
                help_zh: $help_zh,
                help_en: $help_en,
                example: $example,
            }, )* ];

            fn read_fields(
                entries: &[($crate::yaml::Key, $crate::yaml::Node)],
                whole: $crate::text::Span,
                reader: &mut $crate::fields::Reader,
            ) -> Self {
                let mut declared = <Self as $crate::fields::Record>::FIELDS.iter();
                $( let $field = reader.field(declared.next(), entries, whole); )*
                $Name { $( $field, )* }
            }

            fn read_over(
                &mut self,
                entries: &[($crate::yaml::Key, $crate::yaml::Node)],
                whole: $crate::text::Span,
                reader: &mut $crate::fields::Reader,
            ) {
                let mut declared = <Self as $crate::fields::Record>::FIELDS.iter();
                $( if let Some(field) = $crate::fields::present(declared.next(), entries) {
                    self.$field = reader.field(Some(field), entries, whole);
                } )*
            }

            fn display_fields(&self) -> Vec<(&'static $crate::fields::Field, $crate::fields::DisplayValue<'_>)> {
                let values = [ $( $crate::fields::FieldValue::display_value(&self.$field), )* ];
                <Self as $crate::fields::Record>::FIELDS.iter().zip(values).collect()
            }

            fn convert_fields(&mut self, convert: &dyn Fn(&str) -> String) {
                $( $crate::fields::FieldValue::convert_texts(&mut self.$field, convert); )*
            }
        }

        impl $crate::fields::FieldValue for $Name {
            const TYPE: $crate::fields::FieldType =
                $crate::fields::FieldType::Record(<Self as $crate::fields::Record>::FIELDS);
            fn read(node: &$crate::yaml::Node, reader: &mut $crate::fields::Reader) -> Option<Self> {
                $crate::fields::read_record(node, reader)
            }
            fn display_value(&self) -> $crate::fields::DisplayValue<'_> {
                $crate::fields::DisplayValue::Record($crate::fields::Record::display_fields(self))
            }
            fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
                $crate::fields::Record::convert_fields(self, convert);
            }
        }
    };
}

/// Reads a map as a record and reports the keys that it does not know.
pub fn read_record<R: Record>(node: &Node, reader: &mut Reader) -> Option<R> {
    match &node.value {
        Value::Map(entries) => {
            if let Some(shape) = other_shape(entries, R::FIELDS) {
                let (key, value) = &entries[0];
                reader.error(
                    "wrong-type",
                    Span::new(key.span.start as usize, value.span.end as usize),
                    say!("这里要分项填写", "a map with keys belongs here"),
                    Some(say!("写成 {shape}", "write {shape}")),
                );
                return None;
            }
            unknown_keys(entries, &[R::FIELDS], reader);
            Some(R::read_fields(entries, node.span, reader))
        }
        Value::Null => None,
        Value::Scalar(_) | Value::List(_) => {
            let keys: Vec<String> = R::FIELDS
                .iter()
                .map(|field| format!("{} {}", field.zh, field.key))
                .collect();
            reader.error(
                "wrong-type",
                node.span,
                say!("这里要分项填写", "a map with keys belongs here"),
                Some(say!(
                    "另起一行、缩进两格，逐项写“键: 值”；可用的键：{}",
                    "indent two spaces and write `key: value` lines; the keys are: {}",
                    keys.join("、")
                )),
            );
            None
        }
    }
}

/// The form in which to write `名称: 值` as a record of two fields, in the language of the key.
fn other_shape(entries: &[(Key, Node)], fields: &'static [Field]) -> Option<String> {
    let required: Vec<&Field> = fields
        .iter()
        .filter(|field| field.need == Need::Required)
        .collect();
    let ([(key, node)], [first, second]) = (entries, required.as_slice()) else {
        return None;
    };
    let Value::Scalar(value) = &node.value else {
        return None;
    };
    let is_key = fields.iter().any(|field| names_field(key, field));
    if is_key || !meant_names(&key.text, &[fields], &|_| false).is_empty() {
        return None;
    }
    let (one, two) = if key.text.is_ascii() {
        (first.key, second.key)
    } else {
        (first.zh, second.zh)
    };
    Some(format!("{{{one}: {}, {two}: {value}}}", key.text))
}

impl Reader<'_> {
    /// Reads one declared field out of a map. Missing and faulty values become the default.
    pub fn field<T: FieldValue>(
        &mut self,
        declared: Option<&'static Field>,
        entries: &[(Key, Node)],
        whole: Span,
    ) -> T {
        let Some(field) = declared else {
            return T::default();
        };
        let mut found = entries.iter().filter(|(key, _)| names_field(key, field));
        let Some((key, node)) = found.next() else {
            // A key that already has a suggestion is not reported a second time.
            let is_asked = |key: &Key| {
                let mut asked = self.proposed.iter();
                asked.any(|(at, names)| *at == key.span && names_one_of(names, field))
            };
            if !entries.iter().any(|(key, _)| is_asked(key)) {
                self.missing(field, whole);
            }
            return T::default();
        };
        if let Some((other, _)) = found.next() {
            self.error(
                "duplicate-key",
                other.span,
                say!(
                    "“{}”和“{}”是同一项，只能写一次",
                    "`{}` and `{}` are the same field; write it once",
                    key.text,
                    other.text
                ),
                None,
            );
        }
        if matches!(node.value, Value::Null) {
            if field.need == Need::Required {
                self.error(
                    "missing-value",
                    key.span,
                    say!("“{}”还没有填", "`{}` has no value", key.text),
                    Some(say!(
                        "{}，例如：{}",
                        "{}, for example: {}",
                        field.help_zh,
                        field.example
                    )),
                );
            }
            return T::default();
        }
        T::read(node, self).unwrap_or_default()
    }

    fn missing(&mut self, field: &Field, whole: Span) {
        if field.need == Need::Required {
            let start = whole.start as usize;
            let first_line = self.file.text[start..].lines().next().unwrap_or("");
            let help = if self.file.path.ends_with(".yaml") || field.example.is_empty() {
                None
            } else {
                Some(say!(
                    "加一行“{}: {}”（{}）",
                    "add a line `{}: {}` ({})",
                    field.zh,
                    field.example,
                    field.help_zh
                ))
            };
            let help = help.map(|mut text| {
                text.en = format!(
                    "add a line `{}: {}` ({})",
                    field.key, field.example, field.help_en
                );
                text
            });
            self.error(
                "missing-field",
                Span::new(start, start + first_line.len()),
                say!(
                    "缺少“{0}”（{1}）",
                    "`{1}` ({0}) is missing",
                    field.zh,
                    field.key
                ),
                help,
            );
        }
    }
}

/// The field, if a map has it.
pub fn present(
    declared: Option<&'static Field>,
    entries: &[(Key, Node)],
) -> Option<&'static Field> {
    declared.filter(|field| entries.iter().any(|(key, _)| names_field(key, field)))
}

/// The value that a map has for a field.
pub fn value_of<'n>(field: &Field, entries: &'n [(Key, Node)]) -> Option<&'n Node> {
    let mut all = entries.iter();
    let (_, value) = all.find(|(key, _)| names_field(key, field))?;
    Some(value)
}

fn names_field(key: &Key, field: &Field) -> bool {
    work::count(1);
    key.folded == field.zh || key.folded == field.key
}

/// Conditions that have no field, since hiring law forbids or discourages them: key, rule code.
const FORBIDDEN: &[(&[&str], &str)] = &[
    (&["年龄", "年龄要求", "age"], "age-limit"),
    (&["性别", "性别要求", "gender", "sex"], "gender-limit"),
    (
        &["婚育", "婚姻", "婚姻状况", "婚育状况", "marital"],
        "marital-birth",
    ),
    (
        &["民族", "宗教", "ethnicity", "religion"],
        "ethnicity-religion",
    ),
    (&["户籍", "户口", "籍贯", "hukou"], "hukou-region"),
    (&["身高", "体重", "相貌", "height"], "appearance"),
];

/// The names of the fields that an unknown key may mean. Fields that the map has already are left out.
pub fn meant_names(
    word: &str,
    tables: &[&'static [Field]],
    is_there: &dyn Fn(&Field) -> bool,
) -> Vec<&'static str> {
    let fields = || tables.iter().flat_map(|table| table.iter());
    let sure = sure_fields(word, tables);
    if !sure.is_empty() {
        let free = sure.into_iter().filter(|field| !is_there(field));
        return free.map(|field| own_name(field, word)).collect();
    }
    let word = bare_key(word);
    let free = fields().filter(|field| !is_there(field));
    nearest_alike(&word, free.flat_map(|field| [field.zh, field.key]))
}

/// The fields that a key means beyond doubt: by its name between signs, or by words that people use for them.
fn sure_fields(word: &str, tables: &[&'static [Field]]) -> Vec<&'static Field> {
    work::count(word.len());
    let word = bare_key(word);
    let find = |name: &str| {
        let mut fields = tables.iter().flat_map(|table| table.iter());
        fields.find(|field| field.zh == name || field.key == name)
    };
    match find(&word) {
        Some(field) => vec![field],
        None => meant_by(&word, find),
    }
}

/// A key without signs around it, folded: `【报名截止】`.
fn bare_key(word: &str) -> String {
    fold(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The name of a field in the language of the key that was written for it.
fn own_name(field: &Field, word: &str) -> &'static str {
    if word.is_ascii() { field.key } else { field.zh }
}

fn names_one_of(names: &[&str], field: &Field) -> bool {
    names
        .iter()
        .any(|name| [field.zh, field.key].contains(name))
}

/// Unknown keys of a map, with the fields that they stand for beyond doubt. Everything is looked up once, however many keys
/// are unknown.
struct Unknown {
    /// Keys of the fields that are there.
    present: BTreeSet<&'static str>,
    /// For each field, the first two keys that stand for it beyond doubt, as places in the map.
    meant: BTreeMap<&'static str, [Option<usize>; 2]>,
}

impl Unknown {
    fn of(entries: &[(Key, Node)], tables: &[&'static [Field]]) -> Unknown {
        let fields = || tables.iter().flat_map(|table| table.iter());
        let mut found = Unknown {
            present: BTreeSet::new(),
            meant: BTreeMap::new(),
        };
        for (at, (key, _)) in entries.iter().enumerate() {
            found.present.extend(
                fields()
                    .filter(|field| names_field(key, field))
                    .map(|field| field.key),
            );
            for field in sure_fields(&key.text, tables) {
                let places = found.meant.entry(field.key).or_default();
                if let Some(free) = places.iter_mut().find(|place| place.is_none()) {
                    *free = Some(at);
                }
            }
        }
        found
    }

    /// Another key that stands for a field.
    fn other(&self, field: &Field, than: usize) -> Option<usize> {
        let places = self.meant.get(field.key)?;
        places
            .iter()
            .flatten()
            .copied()
            .find(|place| *place != than)
    }
}

/// Reports keys that no table declares, with the nearest known one.
pub fn unknown_keys(entries: &[(Key, Node)], tables: &[&'static [Field]], reader: &mut Reader) {
    let fields = || tables.iter().flat_map(|table| table.iter());
    let mut looked_up: Option<Unknown> = None;
    for (at, (key, _)) in entries.iter().enumerate() {
        if fields().any(|field| names_field(key, field)) {
            continue;
        }
        if let Some((_, rule)) = FORBIDDEN
            .iter()
            .find(|(words, _)| words.contains(&key.folded.as_str()))
        {
            reader.error(
                rule,
                key.span,
                say!("招聘条件不能写“{}”", "`{}` is not a condition that a posting may set", key.text),
                Some(say!(
                    "就业方面的法律或政策禁止、不提倡以此限制应聘者；请删去这一行，改写岗位真正需要的能力",
                    "employment law or policy forbids or discourages it; delete the line and state the ability that the work needs"
                )),
            );
            continue;
        }
        if let Some((name, value)) = key.text.split_once('：')
            && let Some(colon) = reader.file.text[key.span.range()].find('：')
            && fields().any(|field| [field.zh, field.key].contains(&fold(name).as_str()))
        {
            let at = key.span.start as usize + colon;
            let colon = Span::new(at, at + '：'.len_utf8());
            reader.sink.push(
                Diagnostic::error(
                    "full-width-colon",
                    say!(
                        "“{name}”后面的冒号是全角，读不出它的值",
                        "the colon after `{name}` is full-width, so that its value cannot be read"
                    ),
                )
                .at(reader.file, colon)
                .help(say!(
                    "写成“{0}: {1}”",
                    "write `{0}: {1}`",
                    name,
                    value.trim()
                ))
                .fix(colon, ": "),
            );
            continue;
        }
        let mut diagnostic = Diagnostic::error(
            "unknown-key",
            say!("没有“{}”这一项", "there is no field `{}`", key.text),
        )
        .at(reader.file, key.span);
        let sure = sure_fields(&key.text, tables);
        // Only looking for the nearest name takes long.
        if sure.is_empty() && !reader.sink.may_advise(&reader.file.path) {
            reader.sink.push(diagnostic);
            continue;
        }
        let known = looked_up.get_or_insert_with(|| Unknown::of(entries, tables));
        let is_there = |field: &Field| known.present.contains(field.key);
        let near = meant_names(&key.text, tables, &is_there);
        if let ([name], false) = (near.as_slice(), sure.is_empty()) {
            let same = fields()
                .filter(|field| names_one_of(&[*name], field))
                .find_map(|field| known.other(field, at));
            diagnostic = match same.and_then(|place| entries.get(place)) {
                None => diagnostic.fix(key.span, *name),
                // Two keys with the same new name would make one field twice.
                Some((other, _)) => diagnostic.help(say!(
                    "它和“{}”是同一项，只留一处",
                    "it means the same as `{}`; keep one of the two",
                    other.text
                )),
            };
        }
        if !near.is_empty() {
            diagnostic = diagnostic.label(did_you_mean(&near));
            reader.proposed.push((key.span, near));
        } else if let [field] = sure.as_slice() {
            diagnostic = diagnostic.help(say!(
                "“{}”已经写了，意思一样；只留一处，这一行删去",
                "`{}` is there already and means the same; keep one and delete this line",
                own_name(field, &key.text)
            ));
        } else {
            let all: Vec<&str> = fields().map(|field| field.zh).collect();
            let english: Vec<&str> = fields().map(|field| field.key).collect();
            let mut help = say!("可用的项：{}", "the fields are: {}", all.join("、"));
            help.en = format!("the fields are: {}", english.join(", "));
            diagnostic = diagnostic.help(help);
        }
        reader.sink.push(diagnostic);
    }
}

impl Field {
    /// The choices of a field, of its list's items where it is a list.
    pub fn choices(&self) -> &'static [super::Choice] {
        match self.ty {
            FieldType::Choice(choices) => choices,
            FieldType::List(FieldType::Choice(choices)) => choices,
            _ => &[],
        }
    }
}
