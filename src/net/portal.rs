//! Reads a published portal. Enters: the address of a portal, or a folder. Leaves: its `manifest.json` and
//! `build.json`, `Nothing` if both are missing, or an error with its reason. An unclear answer is an error, never a
//! first publish.

use super::client::{Failure, Method, Reply, Request, ask};
use super::deadline::Deadline;
use crate::diagnostic::{Text, visible};
use crate::files::load_bytes;
use crate::outputs::Choices;
use crate::publish::Online;
use crate::publish::manifest::MANIFEST;
use crate::say;
use anyhow::{Result, bail};
use jiff::Timestamp;
use std::path::Path;
use std::time::Duration;
use url::Url;

/// The name of the file with the choices of a build.
const BUILD_INFO: &str = "build.json";
/// The largest size of a manifest, which is enough for a million files.
const MANIFEST_BYTES: u64 = 256 << 20;
/// The largest size of `build.json`.
const BUILD_INFO_BYTES: u64 = 64 << 10;
/// The time limit for one request.
const REQUEST_TIME: Duration = Duration::from_secs(30);
/// The time limit for both files, with all repetitions.
const TOTAL_TIME: Duration = Duration::from_mins(2);
/// The number of requests for a file if the network or the server fails.
const TRIES: u32 = 3;
/// The largest number of redirects of a file, all within one host.
const REDIRECTS: u32 = 3;
/// The largest difference between the clocks of this machine and the server.
const CLOCK_SECONDS: i64 = 6 * 60 * 60;

/// The result of reading a published portal.
#[derive(Debug)]
pub enum Fetched {
    /// Neither file exists: nobody has published yet.
    Nothing,
    /// The published portal, and the clock of its server if the server states it.
    Portal(Box<Online>, Option<Timestamp>),
}

/// Whether a text is the address of a portal on the network.
pub fn is_url(place: &str) -> bool {
    let lower = place.to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// Reads both files of a published portal. `place` may be `out`, a folder that need not exist yet.
pub fn fetch_portal(place: &str, out: &Path) -> Result<Fetched> {
    let (manifest, build, date) = if is_url(place) {
        let base = base(place)?;
        let deadline = Deadline::after(TOTAL_TIME);
        let (build, date) = fetch(&base, BUILD_INFO, BUILD_INFO_BYTES, &deadline)?;
        let (manifest, _) = fetch(&base, MANIFEST, MANIFEST_BYTES, &deadline)?;
        (manifest, build, date)
    } else {
        let folder = named_folder(place, out)?;
        let read = |name| read(folder, name);
        (read(MANIFEST)?, read(BUILD_INFO)?, None)
    };
    Ok(match (manifest, build) {
        (None, None) => Fetched::Nothing,
        (Some(manifest), Some(build)) => {
            let online = Online::read(place, &manifest, &build)?;
            Fetched::Portal(Box::new(online), date)
        }
        (Some(_), None) => bail!(incomplete(place, MANIFEST, BUILD_INFO)),
        (None, Some(_)) => bail!(incomplete(place, BUILD_INFO, MANIFEST)),
    })
}

/// Reads only `build.json`; `None` if it does not exist.
pub fn fetch_build_info(place: &str) -> Result<Option<Choices>> {
    let bytes = if is_url(place) {
        fetch(
            &base(place)?,
            BUILD_INFO,
            BUILD_INFO_BYTES,
            &Deadline::after(TOTAL_TIME),
        )?
        .0
    } else {
        read(named_folder(place, Path::new(""))?, BUILD_INFO)?
    };
    let Some(bytes) = bytes else {
        return Ok(None);
    };
    match Choices::parse(&bytes) {
        Some(choices) => Ok(Some(choices)),
        None => bail!(Online::unreadable(place)),
    }
}

/// Reports clocks of this machine and the server that differ too much for a publish.
pub fn clock_fault(here: Timestamp, there: Option<Timestamp>) -> Option<Text> {
    let there = there?;
    let apart = here.duration_since(there).as_secs().abs();
    (apart > CLOCK_SECONDS).then(|| {
        say!(
            "这台机器的时间是 {here}，网站服务器的时间是 {there}，相差太多。岗位会提前截止或迟迟不截止。请先校准时间；确实要按某一天生成，写 --as-of",
            "the clock of this machine is at {here} and the web server's at {there}, which differ too much: postings would close early or late. Set the clock, or name the day with --as-of"
        )
    })
}

fn incomplete(place: &str, present: &str, missing: &str) -> Text {
    say!(
        "{place}：有 {present}，没有 {missing}，上线的门户不完整。先把门户完整地放上去一次，再用 --published",
        "{place}: {present} exists but {missing} does not, so the published portal is incomplete. Put the whole portal online once, then use --published"
    )
}

/// The address of a portal with a slash at its end, so that names of files can follow.
fn base(place: &str) -> Result<Url> {
    let parsed = Url::parse(place).ok().filter(|url| url.host().is_some());
    let Some(mut url) = parsed else {
        bail!(say!(
            "“{0}”不是完整的网址；写成 https://careers.example.com/ 这样",
            "`{0}` is not a complete address; write it like https://careers.example.com/",
            visible(place)
        ));
    };
    if !url.username().is_empty() || url.password().is_some() {
        bail!(say!(
            "网址里不能写用户名和密码，它们会留在记录里",
            "this address must not contain a user name or a password, since they would stay in logs"
        ));
    }
    url.set_query(None);
    url.set_fragment(None);
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

fn named_folder<'a>(place: &'a str, out: &Path) -> Result<&'a Path> {
    let folder = Path::new(place);
    if place.trim().is_empty() {
        bail!(say!(
            "没有写已经上线的门户在哪里；gangwei.yaml 里还没有 base_url 的，先写上",
            "the address of the published portal is missing; if gangwei.yaml has no base_url yet, write it first"
        ));
    }
    if !folder.is_dir() && folder != out {
        bail!(say!(
            "“{0}”不是文件夹，也不是以 https:// 开头的网址",
            "`{0}` is neither a folder nor an address that begins with https://",
            visible(place)
        ));
    }
    Ok(folder)
}

