//! Makes the search index on all cores. Enters: the site of an edition and the interface's texts. Leaves: the files of
//! its index.

use crate::outputs::search_index::{
    is_found, search_document, search_lists, search_sections, search_settings,
};
use crate::search::{BatchPart, Encoded, Gathered, Plan, SearchDocument};
use crate::site::{ResolvedDocument, Site};
use crate::views::texts::Texts;
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;

/// The files of the search index of an edition, by path.
pub(super) fn index_site(site: &Site, texts: &Texts) -> Result<BTreeMap<String, Vec<u8>>> {
    let found: Vec<&ResolvedDocument> = site
        .documents
        .iter()
        .filter(|resolved| is_found(resolved))
        .collect();
    let documents: Vec<SearchDocument> = found
        .par_iter()
        .map(|resolved| search_document(site, texts, resolved))
        .collect();
    let settings = search_settings(site);
    let lists = search_lists(site, texts, &settings)?;
    let mut plan = Plan::new(documents, &settings);
    let batches = plan.batches().into_par_iter();
    let read = |index: usize| search_sections(&found[index].document);
    let parts = batches.map(|batch| plan.take_apart(batch, read));
    let parts: Vec<BatchPart> = parts.collect::<io::Result<_>>()?;
    let gathered = Gathered::new(plan, parts);
    let tasks = gathered.tasks();
    let encoded = tasks.par_iter().map(|task| gathered.encode(task));
    let encoded: Vec<Encoded> = encoded.collect::<io::Result<_>>()?;
    let tags: Vec<u32> = encoded.iter().map(|encoded| encoded.tag).collect();
    let last = gathered.finish(&tasks, &tags)?;
    let files = encoded
        .into_iter()
        .flat_map(|encoded| encoded.files)
        .chain(last)
        .chain([lists])
        .map(|file| {
            let path = format!("{}search/{}", site.config.segment, file.path);
            (path, file.bytes)
        });
    Ok(files.collect())
}
