//! Chinese document text. Enters: what was pasted, or the paragraphs of a file with what the file says of them. Leaves:
//! an outline of headings, paragraphs, lists and label lines, every part with its place in the source and the reason for
//! it, and a list of the characters that are in no part. Nothing is looked up outside the text, and the work grows with
//! its length and no faster.
//!
//! ```
//! use gangwei::document_text::{Options, read, to_markdown};
//!
//! let outline = read("岗位职责：1、走访客户；2、办理授信。任职要求：本科", Options::default());
//! assert_eq!(
//!     to_markdown(&outline, 2),
//!     "## 岗位职责\n\n1. 走访客户；\n2. 办理授信。\n\n## 任职要求\n\n本科\n"
//! );
//! assert_eq!(outline.blocks[0].reason.zh(), "是常用的小标题");
//! assert_eq!(outline.blocks[0].place.span.range(), 0.."岗位职责：".len());
//! ```

mod borders;
mod characters;
mod cut;
mod lines;
mod marks;
mod model;
mod outline;
mod reasons;
mod shapes;
mod structure;
mod words;
mod wrap;
mod writer;

pub use borders::{Border, BorderReason, document_borders};
pub use model::{
    Block, Cell, Format, Hints, Kind, ListHint, MarkRead, NotTaken, Note, Outline, Paragraph,
    Place, Run, Text,
};
pub use reasons::{NotTakenReason, NoteReason, Reason};
pub use writer::to_markdown;

/// How a text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How it was written.
    pub format: Format,
    /// Whether it is a whole document, whose first line may be its title.
    pub title: bool,
}

/// Reads a text.
pub fn read(text: &str, options: Options) -> Outline {
    let mut outline = Outline {
        format: options.format,
        ..Outline::default()
    };
    let lines = match options.format {
        Format::Plain => lines::lines_of_text(text, &mut outline),
        Format::Markdown => lines::lines_of_markdown(text, &mut outline),
    };
    finish(lines, options, outline)
}

/// Reads the paragraphs of a file.
///
/// ```
/// use gangwei::document_text::{Hints, Kind, ListHint, Options, Paragraph, read_paragraphs};
///
/// let listed = Hints { list: Some(ListHint { list: 1, level: 0, ordered: true, number: Some(1) }), ..Hints::default() };
/// let paragraphs = [
///     Paragraph { text: "岗位职责", line: 1, start: 0, hints: Hints { bold: true, ..Hints::default() } },
///     Paragraph { text: "走访客户。", line: 2, start: 13, hints: listed },
/// ];
/// let outline = read_paragraphs(&paragraphs, Options::default());
/// assert!(matches!(outline.blocks[0].kind, Kind::Heading { level: 1 }));
/// assert!(matches!(outline.blocks[1].kind, Kind::Item { ordered: true, .. }));
/// ```
pub fn read_paragraphs(paragraphs: &[Paragraph], options: Options) -> Outline {
    let mut outline = Outline {
        format: options.format,
        ..Outline::default()
    };
    let lines = lines::lines_of_paragraphs(paragraphs, &mut outline);
    finish(lines, options, outline)
}

fn finish(lines: Vec<lines::Line>, options: Options, mut outline: Outline) -> Outline {
    let joined = wrap::join(lines, &mut outline);
    let mut parts = Vec::with_capacity(joined.len());
    for line in joined {
        cut::cut(line, &mut parts, &mut outline);
    }
    let entries = structure::decide(parts, options.title, options.format);
    outline::build(entries, &mut outline);
    outline
}

/// Whether a line begins with the mark or the number of an item, as `●`, `（一）` and `2、` are.
pub fn begins_with_mark(line: &str) -> bool {
    marks::mark(line).is_some()
}

/// The key and the value of a label line: 招聘人数 and 2人 of `招聘人数：2人`.
pub fn split_label(words: &str) -> Option<(&str, &str)> {
    let (key, value) = shapes::label(words)?;
    Some((words.get(key.0..key.1)?, words.get(value.0..value.1)?))
}
