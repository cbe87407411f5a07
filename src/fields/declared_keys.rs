//! The declared fields as keys of YAML: which key is allowed where.

use super::{Field, FieldType};
use crate::text::fold;
use crate::yaml::Keys;

/// The fields that are allowed at the top of a block, and all keys that are allowed below them.
#[derive(Debug, Default)]
pub struct DeclaredKeys {
    top: KeyShape,
    /// Further names of fields at the top.
    names: Vec<&'static str>,
}

impl DeclaredKeys {
    /// The keys of some records, and other names of fields at the top.
    pub fn of(records: Vec<&'static [Field]>, names: Vec<&'static str>) -> DeclaredKeys {
        let top = KeyShape {
            records,
            ..KeyShape::default()
        };
        DeclaredKeys { top, names }
    }
}

impl Keys for DeclaredKeys {
    fn has_top(&self, key: &str) -> bool {
        self.top.fields(key).next().is_some() || self.names.contains(&key)
    }

    fn has_entry(&self, path: &[&str], key: &str, is_item: bool) -> bool {
        let mut shape = &self.top;
        let mut below;
        for key in path {
            below = shape.under(key);
            shape = &below;
        }
        shape.has_entry(key, is_item)
    }
}

/// The values that a key allows.
#[derive(Debug, Default)]
struct KeyShape {
    /// The records that it can be.
    records: Vec<&'static [Field]>,
    /// Whether it can be a map with free keys.
    free: bool,
    /// Whether it can be a single value.
    single: bool,
}

impl KeyShape {
    fn fields<'s>(&'s self, key: &str) -> impl Iterator<Item = &'static Field> + use<'s> {
        let key = fold(key).replace('-', "_");
        self.records
            .iter()
            .flat_map(|record| record.iter())
            .filter(move |field| key == field.zh || key == field.key)
    }

    /// The values that one of its keys allows.
    fn under(&self, key: &str) -> KeyShape {
        let mut shape = KeyShape::default();
        self.fields(key).for_each(|field| shape.add(&field.ty));
        shape
    }

    fn add(&mut self, ty: &'static FieldType) {
        match ty {
            FieldType::List(inner) => self.add(inner),
            FieldType::Record(fields) => self.records.push(fields),
            FieldType::Map(_) => self.free = true,
            FieldType::Either(types) => types.iter().for_each(|ty| self.add(ty)),
            _ => self.single = true,
        }
    }

    /// Whether a line `key：value` inside it is an entry of a map rather than a text with a colon.
    fn has_entry(&self, key: &str, is_item: bool) -> bool {
        self.fields(key).next().is_some()
            || (self.free && !is_item)
            || (!self.records.is_empty() && !self.single)
    }
}
