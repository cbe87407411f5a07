//! Typos of an input method in YAML: full-width colons and spaces, a missing space, a tab. Enters: the text of a YAML
//! block. Leaves: the repaired text, the changes, and the origin of each byte. The file is never changed,
//! and nothing that YAML itself can read is given another meaning: scalars, quotations and flow lists stay as they are.

use super::{Keys, NoKeys};
use crate::diagnostic::{Diagnostic, Sink};
use crate::say;
use crate::text::{SourceFile, Span};
use std::ops::Range;
use std::sync::Arc;

mod lines;

/// A typo of an input method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typo {
    /// `标题：值`
    FullWidthColon,
    /// `标题:值`
    MissingSpace,
    /// An ideographic or a no-break space as indentation or after a colon or a hyphen.
    FullWidthSpace,
    /// A tab as indentation.
    Tab,
}

/// One replacement of bytes.
#[derive(Debug, Clone)]
struct TypoEdit {
    typo: Typo,
    /// The bytes to point at.
    marked: Range<usize>,
    /// The bytes replaced.
    range: Range<usize>,
    /// The replacement.
    with: String,
}

/// A YAML block as it was meant.
#[derive(Debug, Default)]
pub struct Repaired {
    /// The text that the YAML library reads.
    pub text: String,
    edits: Vec<TypoEdit>,
    /// Where each replacement begins in the repaired text.
    starts: Vec<usize>,
}

impl Repaired {
    /// The byte of the original that a byte of the repaired text comes from; inside a replacement, its first.
    pub fn original(&self, offset: usize) -> usize {
        let after = self.starts.partition_point(|&start| start <= offset);
        let Some(last) = after.checked_sub(1) else {
            return offset;
        };
        let edit = &self.edits[last];
        match (offset - self.starts[last]).checked_sub(edit.with.len()) {
            Some(beyond) => edit.range.end + beyond,
            None => edit.range.start,
        }
    }

    /// Reports how every typo was read; `base` is where the block begins in its file.
    pub fn report(&self, file: &Arc<SourceFile>, base: usize, sink: &mut Sink) {
        for edit in &self.edits {
            let (code, message, help) = edit.typo.wording();
            let span = Span::new(base + edit.marked.start, base + edit.marked.end);
            let replaced = Span::new(base + edit.range.start, base + edit.range.end);
            let note = Diagnostic::note(code, message).at(file, span).help(help);
            sink.push(note.fix(replaced, edit.with.clone()));
        }
    }
}

impl Typo {
    fn wording(
        self,
    ) -> (
        &'static str,
        crate::diagnostic::Text,
        crate::diagnostic::Text,
    ) {
        match self {
            Typo::FullWidthColon => (
                "full-width-colon",
                say!(
                    "这里的冒号是全角，已当作半角读",
                    "this colon is full-width and was read as a half-width one"
                ),
                say!(
                    "改成半角冒号“:”，后面空一格",
                    "write a half-width colon and a space: `: `"
                ),
            ),
            Typo::MissingSpace => (
                "missing-space",
                say!(
                    "这里的冒号后面没有空格，已当作有空格读",
                    "no space follows this colon; it was read as if one did"
                ),
                say!("冒号后面空一格", "put a space after the colon"),
            ),
            Typo::FullWidthSpace => (
                "full-width-space",
                say!(
                    "这里的空格不是普通空格，已当作普通空格读",
                    "this is no ordinary space; it was read as one"
                ),
                say!(
                    "删去它，在半角状态下重新按空格键",
                    "delete it and type an ordinary space"
                ),
            ),
            Typo::Tab => (
                "tab-indent",
                say!(
                    "这里用Tab缩进，已当作空格读",
                    "this line is indented with a tab, which was read as spaces"
                ),
                say!("缩进改用空格，每层两个", "indent with spaces, two a level"),
            ),
        }
    }
}

