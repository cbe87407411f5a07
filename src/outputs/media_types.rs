//! Media types of files by their extensions: one table for the preview, and for servers that lack a type.

/// Extensions and their media types, sorted by extension.
const TYPES: &[(&str, &str)] = &[
    ("7z", "application/x-7z-compressed"),
    ("avif", "image/avif"),
    ("bin", "application/octet-stream"),
    ("bmp", "image/bmp"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("epub", "application/epub+zip"),
    ("et", "application/vnd.ms-excel"),
    ("gif", "image/gif"),
    ("heic", "image/heic"),
    ("html", "text/html"),
    ("ico", "image/x-icon"),
    ("ics", "text/calendar"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("m4a", "audio/mp4"),
    ("map", "application/json"),
    ("md", "text/markdown"),
    ("mjs", "text/javascript"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ofd", "application/ofd"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("rar", "application/vnd.rar"),
    ("rtf", "application/rtf"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain"),
    ("vcf", "text/vcard"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("wps", "application/vnd.ms-works"),
    ("xhtml", "application/xhtml+xml"),
    ("xls", "application/vnd.ms-excel"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("xml", "text/xml"),
    ("zip", "application/zip"),
];

/// Whether a media type needs a charset. JSON and similar types have only one encoding.
fn is_text(kind: &str) -> bool {
    kind.starts_with("text/")
}

/// The value of the header `Content-Type` for a file; the charset of a text is UTF-8.
pub fn media_type(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    let known = TYPES.binary_search_by(|(known, _)| (*known).cmp(ending.as_str()));
    let kind = known.map_or("application/octet-stream", |at| TYPES[at].1);
    if is_text(kind) {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_owned()
    }
}

/// All media types with their extensions, in the order of the first extension.
pub(super) fn kinds() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
    for (ending, kind) in TYPES {
        match kinds.iter_mut().find(|(known, _)| known == kind) {
            Some((_, endings)) => endings.push(ending),
            None => kinds.push((kind, vec![ending])),
        }
    }
    kinds
}

/// The media types that need a charset, except HTML, for which servers always state it.
pub(super) fn texts() -> Vec<&'static str> {
    let kinds = kinds().into_iter().map(|(kind, _)| kind);
    kinds
        .filter(|kind| is_text(kind) && *kind != "text/html")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::FILES;
    use crate::site::{Board, attachment_endings};

    #[test]
    fn the_table_is_sorted_and_has_every_file_type_of_a_portal() {
        assert!(TYPES.windows(2).all(|two| two[0].0 < two[1].0));
        let declared = FILES.iter().map(|file| file.name);
        let boards = Board::ALL.map(Board::file);
        let endings = declared
            .chain(boards)
            .filter_map(|name| name.rsplit_once('.'))
            .map(|(_, ending)| ending)
            .filter(|ending| !["htaccess", "conf"].contains(ending));
        for ending in endings.chain(attachment_endings()) {
            assert!(TYPES.iter().any(|(known, _)| *known == ending), "{ending}");
        }
    }

    #[test]
    fn a_text_has_a_charset_and_an_unknown_file_is_an_octet_stream() {
        assert_eq!(media_type("a/表.ICS"), "text/calendar; charset=utf-8");
        assert_eq!(media_type("a/b.json"), "application/json");
        for path in ["a.pdf/b", "pdf", "", "a.xyz"] {
            assert_eq!(media_type(path), "application/octet-stream", "{path}");
        }
    }
}
