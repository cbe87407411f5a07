//! Commits of a repository, for `gangwei diff` and `build --published` alone: no other build runs a command. Enters: a
//! revision as the user wrote it, or as a portal states it. Leaves: the site of that commit in a folder of its own, or how
//! two commits stand to each other. The repository and its work tree are only read, by `git`.

#![expect(
    clippy::disallowed_types,
    reason = "comparing commits is the one task that asks another program"
)]

use crate::diagnostic::{Text, visible};
use crate::pipeline::History;
use crate::publish::{link_copy, write_copy};
use crate::say;
use crate::site::Revision;
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A file or a symbolic link of a commit.
struct Blob {
    /// From the site's folder, as the disk would have it.
    path: PathBuf,
    object: String,
    is_link: bool,
}

/// The two sides of `OLD..NEW` and `OLD...NEW`; of the latter the old side is where the new one branched off.
pub(super) fn split_range(text: &str) -> Option<(String, String, bool)> {
    let (old, new, is_branch) = match text.split_once("...") {
        Some((old, new)) => (old, new, true),
        None => text.split_once("..").map(|(old, new)| (old, new, false))?,
    };
    let or_head = |side: &str| match side {
        "" => "HEAD".to_owned(),
        side => side.to_owned(),
    };
    Some((or_head(old), or_head(new), is_branch))
}

/// Where the history of one commit left that of another.
pub(super) fn branching_point(site: &Path, old: &str, new: &str) -> Result<String> {
    let (from, to) = (find_commit(site, old)?, find_commit(site, new)?);
    match ask(site, &["merge-base", &from, &to])? {
        Some(base) => Ok(base.trim().to_owned()),
        None if is_shallow(site) => bail!(shallow(old)),
        None => bail!(say!(
            "{0} 和 {1} 没有共同的历史，没法比",
            "{0} and {1} have no history in common",
            old,
            new
        )),
    }
}

/// Puts the site of a commit into a folder that goes when the value does; nothing where the commit has no site there.
pub(super) fn export(site: &Path, revision: &str) -> Result<Option<TempDir>> {
    let commit = find_commit(site, revision)?;
    let prefix = ask(site, &["rev-parse", "--show-prefix"])?.context("git rev-parse")?;
    let prefix = prefix.trim_end_matches(['\n', '\r']).to_owned();
    let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", &commit];
    if !prefix.is_empty() {
        arguments.extend(["--", &prefix]);
    }
    let listing = ask_bytes(site, &arguments)?.context("git ls-tree")?;
    let mut blobs = Vec::new();
    for entry in listing.split(|&byte| byte == 0) {
        blobs.extend(blob(entry, prefix.as_bytes())?);
    }
    if !blobs
        .iter()
        .any(|blob| blob.path == Path::new("gangwei.yaml"))
    {
        return Ok(None);
    }
    // Links come last, so that nothing is written through one.
    blobs.sort_by_key(|blob| blob.is_link);
    let folder = tempfile::tempdir().context("temporary folder")?;
    read_blobs(site, &blobs, folder.path())?;
    Ok(Some(folder))
}

/// One entry of a tree: a file or a link of the site, with its path from there. Odd names and hidden files are kept, so that
/// the comparison sees what a build would.
fn blob(entry: &[u8], prefix: &[u8]) -> Result<Option<Blob>> {
    let Some(tab) = entry.iter().position(|&byte| byte == b'\t') else {
        return Ok(None);
    };
    let (head, path) = (String::from_utf8_lossy(&entry[..tab]), &entry[tab + 1..]);
    let mut parts = head.split(' ');
    let (Some(mode), Some("blob"), Some(object)) = (parts.next(), parts.next(), parts.next())
    else {
        return Ok(None);
    };
    let Some(path) = path.strip_prefix(prefix) else {
        return Ok(None);
    };
    let is_link = mode == "120000";
    // At the top lie settings of other programs, which no build reads.
    let is_hidden = path.starts_with(b".") || path.starts_with(b"node_modules/");
    if is_hidden || !(is_link || mode.starts_with("100")) {
        return Ok(None);
    }
    let is_step = |part: &[u8]| part.is_empty() || part == b"." || part == b"..";
    let path = if path.split(|&byte| byte == b'/').any(is_step) {
        None
    } else {
        on_disk(path)
    };
    let Some(path) = path else {
        bail!(say!(
            "提交里的“{0}”在这台机器上写不出来，没法比；请先在提交里给它改名",
            "`{0}` of the commit cannot be written on this machine, so that nothing can be compared; rename it in the commit first",
            visible(&String::from_utf8_lossy(
                entry.get(tab + 1..).unwrap_or_default()
            ))
        ));
    };
    Ok(Some(Blob {
        path: PathBuf::from(path),
        object: object.to_owned(),
        is_link,
    }))
}

