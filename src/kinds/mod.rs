//! The kinds of documents. A kind is one file: its fields and its checks; what its
//! template sees is the file of the same name in `views/kinds`.
//! Kinds know no addresses, templates or threads. The registry at the end of this file is the only list of them.
//!
//! ```text
//! SourceFile + Kind ──read_document──> Document
//!   Document { id: DocId, shared: Shared, body: Body, profile, outline: Outline, source, body_span, .. }
//!                           │               └─ Body = Job | Notice | Article | Report | ..   one struct a kind
//!                           └─ the fields of every kind
//!   Body ──as_kind──> &dyn KindBody ──> Window (opens, closes), Validity (valid from, until)
//!
//! KINDS: [Kind { name, folder, fields, .. }]   the registry
//! gangwei.yaml ──> Settings (as written) ──> Config (complete, defaults filled in)
//! ```

mod article;
mod campaign;
mod document;
mod exam;
pub mod exam_items;
mod job;
mod ladder;
mod notice;
mod page;
mod placeholders;
mod product;
mod recruiting;
mod reference;
mod report;
mod resolved;
mod scorecard;
mod settings;
mod shared;
mod waiver;

pub use article::{Article, Policy};
pub use campaign::Campaign;
pub use document::{DocId, Document, markdown_profile, read_document};
pub use exam::Exam;
pub use job::{Education, Employment, Job};
pub use ladder::{Grade, Ladder};
pub use notice::Notice;
pub use page::Page;
pub use placeholders::{PLACEHOLDERS, Placeholder, report_placeholders};
pub use product::Product;
pub use recruiting::{Apply, Graduation, GraduationWindow, Recruitment, Step};
pub use reference::{GradeRef, Reference};
pub use report::Report;
pub use scorecard::{Event, Group, Rule, Scorecard};
pub use settings::{
    CheckSettings, Config, Gate, GlossaryTerm, LifecycleSettings, MenuItem, OrganizationSettings,
    PosterSettings, PublishSettings, SearchTuning, Settings, SiteVisibility, SynonymGroup,
};
pub use shared::{Shared, Visibility};
pub use waiver::Waiver;

use crate::blanks::Template;
use crate::diagnostic::Text;
use crate::fields::{
    Day, DeclaredKeys, DisplayValue, EntryRef, Field, Moment, Reader, Record, VocabularyName,
    entry_fields,
};
use crate::markdown::TextKind;
use crate::text::Span;
use crate::yaml::{Key, Node};
use std::sync::LazyLock;

/// The declaration of a kind.
#[derive(Debug)]
pub struct Kind {
    /// English name, as in `job/J-2026-001`; also its template.
    pub name: &'static str,
    /// The folder under `content/`, and the first segment of its addresses.
    pub folder: &'static str,
    /// The kind's name, Chinese and English.
    pub noun: (&'static str, &'static str),
    /// Whether a document is internal unless it says otherwise.
    pub internal: bool,
    /// Whether its pages recruit, and so carry the anti-fraud notice.
    pub recruits: bool,
    /// Whether one applies for it within its window, so that its dates make a calendar.
    pub applies: bool,
    /// The code of the fault that a document of this kind is named and missing.
    pub unknown_code: &'static str,
    /// The Chinese key of the id.
    pub id_zh: &'static str,
    /// Its own fields, without the shared ones.
    pub fields: &'static [Field],
    /// Whether lists are sorted by day, newest first; otherwise they are sorted by title.
    pub newest_first: bool,
    /// The schema.org type of its pages that are articles, if they are.
    pub schema_type: Option<&'static str>,
    /// How its bodies are written, which decides how their lines are judged.
    pub text: TextKind,
    read: fn(&[(Key, Node)], Span, &mut Reader) -> Body,
}

/// From when to when something holds.
#[derive(Debug, Default, Clone)]
pub struct Window<'a> {
    /// Applications open, or the thing takes effect.
    pub opens: Option<&'a Moment>,
    /// The last day, or the exact end.
    pub closes: Option<&'a Moment>,
}

