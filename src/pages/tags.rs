//! References between templates. Enters: a theme's templates. Leaves: names that no template has, and circles, which
//! the engine reports without a place or, where `extends` and `include` make one together, follows until the stack is
//! full.

use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::{did_you_mean, nearest};
use crate::pages::theme::Theme;
use crate::say;
use crate::text::{SourceFile, Span};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, LazyLock};

/// A tag that names a template or a block; comments and raw text are passed over.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let tag = r#"\{%-?\s*(extends|include|block)\s+["']?([^"'%\s]+)"#;
    Regex::new(&format!(
        r"(?s)\{{#.*?#\}}|\{{%-?\s*raw\b.*?\{{%-?\s*endraw|{tag}"
    ))
    .ok()
});

/// A tag and the name in it.
struct Tag<'a> {
    word: &'a str,
    name: &'a str,
    span: Span,
}

fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let found = TAG.iter().flat_map(move |tag| tag.captures_iter(text));
    found.filter_map(|found| {
        let name = found.get(2)?;
        Some(Tag {
            word: found.get(1)?.as_str(),
            name: name.as_str(),
            span: Span::new(name.start(), name.end()),
        })
    })
}

/// The names of the blocks in the templates that a template extends.
pub(super) fn blocks_above<'a>(theme: &'a Theme, name: &str) -> BTreeSet<&'a str> {
    let above = extended(theme, name).into_iter().skip(1);
    above
        .flat_map(|(_, file)| tags(&file.text))
        .filter(|tag| tag.word == "block")
        .map(|tag| tag.name)
        .collect()
}

/// One template naming another.
struct Edge<'a> {
    from: &'a str,
    to: &'a str,
    file: &'a Arc<SourceFile>,
    tag: Tag<'a>,
}

/// The template that a name means: the theme's own, else the built-in one.
pub(super) fn resolve<'a>(theme: &'a Theme, name: &str) -> Option<&'a str> {
    let find = |wanted: &str| {
        let mut names = theme.templates.iter().map(|(name, _)| name.as_str());
        names.find(|known| *known == wanted)
    };
    find(name).or_else(|| find(&format!("default/{name}")))
}

/// The theme's own template at the top of those that a template extends.
pub(super) fn own_parent<'a>(theme: &'a Theme, name: &str) -> Option<&'a NamedTemplate> {
    let mut own = extended(theme, name).into_iter().rev();
    own.find(|(name, _)| !name.starts_with("default/"))
}

/// A template of a theme: its name and its text.
type NamedTemplate = (String, Arc<SourceFile>);

/// The template of a name and those that it extends, in this order.
fn extended<'a>(theme: &'a Theme, name: &str) -> Vec<&'a NamedTemplate> {
    let mut all: Vec<&NamedTemplate> = Vec::new();
    let mut next = resolve(theme, name);
    while let Some(at) = next.filter(|at| all.iter().all(|(seen, _)| seen != at)) {
        let Some(template) = theme.templates.iter().find(|(known, _)| known == at) else {
            break;
        };
        all.push(template);
        let parent = tags(&template.1.text).find(|tag| tag.word == "extends");
        next = parent.and_then(|tag| resolve(theme, tag.name));
    }
    all
}

/// A tag that has an end, or such an end.
static PAIRED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let tag = r"\{%-?\s*((?:end)?(?:if|for|block|filter|component))\b";
    Regex::new(&format!(
        r"(?s)\{{#.*?#\}}|\{{%-?\s*raw\b.*?\{{%-?\s*endraw|{tag}"
    ))
    .ok()
});

/// The last tag that has no end, and its name.
pub(super) fn unclosed(text: &str) -> Option<(&str, Span)> {
    let mut open: Vec<(&str, Span)> = Vec::new();
    for found in PAIRED.iter().flat_map(|tag| tag.captures_iter(text)) {
        let Some(word) = found.get(1) else { continue };
        match word.as_str().strip_prefix("end") {
            Some(_) => drop(open.pop()),
            None => open.push((word.as_str(), Span::new(word.start(), word.end()))),
        }
    }
    open.pop()
}