/// A path of a commit as this system writes it.
#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "other systems cannot write every name"
)]
fn on_disk(path: &[u8]) -> Option<OsString> {
    Some(std::os::unix::ffi::OsStringExt::from_vec(path.to_vec()))
}

/// A path of a commit as this system writes it; nothing where it cannot.
#[cfg(not(unix))]
fn on_disk(path: &[u8]) -> Option<OsString> {
    let text = std::str::from_utf8(path).ok()?;
    let sound = text
        .split('/')
        .all(|name| crate::files::name_fault(name).is_none());
    sound.then(|| OsString::from(text))
}

/// Reads objects one after another through one process.
fn read_blobs(site: &Path, blobs: &[Blob], folder: &Path) -> Result<()> {
    let mut child = git(site)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("git")?;
    let copied = match (child.stdin.take(), child.stdout.take()) {
        (Some(mut input), Some(output)) => {
            let mut output = BufReader::new(output);
            blobs.iter().try_for_each(|blob| {
                let bytes = read_blob(&mut input, &mut output, &blob.object)
                    .with_context(|| format!("git cat-file {}", blob.path.display()))?;
                if blob.is_link {
                    link_copy(folder, &blob.path, &bytes)
                } else {
                    write_copy(folder, &blob.path, &bytes)
                }
            })
        }
        _ => Ok(()),
    };
    let _ = child.wait();
    copied
}

fn read_blob(input: &mut impl Write, output: &mut impl BufRead, object: &str) -> Result<Vec<u8>> {
    writeln!(input, "{object}")?;
    input.flush()?;
    let mut head = String::new();
    output.read_line(&mut head)?;
    let mut parts = head.trim_end().split(' ').skip(1);
    let size = match (parts.next(), parts.next()) {
        (Some("blob"), Some(size)) => size.parse::<u64>()?,
        _ => bail!("{}", head.trim_end()),
    };
    let mut bytes = Vec::new();
    output.take(size).read_to_end(&mut bytes)?;
    let mut end = [0];
    output.read_exact(&mut end)?;
    Ok(bytes)
}

/// The full name of a commit.
fn find_commit(site: &Path, revision: &str) -> Result<String> {
    if revision.starts_with('-') || revision.chars().any(char::is_control) {
        bail!(say!(
            "“{0}”不能作提交的名字",
            "`{0}` cannot name a commit",
            revision.escape_debug()
        ));
    }
    if ask(site, &["rev-parse", "--git-dir"])?.is_none() {
        bail!(say!(
            "“{revision}”不是文件夹，{0} 也不在 git 仓库里。请写两个门户、两个站点，或在仓库里运行",
            "`{revision}` is no folder, and {0} is in no git repository; name two portals or two sites, or run this inside the repository",
            site.display()
        ));
    }
    let name = format!("{revision}^{{commit}}");
    match ask(site, &["rev-parse", "--verify", "--quiet", &name])? {
        Some(commit) => Ok(commit.trim().to_owned()),
        None if is_shallow(site) => bail!(shallow(revision)),
        None => bail!(say!(
            "“{revision}”不是文件夹，仓库里也没有这个提交或分支。检查名字；刚推送的分支先 git fetch",
            "`{revision}` is no folder, and the repository has no such commit or branch; check the name, and `git fetch` what was pushed just now"
        )),
    }
}

/// The commit that a site's folder stands at; nothing where it is in no repository, or git is not there.
pub(super) fn current_revision(site: &Path) -> Result<Option<Revision>> {
    if !has_git() {
        return Ok(None);
    }
    let Some(answer) = ask(
        site,
        &[
            "show",
            "-s",
            "--no-show-signature",
            "--format=%H %cI",
            "HEAD",
        ],
    )?
    else {
        return Ok(None);
    };
    let parts = answer.trim().split_once(' ');
    let revision = parts.and_then(|(commit, committed)| {
        Some(Revision {
            commit: commit.to_owned(),
            committed: committed.parse().ok()?,
        })
    });
    Ok(revision)
}

