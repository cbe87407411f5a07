//! Lines that were meant apart and run together on the page. Enters: a body, its outline, and how the body is written.
//! Leaves: the groups of lines that markdown joins although the reader of document text keeps them apart, each with the
//! markdown that keeps them apart. A text that was broken at its width is one paragraph for both and is not reported.
//!
//! ```text
//! Outline::joined, Outline::indented ──┐
//! document_text::read ─────────────────┴─▶ LinesApart ──▶ warning `joined-lines` with its repair
//! ```

use crate::diagnostic::{Diagnostic, Text};
use crate::document_text::{self, Block, Format, Kind, Options, Reason, to_markdown};
use crate::say;
use crate::text::{SourceFile, Span};
use std::sync::Arc;

/// How the body of a kind is written, which decides what is said of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Postings, campaigns and notices: texts of lists, in which several items on one line are a fault too.
    Lists,
    /// Reports and articles: prose, in which a sentence may count its parts.
    Prose,
    /// Other bodies: the lines of question banks have a form of their own, and those of products and pages are not judged.
    Other,
}

/// Lines between two empty lines that run together, and what they were meant to be.
#[derive(Debug)]
pub(super) struct LinesApart {
    /// All the lines, without the last line break, in bytes of the body.
    lines: Span,
    /// The first line that is joined to another, or that holds several parts.
    first: Span,
    /// How many parts lose their own line.
    count: usize,
    fault: LineFault,
    reason: Reason,
    repaired: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineFault {
    /// The line continues the paragraph before it.
    Joined,
    /// Blanks before the line make it code.
    Code,
    /// One line holds several parts.
    Glued,
}

impl LinesApart {
    /// Whether it covers a place of the body.
    pub(super) fn holds(&self, span: Span) -> bool {
        self.lines.start <= span.start && span.start < self.lines.end
    }

