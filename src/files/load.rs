//! Loading: the only reader of the site's folders. Enters: a folder. Leaves: sorted entries and their texts or bytes.
//! Links that lead out of the site, unreadable files and files in no known encoding become diagnostics.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this module reads files for all others"
)]

use crate::diagnostic::{Diagnostic, Sink};
use crate::files::{Decoded, FileDigest, Undecodable, decode_text, report_encoding};
use crate::say;
use crate::text::{SourceFile, Span};
use anyhow::{Context, Result};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

/// The most bytes of one document.
pub const MAX_DOCUMENT_BYTES: u64 = 4 * 1024 * 1024;

/// The path of a file that was found and is not read yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourcePath {
    /// Path from the site's root, `/` between folders, normal form NFC.
    pub path: String,
    /// Where it lies on the disk.
    pub disk: PathBuf,
}

/// Lists the files under one folder of the site, sorted by path. A folder that is missing holds nothing.
pub fn list_files(root: &Path, folder: &str, sink: &mut Sink) -> Vec<SourcePath> {
    let top = root.join(folder);
    let mut found = Vec::new();
    if !top.exists() {
        return found;
    }
    let walk = WalkDir::new(&top).follow_links(false);
    for entry in walk
        .into_iter()
        .filter_entry(|entry| !is_hidden(entry.file_name().to_str()))
    {
        match entry {
            Ok(entry) if entry.path_is_symlink() => {
                follow_link(root, entry.path(), is_own, &mut found, sink);
            }
            Ok(entry) if entry.file_type().is_file() => found.push(SourcePath {
                path: site_path(root, entry.path()),
                disk: entry.into_path(),
            }),
            Ok(_) => {}
            Err(error) => {
                let path = error
                    .path()
                    .map(|path| site_path(root, path))
                    .unwrap_or_default();
                sink.push(unreadable(&path, &error.to_string()));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Whether a name is that of a leftover of an editor or a system, which is not content.
fn is_hidden(name: Option<&str>) -> bool {
    name.is_none_or(|name| {
        name.starts_with('.')
            || name.starts_with("~$")
            || name == "Thumbs.db"
            || name == "node_modules"
    })
}

/// The folders of a site that files are read from.
pub const FOLDERS: [&str; 3] = ["content", "themes", "static"];

/// Whether a path from the site's folder could be listed by itself.
fn is_own(path: &Path) -> bool {
    FOLDERS.iter().any(|folder| path.starts_with(folder)) && is_open(path)
}

/// Whether no part of a path is hidden.
fn is_open(path: &Path) -> bool {
    let mut names = path.components().map(|part| part.as_os_str().to_str());
    !names.any(is_hidden)
}

/// A symbolic link is followed to a file of the site, and refused elsewhere: keys and settings of other programs may
/// lie beside its folders.
fn follow_link(
    root: &Path,
    link: &Path,
    is_allowed: impl Fn(&Path) -> bool,
    found: &mut Vec<SourcePath>,
    sink: &mut Sink,
) {
    let path = site_path(root, link);
    let inside = match (link.canonicalize(), root.canonicalize()) {
        (Ok(target), Ok(root)) => {
            target.strip_prefix(root).is_ok_and(is_allowed) && target.is_file()
        }
        _ => false,
    };
    if inside {
        found.push(SourcePath {
            path,
            disk: link.to_owned(),
        });
        return;
    }
    sink.push(
        Diagnostic::error(
            "link-out-of-site",
            say!(
                "“{path}”是指向站点内容以外的链接，不会读取",
                "`{path}` is a link out of the site's content and is not read"
            ),
        )
        .in_path(path.clone())
        .help(say!(
            "把文件本身放进来，不要用链接",
            "put the file itself there instead of a link"
        )),
    );
}

fn site_path(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    // Most names are ASCII and need no normalisation.
    if let Some(plain) = relative.to_str().filter(|text| text.is_ascii())
        && MAIN_SEPARATOR == '/'
    {
        return plain.to_owned();
    }
    let parts: Vec<String> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy().nfc().collect())
        .collect();
    parts.join("/")
}

fn unreadable(path: &str, why: &str) -> Diagnostic {
    Diagnostic::error(
        "unreadable",
        say!(
            "“{path}”读不出来（{why}）",
            "`{path}` cannot be read: {why}"
        ),
    )
    .in_path(path)
    .help(say!("检查这个文件或文件夹的权限", "check its permissions"))
}

/// The metadata of a file, which is known without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileState {
    size: u64,
    modified: Option<std::time::SystemTime>,
    /// The file's own number, which differs when another file was renamed over it; 0 where the system gives no number.
    number: u64,
}

/// The state of a file; `None` where the system does not report it.
pub fn file_state(found: &SourcePath) -> Option<FileState> {
    let metadata = std::fs::metadata(&found.disk).ok()?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let number = 0;
    Some(FileState {
        size: metadata.len(),
        modified: metadata.modified().ok(),
        number,
    })
}

/// Reads one text file; a fault gives `None`.
pub fn load_text(found: &SourcePath, sink: &mut Sink) -> Option<Arc<SourceFile>> {
    let path = found.path.clone();
    let size = std::fs::metadata(&found.disk).map_or(0, |metadata| metadata.len());
    if size > MAX_DOCUMENT_BYTES {
        let limit = MAX_DOCUMENT_BYTES / 1024 / 1024;
        let help = if path.ends_with(".md") {
            say!(
                "一篇文档最多{limit}MB；图片和附件另存为文件，在正文里链接",
                "a document has at most {limit} MB; keep pictures and attachments as files and link them"
            )
        } else {
            say!(
                "这样的文件最多{limit}MB；删去用不着的内容",
                "such a file has at most {limit} MB; delete what is not needed"
            )
        };
        let size = size / 1024 / 1024;
        let message = say!(
            "“{path}”有{size}MB，太大了",
            "`{path}` has {size} MB, which is too large"
        );
        sink.push(
            Diagnostic::error("file-too-large", message)
                .in_path(path)
                .help(help),
        );
        return None;
    }
    let bytes = match std::fs::read(&found.disk) {
        Ok(bytes) => bytes,
        Err(error) => {
            sink.push(unreadable(&path, &error.to_string()));
            return None;
        }
    };
    decode(path, bytes, sink)
}

/// Turns bytes into a source file. Windows line ends become plain ones, a byte order mark is removed; another encoding
/// than UTF-8 is read where it is plausible, with a warning.
pub fn decode(path: String, bytes: Vec<u8>, sink: &mut Sink) -> Option<Arc<SourceFile>> {
    let Decoded { text, encoding } = match decode_text(bytes) {
        Ok(decoded) => decoded,
        Err(Undecodable { line }) => {
            sink.push(
                Diagnostic::error(
                    "not-utf-8",
                    say!(
                        "“{path}”第{line}行起不是UTF-8编码",
                        "`{path}` is not UTF-8 from line {line} on"
                    ),
                )
                .in_path(path)
                .help(say!(
                    "在编辑器里选“另存为”，编码选UTF-8",
                    "save the file again with the encoding UTF-8"
                )),
            );
            return None;
        }
    };
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    };
    let file = Arc::new(SourceFile { path, text });
    report_encoding(&file, encoding, sink);
    if let Some((at, c)) = find_forbidden(&file.text) {
        sink.push(
            Diagnostic::error(
                "bad-character",
                say!(
                    "这里有一个看不见的非法字符（U+{:04X}）",
                    "there is an illegal invisible character U+{:04X} here",
                    c as u32
                ),
            )
            .at(&file, Span::new(at, at + c.len_utf8()))
            .help(say!("删去这个字符", "delete the character")),
        );
        return None;
    }
    Some(file)
}

/// The first character that no text has. The bytes are searched first, since almost no file holds a suspicious one.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "an early exit would test one byte at a time"
)]
fn find_forbidden(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    // The loop has no early exit, so that the compiler can test many bytes in one step.
    let suspicious = bytes.iter().fold(false, |found, &byte| {
        let control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
        found | control | (byte >= 0xF0)
    }) || bytes
        .iter()
        .zip(bytes.get(1..).unwrap_or_default())
        // U+FDC0 to U+FDFF, and U+FFC0 to U+FFFF.
        .fold(false, |found, (&lead, &next)| {
            found | ((lead == 0xEF) & ((next == 0xB7) | (next == 0xBF)))
        });
    if suspicious {
        text.char_indices().find(|&(_, c)| is_forbidden(c))
    } else {
        None
    }
}