/// From which day and until which something is in force: a product offered, a policy binding.
#[derive(Debug, Default, Clone, Copy)]
pub struct Validity {
    /// The first day.
    pub from: Option<Day>,
    /// The last day, which counts whole.
    pub to: Option<Day>,
}

/// The functions of a kind that the pipeline calls. The defaults fit a kind that lacks the fields for them.
pub trait KindBody {
    /// Documents that this one names, by kind.
    fn references(&self) -> Vec<(&'static str, &Reference)> {
        Vec::new()
    }
    /// Vocabulary entries whose lists the document belongs to.
    fn entries(&self) -> Vec<(VocabularyName, &EntryRef)> {
        Vec::new()
    }
    /// The recruitment type, for its list.
    fn recruitment(&self) -> Option<Recruitment> {
        None
    }
    /// From when to when it is open.
    fn window(&self) -> Window<'_> {
        Window::default()
    }
    /// From when to when it is in force; nothing for what never goes out of force.
    fn validity(&self) -> Option<Validity> {
        None
    }
    /// Its name besides the title, such as a policy's number, if other documents may replace it.
    fn number(&self) -> Option<&str> {
        None
    }
    /// Titles or numbers of the documents whose place it takes.
    fn supersedes(&self) -> &[String] {
        &[]
    }
    /// The steps of its recruiting process.
    fn steps(&self) -> &[Step] {
        &[]
    }
    /// Whether its page says how long it is and how long it takes to read.
    fn shows_length(&self) -> bool {
        false
    }
    /// The body's blanks, compiled; `None` where the kind has no form.
    fn template(&self, _document: &Document) -> Option<Template> {
        None
    }
    /// Faults that need several fields or the body.
    fn check(&self, _document: &Document, _reader: &mut Reader) {}
    /// Whether the document is internal where its front matter does not say.
    fn internal(&self, kind: &Kind) -> bool {
        kind.internal
    }
}

