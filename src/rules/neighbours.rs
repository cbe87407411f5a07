//! What only shows when documents are seen side by side: near copies, open pages that lead to closed ones, pages that
//! nothing leads to. Enters: the linked site. Leaves: faults at their places.

use super::rule_text::RuleText;
use crate::blanks::{Skeleton, skeleton};
use crate::diagnostic::{Diagnostic, Sink};
use crate::kinds::{Body, Document};
use crate::say;
use crate::site::{ResolvedDocument, Site, State};
use std::collections::{BTreeMap, BTreeSet};

/// Reports what documents are to each other.
pub fn report_neighbours(site: &Site, sink: &mut Sink) {
    let copies = report_template_copies(site, sink);
    report_copies(site, &copies, sink);
    let linked = linked_targets(site);
    for resolved in &site.documents {
        report_closed(site, resolved, sink);
        report_orphan(site, resolved, &linked, sink);
    }
}

/// Reports that are one template twice, their blanks written differently: `XXX` here, `___` there. Gives their places in
/// the site's documents.
fn report_template_copies(site: &Site, sink: &mut Sink) -> BTreeSet<usize> {
    let mut first: BTreeMap<Skeleton, usize> = BTreeMap::new();
    let mut copies = BTreeSet::new();
    for (index, resolved) in site.documents.iter().enumerate() {
        let document = &resolved.document;
        let Body::Report(report) = &document.body else {
            continue;
        };
        let Some(skeleton) = skeleton(document.markdown()).filter(|_| !report.sample) else {
            continue;
        };
        let other = *first.entry(skeleton).or_insert(index);
        if other == index {
            continue;
        }
        copies.insert(index);
        let other = &site.documents[other].document.source.path;
        sink.push(
            Diagnostic::warning(
                "template-copy",
                say!(
                    "和 {other} 是同一份模板，只是空格的写法不同",
                    "the same template as {other}; only its blanks are written differently"
                ),
            )
            .at(&document.source, document.head)
            .help(say!(
                "留一份，别处链接到它",
                "keep one and link it from elsewhere"
            )),
        );
    }
    copies
}

/// Characters of a shingle: what two texts have in common is counted in pieces of this length.
const SHINGLE: usize = 7;
/// Parts of a sketch. Each keeps the least hash of its share of the shingles (one-permutation MinHash, Li, Owen and Zhang 2012).
const BINS: usize = 64;
/// Parts that are compared at once to find candidates.
const BAND: usize = 4;
/// Parts that two texts must share of all, to be near copies: about 85 of 100 shingles.
const SHARED: usize = 55;
/// The least shingles of a text that is compared at all.
const LEAST_SHINGLES: usize = 120;

type Sketch = [u32; BINS];

/// Near copies within a kind. Postings for one job at several places are copies by nature and no fault.
fn report_copies(site: &Site, templates: &BTreeSet<usize>, sink: &mut Sink) {
    let mut buckets: BTreeMap<(usize, [u32; BAND]), usize> = BTreeMap::new();
    let sketches: Vec<Option<Sketch>> = site
        .documents
        .iter()
        .map(|resolved| sketch(&resolved.document))
        .collect();
    for (index, sketch) in sketches.iter().enumerate() {
        let Some(sketch) = sketch.filter(|_| !templates.contains(&index)) else {
            continue;
        };
        let document = &site.documents[index].document;
        let mut nearest: Option<(usize, usize)> = None;
        for (band, part) in sketch.chunks_exact(BAND).enumerate() {
            let mut key = [0; BAND];
            key.copy_from_slice(part);
            // The first text of a bucket stands for it, so that a thousand copies cost a thousand comparisons.
            let first = *buckets.entry((band, key)).or_insert(index);
            let Some(other) = sketches[first].as_ref().filter(|_| first != index) else {
                continue;
            };
            let shared = sketch.iter().zip(other).filter(|(a, b)| a == b).count();
            if shared >= SHARED && nearest.is_none_or(|(_, most)| shared > most) {
                nearest = Some((first, shared));
            }
        }
        if let Some((other, shared)) = nearest
            && is_same_matter(document, &site.documents[other].document)
        {
            sink.push(
                Diagnostic::warning(
                    "near-copy",
                    say!(
                        "正文和 {0} 几乎一样（约 {1}%）",
                        "the text is nearly that of {0} (about {1} %)",
                        site.documents[other].document.source.path,
                        shared * 100 / BINS
                    ),
                )
                .at(&document.source, document.head)
                .help(say!(
                    "留一篇，另一篇改成链接，或写明两篇的区别",
                    "keep one and link it, or say what makes the two different"
                )),
            );
        }
    }
}