fn read(folder: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let path = folder.join(name);
    path.exists().then(|| load_bytes(&path)).transpose()
}

/// Fetches a file of a portal, and the server's clock. The file is `None` if the server answers that it does not
/// exist.
fn fetch(
    base: &Url,
    name: &str,
    bytes: u64,
    deadline: &Deadline,
) -> Result<(Option<Vec<u8>>, Option<Timestamp>)> {
    let Ok(mut url) = base.join(name) else {
        bail!(garbled(base));
    };
    let mut redirects = 0;
    let mut tries = 0;
    loop {
        tries += 1;
        let Some(left) = deadline.left() else {
            bail!(failed(&url, &Failure::Slow));
        };
        let request = Request {
            url: &url,
            method: Method::Get,
            addresses: None,
            time: REQUEST_TIME.min(left),
            bytes,
        };
        let is_last = tries >= TRIES;
        let reply = match ask(request) {
            Ok(reply) if reply.status >= 500 && !is_last => None,
            Ok(reply) => Some(reply),
            Err(Failure::Unreachable | Failure::CutOff | Failure::Slow) if !is_last => None,
            Err(failure) => bail!(failed(&url, &failure)),
        };
        let Some(reply) = reply else {
            std::thread::sleep(Duration::from_millis(300) * tries);
            continue;
        };
        match reply.status {
            200 if is_page(&reply) => bail!(page(&url)),
            200 => return Ok((Some(reply.bytes), reply.date)),
            404 | 410 => return Ok((None, reply.date)),
            401 | 403 | 407 => bail!(login(&url, &say!("状态 {0}", "status {0}", reply.status))),
            301 | 302 | 303 | 307 | 308 => {
                let next = reply.location.and_then(|written| url.join(&written).ok());
                let Some(next) = next.filter(|_| redirects < REDIRECTS) else {
                    bail!(garbled(&url));
                };
                if !is_same_file(&url, &next, name) {
                    let to = next.host_str().unwrap_or_default().to_owned();
                    bail!(login(&url, &say!("转到了 {to}", "it redirects to {to}")));
                }
                redirects += 1;
                tries = 0;
                url = next;
            }
            status => bail!(say!(
                "{url}：服务器回答 {status}，不知道现在上线的是什么。等网站恢复后再运行一次",
                "{url}: the server answers {status}, so nobody knows what is online. Run it again when the site works"
            )),
        }
    }
}

