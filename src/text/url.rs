//! Addresses: enters what a page is, leaves its path in the output and its link. The only place that builds URLs.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;
use url::{ParseError, Url};

/// Characters that a path segment cannot hold as they are.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'&')
    .add(b'\'');

/// Characters that a query's value cannot hold as they are.
const COMPONENT: &AsciiSet = &PATH
    .add(b'/')
    .add(b':')
    .add(b'@')
    .add(b'=')
    .add(b'+')
    .add(b'$')
    .add(b',')
    .add(b';');

/// Encodes a text for one value of a query or a `mailto:` subject.
pub fn encode_component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Stands for the portal's root in the links of a portable portal until the page that holds them is known: an encoded
/// noncharacter, which no path has and no escaping changes.
const ROOT: &str = "%EF%B7%9E";

const PAGE: &str = "index.html";

/// The origin of a portal that has none, for reading addresses; the name can belong to nobody (RFC 2606).
const NO_ORIGIN: &str = "https://portal.invalid";

/// Where the portal lives: `https://careers.example.com/hr/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
    is_portable: bool,
}

impl BaseUrl {
    /// Reads a base URL; the path gets a slash at its end. Without a host the URL is only a path.
    pub fn parse(text: &str) -> BaseUrl {
        let whole = Url::parse(text).ok().filter(Url::has_host);
        let origin = whole.map_or(String::new(), |url| url.origin().ascii_serialization());
        let below = match text.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
            None => text,
        };
        let path = below
            .split(['?', '#'])
            .next()
            .unwrap_or("")
            .trim_matches('/');
        BaseUrl {
            origin,
            path: if path.is_empty() {
                "/".to_owned()
            } else {
                format!("/{path}/")
            },
            is_portable: false,
        }
    }

    /// The same place, with links that work from a folder: relative, and with the name of the page.
    #[must_use]
    pub fn portable(self) -> BaseUrl {
        BaseUrl {
            is_portable: true,
            ..self
        }
    }

    /// Whether links are made for a folder.
    pub fn is_portable(&self) -> bool {
        self.is_portable
    }

    /// The whole URL, as `parse` reads it again.
    pub fn text(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }

    /// The host, without a port; `None` where links have no host.
    pub fn host(&self) -> Option<&str> {
        let authority = self.origin.split_once("://")?.1;
        authority.split(':').next()
    }

    /// The paths in the portal's host that an address may mean, decoded, without the slash at their beginning; none
    /// where it leads to another host. `https:/a/b` means one thing in a page of the same scheme and another elsewhere.
    /// Which of the two web schemes is written makes no difference.
    pub fn paths_on_host(&self, target: &str) -> Vec<String> {
        let origin = if self.origin.is_empty() {
            NO_ORIGIN
        } else {
            &self.origin
        };
        let root = Url::parse(origin).and_then(|origin| origin.join(&self.path));
        let Ok(root) = root else {
            return Vec::new();
        };
        let is_here = |url: &Url| {
            matches!(url.scheme(), "http" | "https")
                && url.host() == root.host()
                && url.port() == root.port()
        };
        let readings = [Url::parse(target), root.join(target)];
        let here = readings.into_iter().flatten().filter(is_here);
        here.map(|url| decode(url.path().trim_start_matches('/')).into_owned())
            .collect()
    }

    /// The path of the portal, with slashes on both ends.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The link to an output file, from the server's root: `jobs/a/index.html` gives `/hr/jobs/a/`.
    pub fn link(&self, output_path: &str) -> String {
        if self.is_portable {
            return format!("{ROOT}{}", utf8_percent_encode(output_path, PATH));
        }
        format!(
            "{}{}",
            self.path,
            utf8_percent_encode(folder(output_path), PATH)
        )
    }

    /// The link to an address of the portal that an author wrote out after the root: `jobs/?sort=new`.
    pub fn written_link(&self, written: &str) -> String {
        if !self.is_portable {
            return format!("{}{written}", self.path);
        }
        let (path, rest) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        let page = if path.is_empty() || path.ends_with('/') {
            PAGE
        } else {
            ""
        };
        format!("{ROOT}{path}{page}{rest}")
    }

    /// The absolute URL of a link made by `link`.
    pub fn absolute(&self, link: &str) -> String {
        match link.strip_prefix(ROOT) {
            Some(path) => format!("{}{}{}", self.origin, self.path, folder(path)),
            None => format!("{}{link}", self.origin),
        }
    }

    /// Puts the way to the root into an output of a portable portal: pages go up to it, what programs read names it in
    /// full.
    pub fn relativise(&self, output_path: &str, bytes: Vec<u8>) -> Vec<u8> {
        let way = if output_path.ends_with(".html") {
            match output_path.matches('/').count() {
                0 => "./".to_owned(),
                depth => "../".repeat(depth),
            }
        } else {
            format!("{}{}", self.origin, self.path)
        };
        match String::from_utf8(bytes) {
            Ok(text) => text.replace(ROOT, &way).into_bytes(),
            Err(other) => other.into_bytes(),
        }
    }
}

/// An output path without the name of a folder's page.
fn folder(output_path: &str) -> &str {
    match output_path.strip_suffix(PAGE) {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => output_path,
    }
}

/// Schemes that a page may link.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Whether an absolute address has a scheme that a page may link; one without a scheme has none.
pub fn has_safe_scheme(target: &str) -> bool {
    Url::parse(target).is_ok_and(|url| SCHEMES.contains(&url.scheme()))
}

