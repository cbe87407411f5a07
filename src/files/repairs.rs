//! Repairs: the changes that `check --fix` makes. Enters: a file as it lies on the disk, the text that was read from
//! it, and repairs at that text's bytes. Leaves: the file's new bytes. Nothing but the repairs changes: line ends and
//! the byte order mark stay.

use crate::diagnostic::Fix;

/// The byte order mark of UTF-8.
const MARK: &str = "\u{FEFF}";

/// The file with repairs; `None` where it is not UTF-8, since the positions of the text are then not those of the file.
/// If two repairs overlap, only the first is made.
pub fn repair(original: &[u8], text: &str, fixes: &[Fix]) -> Option<Vec<u8>> {
    let whole = std::str::from_utf8(original).ok()?;
    let mark = if whole.starts_with(MARK) {
        MARK.len()
    } else {
        0
    };
    let offsets = Offsets::new(&whole[mark..], text)?;
    // A repair of several lines ends them as the file does.
    let line_end = match whole.contains('\r') {
        true if whole.contains("\r\n") => "\r\n",
        true if !whole.contains('\n') => "\r",
        _ => "\n",
    };
    let mut fixes: Vec<&Fix> = fixes.iter().collect();
    fixes.sort_by_key(|fix| (fix.span, fix.text.clone()));
    let mut out = Vec::with_capacity(original.len() + fixes.len());
    let mut at = 0;
    for fix in fixes {
        let (start, end) = (fix.span.start as usize, fix.span.end as usize);
        let (start, end) = (mark + offsets.original(start), mark + offsets.original(end));
        if start < at || end > original.len() {
            continue;
        }
        out.extend_from_slice(&original[at..start]);
        out.extend_from_slice(fix.text.replace('\n', line_end).as_bytes());
        at = end;
    }
    out.extend_from_slice(&original[at..]);
    Some(out)
}

/// Where the bytes of the text that was read lie in the file: a Windows line end has one byte more.
struct Offsets {
    /// Bytes of the text that begin a line whose line end before it lost a byte.
    shifts: Vec<usize>,
}

impl Offsets {
    fn new(original: &str, text: &str) -> Option<Offsets> {
        let mut shifts = Vec::new();
        let mut read = String::with_capacity(text.len());
        let mut characters = original.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '\r' => {
                    read.push('\n');
                    if characters.next_if_eq(&'\n').is_some() {
                        shifts.push(read.len());
                    }
                }
                c => read.push(c),
            }
        }
        (read == text).then_some(Offsets { shifts })
    }

    fn original(&self, at: usize) -> usize {
        at + self.shifts.partition_point(|shift| *shift <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn fix(text: &str, what: &str, with: &str) -> Fix {
        let at = text.find(what).expect("there");
        Fix {
            span: Span::new(at, at + what.len()),
            text: with.to_owned(),
        }
    }

    #[test]
    fn only_the_repair_changes_whatever_the_line_ends() {
        let text = "标题：柜员\n发布日期: 2026/11/21\n正文\n";
        let fixes = [
            fix(text, "2026/11/21", "2026-11-21"),
            fix(text, "：", ": "),
            fix(text, "正文", "- 正\n- 文"),
        ];
        let repaired = "标题: 柜员\n发布日期: 2026-11-21\n- 正\n- 文\n";
        for (end, mark) in [("\n", ""), ("\r\n", ""), ("\r\n", MARK), ("\r", "")] {
            let original = format!("{mark}{}", text.replace('\n', end));
            let wanted = format!("{mark}{}", repaired.replace('\n', end));
            assert_eq!(
                repair(original.as_bytes(), text, &fixes),
                Some(wanted.into_bytes())
            );
        }
    }

    #[test]
    fn the_first_of_two_overlapping_repairs_is_made_and_other_encodings_are_left_alone() {
        let fixes = [fix("abc", "ab", "x"), fix("abc", "bc", "y")];
        assert_eq!(repair(b"abc", "abc", &fixes), Some(b"xc".to_vec()));
        assert_eq!(repair(&[0xB1, 0xEA], "标", &[]), None);
        assert_eq!(repair(b"abd", "abc", &fixes), None);
    }
}
