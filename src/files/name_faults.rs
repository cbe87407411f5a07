//! Reports names that cannot be published. Enters: names as they are on the disk. Leaves: diagnostics at the file, each
//! with the repair.

use super::encoding::gbk_name;
use super::names::{MAX_NAME, NameFault, name_fault};
use crate::diagnostic::{Diagnostic, Text, visible};
use crate::say;

/// Reports the fault of the name of a file or folder in the site; `None` if the name has no fault.
pub fn report_name(path: &str, name: &str) -> Option<Diagnostic> {
    let fault = name_fault(name)?;
    let message = fault_message(fault, &visible(name));
    let repair = repaired(name);
    let help = if repair.is_empty() {
        say!("给它换个名字", "give it another name")
    } else {
        say!("改名为“{repair}”", "rename it `{repair}`")
    };
    let diagnostic = if fault.is_grave() {
        Diagnostic::error("unpublishable-name", message)
    } else {
        Diagnostic::warning("unpublishable-name", message)
    };
    Some(diagnostic.in_path(path).help(help))
}

/// The message for the fault of a name.
fn fault_message(fault: NameFault, name: &str) -> Text {
    let code = |c: char| format!("U+{:04X}", c as u32);
    match fault {
        NameFault::Control(c) => say!(
            "文件名“{name}”里有控制字符（{0}），不能发布",
            "the name `{name}` holds a control character ({0}) and cannot be published",
            code(c)
        ),
        NameFault::Invisible(c) => say!(
            "文件名“{name}”里有看不见的字符（{0}），不能发布",
            "the name `{name}` holds an invisible character ({0}) and cannot be published",
            code(c)
        ),
        NameFault::Separator(c) => say!(
            "文件名“{name}”里有“{c}”，别的系统会当作文件夹或磁盘，不能发布",
            "the name `{name}` holds `{c}`, which other systems take for a folder or a drive, and cannot be published"
        ),
        NameFault::Reserved(c) => say!(
            "文件名“{name}”里有“{c}”，在 Windows 上打不开",
            "the name `{name}` holds `{c}` and cannot be opened on Windows"
        ),
        NameFault::Device => say!(
            "“{name}”在 Windows 上是设备的名字，那里打不开",
            "`{name}` is the name of a device on Windows and cannot be opened there"
        ),
        NameFault::End(_) => say!(
            "文件名“{name}”的末尾是句点或空格，别的系统会把它去掉，不能发布",
            "the name `{name}` ends in a full stop or a space, which other systems cut off, and cannot be published"
        ),
        NameFault::LeadingSpace => say!(
            "文件名“{name}”的开头是空格，很容易看漏",
            "the name `{name}` begins with a space, which is easily overlooked"
        ),
        NameFault::TooLong => say!(
            "文件名有 {0} 个字节，太长了，最多 {MAX_NAME} 个字节（约 {1} 个汉字）",
            "the name has {0} bytes and is too long; the limit is {MAX_NAME} bytes, about {1} Chinese characters",
            name.len(),
            MAX_NAME / 3
        ),
    }
}

/// The name after its repair; empty if the program knows no repair.
fn repaired(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    for c in name.chars() {
        match name_fault(c.encode_utf8(&mut [0; 4])) {
            Some(NameFault::Separator(_) | NameFault::Reserved(_)) => kept.push('-'),
            Some(NameFault::Control(_)) if !kept.ends_with('-') => kept.push('-'),
            Some(NameFault::Control(_)) => {}
            Some(NameFault::Invisible(_)) if c != '\u{200D}' => {}
            _ => kept.push(c),
        }
    }
    let mut kept = kept
        .trim()
        .trim_end_matches(['.', ' ', '\u{3000}', '-'])
        .to_owned();
    if name_fault(&kept) == Some(NameFault::TooLong) {
        let ending = match kept.rsplit_once('.') {
            Some((_, ending)) if ending.len() <= 10 => format!(".{ending}"),
            _ => String::new(),
        };
        // The limit leaves room for suffixes that the program adds to a name.
        while kept.len() + ending.len() > 200 {
            kept.pop();
        }
        kept.push_str(&ending);
    }
    if name_fault(&kept) == Some(NameFault::Device) {
        kept.insert_str(kept.find('.').unwrap_or(kept.len()), "-1");
    }
    if name_fault(&kept).is_some() {
        // A joiner that follows no emoji can still be a fault.
        kept.retain(|c| c != '\u{200D}');
    }
    if name_fault(&kept).is_some() {
        String::new()
    } else {
        kept
    }
}

