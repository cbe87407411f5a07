//! Former addresses of documents. Enters: `aliases` as written. Leaves: paths of outputs that redirect, each with its
//! document. If two documents claim one address, the fault names both.

use super::Site;
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::Located;
use crate::files::name_fault;
use crate::kinds::Document;
use crate::say;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Makes the redirects of all shown documents.
pub(super) fn link_aliases(site: &Site, sink: &mut Sink) -> Vec<(String, usize)> {
    let documents = site.documents.iter().map(|resolved| &resolved.document);
    if documents
        .clone()
        .all(|document| document.shared.aliases.is_empty())
    {
        return Vec::new();
    }
    let pages: BTreeMap<String, usize> = site
        .documents
        .iter()
        .enumerate()
        .map(|(index, resolved)| {
            (
                site.document_path(&resolved.document.id).to_lowercase(),
                index,
            )
        })
        .collect();
    let mut redirects: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (index, resolved) in site.documents.iter().enumerate() {
        let document = &resolved.document;
        for alias in &document.shared.aliases {
            let Some(path) = output_path(site, &alias.value) else {
                sink.push(bad_alias(document, alias));
                continue;
            };
            let key = path.to_lowercase();
            let owner = pages
                .get(&key)
                .copied()
                .or_else(|| redirects.get(&key).map(|(_, owner)| *owner));
            match owner {
                None => {
                    redirects.insert(key, (path, index));
                }
                // An old address that equals the new one needs no redirect.
                Some(owner) if owner == index => {}
                Some(owner) => {
                    sink.push(shared(document, alias, &site.documents[owner].document));
                }
            }
        }
    }
    redirects.into_values().collect()
}

/// Where the page of a former address lies: `/jobs/old/` gives `jobs/old/index.html`. `None` where no file can answer.
fn output_path(site: &Site, alias: &str) -> Option<String> {
    let base = &site.config.base_url;
    let home = base.absolute(base.path());
    let path = match alias.strip_prefix(home.as_str()) {
        Some(path) => path,
        None if alias.contains("://") => return None,
        None => {
            let rooted = format!("/{}", alias.trim_start_matches('/'));
            return inner_path(rooted.strip_prefix(base.path()).unwrap_or(&rooted[1..]));
        }
    };
    inner_path(path)
}

fn inner_path(path: &str) -> Option<String> {
    let path = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .ok()?;
    let path: String = path.nfc().collect();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let sound = |part: &&str| {
        !part.starts_with('.')
            && !part.contains('#')
            && name_fault(part).is_none()
            && part.len() <= 200
    };
    if parts.is_empty() || !parts.iter().all(sound) {
        return None;
    }
    let joined = parts.join("/");
    // The home page cannot be a former address, and the portal's data files cannot be folders.
    let is_data = |part: &&str| {
        let lower = part.to_ascii_lowercase();
        [".json", ".xml", ".txt", ".ics"]
            .iter()
            .any(|end| lower.ends_with(end))
    };
    if joined.eq_ignore_ascii_case("index.html") || parts.iter().any(is_data) {
        return None;
    }
    if joined.ends_with(".html") || joined.ends_with(".htm") {
        Some(joined)
    } else {
        Some(format!("{joined}/index.html"))
    }
}

fn bad_alias(document: &Document, alias: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "bad-alias",
        say!(
            "“{}”不能作旧地址",
            "`{}` cannot be a former address",
            alias.value
        ),
    )
    .at(&document.source, alias.span)
    .help(say!(
        "写站内的路径，例如 /jobs/旧编号/；带问号、井号或别的网站的地址转不过来",
        "write a path of the portal, for example /jobs/old-id/; an address with ? or #, or of another site, cannot lead here"
    ))
}

fn shared(document: &Document, alias: &Located<String>, owner: &Document) -> Diagnostic {
    Diagnostic::error(
        "shared-address",
        say!(
            "旧地址“{}”已经属于 {}",
            "the former address `{}` already belongs to {}",
            alias.value,
            owner.source.path
        ),
    )
    .at(&document.source, alias.span)
    .help(say!(
        "一个地址只能通到一篇文档；从其中一篇里删去它",
        "an address leads to one document; delete it from one of the two"
    ))
}
