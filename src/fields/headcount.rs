//! How many are wanted: `3`, `若干`, or by place.

use super::{FieldType, FieldValue, Reader};
use crate::front_matter::{Node, Value};
use crate::say;
use crate::script::fold;

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
        if let Value::Map(_) = node.value {
            return FieldValue::read(node, reader).map(Headcount::ByPlace);
        }
        let text = reader.scalar(node)?;
        let folded = fold(text);
        let number = folded.trim_end_matches(['人', '名']).trim();
        if ["若干", "several"].contains(&number) {
            return Some(Headcount::Several);
        }
        match number.parse() {
            Ok(number @ 1..=100_000) => Some(Headcount::Number(number)),
            _ => {
                reader.error(
                    "wrong-type",
                    node.span,
                    say!(
                        "招聘人数“{text}”读不懂",
                        "the headcount `{text}` cannot be read"
                    ),
                    Some(say!(
                        "写数字、若干，或按地点分行写",
                        "write a number, 若干, or one number for each place"
                    )),
                );
                None
            }
        }
    }
}