/// Declares the registry: the enum of bodies and the table of kinds.
macro_rules! kinds {
    ($( $Name:ident { $($field:ident: $value:expr),* $(,)? } )*) => {
        /// A document's own fields, by kind.
        #[derive(Debug, Clone)]
        pub enum Body { $( #[doc = stringify!($Name)] $Name(Box<$Name>), )* }

        impl Body {
            /// The kind's functions.
            pub fn as_kind(&self) -> &dyn KindBody {
                match self { $( Body::$Name(body) => &**body, )* }
            }

            /// Replaces the texts that people read by what `convert` makes of them.
            pub fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
                match self { $( Body::$Name(body) => Record::convert_fields(&mut **body, convert), )* }
            }

            /// The values of all fields of the kind, in the order declared.
            pub fn display_fields(&self) -> Vec<(&'static Field, DisplayValue<'_>)> {
                match self { $( Body::$Name(body) => Record::display_fields(&**body), )* }
            }

            /// Reads the fields that a map has, and leaves the others as they are.
            pub fn read_over(&mut self, entries: &[(Key, Node)], whole: Span, reader: &mut Reader) {
                match self { $( Body::$Name(body) => body.read_over(entries, whole, reader), )* }
            }
        }

        /// All kinds, in the order in which a portal names them.
        pub static KINDS: &[Kind] = &[ $( Kind {
            fields: <$Name as Record>::FIELDS,
            read: |entries, whole, reader| Body::$Name(Box::new(<$Name as Record>::read_fields(entries, whole, reader))),
            $($field: $value,)*
        }, )* ];
    };
}

kinds! {
    Job { unknown_code: "unknown-job", name: "job", folder: "jobs", noun: ("岗位", "job"), internal: false, recruits: true, applies: true, id_zh: "岗位编号", newest_first: true, schema_type: None, text: TextKind::Lists }
    Campaign { unknown_code: "unknown-campaign", name: "campaign", folder: "campaigns", noun: ("招聘批次", "campaign"), internal: false, recruits: true, applies: true, id_zh: "编号", newest_first: true, schema_type: Some("Article"), text: TextKind::Lists }
    Notice { unknown_code: "unknown-notice", name: "notice", folder: "notices", noun: ("公告", "notice"), internal: false, recruits: true, applies: false, id_zh: "编号", newest_first: true, schema_type: Some("Article"), text: TextKind::Lists }
    Report { unknown_code: "unknown-report", name: "report", folder: "reports", noun: ("报告模板", "report"), internal: false, recruits: false, applies: false, id_zh: "编号", newest_first: false, schema_type: None, text: TextKind::Prose }
    Product { unknown_code: "unknown-product", name: "product", folder: "products", noun: ("产品", "product"), internal: false, recruits: false, applies: false, id_zh: "编号", newest_first: false, schema_type: None, text: TextKind::Other }
    Exam { unknown_code: "unknown-exam", name: "exam", folder: "exams", noun: ("题库", "exam"), internal: true, recruits: false, applies: false, id_zh: "编号", newest_first: false, schema_type: None, text: TextKind::Other }
    Article { unknown_code: "unknown-article", name: "article", folder: "articles", noun: ("文章", "article"), internal: false, recruits: false, applies: false, id_zh: "编号", newest_first: true, schema_type: Some("ScholarlyArticle"), text: TextKind::Prose }
    Ladder { unknown_code: "unknown-ladder", name: "ladder", folder: "ladders", noun: ("职级体系", "ladder"), internal: true, recruits: false, applies: false, id_zh: "编号", newest_first: false, schema_type: None, text: TextKind::Other }
    Scorecard { unknown_code: "unknown-scorecard", name: "scorecard", folder: "scorecards", noun: ("考核表", "scorecard"), internal: true, recruits: false, applies: false, id_zh: "编号", newest_first: false, schema_type: None, text: TextKind::Other }
    Page { unknown_code: "unknown-page", name: "page", folder: "pages", noun: ("页面", "page"), internal: false, recruits: false, applies: false, id_zh: "编号", newest_first: false, schema_type: None, text: TextKind::Other }
}

/// Every key that a file of a site may have: of a document of any kind, of the settings, of an entry of a vocabulary. A key
/// that belongs to another kind is meant as one all the same, and is then reported as unknown here.
pub static KEYS: LazyLock<DeclaredKeys> = LazyLock::new(|| {
    let others = [Shared::FIELDS, Settings::FIELDS, entry_fields()];
    let records = KINDS.iter().map(|kind| kind.fields).chain(others);
    DeclaredKeys::of(
        records.collect(),
        KINDS.iter().map(|kind| kind.id_zh).collect(),
    )
});

impl Kind {
    /// The kind whose folder or name is given.
    pub fn find(word: &str) -> Option<&'static Kind> {
        KINDS
            .iter()
            .find(|kind| kind.folder == word || kind.name == word || kind.noun.0 == word)
    }

    /// Reads the kind's own fields.
    pub fn read_body(&self, entries: &[(Key, Node)], whole: Span, reader: &mut Reader) -> Body {
        (self.read)(entries, whole, reader)
    }

    /// The kind's name, in both languages.
    pub fn noun_text(&self) -> Text {
        Text {
            zh: self.noun.0.to_owned(),
            en: self.noun.1.to_owned(),
        }
    }
}

impl Body {
    /// The posting, where it is one.
    pub fn job(&self) -> Option<&Job> {
        match self {
            Body::Job(job) => Some(job),
            _ => None,
        }
    }

    /// The campaign, where it is one.
    pub fn campaign(&self) -> Option<&Campaign> {
        match self {
            Body::Campaign(campaign) => Some(campaign),
            _ => None,
        }
    }

    /// The ladder, where it is one.
    pub fn ladder(&self) -> Option<&Ladder> {
        match self {
            Body::Ladder(ladder) => Some(ladder),
            _ => None,
        }
    }

    /// The authors, where it is an article.
    pub fn authors(&self) -> &[String] {
        match self {
            Body::Article(article) => &article.authors,
            _ => &[],
        }
    }
}
