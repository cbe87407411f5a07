//! Outside links of a portal. Enters: a portal in memory. Leaves: the addresses of other hosts to which its pages link,
//! each with the pages. The function renders every page once, on all cores.

use super::Portal;
use super::templates::all_faults;
use crate::diagnostic::ContentFaults;
use crate::review::outside_addresses;
use anyhow::Result;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Finds the addresses of other hosts, each with the paths of the pages that link to it.
pub fn outside_links(portal: &Portal) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let base = &portal.source().config.base_url;
    let pages = portal.addresses.par_iter().map(|place| {
        let output = portal.render(place)?;
        let is_page = output.path.ends_with(".html") || output.path.ends_with(".htm");
        let html = is_page.then(|| String::from_utf8_lossy(&output.bytes));
        let found = html.map(|html| outside_addresses(&html, base));
        Ok((output.path, found.unwrap_or_default()))
    });
    let pages: Result<Vec<(String, Vec<String>)>> = pages.collect();
    let pages = match pages {
        Ok(pages) => pages,
        Err(error) => return Err(ContentFaults(all_faults(portal, error)?).into()),
    };
    let mut links: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, found) in pages {
        for address in found {
            links.entry(address).or_default().insert(path.clone());
        }
    }
    Ok(links)
}
