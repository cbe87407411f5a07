//! A filled report as a page of its own. Enters: the template's text and values. Leaves: one HTML file without scripts
//! that prints on A4.

use super::Filled;
use crate::blanks::Template;
use crate::markdown::{Links, Profile, Target, render};
use crate::text::markup::escape;
use crate::text::url::{has_safe_scheme, has_user};
use std::borrow::Cow;

/// A page of its own links other sites and its own places: whoever receives it has no portal beside it.
struct Values<'a> {
    template: &'a Template,
    filled: &'a Filled,
}

impl Links for Values<'_> {
    fn link(&self, target: &str) -> Target {
        let target = target.trim();
        let is_whole = has_safe_scheme(target) && !has_user(target);
        if is_whole || target.starts_with('#') {
            Target::Address(target.to_owned())
        } else {
            Target::Inert
        }
    }

    fn picture(&self, _target: &str) -> Target {
        Target::Inert
    }

    fn blank_label(&self, number: usize) -> Cow<'_, str> {
        let blank = self.template.blanks.get(number);
        blank.map_or(Cow::Borrowed("填空"), |blank| {
            Cow::Borrowed(blank.label.as_str())
        })
    }

    fn blank_value(&self, number: usize) -> Option<&str> {
        self.filled.in_blank(self.template, number)
    }
}

const STYLE: &str = "body{max-width:42em;margin:2em auto;padding:0 1em;font:1em/1.8 serif}h1,h2,h3{font-family:sans-serif;\
line-height:1.4}table{border-collapse:collapse}th,td{border:1px solid #777;padding:.2em .6em}.blank{border-bottom:1px solid}\
@page{size:A4;margin:25mm 20mm}";

/// The filled report as an HTML file.
pub fn to_html(
    text: &str,
    title: &str,
    profile: Profile,
    template: &Template,
    filled: &Filled,
) -> String {
    let body = render(text, profile, &[], &Values { template, filled });
    let escaped = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{escaped}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{escaped}</h1>\n{body}</body>\n</html>\n"
    )
}
