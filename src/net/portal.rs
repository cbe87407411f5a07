//! What is published. Enters: the address of a portal, or a folder. Leaves: its `manifest.json` and `build.json`, nothing
//! where both are missing, or in words why nobody can tell. A doubt is never taken for a first publish.

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

/// The name of the file that says what a build was made for.
const BUILD_INFO: &str = "build.json";
/// The most bytes of a manifest: a million files.
const MANIFEST_BYTES: u64 = 256 << 20;
/// The most bytes of `build.json`.
const BUILD_INFO_BYTES: u64 = 64 << 10;
/// How long one file may take, and both together with all repetitions.
const ONE: Duration = Duration::from_secs(30);
const ALL: Duration = Duration::from_mins(2);
/// How often a file is asked for where the network or the server fails.
const TRIES: u32 = 3;
/// Redirects within one host that are followed.
const REDIRECTS: u32 = 3;
/// How far this machine's clock and the server's may lie apart.
const CLOCK_SECONDS: i64 = 6 * 60 * 60;

/// What a portal answered.
#[derive(Debug)]
pub enum Fetched {
    /// Neither file is there: nothing has been published.
    Nothing,
    /// The portal that is published, and the clock of its server.
    Portal(Box<Online>, Option<Timestamp>),
}

/// Whether a text names a portal on the network.
pub fn is_url(place: &str) -> bool {
    let lower = place.to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// Reads both files of a published portal. `out` is a folder that need not be there yet.
pub fn fetch_portal(place: &str, out: &Path) -> Result<Fetched> {
    let (manifest, build, date) = if is_url(place) {
        let base = base(place)?;
        let deadline = Deadline::after(ALL);
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
        (Some(_), None) => bail!(half(place, MANIFEST, BUILD_INFO)),
        (None, Some(_)) => bail!(half(place, BUILD_INFO, MANIFEST)),
    })
}

/// Reads `build.json` alone; nothing where there is none.
pub fn fetch_build_info(place: &str) -> Result<Option<Choices>> {
    let bytes = if is_url(place) {
        fetch(
            &base(place)?,
            BUILD_INFO,
            BUILD_INFO_BYTES,
            &Deadline::after(ALL),
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

/// Whether this machine's clock and the server's lie too far apart to publish by.
pub fn clock_fault(here: Timestamp, there: Option<Timestamp>) -> Option<Text> {
    let there = there?;
    let apart = here.duration_since(there).as_secs().abs();
    (apart > CLOCK_SECONDS).then(|| {
        say!(
            "这台机器的时间是 {here}，网站服务器的时间是 {there}，相差太多。岗位会提前截止或迟迟不截止。请先校准时间；确实要按某一天生成，写 --as-of",
            "this machine's clock says {here} and the web server's {there}, too far apart: postings would close early or late. Set the clock, or name the day with --as-of"
        )
    })
}

fn half(place: &str, there: &str, missing: &str) -> Text {
    say!(
        "{place}：有 {there}，没有 {missing}，上线的门户不完整。先把门户完整地放上去一次，再用 --published",
        "{place}: there is {there} but no {missing}, so what is online is not whole. Put the whole portal online once, then use --published"
    )
}

/// The address with a slash at its end, so that names of files can follow.
fn base(place: &str) -> Result<Url> {
    let parsed = Url::parse(place).ok().filter(|url| url.host().is_some());
    let Some(mut url) = parsed else {
        bail!(say!(
            "“{0}”不是完整的网址；写成 https://careers.example.com/ 这样",
            "`{0}` is no whole address; write it like https://careers.example.com/",
            visible(place)
        ));
    };
    if !url.username().is_empty() || url.password().is_some() {
        bail!(say!(
            "网址里不能写用户名和密码，它们会留在记录里",
            "an address here may hold no name and password: they would stay in logs"
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
            "the published portal is not named; where gangwei.yaml has no base_url yet, write it first"
        ));
    }
    if !folder.is_dir() && folder != out {
        bail!(say!(
            "“{0}”不是文件夹，也不是以 https:// 开头的网址",
            "`{0}` is no folder and no address that begins with https://",
            visible(place)
        ));
    }
    Ok(folder)
}

fn read(folder: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let path = folder.join(name);
    path.exists().then(|| load_bytes(&path)).transpose()
}

/// One file of a portal; nothing where the server says that there is none.
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
            time: ONE.min(left),
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
                if !stays(&url, &next, name) {
                    let to = next.host_str().unwrap_or_default().to_owned();
                    bail!(login(&url, &say!("转到了 {to}", "it leads to {to}")));
                }
                redirects += 1;
                tries = 0;
                url = next;
            }
            status => bail!(say!(
                "{url}：服务器回答 {status}，不知道现在上线的是什么。等网站恢复后再运行一次",
                "{url}: the server answers {status}, so nobody knows what is online; run it again when the site is well"
            )),
        }
    }
}

/// Whether a redirect leads to the same file of the same host, and not from https back to http.
fn stays(from: &Url, to: &Url, name: &str) -> bool {
    let same_host = from.host() == to.host();
    let is_safe = to.scheme() == from.scheme() || to.scheme() == "https";
    same_host && is_safe && to.path().ends_with(&format!("/{name}"))
}

/// Whether what came is a page and no data: pages of errors and of logins come with the status 200 too.
fn is_page(reply: &Reply) -> bool {
    let mut bytes = reply.bytes.iter().copied();
    let first = bytes.find(|byte| !byte.is_ascii_whitespace());
    first == Some(b'<') || (reply.is_html && first != Some(b'{'))
}

fn page(url: &Url) -> Text {
    say!(
        "{url}：来的是一个网页，不是数据，多半要登录，或者出错页没有用 404。不知道现在上线的是什么。让这个地址不登录也能读，或让不存在的地址回答 404",
        "{url}: a page came in place of data; most likely a login, or an error page without the status 404. Nobody knows what is online. Let this address be read without a login, or let missing addresses answer 404"
    )
}

fn login(url: &Url, why: &Text) -> Text {
    Text {
        zh: format!(
            "{url}：要登录才能看（{}）。不知道现在上线的是什么。让这个地址不登录也能读，或者用能读到的网址、文件夹",
            why.zh
        ),
        en: format!(
            "{url}: it wants a login ({}). Nobody knows what is online. Let this address be read without a login, or name an address or a folder that can be read",
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
        Failure::NoSuchHost => say!("找不到 {host}", "there is no {host}"),
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
            "where it is an authority of the bank's own, install it on this machine or name its file in SSL_CERT_FILE"
        ),
        Failure::NoSuchHost | Failure::TooLarge | Failure::Garbled => say!(
            "看看网址对不对，再运行一次",
            "see whether the address is right, then run it again"
        ),
        Failure::Slow | Failure::Unreachable | Failure::CutOff => say!(
            "网站和网络恢复后再运行一次",
            "run it again when the site and the network are well"
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
    fn an_address_ends_in_a_slash_and_holds_no_password() {
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
    fn a_redirect_stays_at_the_file_of_the_host() {
        let url = |text: &str| Url::parse(text).expect("url");
        let from = url("http://a.example/build.json");
        assert!(stays(
            &from,
            &url("https://a.example/hr/build.json"),
            "build.json"
        ));
        for other in [
            "https://login.example/build.json",
            "http://a.example/login?next=/build.json",
            "http://b.a.example/build.json",
        ] {
            assert!(!stays(&from, &url(other), "build.json"), "{other}");
        }
        let safe = url("https://a.example/build.json");
        assert!(!stays(&safe, &from, "build.json"));
    }
}
