//! Files beside documents that pages link. Content is not trusted: a file that a browser would run, or that steers a web
//! server, is not published with it. The owner of the site may put such a file into `static/`.

use crate::diagnostic::Diagnostic;
use crate::say;

/// Extensions of documents, pictures, sound and video.
const ENDINGS: &str = "7z avif bmp csv doc docx epub et gif heic ics jpeg jpg m4a mp3 mp4 odp ods odt ofd pdf png ppt \
    pptx rar rtf tif tiff txt vcf wav webm webp wps xls xlsx zip";

/// Whether a file beside documents may be published.
pub(super) fn is_harmless(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let ending = ending.unwrap_or("").to_ascii_lowercase();
    attachment_endings().any(|known| known == ending)
}

/// The endings of files that may be published beside documents.
pub fn attachment_endings() -> impl Iterator<Item = &'static str> {
    ENDINGS.split_whitespace()
}

/// The fault of a link to a file of a kind that is not allowed.
pub(super) fn refused(target: &str) -> Diagnostic {
    Diagnostic::error(
        "active-attachment",
        say!(
            "“{target}”不能作附件：这种文件会在浏览器里运行，或者影响网站的设置",
            "`{target}` cannot be attached: files of its kind run in browsers or steer the web server"
        ),
    )
    .help(say!(
        "附件用 PDF、Word、Excel、图片、压缩包等常见格式；确实要发布这个文件，请管理站点的人放进 static/",
        "attach PDF, Word or Excel files, pictures or archives; if this file must be published, whoever keeps the site puts it into static/"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_run_and_what_steers_servers_is_refused() {
        for path in ["a/表.PDF", "a/b.docx", "a.b/c.jpeg", "a/x.html.pdf"] {
            assert!(is_harmless(path), "{path}");
        }
        for path in [
            "a/b.html",
            "a/b.js",
            "a/b.svg",
            "a/b.pdf.xhtml",
            "_redirects",
            "CNAME",
            "a.pdf/b",
            "a/.htaccess",
            "a/pdf",
        ] {
            assert!(!is_harmless(path), "{path}");
        }
    }
}
