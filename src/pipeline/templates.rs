//! Templates, filled in only to find their faults. Enters: a portal. Leaves: the errors of the site's own templates,
//! each with the first output that meets it. They are in the order of the addresses, whichever worker met them first.

use super::Portal;
use crate::diagnostic::{ContentFaults, Diagnostic, Sink};
use crate::outputs::{Address, FILES, Scope};
use anyhow::{Error, Result};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// An output's edition, its template, and whatever else distinguishes it from other outputs of the same template.
type Sort<'a> = (usize, &'a str, usize, bool);

/// Fills in one output of each sort, if the site has a theme of its own. The built-in theme has no faults.
pub fn report_templates(portal: &Portal, sink: &mut Sink) {
    if !portal
        .editions
        .iter()
        .any(|edition| edition.renderer.has_own_theme())
    {
        return;
    }
    let mut seen = BTreeSet::new();
    let one_of_each = |place: &&(usize, Address)| match sort(portal, place) {
        Some(sort) => seen.insert(sort),
        None => false,
    };
    let places = portal.addresses.iter().filter(one_of_each).collect();
    for fault in faults(portal, places) {
        sink.push(fault);
    }
}

/// All faults of templates, if such a fault caused an error of rendering.
pub(super) fn all_faults(portal: &Portal, error: Error) -> Result<Vec<Diagnostic>> {
    let ContentFaults(met) = error.downcast()?;
    let places = portal.addresses.iter();
    let places = places.filter(|place| sort(portal, place).is_some());
    let all = faults(portal, places.collect());
    Ok(if all.is_empty() { met } else { all })
}

/// Each fault once, with the first output that met it.
fn faults(portal: &Portal, places: Vec<&(usize, Address)>) -> Vec<Diagnostic> {
    let met = places.into_par_iter().filter_map(|place| {
        let faults = portal
            .render(place)
            .err()?
            .downcast::<ContentFaults>()
            .ok()?;
        Some(faults.0)
    });
    let met: Vec<Vec<Diagnostic>> = met.collect();
    let mut seen = BTreeSet::new();
    let is_new = |fault: &Diagnostic| {
        let span = fault.place.as_ref().map(|place| place.span);
        seen.insert((fault.file().to_owned(), span))
    };
    met.into_iter().flatten().filter(is_new).collect()
}

/// The sort of an output that a template makes.
fn sort<'a>(portal: &'a Portal, (edition, address): &(usize, Address)) -> Option<Sort<'a>> {
    let site = &portal.editions[*edition].site;
    let (template, more, is_later) = match address {
        Address::Home => ("home", 0, false),
        Address::NotFound => ("not-found", 0, false),
        Address::Search => ("search", 0, false),
        Address::Redirect(_) => ("redirect", 0, false),
        Address::File(file, _) => {
            let file = &FILES[*file];
            (file.template?, 0, file.scope == Scope::List)
        }
        Address::Document(index) => (site.documents[*index].document.id.kind.name, 1, false),
        Address::List(index, page) => {
            let list = &site.lists[*index];
            let folder = list.folder.split('/').next().unwrap_or("");
            (folder, 2 + list.folder.matches('/').count(), *page > 1)
        }
        _ => return None,
    };
    Some((*edition, template, more, is_later))
}