/// Control characters and noncharacters: no text has them, and XML cannot hold them.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FDD0}'..='\u{FDEF}')
        || (c as u32 & 0xFFFE) == 0xFFFE
}

/// Reads the bytes of a file that is copied as it is.
pub fn load_bytes(disk: &Path) -> Result<Vec<u8>> {
    std::fs::read(disk).with_context(|| format!("{}", disk.display()))
}

/// The bytes of a file that an earlier build kept; `None` if there is no such file.
pub fn read_kept(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

/// The file of a face of the machine's own fonts, and the face's place in it: the first family that there is, in the
/// upright face whose weight is nearest, and at least semibold where it is to be bold.
pub fn system_face(
    fonts: &fontdb::Database,
    families: &[String],
    bold: bool,
) -> Option<(PathBuf, u32)> {
    let weight: u16 = if bold { 700 } else { 400 };
    let suits = |face: &&fontdb::FaceInfo, family: &String| {
        face.families.iter().any(|(name, _)| name == family)
            && face.style == fontdb::Style::Normal
            && (!bold || face.weight.0 >= 600)
    };
    let of = |family| {
        let faces = fonts.faces().filter(|face| suits(face, family));
        faces.min_by_key(|face| face.weight.0.abs_diff(weight))
    };
    let face = families.iter().find_map(of)?;
    match &face.source {
        fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => {
            Some((path.clone(), face.index))
        }
        fontdb::Source::Binary(_) => None,
    }
}

/// The machine's own fonts.
pub fn system_fonts() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    fonts
}

