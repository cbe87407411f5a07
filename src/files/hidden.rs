//! Hidden files, and files that systems, editors and version control leave in folders. Enters: a name, and its folder.
//! Leaves: whether the program reads the file, ignores it, or reports it.

use crate::diagnostic::{Diagnostic, visible};
use crate::say;

/// The treatment of a file or folder in the site, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// The program reads it.
    Read,
    /// Another program left it, and this program ignores it.
    Litter,
    /// It is hidden. The program reports it, since its author may expect it in the portal.
    Hidden,
}

/// Names of files that nobody wants to publish. docs/publishing.md shows the same list, and a test compares the two.
const LITTER: &[&str] = &[
    ".DS_Store",
    ".AppleDouble",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    ".localized",
    "__MACOSX",
    "Thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    ".directory",
    ".idea",
    ".vscode",
    ".obsidian",
    ".editorconfig",
    ".svn",
    ".hg",
    ".keep",
    "node_modules",
];

/// Beginnings of such names.
const LITTER_BEGINS: &[&str] = &["~$", "._", ".~", ".git", ".#", ".Trash-", ".nfs"];

/// Ends of such names, where they also begin with a full stop.
const LITTER_ENDS: &[&str] = &[".swp", ".swo", ".swx", "~"];

/// The names of the list, as docs/publishing.md writes them.
pub fn litter() -> impl Iterator<Item = String> {
    let begins = LITTER_BEGINS.iter().map(|begin| format!("{begin}*"));
    let ends = LITTER_ENDS.iter().map(|end| format!(".*{end}"));
    let names = LITTER.iter().map(|name| (*name).to_owned());
    names.chain(begins).chain(ends)
}

/// The treatment of a name. `folder` is the path of its folder.
pub(super) fn fate(folder: &str, name: &str) -> Fate {
    let is_litter = LITTER.iter().any(|one| one.eq_ignore_ascii_case(name))
        || LITTER_BEGINS.iter().any(|begin| name.starts_with(begin))
        || (name.starts_with('.') && LITTER_ENDS.iter().any(|end| name.ends_with(end)));
    if is_litter {
        return Fate::Litter;
    }
    // Servers and other services search for these names, so their owner wants to publish them.
    let is_wanted = folder == "static" && matches!(name, ".well-known" | ".htaccess");
    if name.starts_with('.') && !is_wanted {
        Fate::Hidden
    } else {
        Fate::Read
    }
}

/// Whether no part of a path in the site is hidden or litter.
pub(super) fn is_open(path: &str) -> bool {
    let mut folder = String::new();
    path.split('/').all(|name| {
        let is_read = fate(&folder, name) == Fate::Read;
        if !folder.is_empty() {
            folder.push('/');
        }
        folder.push_str(name);
        is_read
    })
}

/// The warning for a hidden file or folder.
pub(super) fn report_hidden(path: &str, is_folder: bool) -> Diagnostic {
    let name = visible(path.rsplit('/').next().unwrap_or(path)).into_owned();
    let plain = name.trim_start_matches('.').to_owned();
    let message = if is_folder {
        say!(
            "“{name}”的名字以点开头，是隐藏的文件夹，里面的文件都没有发布",
            "`{name}` begins with a full stop and is a hidden folder; nothing in it is published"
        )
    } else {
        say!(
            "“{name}”的名字以点开头，是隐藏的文件，没有发布",
            "`{name}` begins with a full stop and is a hidden file; it is not published"
        )
    };
    Diagnostic::warning("hidden-file", message)
        .in_path(path)
        .help(say!(
            "要发布，就去掉开头的点，改名为“{plain}”；不要发布，就移到站点外面。隐藏的只发布 static/ 里的 .well-known 和 .htaccess",
            "to publish it, rename it `{plain}`, without the full stop; otherwise move it out of the site. The only hidden names that are published are .well-known and .htaccess in static/"
        ))
}