/// Whether two near copies are about one thing.
fn is_same_matter(one: &Document, other: &Document) -> bool {
    if one.id.kind.name != other.id.kind.name {
        return false;
    }
    match (&one.body, &other.body) {
        (Body::Job(a), Body::Job(b)) => {
            let places = |job: &crate::kinds::Job| -> Vec<String> {
                job.locations
                    .iter()
                    .map(|place| place.0.id.clone())
                    .collect()
            };
            let unit = |job: &crate::kinds::Job| job.unit.as_ref().map(|unit| unit.0.id.clone());
            one.shared.title == other.shared.title && places(a) == places(b) && unit(a) == unit(b)
        }
        _ => true,
    }
}

/// The sketch of a body; nothing where it is too short to be compared.
fn sketch(document: &Document) -> Option<Sketch> {
    let text = RuleText::read(&document.source.text);
    let letters: Vec<char> = text.text[text.body..]
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    if letters.len() < LEAST_SHINGLES + SHINGLE {
        return None;
    }
    let mut sketch = [u32::MAX; BINS];
    for shingle in letters.windows(SHINGLE) {
        // FNV-1a over the characters, then mixed so that the upper bits choose the part.
        let hash = shingle.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| {
            (hash ^ u64::from(*c as u32)).wrapping_mul(0x100_0000_01b3)
        });
        let hash = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let part = &mut sketch[(hash >> 58) as usize];
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the lower half of the hash is kept"
        )]
        let kept = hash as u32;
        *part = (*part).min(kept);
    }
    Some(sketch)
}

/// An open page that names a closed posting or campaign.
fn report_closed(site: &Site, resolved: &ResolvedDocument, sink: &mut Sink) {
    let kind = resolved.document.id.kind.name;
    // A notice is about a campaign that may be over; a closed posting is kept as it was.
    if matches!(kind, "notice" | "campaign")
        || !matches!(resolved.state, State::Open | State::Soon | State::Announced)
    {
        return;
    }
    for other in &resolved.names {
        let other = &site.documents[*other];
        if matches!(
            other.state,
            State::Closed | State::Archived | State::Withdrawn
        ) {
            let document = &resolved.document;
            sink.push(
                Diagnostic::note(
                    "closed-reference",
                    say!(
                        "这里提到的“{0}”（{1}）已经截止或撤回",
                        "`{0}` ({1}), named here, is closed or withdrawn",
                        other.document.shared.title,
                        other.document.id.id
                    ),
                )
                .at(&document.source, document.head)
                .help(say!(
                    "改成仍在招聘的，或删去",
                    "name one that is open, or delete it"
                )),
            );
        }
    }
}

/// What menus and bodies link: addresses without their last slash, and names of files.
fn linked_targets(site: &Site) -> BTreeSet<String> {
    let menus = site.config.menu.iter().chain(&site.config.footer);
    let menus = menus.map(|item| item.url.value.as_str());
    let bodies = site.documents.iter().flat_map(|resolved| {
        let own = resolved
            .document
            .source
            .path
            .rsplit('/')
            .next()
            .unwrap_or("");
        let links = resolved.document.outline.links.iter();
        links
            .map(|link| link.target.as_str())
            .filter(move |target| !target.ends_with(own))
    });
    menus
        .chain(bodies)
        .map(|target| {
            let target = target.split(['#', '?']).next().unwrap_or("");
            if target.starts_with('/') {
                target.trim_end_matches('/').to_owned()
            } else {
                target.rsplit('/').next().unwrap_or("").to_owned()
            }
        })
        .collect()
}

/// A page that no menu and no other document leads to.
fn report_orphan(
    site: &Site,
    resolved: &ResolvedDocument,
    linked: &BTreeSet<String>,
    sink: &mut Sink,
) {
    let document = &resolved.document;
    if document.id.kind.name != "page" || !resolved.named_by.is_empty() {
        return;
    }
    let path = site.document_path(&document.id);
    let address = format!("/{}", path.trim_end_matches("/index.html"));
    let file = document.source.path.rsplit('/').next().unwrap_or("");
    if !linked.contains(&address) && !linked.contains(file) {
        sink.push(
            Diagnostic::note(
                "orphan",
                say!(
                    "没有菜单或页面通到“{}”",
                    "no menu and no page leads to `{}`",
                    document.shared.title
                ),
            )
            .at(&document.source, document.head)
            .help(say!(
                "在 gangwei.yaml 的菜单里加上 {address}/，或从别的页面链接过来",
                "add {address}/ to the menu in gangwei.yaml, or link it from another page"
            )),
        );
    }
}