/// Reports a name that is not UTF-8. `folder` is the path of its folder, and `bytes` are the bytes of the name.
pub fn report_undecodable(folder: &str, bytes: &[u8]) -> Diagnostic {
    let lossy = String::from_utf8_lossy(bytes).into_owned();
    let decoded = gbk_name(bytes).filter(|name| name_fault(name).is_none());
    let message = say!(
        "有一个名字不是 UTF-8 编码（“{0}”），没有读，也没有发布",
        "a name is not UTF-8 (`{0}`), so the file was neither read nor published",
        decoded
            .as_deref()
            .map_or_else(|| visible(&lossy).into_owned(), str::to_owned)
    );
    let prefix = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let command = format!(
        "mv -- {} {}",
        shell_bytes(&prefix, bytes),
        shell_text(&format!(
            "{prefix}{}",
            decoded.as_deref().unwrap_or("renamed")
        ))
    );
    let help = if let Some(name) = &decoded {
        say!(
            "按 GBK 读是“{name}”，多半是在中文 Windows 上打的压缩包。改名：{command}",
            "read as GBK it is `{name}`; it probably comes from an archive made on Chinese Windows. Rename it: {command}"
        )
    } else {
        say!("换一个名字：{command}", "give it another name: {command}")
    };
    Diagnostic::error("unpublishable-name", message)
        .in_path(format!("{prefix}{lossy}"))
        .help(help)
}

/// Quotes a path for a shell. Octal escapes replace the control characters of the folder, and all bytes of the name
/// that are not printable ASCII.
fn shell_bytes(folder: &str, name: &[u8]) -> String {
    let mut out = String::from("$'");
    for c in folder.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            c if c.is_ascii_control() => out.push_str(&format!("\\{:03o}", c as u32)),
            c => out.push(c),
        }
    }
    for &byte in name {
        match byte {
            b'\'' | b'\\' => out.extend(['\\', byte as char]),
            b' '..=b'~' => out.push(byte as char),
            byte => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out.push('\'');
    out
}

fn shell_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Reports a name that equals another one on systems that ignore case or the encoding of accents.
pub fn report_clash(first: &str, second: &str) -> Diagnostic {
    let (one, other) = (visible(first), visible(second));
    let (message, help) = if one == other || look_the_same(&one, &other) {
        (
            say!(
                "有两个“{other}”，看起来一样，只是编码的写法不同；在别的系统上是同一个文件，只会留下一个",
                "two names look like `{other}` and differ only in how accents are encoded; elsewhere they are one file, and one would be lost"
            ),
            say!(
                "给其中一个换个名字，或删去一个",
                "rename one of the two, or delete it"
            ),
        )
    } else {
        (
            say!(
                "“{other}”和“{one}”只差大小写，在 Windows 和 macOS 上是同一个名字，只会留下一个",
                "`{other}` and `{one}` differ only in case; on Windows and macOS they are one name, and one file would be lost"
            ),
            say!("给其中一个换个名字", "rename one of the two"),
        )
    };
    Diagnostic::error("same-name", message)
        .in_path(second)
        .help(help)
}

fn look_the_same(one: &str, other: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    one.nfc().eq(other.nfc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_repair_is_a_valid_name() {
        let long = format!("{}.pdf", "岗".repeat(90));
        for (name, repair) in [
            ("a\\b.txt", "a-b.txt"),
            ("a\r\nb.txt", "a-b.txt"),
            ("a\u{202E}b.txt", "ab.txt"),
            ("a?b:c.md", "a-b-c.md"),
            (" a.md ", "a.md"),
            ("CON.md", "CON-1.md"),
            ("a. . ", "a"),
        ] {
            assert_eq!(repaired(name), repair, "{name:?}");
        }
        let short = repaired(&long);
        assert!(short.ends_with(".pdf") && short.len() <= 204, "{short}");
        assert_eq!(repaired("?"), "");
    }

    #[test]
    fn a_name_in_gbk_is_decoded_and_its_repair_is_a_shell_command() {
        let fault = report_undecodable("content/jobs", b"\xb8\xda\xce\xbb.md");
        let help = fault.help.expect("a repair").en;
        assert!(
            help.ends_with(r"mv -- $'content/jobs/\270\332\316\273.md' 'content/jobs/岗位.md'"),
            "{help}"
        );
        assert!(fault.message.zh.contains("岗位.md"));
        let fault = report_undecodable("static", b"a\xff'\n");
        assert!(
            fault
                .help
                .expect("a repair")
                .en
                .contains(r"$'static/a\377\'\012'")
        );
    }
}
