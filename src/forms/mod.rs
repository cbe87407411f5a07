//! Filling a report. Enters: a compiled template and values. Leaves: the filled report as markdown, a page, or a Word
//! document, and what is missing or contradicts itself. What was typed is never changed in meaning and never dropped.
//!
//! ```text
//! Template (blanks/) + values
//!   ├─ read_values (YAML, a draft of the page) ──> FilledRow
//!   └─ read_csv    (a table)                   ──> FilledRow, one for each record
//! FilledRow { typed: Vec<Option<TypedValue>>, .. }
//!   ── Filled::new ──> Filled { display: a text for each field, Contradiction… }
//!                        ├─ to_markdown
//!                        ├─ to_html
//!                        └─ to_docx
//! ```

mod docx;
mod filled;
mod page;
mod table;
mod text;
mod values;

pub use docx::to_docx;
pub use filled::{Contradiction, Filled};
pub use page::to_html;
pub use table::read_csv;
pub use text::to_markdown;
pub use values::{FilledRow, read_values};
