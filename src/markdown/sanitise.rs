//! Raw HTML of a body, reduced to tags without behaviour. Ids and classes stay only where `html.rs` writes them;
//! links and pictures ask `Links` like those of markdown.

#![expect(
    clippy::disallowed_types,
    reason = "the sanitiser's builder takes sets of names; it is only asked whether a name is in one"
)]

use super::links::{Links, Target};
use super::theme_ids::is_theme_id;
use ammonia::Builder;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Tags that only shape text.
const TAGS: &str = "a abbr b blockquote br caption code dd del details div dl dt em h2 h3 h4 h5 h6 hr i img input ins kbd \
    li mark ol p pre q rp rt ruby s small span strong sub summary sup table tbody td tfoot th thead tr u ul";

/// Attributes of single tags.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "title"]),
    ("img", &["src", "alt", "title", "width", "height"]),
    ("input", &["disabled", "checked"]),
    ("ol", &["start"]),
    ("span", &["aria-label"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
];

/// Cleans the HTML of a body that holds raw HTML. `known` are addresses that `links` has given already, each with whether
/// it is a picture's: a page may link a picture elsewhere, and not show it.
pub(super) fn sanitise(html: &str, known: &BTreeSet<(bool, String)>, links: &dyn Links) -> String {
    // The cleaner's callback cannot borrow `links`: one pass collects the addresses, the second puts the answers in.
    let met: Arc<Mutex<BTreeSet<(bool, String)>>> = Arc::default();
    let collected = met.clone();
    let mut builder = allow_list();
    builder.attribute_filter(move |tag, attribute, value| {
        if is_address(attribute) {
            let mut met = collected.lock().unwrap_or_else(PoisonError::into_inner);
            met.insert((tag == "img", value.to_owned()));
        }
        Some(value.into())
    });
    let _ = builder.clean(html).to_string();
    let met = std::mem::take(&mut *met.lock().unwrap_or_else(PoisonError::into_inner));
    let answers: BTreeMap<(bool, String), Target> = met
        .into_iter()
        .map(|met| {
            let (picture, target) = &met;
            let answer = match (known.contains(&met), picture) {
                (true, _) => Target::Address(target.clone()),
                (false, true) => links.picture(target),
                (false, false) => links.link(target),
            };
            (met, answer)
        })
        .collect();
    let mut builder = allow_list();
    builder.attribute_filter(move |tag, attribute, value| {
        if attribute == "id" && is_theme_id(value) {
            return None;
        }
        if !is_address(attribute) {
            return Some(value.into());
        }
        match answers.get(&(tag == "img", value.to_owned())) {
            Some(Target::Address(address)) => Some(Cow::Owned(address.clone())),
            Some(Target::Inert) | None => None,
        }
    });
    without_shells(&builder.clean(html).to_string())
}

/// The markup that the cleaner wrote, with the words of a picture in its place where it has no address left, and without
/// controls that a reader could use. The cleaner writes `<` only where a tag begins, and quotes every value.
fn without_shells(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..at + tag_length(&rest[at..])];
        rest = &rest[at + tag.len()..];
        if is_tag(tag, "<img") && !tag.contains(" src=\"") {
            let words = tag
                .split_once(" alt=\"")
                .and_then(|(_, words)| words.split('"').next());
            // A value is written with its quotation marks and ampersands escaped, which text may be too.
            out.push_str(
                &words
                    .unwrap_or_default()
                    .replace('<', "&lt;")
                    .replace('>', "&gt;"),
            );
        } else if is_tag(tag, "<input")
            && !(tag.contains(" type=\"checkbox\"") && tag.contains(" disabled="))
        {
            // The check box of a task list is the only one that stays.
        } else {
            out.push_str(tag);
        }
    }
    out.push_str(rest);
    out
}

fn is_tag(tag: &str, begin: &str) -> bool {
    tag.strip_prefix(begin)
        .is_some_and(|rest| rest.starts_with([' ', '>', '/']))
}

/// The bytes of a tag, whose values may hold `>` between quotation marks.
fn tag_length(tag: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

/// Whether pages keep a tag. Of what a script or a style holds nothing is left at all.
pub(super) fn is_kept(tag: &str) -> bool {
    TAGS.split_whitespace().any(|kept| kept == tag)
}

fn is_address(attribute: &str) -> bool {
    attribute == "href" || attribute == "src"
}

fn allow_list() -> Builder<'static> {
    let attributes = ATTRIBUTES
        .iter()
        .map(|(tag, names)| (*tag, names.iter().copied().collect::<HashSet<_>>()));
    let mut builder = Builder::default();
    builder
        .tags(TAGS.split_whitespace().collect())
        .tag_attributes(attributes.collect::<HashMap<_, _>>())
        .add_tag_attribute_values("input", "type", ["checkbox"])
        .add_tag_attribute_values("div", "role", ["group"])
        .add_tag_attribute_values("div", "tabindex", ["0"])
        .add_tag_attribute_values("span", "role", ["img"])
        .add_generic_attributes(["id", "lang", "translate"])
        .add_allowed_classes("div", ["table", "footnote-definition"])
        .add_allowed_classes("span", ["blank"])
        .add_allowed_classes("td", ["right", "centre"])
        .add_allowed_classes("th", ["right", "centre"])
        .add_allowed_classes("sup", ["footnote-reference", "footnote-definition-label"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(None);
    builder
}
