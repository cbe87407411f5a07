//! Headcounts: `3`, `若干`, or a number for each place.

use super::{DisplayValue, FieldType, FieldValue, Reader};
use crate::say;
use crate::text::fold;
use crate::yaml::{Key, Node, Value};

/// How many are wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Headcount {
    /// 若干: several.
    #[default]
    Several,
    /// A number.
    Number(u32),
    /// A number for each place, in the order written.
    ByPlace(Vec<(String, u32)>),
}

impl Headcount {
    /// How many in all, where it is a number.
    pub fn total(&self) -> Option<u32> {
        match self {
            Headcount::Several => None,
            Headcount::Number(number) => Some(*number),
            Headcount::ByPlace(places) => Some(places.iter().map(|(_, number)| number).sum()),
        }
    }
}

impl FieldValue for Headcount {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Headcount(self)
    }
    fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        if let Headcount::ByPlace(places) = self {
            places.convert_texts(convert);
        }
    }
    const TYPE: FieldType = FieldType::Either(&[
        FieldType::Integer,
        FieldType::Notation("headcount"),
        FieldType::Map(&FieldType::Integer),
    ]);
    fn read(node: &Node, reader: &mut Reader) -> Option<Headcount> {
        if let Value::Map(entries) = &node.value {
            return by_place(entries, node, reader);
        }
        let text = reader.scalar(node)?;
        if ["若干", "several"].contains(&bare(text).as_str()) {
            return Some(Headcount::Several);
        }
        number(text, node, reader).map(Headcount::Number)
    }
}

/// A number without what it counts.
fn bare(text: &str) -> String {
    let folded = fold(text);
    folded.trim_end_matches(['人', '名']).trim().to_owned()
}

fn number(text: &str, node: &Node, reader: &mut Reader) -> Option<u32> {
    let number = bare(text).parse().ok();
    let number = number.filter(|number| (1..=MOST).contains(number));
    if number.is_none() {
        reader.error(
            "wrong-type",
            node.span,
            say!(
                "招聘人数“{text}”读不懂",
                "the headcount `{text}` cannot be read"
            ),
            Some(say!(
                "写数字、若干，或按地点分行写数字，合计不超过 {MOST}",
                "write a number, 若干, or one number for each place, {MOST} at most in all"
            )),
        );
    }
    number
}

fn by_place(entries: &[(Key, Node)], node: &Node, reader: &mut Reader) -> Option<Headcount> {
    let mut places = Vec::with_capacity(entries.len());
    for (place, value) in entries {
        // A place without a number yet says nothing.
        if let Some(text) = reader.scalar(value) {
            places.push((place.text.clone(), number(text, value, reader)?));
        }
    }
    let total: u64 = places.iter().map(|(_, number)| u64::from(*number)).sum();
    if total > u64::from(MOST) {
        number(&total.to_string(), node, reader).map(Headcount::Number)
    } else {
        Some(Headcount::ByPlace(places))
    }
}

/// The largest headcount, for one place and in all.
const MOST: u32 = 100_000;