    /// The warning, at the first such line.
    pub(super) fn diagnostic(&self, source: &Arc<SourceFile>, body_start: usize) -> Diagnostic {
        let at = |span: Span| {
            let range = span.range();
            Span::new(body_start + range.start, body_start + range.end)
        };
        let count = self.count;
        let message = match self.fault {
            LineFault::Joined => say!(
                "这一行和上一行之间没有空行，印出来会连成一段（这里共有 {count} 处）",
                "no empty line stands before this line, so it runs into the line above (such lines here: {count})"
            ),
            LineFault::Code => say!(
                "行首有四个以上的空格，这几行会印成程序代码的样子",
                "four or more blanks begin these lines, so they are printed as program code"
            ),
            LineFault::Glued => say!(
                "这一行里有 {count} 条，印出来挤在一段里",
                "this line holds {count} parts, which are printed as one paragraph"
            ),
        };
        let first = self.repaired.lines().next().unwrap_or("");
        let reason = Text {
            zh: self.reason.zh().to_owned(),
            en: self.reason.en().to_owned(),
        };
        Diagnostic::warning("joined-lines", message)
            .at(source, at(self.first))
            .label(reason)
            .help(say!(
                "标题单独一行，前后空一行；每条写成“- ”或“1. ”开头。用 --fix 改好，从“{first}”开始",
                "put a heading on a line of its own between empty lines, and begin each item with `- ` or `1. `; --fix does so, from `{first}` on"
            ))
            .fix(at(self.lines), self.repaired.clone())
    }
}

/// The groups of lines in a body that run together although they were meant apart.
pub(super) fn lines_apart(
    body: &str,
    joined: &[u32],
    indented: &[Span],
    kind: TextKind,
) -> Vec<LinesApart> {
    let glued = if kind == TextKind::Lists {
        counting_lines(body)
    } else {
        Vec::new()
    };
    let is_silent = joined.is_empty() && indented.is_empty() && glued.is_empty();
    if kind == TextKind::Other || is_silent {
        return Vec::new();
    }
    let options = Options {
        format: Format::Markdown,
        ..Options::default()
    };
    let read = document_text::read(body, options);
    let base = base_level(&read, body);
    let indented = indented.iter().flat_map(|code| {
        let lines = body[code.range()].split_inclusive('\n');
        lines.scan(code.start, |at, line| {
            let start = *at;
            *at += u32::try_from(line.len()).unwrap_or(0);
            Some(start)
        })
    });
    let mut places: Vec<(u32, LineFault)> = joined
        .iter()
        .map(|at| (*at, LineFault::Joined))
        .chain(indented.map(|at| (at, LineFault::Code)))
        .chain(glued.into_iter().map(|at| (at, LineFault::Glued)))
        .collect();
    places.sort_unstable_by_key(|(at, _)| *at);
    let mut found: Vec<LinesApart> = Vec::new();
    for (at, fault) in places {
        let line = line_at(body, at);
        // Cells between tabs are a table that was pasted, for which another report has the repair.
        let blocks = blocks_in(&read.blocks, line);
        let is_row = body[line.range()].contains('\t')
            && read.blocks[blocks.clone()]
                .iter()
                .all(|block| block.kind == Kind::Paragraph);
        if is_row {
            continue;
        }
        let Some((count, reason)) = meant_apart(&read.blocks, blocks, fault) else {
            continue;
        };
        match found.last_mut() {
            Some(last) if line.start < last.lines.end => last.count += count,
            _ => {
                let lines = lines_around(body, line);
                let part = document_text::Outline {
                    format: read.format,
                    blocks: read.blocks[blocks_in(&read.blocks, lines)].to_vec(),
                    ..document_text::Outline::default()
                };
                found.push(LinesApart {
                    lines,
                    first: line,
                    count,
                    fault,
                    reason,
                    repaired: to_markdown(&part, base).trim_end().to_owned(),
                });
            }
        }
    }
    found.retain(|part| part.repaired != body[part.lines.range()]);
    found
}

/// How many parts of a line lose their own line on the page, and why the first of them is a part; nothing where the page
/// is as the author meant.
fn meant_apart(
    all: &[Block],
    blocks: std::ops::Range<usize>,
    fault: LineFault,
) -> Option<(usize, Reason)> {
    let own = all.get(blocks.clone())?;
    let first = own.first()?;
    if own.iter().any(|block| block.kind == Kind::Verbatim) {
        return None;
    }
    match fault {
        LineFault::Glued => {
            let is_part =
                |block: &&Block| !matches!(block.kind, Kind::Paragraph | Kind::Label { .. });
            let count = own.iter().filter(is_part).count();
            (own.len() > 1 && count > 1).then_some((count, first.reason))
        }
        LineFault::Joined if is_one_sentence(all, blocks.start) => None,
        LineFault::Joined | LineFault::Code => Some((1, first.reason)),
    }
}

/// A full line has at least so many characters; a shorter one was ended by its author.
const FULL_LINE: usize = 20;

/// Whether a plain line goes on with the sentence of a full plain line before it, so that to join them is right.
fn is_one_sentence(all: &[Block], at: usize) -> bool {
    let is_plain = |block: &Block| block.reason == Reason::Plain;
    let Some(before) = at.checked_sub(1).and_then(|before| all.get(before)) else {
        return false;
    };
    let words = before.text.as_str().trim_end();
    let is_ended = words.ends_with([
        '。', '！', '？', '；', '：', '.', '!', '?', ';', ':', '”', '）',
    ]);
    is_plain(before) && is_plain(&all[at]) && !is_ended && words.chars().count() >= FULL_LINE
}

/// The first bytes of lines that may hold several parts: a second number is inside the line, as in `…；2、…` or `…②…`.
/// It only decides whether the body is read at all; the reader decides where a line is cut.
fn counting_lines(body: &str) -> Vec<u32> {
    const SECOND: [&str; 9] = ["2、", "2.", "2．", "2）", "2)", "②", "二、", "（二）", "⑵"];
    let mut at = 0;
    let mut found = Vec::new();
    for line in body.split_inclusive('\n') {
        let inside = |mark: &&str| line.find(*mark).is_some_and(|place| place > 0);
        if SECOND.iter().any(inside) {
            found.push(at);
        }
        at += u32::try_from(line.len()).unwrap_or(0);
    }
    found
}

/// The number signs of the outline's uppermost headings: those of the author, or two.
fn base_level(read: &document_text::Outline, body: &str) -> u8 {
    let author = read.blocks.iter().find_map(|block| match block.kind {
        Kind::Heading { level } if block.reason == Reason::MarkdownHeading => {
            let line = &body[line_at(body, block.place.span.start).range()];
            let signs = line.trim_start().chars().take_while(|c| *c == '#').count();
            u8::try_from(signs)
                .ok()?
                .checked_sub(level.saturating_sub(1))
        }
        _ => None,
    });
    author.unwrap_or(2).max(1)
}

/// The blocks that begin in a part of the source.
fn blocks_in(blocks: &[Block], part: Span) -> std::ops::Range<usize> {
    let from = blocks.partition_point(|block| block.place.span.start < part.start);
    let to = blocks.partition_point(|block| block.place.span.start < part.end);
    from..to.max(from)
}

/// The line that holds a byte, without its line break.
fn line_at(body: &str, at: u32) -> Span {
    let at = at as usize;
    let start = body[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = body[at..]
        .find('\n')
        .map_or(body.len(), |length| at + length);
    Span::new(start, end)
}

/// The lines around a line up to the next empty lines.
fn lines_around(body: &str, line: Span) -> Span {
    let is_empty = |line: &str| line.trim().is_empty();
    let (mut start, mut end) = (line.start as usize, line.end as usize);
    while start > 0 {
        let before = line_at(body, Span::new(start - 1, start).start);
        if is_empty(&body[before.range()]) {
            break;
        }
        start = before.start as usize;
    }
    while end < body.len() {
        let after = line_at(body, Span::new(end + 1, end + 1).start);
        if is_empty(&body[after.range()]) {
            break;
        }
        end = after.end as usize;
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Blanks, Profile, outline};

    fn found(body: &str, kind: TextKind) -> Vec<LinesApart> {
        let outline = outline(body, Profile::new(Blanks::None, true));
        lines_apart(body, &outline.joined, &outline.indented, kind)
    }

    /// The body with every repair made, and that nothing is left to repair in it.
    fn repaired(body: &str) -> String {
        let mut text = body.to_owned();
        for part in found(body, TextKind::Lists).iter().rev() {
            text.replace_range(part.lines.range(), &part.repaired);
        }
        assert!(found(&text, TextKind::Lists).is_empty(), "{text}");
        text
    }

    #[test]
    fn lines_that_would_run_together_get_their_own_lines() {
        for (body, wanted) in [
            (
                "工作内容：\n1. 接待客户；\n2. 整理资料。\n我们希望你：\n1. 细心；\n2. 守时。\n",
                "## 工作内容\n\n1. 接待客户；\n2. 整理资料。\n\n## 我们希望你\n\n1. 细心；\n2. 守时。\n",
            ),
            (
                "## 待遇\n\n※五险一金\n※带薪年假\n",
                "## 待遇\n\n- 五险一金\n- 带薪年假\n",
            ),
            (
                "Ø\t接待客户；\nØ\t整理资料。\n",
                "- 接待客户；\n- 整理资料。\n",
            ),
            (
                "      接待来访的客户，登记他们的需求。\n      整理当天的资料，交给主管。\n",
                "接待来访的客户，登记他们的需求。\n\n整理当天的资料，交给主管。\n",
            ),
            (
                "任职要求：1、本科及以上学历；2、持有会计证书；3、能够出差。\n",
                "## 任职要求\n\n1. 本科及以上学历；\n2. 持有会计证书；\n3. 能够出差。\n",
            ),
            (
                "联系人：人力资源部\n咨询电话：021-5550 0100\n",
                "联系人：人力资源部\n\n咨询电话：021-5550 0100\n",
            ),
        ] {
            assert_eq!(repaired(body), wanted, "{body}");
        }
    }

    #[test]
    fn what_is_right_and_what_was_broken_at_its_width_is_not_reported() {
        for body in [
            "## 工作内容\n\n1. 接待客户；\n2. 整理资料。\n",
            "本行在这座城市有三十家网点，每家网点都有自己的客户经理团队，他们每\n天走访附近的企业，了解这些企业在经营中遇到的资金问题，再回到行里和\n审批人员一起商量怎样帮助它们。\n",
            "岗位\t人数\n柜员\t2\n",
            "```\n1、甲\n2、乙\n```\n",
            "第一行\\\n第二行\n",
            "咨询时间是2.5小时。地址在2、3号楼之间。\n",
        ] {
            assert!(found(body, TextKind::Lists).is_empty(), "{body}");
        }
        let counted = "审批看三点：（1）用途；（2）还款来源；（3）担保。\n";
        assert!(found(counted, TextKind::Prose).is_empty());
        assert!(found("1、甲\n2、乙\n", TextKind::Other).is_empty());
    }
}
