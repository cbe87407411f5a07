//! The input of `gangwei check` and `gangwei links`: a site, or single files of a site. Enters: paths as the user wrote
//! them, relative to the current folder. Leaves: the folder of the site, and the files by their paths in it.

use crate::diagnostic::{Diagnostic, Sink};
use crate::files::{FOLDERS, list_files};
use crate::say;
use anyhow::{Result, bail};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// The site or the files that the command reads.
#[derive(Debug)]
pub(super) struct Chosen {
    /// The folder of the site.
    pub site: PathBuf,
    /// The chosen files, by their paths in the site; empty for the whole site.
    pub files: BTreeSet<String>,
}

impl Chosen {
    /// Reads the paths of the command line. A folder is a site; files need the rest of their site.
    pub(super) fn of(paths: &[PathBuf]) -> Result<Chosen> {
        match paths {
            [] => Ok(Chosen::site(Path::new("."))),
            [one] if !one.is_file() && (one.is_dir() || one.extension().is_none()) => {
                Ok(Chosen::site(one))
            }
            paths => Chosen::of_files(paths),
        }
    }

    fn site(folder: &Path) -> Chosen {
        Chosen {
            site: folder.to_owned(),
            files: BTreeSet::new(),
        }
    }

    fn of_files(paths: &[PathBuf]) -> Result<Chosen> {
        let mut chosen: Option<Chosen> = None;
        let mut known = BTreeSet::new();
        for path in paths {
            let (site, file) = place(path)?;
            match &mut chosen {
                Some(chosen) if chosen.site != site => bail!(say!(
                    "这些文件分在两个站点里：{0} 和 {1}；请分开检查",
                    "these files belong to two sites, {0} and {1}; check each site by itself",
                    chosen.site.display(),
                    site.display()
                )),
                Some(_) => {}
                None => {
                    known = site_files(&site);
                    chosen = Some(Chosen::site(&site));
                }
            }
            if !known.contains(&file) {
                bail!(say!(
                    "{0} 不是站点的内容，不会读取；内容在 {1} 里，名字不以点号开头",
                    "{0} is no content of the site and is not read; content is in {1}, and its name does not begin with a full stop",
                    path.display(),
                    FOLDERS.map(|folder| format!("{folder}/")).join(" ")
                ));
            }
            if let Some(chosen) = &mut chosen {
                chosen.files.insert(file);
            }
        }
        Ok(chosen.unwrap_or_else(|| Chosen::site(Path::new("."))))
    }

    /// Keeps the diagnostics that concern the chosen files: those in them, and those elsewhere that name them. If the
    /// program could not read the site, it keeps all diagnostics, since they are the reason.
    pub(super) fn keep(&self, sink: Sink, is_read: bool) -> Sink {
        if self.files.is_empty() || !is_read {
            return sink;
        }
        let mut kept = Sink::default();
        for diagnostic in sink.into_sorted() {
            if self.concerns(&diagnostic) {
                kept.push(diagnostic);
            }
        }
        kept
    }

    fn concerns(&self, diagnostic: &Diagnostic) -> bool {
        let texts = [
            Some(&diagnostic.message),
            diagnostic.label.as_ref(),
            diagnostic.help.as_ref(),
        ];
        self.files.contains(diagnostic.file())
            || texts.into_iter().flatten().any(|text| {
                let mut files = self.files.iter();
                files.any(|file| names(&text.zh, file) || names(&text.en, file))
            })
    }
}

/// Whether a text names a file, and not only a path that contains the path of the file.
fn names(text: &str, file: &str) -> bool {
    let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_');
    text.match_indices(file).any(|(at, _)| {
        !text[..at].ends_with(is_path) && !text[at + file.len()..].starts_with(is_path)
    })
}

/// The folder of the site that a file belongs to, and the file's path in it.
fn place(path: &Path) -> Result<(PathBuf, String)> {
    if path.is_dir() {
        bail!(say!(
            "{0} 是文件夹；检查整个站点时只写站点的文件夹，否则逐个写文件",
            "{0} is a folder; name only the site's folder, or only files",
            path.display()
        ));
    }
    // Only the folder is made canonical, so that a symbolic link keeps its own place.
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    let (Ok(folder), Some(name), true) = (folder, path.file_name(), path.is_file()) else {
        bail!(say!(
            "没有 {0} 这个文件",
            "there is no file {0}",
            path.display()
        ));
    };
    let Some(site) = folder
        .ancestors()
        .find(|above| above.join("gangwei.yaml").is_file())
    else {
        bail!(say!(
            "{0} 不在任何站点里：它所在的文件夹和上面各级都没有 gangwei.yaml",
            "{0} is in no site: neither its folder nor any above it has a gangwei.yaml",
            path.display()
        ));
    };
    let inside = folder.strip_prefix(site).unwrap_or(&folder).join(name);
    let parts: Vec<String> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy().nfc().collect())
        .collect();
    Ok((site.to_owned(), parts.join("/")))
}

/// All files of a site that the program reads.
fn site_files(site: &Path) -> BTreeSet<String> {
    let mut files = BTreeSet::from(["gangwei.yaml".to_owned()]);
    for folder in FOLDERS {
        let found = list_files(site, folder, &mut Sink::default());
        files.extend(found.into_iter().map(|found| found.path));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_text_names_a_file_only_by_its_whole_path() {
        let file = "content/jobs/柜员.md";
        assert!(names("已经被 content/jobs/柜员.md 用了", file));
        assert!(names("`content/jobs/柜员.md:3`", file));
        assert!(!names("other/content/jobs/柜员.md", file));
        assert!(!names("content/jobs/柜员.md/x", file));
        assert!(!names("content/jobs/大柜员.md", file));
    }
}
