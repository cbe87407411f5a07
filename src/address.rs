//! Addresses: enters what a page is, leaves its path in the output and its link. The only place that builds URLs.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

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

/// Where the portal lives: `https://careers.example.com/hr/`.
#[derive(Debug, Clone, Default)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// Reads a base URL; the path gets a slash at its end. Without an origin the URL is only a path.
    pub fn parse(text: &str) -> BaseUrl {
        let after_scheme = text.find("://").map_or(0, |at| at + 3);
        let split = match after_scheme {
            0 => 0,
            at => text[at..].find('/').map_or(text.len(), |slash| at + slash),
        };
        let path = text[split..]
            .split(['?', '#'])
            .next()
            .unwrap_or("")
            .trim_matches('/');
        BaseUrl {
            origin: text[..split].to_owned(),
            path: match path {
                "" => "/".to_owned(),
                path => format!("/{path}/"),
            },
        }
    }

    /// The path of the portal, with slashes on both ends.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The link to an output file, from the server's root: `jobs/a/index.html` gives `/hr/jobs/a/`.
    pub fn link(&self, output_path: &str) -> String {
        let page = match output_path {
            "index.html" => "",
            path => match path.strip_suffix("/index.html") {
                Some(_) => &path[..path.len() - "index.html".len()],
                None => path,
            },
        };
        format!("{}{}", self.path, utf8_percent_encode(page, PATH))
    }

    /// The absolute URL of a link made by `link`.
    pub fn absolute(&self, link: &str) -> String {
        format!("{}{link}", self.origin)
    }
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
}
