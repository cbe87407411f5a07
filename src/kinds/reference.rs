//! Names of other documents in front matter.

use crate::fields::{DisplayValue, FieldType, FieldValue, Reader};
use crate::text::Span;
use crate::yaml::Node;
use unicode_normalization::UnicodeNormalization;

/// Another document's id, in normal form NFC, and where it is written.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    /// The id.
    pub id: String,
    /// Its bytes in the document's file.
    pub span: Span,
}

/// Declares a type that names documents of one kind.
macro_rules! reference {
    ($(#[$doc:meta])* $Name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $Name(pub Reference);
        impl FieldValue for $Name {
    fn display_value(&self) -> DisplayValue<'_> {
            DisplayValue::Document($kind, &self.0.id)
    }
            const TYPE: FieldType = FieldType::Reference($kind);
            const SPLITS: bool = true;
            fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
                // Ids are in normal form NFC; a name copied from macOS is not.
                let id = reader.scalar(node)?.nfc().collect();
                Some($Name(Reference { id, span: node.span }))
            }
        }
        impl $Name {
            /// The kind and the reference, for linking.
            pub fn target(&self) -> (&'static str, &Reference) {
                ($kind, &self.0)
            }
        }
    };
}

reference!(
    /// A campaign's id.
    CampaignRef,
    "campaign"
);
reference!(
    /// An exam's id.
    ExamRef,
    "exam"
);
reference!(
    /// A product's id.
    ProductRef,
    "product"
);
reference!(
    /// A report's id.
    ReportRef,
    "report"
);
reference!(
    /// A grade: `<ladder>/<grade>`, or the grade alone where it is unique.
    GradeRef,
    "ladder"
);
