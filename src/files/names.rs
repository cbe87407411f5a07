//! The rules for names that mean the same file on every system, server and archive. Enters: a name, or a path with `/`
//! between its names. Leaves: its fault. The rules are the same for reading, linking, writing, the manifest and the
//! comparison of commits.

use unicode_normalization::UnicodeNormalization;

/// The fault of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// A control character, such as the end of a line.
    Control(char),
    /// A character that is invisible, or that changes the direction of reading.
    Invisible(char),
    /// A sign that separates folders, drives or streams on some systems.
    Separator(char),
    /// A sign that Windows reserves.
    Reserved(char),
    /// The name of a Windows device, with any extension.
    Device,
    /// A full stop or a space at the end, which Windows cuts off.
    End(char),
    /// A space at the beginning.
    LeadingSpace,
    /// More than 255 bytes.
    TooLong,
}

/// The largest number of bytes in a name, as in file systems of Linux and in most archives.
pub const MAX_NAME: usize = 255;

impl NameFault {
    /// Whether the program refuses to publish the name, since on other systems it would mean another file or no file.
    /// The other faults cause problems only on Windows.
    pub fn is_grave(self) -> bool {
        !matches!(
            self,
            NameFault::Reserved(_) | NameFault::Device | NameFault::LeadingSpace
        )
    }
}

/// The gravest fault of a name; `None` if it has no fault.
pub fn name_fault(name: &str) -> Option<NameFault> {
    let mut before = None;
    let mut sign = None;
    for c in name.chars() {
        match c {
            '\\' | ':' | '/' => return Some(NameFault::Separator(c)),
            '*' | '?' | '"' | '<' | '>' | '|' => sign = sign.or(Some(c)),
            _ if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                return Some(NameFault::Control(c));
            }
            _ if is_invisible(c, before) => return Some(NameFault::Invisible(c)),
            _ => {}
        }
        before = Some(c);
    }
    if let Some(end) = before.filter(|c| *c == '.' || c.is_whitespace()) {
        return Some(NameFault::End(end));
    }
    if name.len() > MAX_NAME {
        return Some(NameFault::TooLong);
    }
    if let Some(sign) = sign {
        return Some(NameFault::Reserved(sign));
    }
    if is_device(name) {
        return Some(NameFault::Device);
    }
    name.starts_with(char::is_whitespace)
        .then_some(NameFault::LeadingSpace)
}

/// The first name with a grave fault in a path, or else the first name with any fault.
pub fn path_fault(path: &str) -> Option<(&str, NameFault)> {
    let faults = || {
        path.split('/')
            .filter_map(|name| Some((name, name_fault(name)?)))
    };
    faults()
        .find(|(_, fault)| fault.is_grave())
        .or_else(|| faults().next())
}

/// Whether the program may write a file to a path of the portal.
pub fn is_publishable(path: &str) -> bool {
    is_contained(path) && path_fault(path).is_none_or(|(_, fault)| !fault.is_grave())
}

/// Whether a path stays inside the folder that it is joined to, on every system. A publish is safe with such paths,
/// even if their names have faults.
pub fn is_contained(path: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name != "." && !name.contains('\0');
    let bytes = path.as_bytes();
    let has_drive =
        bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    path.split('/').all(is_name)
        && !path.starts_with('\\')
        && !has_drive
        && path.split(['/', '\\']).all(|name| name != "..")
}

/// Whether a character has no width, or changes the direction of reading. `before` is the character before it, since
/// U+200D is allowed after an emoji, which it joins with the next one.
fn is_invisible(c: char, before: Option<char>) -> bool {
    let is_emoji =
        |c: char| matches!(c, '\u{FE0F}' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}');
    match c {
        '\u{200D}' => !before.is_some_and(is_emoji),
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => true,
        _ => is_forbidden(c),
    }
}

/// Whether a character is a control character or a noncharacter, which texts do not need and XML forbids.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FDD0}'..='\u{FDEF}')
        || (c as u32 & 0xFFFE) == 0xFFFE
}

/// Whether a name is that of a Windows device, which exists in every folder: `CON`, `nul.txt`, `COM1`, or `COM¹` with a
/// superscript number.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let upper = stem.to_ascii_uppercase();
    if matches!(
        upper.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
    ) {
        return true;
    }
    let number = upper
        .strip_prefix("COM")
        .or_else(|| upper.strip_prefix("LPT"));
    number.is_some_and(|number| {
        let mut digits = number.chars();
        matches!(
            (digits.next(), digits.next()),
            (Some('1'..='9' | '¹' | '²' | '³'), None)
        )
    })
}

/// A name for the comparison on systems that ignore case and the encoding of accents.
pub fn fold_name(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let upper = name.nfd().flat_map(char::to_uppercase);
    let lower = upper.flat_map(char::to_lowercase);
    lower.nfc().collect()
}