/// Repairs the typos of a block; `None` where there is none.
pub fn repair(text: &str, keys: &dyn Keys) -> Option<Repaired> {
    if !is_suspicious(text) {
        return None;
    }
    let edits = lines::Scanner::new(text, keys).scan();
    if edits.is_empty() {
        return None;
    }
    let mut repaired = String::with_capacity(text.len() + edits.len());
    let mut starts = Vec::with_capacity(edits.len());
    let mut at = 0;
    for edit in &edits {
        repaired.push_str(&text[at..edit.range.start]);
        starts.push(repaired.len());
        repaired.push_str(&edit.with);
        at = edit.range.end;
    }
    repaired.push_str(&text[at..]);
    Some(Repaired {
        text: repaired,
        edits,
        starts,
    })
}

/// The byte of the outermost bracket or brace of a block that is not closed before the block's end.
pub fn open_bracket(text: &str) -> Option<usize> {
    lines::Scanner::new(text, &NoKeys).open_bracket()
}

/// Whether a text holds any character that typos consist of. Most blocks do not.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.contains(&b'\t')
        || bytes
            .windows(2)
            .any(|pair| pair[0] == b':' && !matches!(pair[1], b' ' | b'\n'))
        || text.contains(['：', '\u{3000}', '\u{A0}'])
        || text.ends_with(':')
}

#[cfg(test)]
mod tests {
    //! Typos as authors make them, and texts that only look like typos.

    use super::*;
    use crate::kinds::KEYS;

    /// The text that a block is read as: the repaired one, or the block itself.
    fn meant(text: &str) -> String {
        repair(text, &*KEYS).map_or(text.to_owned(), |repaired| repaired.text)
    }

    /// The typos with the words of the original that they point at.
    fn reported(text: &str) -> Vec<(Typo, &str)> {
        let edits = repair(text, &*KEYS).map_or(Vec::new(), |repaired| repaired.edits);
        edits
            .into_iter()
            .map(|edit| (edit.typo, &text[edit.marked]))
            .collect()
    }

    #[test]
    fn typos_are_read_as_meant() {
        for (written, expected) in [
            ("标题：柜员", "标题: 柜员"),
            ("标题： 柜员", "标题: 柜员"),
            ("标题：　柜员", "标题: 柜员"),
            ("标题 ：柜员", "标题 : 柜员"),
            ("标题:柜员", "标题: 柜员"),
            ("title:Teller", "title: Teller"),
            ("标题:　柜员", "标题: 柜员"),
            ("标题:\u{A0}柜员", "标题: 柜员"),
            ("标题: 　柜员", "标题: 柜员"),
            ("标题：", "标题:"),
            ("标题:　", "标题:"),
            ("学历：\n部门: 甲", "学历:\n部门: 甲"),
            ("标题：岗位：柜员", "标题: 岗位：柜员"),
            ("标题：2026年：柜员", "标题: 2026年：柜员"),
            ("标签：[甲, 乙]", "标签: [甲, 乙]"),
            ("标题：\"甲：乙\"", "标题: \"甲：乙\""),
            ("\"标题\"：甲", "\"标题\": 甲"),
            ("标题：柜员 # 注：一", "标题: 柜员 # 注：一"),
            (
                "应聘方式：\n  网址：https://a.example\n  邮箱:a@b.example",
                "应聘方式: \n  网址: https://a.example\n  邮箱: a@b.example",
            ),
            (
                "应聘方式:\n　网址: https://a.example",
                "应聘方式:\n  网址: https://a.example",
            ),
            (
                "应聘方式:\n\u{A0}\u{A0}网址: https://a.example",
                "应聘方式:\n  网址: https://a.example",
            ),
            (
                "应聘方式:\n\t网址: https://a.example\n\t邮箱: a@b.example",
                "应聘方式:\n  网址: https://a.example\n  邮箱: a@b.example",
            ),
            (
                "招聘人数:\n  上海：2\n  北京：3",
                "招聘人数:\n  上海: 2\n  北京: 3",
            ),
            (
                "- id：a\n  name：甲\n- id：b\n  name：乙",
                "- id: a\n  name: 甲\n- id: b\n  name: 乙",
            ),
            ("-　id: a\n   name: 甲", "-  id: a\n   name: 甲"),
            ("标签:\n-　甲\n- 乙", "标签:\n-  甲\n- 乙"),
            (
                "说明: |\n　　第一：段\n　　第二段\n标题：甲",
                "说明: |\n    第一：段\n    第二段\n标题: 甲",
            ),
            ("标题: 甲\n　\n部门: 乙", "标题: 甲\n  \n部门: 乙"),
            ("学历:\n　\n部门: 乙", "学历:\n  \n部门: 乙"),
            (
                "简介: >\n  甲：乙\n\n  丙：丁\n标题：戊",
                "简介: >\n  甲：乙\n\n  丙：丁\n标题: 戊",
            ),
            (
                "简介: \"甲\n  乙：丙\"\n标题：丁",
                "简介: \"甲\n  乙：丙\"\n标题: 丁",
            ),
        ] {
            let expected = expected.replace(": \n", ":\n");
            assert_eq!(meant(written), expected, "{written}");
        }
    }

