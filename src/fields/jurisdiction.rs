//! The type of fields that name a jurisdiction.

use super::{DisplayValue, FieldType, FieldValue, Reader};
use crate::text::fold;
use crate::yaml::Node;

/// The code of a jurisdiction or one of its names, with script, width and case folded.
#[derive(Debug, Clone, Default)]
pub struct Jurisdiction(pub String);

impl FieldValue for Jurisdiction {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Text(self.0.as_str().into())
    }
    const TYPE: FieldType = FieldType::Text;
    const SPLITS: bool = true;
    fn read(node: &Node, reader: &mut Reader) -> Option<Jurisdiction> {
        reader.scalar(node).map(|word| Jurisdiction(fold(word)))
    }
}
