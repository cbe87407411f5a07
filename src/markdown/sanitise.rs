//! Raw HTML of a body, reduced to tags without behaviour. Ids and classes stay only where `html.rs` writes them;
//! links and pictures ask `Links` like those of markdown.

#![expect(
    clippy::disallowed_types,
    reason = "the sanitiser's builder takes sets of names; it is only asked whether a name is in one"
)]

use super::links::{Links, Target};
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
        if !is_address(attribute) {
            return Some(value.into());
        }
        match answers.get(&(tag == "img", value.to_owned())) {
            Some(Target::Address(address)) => Some(Cow::Owned(address.clone())),
            Some(Target::Inert) | None => None,
        }
    });
    builder.clean(html).to_string()
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