/// Paths that are equal on a system that ignores case or the encoding of accents: pairs of the first path and a later
/// one. The paths of folders take part too, and a clash of folders appears once.
pub fn clashes<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    let mut first: std::collections::BTreeMap<String, &'a str> = std::collections::BTreeMap::new();
    let mut found: Vec<(&str, &str)> = Vec::new();
    // The folder of the last path, up to the first clash. Most paths share it, so it need not be looked up again.
    let mut known_folder = "";
    for path in paths {
        let skipped = match path.strip_prefix(known_folder) {
            Some(rest) if rest.starts_with('/') && !known_folder.is_empty() => {
                known_folder.len() + 1
            }
            _ => 0,
        };
        let ends = path[skipped..]
            .match_indices('/')
            .map(|(at, _)| skipped + at)
            .chain([path.len()]);
        let mut folder = &path[..skipped.saturating_sub(1)];
        for end in ends {
            let whole = &path[..end];
            match first.entry(fold_name(whole)) {
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(whole);
                }
                std::collections::btree_map::Entry::Occupied(taken) if *taken.get() != whole => {
                    let pair = (*taken.get(), whole);
                    if found.last() != Some(&pair) {
                        found.push(pair);
                    }
                    break;
                }
                std::collections::btree_map::Entry::Occupied(_) => {}
            }
            if end < path.len() {
                folder = whole;
            }
        }
        known_folder = folder;
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_other_systems_read_differently_have_faults() {
        use NameFault::{
            Control, Device, End, Invisible, LeadingSpace, Reserved, Separator, TooLong,
        };
        let long = "岗".repeat(86);
        for (name, fault) in [
            ("a\nb", Control('\n')),
            ("a\r", Control('\r')),
            ("a\tb", Control('\t')),
            ("a\u{7F}", Control('\u{7F}')),
            ("a\u{9B}b", Control('\u{9B}')),
            ("a\u{2028}b", Control('\u{2028}')),
            ("a\u{202E}fdp.exe", Invisible('\u{202E}')),
            ("a\u{200B}b", Invisible('\u{200B}')),
            ("\u{FEFF}a", Invisible('\u{FEFF}')),
            ("a\u{200D}b", Invisible('\u{200D}')),
            ("a\\b", Separator('\\')),
            ("a:b", Separator(':')),
            ("a*", Reserved('*')),
            ("a?b", Reserved('?')),
            ("\"a\"", Reserved('"')),
            ("<a>", Reserved('<')),
            ("a|b", Reserved('|')),
            ("CON", Device),
            ("con.md", Device),
            ("Aux .tar.gz", Device),
            ("lpt9.txt", Device),
            ("COM¹", Device),
            ("a.", End('.')),
            ("a.md ", End(' ')),
            ("a\u{3000}", End('\u{3000}')),
            (" a", LeadingSpace),
            (long.as_str(), TooLong),
        ] {
            assert_eq!(name_fault(name), Some(fault), "{name:?}");
        }
        for name in [
            "柜员（上海）.md",
            "a：b？.pdf",
            "console.md",
            "COM0",
            "COM10",
            "LPT",
            "a b.pdf",
            ".htaccess",
            "👩‍💻.png",
            "é.md",
            "100%#1.pdf",
        ] {
            assert_eq!(name_fault(name), None, "{name:?}");
        }
    }

    #[test]
    fn paths_that_leave_their_folder_are_distinguished_from_unusual_ones() {
        for path in [
            "../x",
            "a/../x",
            "a\\..\\b",
            "..\\x",
            "/etc",
            "\\\\server\\x",
            "C:\\x",
            "c:x",
            "C:/x",
            "a//b",
            "a/",
            "./a",
            "",
            "a\0b",
        ] {
            assert!(!is_contained(path), "{path:?}");
        }
        for path in ["back\\slash.txt", "a\nb/c", "x\r", "..a/b..", "ab:c"] {
            assert!(is_contained(path) && !is_publishable(path), "{path:?}");
        }
        assert!(is_publishable("jobs/柜员/index.html") && is_publishable("a?b/CON.txt"));
    }

    #[test]
    fn files_and_folders_whose_names_differ_only_in_case_or_accents_clash() {
        let of = |paths: &[&'static str]| clashes(paths.iter().copied());
        assert_eq!(of(&["a/B.md", "a/b.md"]), [("a/B.md", "a/b.md")]);
        assert_eq!(of(&["Docs/a", "docs/a", "docs/b"]), [("Docs", "docs")]);
        assert_eq!(of(&["A", "a/b"]), [("A", "a")]);
        assert_eq!(
            of(&["caf\u{E9}", "cafe\u{301}"]),
            [("caf\u{E9}", "cafe\u{301}")]
        );
        assert_eq!(of(&["stra\u{DF}e", "STRASSE"]).len(), 1);
        assert!(of(&["a/b", "a/c", "a/d/e", "a/d/f", "b/a", "a/d/g"]).is_empty());
        // A known folder does not cover another folder whose name only begins in the same way.
        assert_eq!(of(&["ab/c", "abc/d", "AB/e"]), [("ab", "AB")]);
    }
}
