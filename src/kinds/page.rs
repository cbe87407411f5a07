//! A plain page: about, how to apply, questions and answers.

use super::KindBody;
use crate::fields::{DisplayValue, Field, Reader, Record};
use crate::text::Span;
use crate::yaml::{Key, Node};

/// A page has the shared fields and nothing more.
#[derive(Debug, Clone, Default)]
pub struct Page;

impl Record for Page {
    const FIELDS: &'static [Field] = &[];
    fn read_fields(_entries: &[(Key, Node)], _whole: Span, _reader: &mut Reader) -> Page {
        Page
    }
    fn display_fields(&self) -> Vec<(&'static Field, DisplayValue<'_>)> {
        Vec::new()
    }
    fn read_over(&mut self, _entries: &[(Key, Node)], _whole: Span, _reader: &mut Reader) {}
}

impl KindBody for Page {}