/// A file of a published folder.
#[derive(Debug, Clone)]
pub struct OutputFile {
    /// Path from the folder, `/` between folders, as the disk has it.
    pub path: String,
    /// Where it lies on the disk.
    pub disk: PathBuf,
    /// Bytes.
    pub size: u64,
    /// Whether it is a symbolic link, to a file or a folder. Links are not followed.
    pub is_link: bool,
}

/// Lists all files of a published folder, hidden ones too, sorted by path.
pub fn list_output(folder: &Path) -> Result<Vec<OutputFile>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).follow_links(false).min_depth(1) {
        let entry = entry.with_context(|| format!("{}", folder.display()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts: Vec<_> = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        found.push(OutputFile {
            path: parts.join("/"),
            disk: entry.path().to_owned(),
            size: entry.metadata().map_or(0, |metadata| metadata.len()),
            is_link: !entry.file_type().is_file(),
        });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Size and hash of a file, read in pieces.
pub fn digest_of_file(disk: &Path) -> Result<FileDigest> {
    let place = || format!("{}", disk.display());
    let file = std::fs::File::open(disk).with_context(place)?;
    let size = file.metadata().with_context(place)?.len();
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file).with_context(place)?;
    Ok(FileDigest::with_hash(size, hasher.finalize()))
}

/// A file that the settings name by its path in the site; `None` where it lies elsewhere or is missing.
pub fn site_file(root: &Path, path: &str, sink: &mut Sink) -> Option<SourcePath> {
    let inside = |part: &str| !part.is_empty() && part != "." && part != "..";
    if !path.split('/').all(inside) || path.contains('\\') {
        return None;
    }
    let disk = root.join(path);
    if disk.canonicalize().ok()? == root.canonicalize().ok()?.join(path) {
        return disk.is_file().then(|| SourcePath {
            path: path.to_owned(),
            disk,
        });
    }
    let mut found = Vec::new();
    follow_link(root, &disk, is_open, &mut found, sink);
    found.pop()
}

/// The settings file, where the folder has one that lies inside it.
pub fn settings_file(root: &Path, sink: &mut Sink) -> Option<SourcePath> {
    let disk = root.join("gangwei.yaml");
    if disk.is_symlink() {
        let mut found = Vec::new();
        follow_link(root, &disk, is_open, &mut found, sink);
        return found.pop();
    }
    disk.is_file().then(|| SourcePath {
        path: "gangwei.yaml".to_owned(),
        disk,
    })
}

/// Whether a folder exists and holds anything.
pub fn has_entries(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}