    #[test]
    fn what_yaml_can_read_keeps_its_meaning() {
        for text in [
            "标题: 岗位：柜员",
            "标题: 岗位:柜员",
            "标题: 柜员\n  说明：甲",
            "说明: |\n  标题：甲\n  标题:乙",
            "说明: |-\n\n    标题：甲\n  网址:　乙",
            "说明: >\n  标题：甲",
            "- |\n  标题：甲",
            "标题: \"甲\n  部门：乙\"",
            "标题: '甲''\n  部门：乙'",
            "标签: [甲：乙, 丙:丁]",
            "标签: [甲,\n  乙：丙,\n  丁]",
            "组织: {名称：甲}",
            "# 标题：甲",
            "  # 标题：甲",
            "标题: 甲 # 注：乙",
            "材料:\n  - 身份证：复印件\n  - 学历证书：原件",
            "福利待遇:\n- 保险：五险一金\n- https://a.example",
            "福利待遇:\n  - 08:30上班",
            "简介:\n  请注意：带身份证",
            "简介:\n  标题：甲",
            "https://a.example",
            "请您注意。标题：甲",
            "“标题”：甲",
            "标题: 甲\n\t部门: 乙",
            "应聘方式:\n  网址: https://a.example\n\t邮箱: a@b.example",
            "标题：甲: 乙",
            "t: {甲: \"：\"}\ncolon: ：",
            "标题: &甲 乙：丙",
            "",
            ":",
            "：",
        ] {
            assert_eq!(reported(text), [], "{text}");
        }
    }

    #[test]
    fn each_typo_is_reported_at_its_own_characters() {
        for (text, expected) in [
            ("部门: 甲\n标题：柜员", (Typo::FullWidthColon, "：")),
            ("标题:柜员", (Typo::MissingSpace, ":")),
            ("标题:　柜员", (Typo::FullWidthSpace, "　")),
            ("应聘方式:\n　网址: a", (Typo::FullWidthSpace, "　")),
            ("应聘方式:\n\t网址: a", (Typo::Tab, "\t")),
        ] {
            assert_eq!(reported(text), [expected], "{text}");
        }
    }

    #[test]
    fn every_byte_of_the_repaired_text_leads_back() {
        let text = "标题：　柜员\n应聘方式:\n　网址:https://a.example\n部门：公司金融部\n";
        let repaired = repair(text, &*KEYS).expect("typos");
        for word in [
            "标题",
            "柜员",
            "应聘方式",
            "网址",
            "https",
            "部门",
            "公司金融部",
        ] {
            let at = repaired.text.find(word).expect(word);
            assert_eq!(Some(repaired.original(at)), text.find(word), "{word}");
            let end = repaired.original(at + word.len());
            assert!(text[..end].ends_with(word), "{word}");
        }
        assert_eq!(repaired.original(repaired.text.len()), text.len());
        for offset in 0..=repaired.text.len() {
            assert!(repaired.original(offset) <= text.len());
        }
    }

    #[test]
    fn hostile_blocks_take_linear_time() {
        for odd in [
            "：\n",
            "a：b\n",
            "- ",
            "- a：b\n",
            "　",
            "\t\n",
            "\"",
            "[",
            "a:b\n",
            "：",
            "a: |\n",
            "-　",
        ] {
            repair(&odd.repeat(50_000), &*KEYS);
        }
        let deep: Vec<String> = (0..600)
            .map(|depth| format!("{}应聘方式：\n", " ".repeat(depth)))
            .collect();
        repair(&deep.concat(), &*KEYS);
    }
}