/// The relation of the commit of a published portal to the current commit of the site's folder.
pub(super) fn history(site: &Path, published: &str) -> Result<History> {
    let is_name = matches!(published.len(), 40 | 64)
        && published.bytes().all(|byte| byte.is_ascii_hexdigit());
    let name = format!("{published}^{{commit}}");
    let is_there = is_name && ask(site, &["rev-parse", "--verify", "--quiet", &name])?.is_some();
    let holds = |inner: &str, outer: &str| -> Result<bool> {
        Ok(ask(site, &["merge-base", "--is-ancestor", inner, outer])?.is_some())
    };
    Ok(if is_there && holds(published, "HEAD")? {
        History::Ahead
    } else if is_there && holds("HEAD", published)? {
        History::Behind
    } else if is_name && is_shallow(site) {
        History::Shallow
    } else if is_there {
        History::Diverged
    } else {
        History::Rewritten
    })
}

fn has_git() -> bool {
    let mut asked = Command::new("git");
    asked
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    asked.status().is_ok()
}

fn is_shallow(site: &Path) -> bool {
    matches!(
        ask(site, &["rev-parse", "--is-shallow-repository"]),
        Ok(Some(answer)) if answer.trim() == "true"
    )
}

fn shallow(revision: &str) -> Text {
    say!(
        "这里只取了最近几次提交，没有“{revision}”。GitHub 在 actions/checkout 下写 fetch-depth: 0，GitLab 在变量里写 GIT_DEPTH: 0；在本机运行 git fetch --unshallow",
        "only the newest commits were fetched here, without `{revision}`. On GitHub write fetch-depth: 0 under actions/checkout, on GitLab the variable GIT_DEPTH: 0; on your own machine run git fetch --unshallow"
    )
}

fn git(site: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(site)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("LC_ALL", "C");
    command
}

fn ask(site: &Path, arguments: &[&str]) -> Result<Option<String>> {
    let answer = ask_bytes(site, arguments)?;
    Ok(answer.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// What git answers; nothing where it fails.
fn ask_bytes(site: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>> {
    let output = git(site)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|_| {
            say!(
                "比较提交要用 git，这台机器上没有；请安装 git，或比较两个门户、两个站点",
                "comparing commits needs git, which this machine lacks; install it, or compare two portals or two sites"
            )
        })?;
    // A repository of another user is refused by git with a reason that its owner must read.
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("dubious ownership") {
        bail!(say!(
            "git 不信任这个仓库，因为它属于另一个用户；请运行 git config --global --add safe.directory {0}",
            "git does not trust this repository, which belongs to another user; run git config --global --add safe.directory {0}",
            site.display()
        ));
    }
    Ok(output.status.success().then_some(output.stdout))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_two_sides() {
        let range = |text: &str| split_range(text);
        assert_eq!(range("a..b"), Some(("a".into(), "b".into(), false)));
        assert_eq!(range("a...b"), Some(("a".into(), "b".into(), true)));
        assert_eq!(range("a.."), Some(("a".into(), "HEAD".into(), false)));
        assert_eq!(range("v1.0"), None);
    }

    #[test]
    fn files_and_links_of_the_site_are_taken_whatever_their_names() {
        let taken = |entry: &[u8]| blob(entry, b"hr/").map(|blob| blob.map(|blob| blob.path));
        for (entry, path) in [
            ("100644 blob aa\thr/content/a.md", "content/a.md"),
            ("120000 blob aa\thr/content/link", "content/link"),
            ("100644 blob aa\thr/static/.htaccess", "static/.htaccess"),
            ("100644 blob aa\thr/static/a\\b\nc", "static/a\\b\nc"),
        ] {
            let path = Some(PathBuf::from(path));
            assert_eq!(taken(entry.as_bytes()).expect("a path"), path, "{entry}");
        }
        for entry in [
            "160000 commit aa\thr/module",
            "100644 blob aa\tother/a.md",
            "100644 blob aa\thr/.git/config",
            "nothing",
        ] {
            assert_eq!(taken(entry.as_bytes()).expect("nothing"), None, "{entry}");
        }
        for entry in ["100644 blob aa\thr/a/../../x", "120000 blob aa\thr//etc"] {
            taken(entry.as_bytes()).expect_err(entry);
        }
    }
}