/// Whether an address without a scheme names a host: browsers pass over control characters and blanks, and read a
/// backslash as a slash.
pub fn begins_with_host(target: &str) -> bool {
    let is_relative = Url::parse(target) == Err(ParseError::RelativeUrlWithoutBase);
    let root = Url::parse(NO_ORIGIN).ok().filter(|_| is_relative);
    // An address that no browser can read leads nowhere, and certainly not into the portal.
    root.is_some_and(|root| match root.join(target) {
        Ok(url) => url.host() != root.host(),
        Err(_) => true,
    })
}

/// Whether an address names a user before its host: `https://www.bank.example@evil.example/` leads to the second host and
/// looks like the first.
pub fn has_user(target: &str) -> bool {
    let root = Url::parse(NO_ORIGIN).ok();
    let read = Url::parse(target).ok();
    let url = read.or_else(|| root?.join(target).ok());
    url.is_some_and(|url| {
        let is_web = !matches!(url.scheme(), "mailto" | "tel");
        is_web && (!url.username().is_empty() || url.password().is_some())
    })
}

/// A path of an address with its encoded characters as themselves.
pub fn decode(path: &str) -> Cow<'_, str> {
    percent_decode_str(path).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_hold_the_portal_path_and_encode_han_characters() {
        let base = BaseUrl::parse("https://bank.example/hr");
        assert_eq!(
            base.link("jobs/柜员/index.html"),
            "/hr/jobs/%E6%9F%9C%E5%91%98/"
        );
        assert_eq!(base.link("index.html"), "/hr/");
        assert_eq!(
            base.absolute(&base.link("feed.xml")),
            "https://bank.example/hr/feed.xml"
        );
        assert_eq!(
            BaseUrl::parse("https://bank.example").link("a.txt"),
            "/a.txt"
        );
    }

    #[test]
    fn addresses_are_read_as_browsers_read_them() {
        for target in [
            "//evil.example",
            "/\\evil.example",
            "\t//evil.example",
            "////evil.example/a",
            "//[",
        ] {
            assert!(begins_with_host(target), "{target:?}");
        }
        for target in [
            "/jobs/",
            "jobs/a",
            "#a",
            "",
            "https://a.example/",
            "mailto:a@b.example",
        ] {
            assert!(!begins_with_host(target), "{target:?}");
        }
        for target in [
            "HTTPS://a.example",
            "mailto:a@b.example",
            "tel:+86-10-1",
            "http:a.example",
        ] {
            assert!(has_safe_scheme(target), "{target}");
        }
        for target in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///a",
            "jobs/a",
            "https://[",
        ] {
            assert!(!has_safe_scheme(target), "{target}");
        }
        let base = BaseUrl::parse("https://Bank.example:443/hr/");
        assert_eq!(base.text(), "https://bank.example/hr/");
        for target in [
            "/hr/%E6%9F%9C/",
            "http://BANK.example/hr/柜/",
            "https:////bank.example//hr/柜/",
        ] {
            let paths = base.paths_on_host(target);
            assert!(!paths.is_empty(), "{target}");
            for path in paths {
                assert_eq!(path.trim_start_matches('/'), "hr/柜/", "{target}");
            }
        }
        for target in [
            "https://a.example/hr/",
            "https://bank.example:8443/hr/",
            "mailto:a@bank.example",
        ] {
            assert!(base.paths_on_host(target).is_empty(), "{target}");
        }
    }

    #[test]
    fn a_user_before_a_host_is_seen_however_it_is_written() {
        for target in [
            "https://www.bank.example@evil.example/",
            "http://news.example.com:80@127.0.0.1/",
            "https://a:b@evil.example",
            "//bank.example@evil.example/",
            "https:\\\\bank.example@evil.example",
            "HTTPS:bank.example@evil.example",
            " https://bank%2Eexample%40x@evil.example",
        ] {
            assert!(has_user(target), "{target}");
        }
        for target in [
            "https://bank.example/@name",
            "https://bank.example/?a=b@c",
            "mailto:a@b.example",
            "/a@b/",
            "a@b.md",
            "#a@b",
            "",
        ] {
            assert!(!has_user(target), "{target}");
        }
    }

    #[test]
    fn portable_links_lead_from_the_page_that_holds_them() {
        let base = BaseUrl::parse("https://bank.example/hr").portable();
        let link = base.link("jobs/柜员/index.html");
        assert_eq!(
            base.absolute(&link),
            "https://bank.example/hr/jobs/%E6%9F%9C%E5%91%98/"
        );
        let relativise = |path: &str, link: &str| {
            String::from_utf8(base.relativise(path, link.as_bytes().to_vec())).expect("UTF-8")
        };
        assert_eq!(
            relativise("units/a/index.html", &link),
            "../../jobs/%E6%9F%9C%E5%91%98/index.html"
        );
        assert_eq!(
            relativise("index.html", &base.link("index.html")),
            "./index.html"
        );
        assert_eq!(
            relativise("index.html", &base.written_link("jobs/?sort=new#list")),
            "./jobs/index.html?sort=new#list"
        );
        assert_eq!(
            relativise("feed.json", &base.link("a.pdf")),
            "https://bank.example/hr/a.pdf"
        );
    }
}
