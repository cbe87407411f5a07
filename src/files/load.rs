//! Loading: the only reader of the site's folders. Enters: a folder. Leaves: sorted entries and their texts or bytes.
//! Links that lead out of the site, unreadable files and files in no known encoding become diagnostics.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this module reads files for all others"
)]

use super::hidden::{Fate, fate, is_open, report_hidden};
use crate::diagnostic::{Diagnostic, Sink, Text, system_words};
use crate::files::{
    Decoded, FileDigest, Undecodable, clashes, decode_text, is_forbidden, name_fault, report_clash,
    report_encoding, report_name, report_undecodable,
};
use crate::say;
use crate::text::{SourceFile, Span};
use anyhow::{Context, Result};
use std::borrow::Cow;
use std::cell::RefCell;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

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

/// Lists the files under one folder of the site, sorted by path. A folder that is missing holds nothing. Names that cannot
/// be published, that are hidden or that are no text are told.
pub fn list_files(root: &Path, folder: &str, sink: &mut Sink) -> Vec<SourcePath> {
    let top = root.join(folder);
    let mut found = Vec::new();
    if !top.exists() {
        return found;
    }
    let told = RefCell::new(Vec::new());
    let walk = WalkDir::new(&top).follow_links(false).sort_by_file_name();
    let is_read = |entry: &DirEntry| {
        entry.depth() == 0 || is_read(root, entry, &mut |fault| told.borrow_mut().push(fault))
    };
    for entry in walk.into_iter().filter_entry(is_read) {
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
                sink.push(unreadable(&path, &walk_words(error)));
            }
        }
    }
    for fault in told.into_inner() {
        sink.push(fault);
    }
    found.sort_unstable();
    report_clashes(root, &found, sink);
    found.dedup_by(|a, b| a.path == b.path);
    found
}

/// Whether an entry of a folder is read; what is to be said of its name is told.
fn is_read(root: &Path, entry: &DirEntry, tell: &mut dyn FnMut(Diagnostic)) -> bool {
    let folder = || {
        let folder = entry.path().parent().unwrap_or(root);
        site_path(root, folder)
    };
    let Some(name) = entry.file_name().to_str() else {
        tell(report_undecodable(
            &folder(),
            entry.file_name().as_encoded_bytes(),
        ));
        return false;
    };
    // The folder matters to names that begin with a full stop, and to few others.
    let fate = if name.starts_with('.') {
        fate(&folder(), name)
    } else {
        fate("", name)
    };
    match fate {
        Fate::Litter => return false,
        Fate::Hidden => {
            let path = site_path(root, entry.path());
            tell(report_hidden(&path, entry.file_type().is_dir()));
            return false;
        }
        Fate::Read => {}
    }
    if name_fault(name).is_some()
        && let Some(fault) = report_name(&site_path(root, entry.path()), name)
    {
        tell(fault);
    }
    true
}

/// Reports files and folders whose names are one on a system that ignores case or the form of accents.
fn report_clashes(root: &Path, found: &[SourcePath], sink: &mut Sink) {
    let as_on_disk = |found: &SourcePath| -> Option<String> {
        let relative = found.disk.strip_prefix(root).ok()?;
        let parts: Vec<_> = relative
            .components()
            .map(|part| part.as_os_str().to_str())
            .collect();
        Some(parts.into_iter().collect::<Option<Vec<_>>>()?.join("/"))
    };
    // A path that is plain is on the disk as it is here; others may be in another normal form there.
    let paths: Vec<Cow<str>> = found
        .iter()
        .map(|found| {
            let plain = Cow::Borrowed(found.path.as_str());
            if found.path.is_ascii() {
                return plain;
            }
            as_on_disk(found).map_or(plain, Cow::Owned)
        })
        .collect();
    for (first, second) in clashes(paths.iter().map(Cow::as_ref)) {
        sink.push(report_clash(first, second));
    }
}

/// The folders of a site that files are read from.
pub const FOLDERS: [&str; 3] = ["content", "themes", "static"];

/// Whether a path from the site's folder could be listed by itself.
fn is_own(path: &Path) -> bool {
    FOLDERS.iter().any(|folder| path.starts_with(folder)) && is_open_path(path)
}

/// Whether nothing of a path is hidden.
fn is_open_path(path: &Path) -> bool {
    let names: Option<Vec<&str>> = path
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    names.is_some_and(|names| is_open(&names.join("/")))
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

fn unreadable(path: &str, why: &Text) -> Diagnostic {
    let mut message = say!(
        "“{path}”读不出来：{0}",
        "`{path}` cannot be read: {0}",
        why.zh
    );
    message.en = format!("`{path}` cannot be read: {}", why.en);
    Diagnostic::error("unreadable", message).in_path(path)
}

/// Why a folder could not be walked.
fn walk_words(error: walkdir::Error) -> Text {
    match error.into_io_error() {
        Some(error) => system_words(&error),
        None => say!(
            "链接绕成了圈；请删去多余的链接",
            "links run in a circle; remove some"
        ),
    }
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
            sink.push(unreadable(&path, &system_words(&error)));
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
        let entry = entry
            .map_err(std::io::Error::from)
            .with_context(|| format!("{}", folder.display()))?;
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
    follow_link(root, &disk, is_open_path, &mut found, sink);
    found.pop()
}

/// The settings file, where the folder has one that lies inside it.
pub fn settings_file(root: &Path, sink: &mut Sink) -> Option<SourcePath> {
    let disk = root.join("gangwei.yaml");
    if disk.is_symlink() {
        let mut found = Vec::new();
        follow_link(root, &disk, is_open_path, &mut found, sink);
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