/// Whether a redirect leads to the same file on the same host, and not from https to http.
fn is_same_file(from: &Url, to: &Url, name: &str) -> bool {
    let same_host = from.host() == to.host();
    let is_safe = to.scheme() == from.scheme() || to.scheme() == "https";
    same_host && is_safe && to.path().ends_with(&format!("/{name}"))
}

/// Whether an answer is a page instead of data: some servers send error pages and login pages with the status 200.
fn is_page(reply: &Reply) -> bool {
    let mut bytes = reply.bytes.iter().copied();
    let first = bytes.find(|byte| !byte.is_ascii_whitespace());
    first == Some(b'<') || (reply.is_html && first != Some(b'{'))
}

fn page(url: &Url) -> Text {
    say!(
        "{url}：来的是一个网页，不是数据，多半要登录，或者出错页没有用 404。不知道现在上线的是什么。让这个地址不登录也能读，或让不存在的地址回答 404",
        "{url}: the server sent a page instead of data, probably a login page, or an error page without the status 404. Nobody knows what is online. Let this address be read without a login, or let missing addresses answer 404"
    )
}

fn login(url: &Url, why: &Text) -> Text {
    Text {
        zh: format!(
            "{url}：要登录才能看（{}）。不知道现在上线的是什么。让这个地址不登录也能读，或者用能读到的网址、文件夹",
            why.zh
        ),
        en: format!(
            "{url}: the server requires a login ({}). Nobody knows what is online. Let this address be read without a login, or name an address or a folder that can be read",
            why.en
        ),
    }
}

fn garbled(url: &Url) -> Text {
    failed(url, &Failure::Garbled)
}

fn failed(url: &Url, failure: &Failure) -> Text {
    let host = url.host_str().unwrap_or_default();
    let why = match failure {
        Failure::Slow => say!("等了太久没有回答", "no answer in time"),
        Failure::NoSuchHost => say!("找不到 {host}", "there is no host {host}"),
        Failure::Unreachable => say!("连不上 {host}", "{host} cannot be reached"),
        Failure::Untrusted => say!(
            "{host} 的证书这台机器不信任",
            "this machine does not trust the certificate of {host}"
        ),
        Failure::TooLarge => say!("文件大得不对", "the file is far too large"),
        Failure::CutOff => say!("只取到一半，连接断了", "the connection broke off halfway"),
        Failure::Garbled => say!("回答读不懂", "the answer cannot be read"),
    };
    let repair = match failure {
        Failure::Untrusted => say!(
            "网站用的是行内的证书，就把签发它的证书装到这台机器上，或用 SSL_CERT_FILE 指明",
            "if the bank's own authority issued it, install the certificate of that authority on this machine, or name its file in SSL_CERT_FILE"
        ),
        Failure::NoSuchHost | Failure::TooLarge | Failure::Garbled => say!(
            "看看网址对不对，再运行一次",
            "check the address, then run it again"
        ),
        Failure::Slow | Failure::Unreachable | Failure::CutOff => say!(
            "网站和网络恢复后再运行一次",
            "run it again when the site and the network work"
        ),
    };
    Text {
        zh: format!("{url}：{}。不知道现在上线的是什么。{}", why.zh, repair.zh),
        en: format!(
            "{url}: {}. Nobody knows what is online; {}",
            why.en, repair.en
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_in_a_slash_and_has_no_password() {
        assert_eq!(
            base("https://a.example/hr?x#y").expect("url").as_str(),
            "https://a.example/hr/"
        );
        for wrong in ["https://", "http:///", "https://a:b@c.example/"] {
            assert!(base(wrong).is_err(), "{wrong}");
        }
        assert!(is_url("HTTPS://a.example") && !is_url("ftp://a.example") && !is_url("public"));
    }

    #[test]
    fn a_redirect_may_lead_only_to_the_same_file_of_the_host() {
        let url = |text: &str| Url::parse(text).expect("url");
        let from = url("http://a.example/build.json");
        assert!(is_same_file(
            &from,
            &url("https://a.example/hr/build.json"),
            "build.json"
        ));
        for other in [
            "https://login.example/build.json",
            "http://a.example/login?next=/build.json",
            "http://b.a.example/build.json",
        ] {
            assert!(!is_same_file(&from, &url(other), "build.json"), "{other}");
        }
        let safe = url("https://a.example/build.json");
        assert!(!is_same_file(&safe, &from, "build.json"));
    }
}