/// Reports names that no template has, and circles.
pub(super) fn check_tags(theme: &Theme, sink: &mut Sink) {
    let mut edges: BTreeMap<&str, Vec<Edge>> = BTreeMap::new();
    for (from, file) in &theme.templates {
        for tag in tags(&file.text).filter(|tag| tag.word != "block") {
            match resolve(theme, tag.name) {
                Some(to) => edges.entry(from).or_default().push(Edge {
                    from,
                    to,
                    file,
                    tag,
                }),
                None => sink.push(unknown_template(theme, file, &tag)),
            }
        }
    }
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    for name in edges.keys() {
        let circle = if reported.contains(name) {
            None
        } else {
            circle(name, &edges)
        };
        if let Some(circle) = circle {
            reported.extend(circle.iter().map(|edge| edge.from));
            if let Some(fault) = circle_fault(theme, &circle) {
                sink.push(fault);
            }
        }
    }
}

/// A template that is not there, as the tag names it.
fn unknown_template(theme: &Theme, file: &Arc<SourceFile>, tag: &Tag) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "bad-template",
        say!("没有“{0}”这个模板", "there is no template `{0}`", tag.name),
    )
    .at(file, tag.span);
    let names = theme.templates.iter();
    let names = names.map(|(name, _)| name.strip_prefix("default/").unwrap_or(name));
    match nearest(tag.name, names).as_slice() {
        [] => diagnostic.help(say!(
            "写 templates/ 里的路径，例如 partials/row.html；自带的前面加 default/",
            "write its path in templates/, such as partials/row.html; that of a built-in one begins with default/"
        )),
        near => diagnostic.label(did_you_mean(near)),
    }
}

/// The shortest way from a template back to itself.
fn circle<'a, 'b>(
    start: &str,
    edges: &'b BTreeMap<&str, Vec<Edge<'a>>>,
) -> Option<Vec<&'b Edge<'a>>> {
    let mut reached: BTreeMap<&str, &Edge> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(at) = waiting.pop_front() {
        for edge in edges.get(at).into_iter().flatten() {
            if !reached.contains_key(edge.to) {
                reached.insert(edge.to, edge);
                waiting.push_back(edge.to);
            }
        }
    }
    let mut way = vec![*reached.get(start)?];
    while let Some(last) = way.last().filter(|last| last.from != start) {
        way.push(reached.get(last.from)?);
    }
    way.reverse();
    Some(way)
}

/// The fault of a circle, at the reference by which one of the theme's own templates continues it.
fn circle_fault(theme: &Theme, circle: &[&Edge]) -> Option<Diagnostic> {
    let own = |edge: &&&Edge| !edge.from.starts_with("default/");
    let edge = circle.iter().find(own).or(circle.first())?;
    let names: Vec<&str> = circle.iter().map(|edge| edge.from).collect();
    let way = [&names[..], &names[..1]].concat().join(" → ");
    let diagnostic = Diagnostic::error(
        "bad-template",
        say!(
            "模板绕成了一个圈：{way}",
            "templates go round in a circle: {way}"
        ),
    )
    .at(edge.file, edge.tag.span);
    let built_in = format!("default/{}", edge.tag.name);
    let is_itself = edge.from == edge.to && resolve(theme, &built_in).is_some();
    Some(if is_itself {
        diagnostic
            .help(say!(
                "这个名称是它自己；要用自带的那一份，写 {built_in}",
                "this is its own name; for the built-in one write {built_in}"
            ))
            .fix(edge.tag.span, built_in)
    } else {
        diagnostic.help(say!(
        "去掉其中一处 extends 或 include；要用自带的那一份，在名称前加 default/",
        "take one `extends` or `include` away; for the built-in one put default/ before the name"
    ))
    })
}
