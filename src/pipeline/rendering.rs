//! The rendering stage of the pipeline: it renders outputs on all cores and stages each one immediately, so that
//! outputs do not wait in memory. Enters: a portal with its search index. Leaves: all staged files except the posters.

use super::{Edition, Portal, Progress, Work};
use crate::kinds::Job;
use crate::outputs::Address;
use crate::pages::{Entries, Output};
use crate::publish::{Large, Staged, Staging};
use crate::site::{Board, board_postings};
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of postings in a chunk. It is small, since the entries of a chunk for job boards wait in memory.
const CHUNK: usize = 256;

/// Makes every output of a portal except the posters.
pub(super) fn stage_outputs(
    portal: &Portal,
    staging: &Staging,
    progress: &Progress<'_>,
) -> Result<Vec<Staged>> {
    let index = portal.index_files()?;
    let on_boards = |edition: &Edition| {
        let postings = board_postings(&edition.site);
        postings.map(|(index, _)| index).collect()
    };
    let on_boards: Vec<BTreeSet<usize>> = portal.editions.iter().map(on_boards).collect();
    let is_made_elsewhere = |(edition, address): &&(usize, Address)| match address {
        Address::PosterPng(_) | Address::PosterSvg(_) | Address::Board(_) => true,
        Address::Document(index) => on_boards[*edition].contains(index),
        _ => false,
    };
    let posters = portal
        .editions
        .iter()
        .map(|edition| edition.renderer.posters().documents().count());
    let total = portal.addresses.len() - 2 * posters.sum::<usize>() + index.len();
    let done = AtomicUsize::new(0);
    let count_one = || progress(Work::Files, done.fetch_add(1, Ordering::Relaxed) + 1, total);
    let mut staged = Vec::with_capacity(total);
    for edition in &portal.editions {
        staged.extend(stage_postings(edition, staging, &count_one)?);
    }
    let places = portal.addresses.iter();
    let places: Vec<&(usize, Address)> = places.filter(|place| !is_made_elsewhere(place)).collect();
    let pages = places.into_par_iter().map(|place| {
        let staged = staging.put(&portal.render(place)?);
        count_one();
        staged
    });
    let index = index.into_par_iter().map(|(path, bytes)| {
        let (path, bytes) = (path.clone(), bytes.clone());
        let staged = staging.put(&Output { path, bytes });
        count_one();
        staged
    });
    let rest: Result<Vec<Staged>> = pages.chain(index).collect();
    staged.extend(rest?);
    Ok(staged)
}

/// Makes the pages of the postings that job boards receive, and the files for the boards.
fn stage_postings(
    edition: &Edition,
    staging: &Staging,
    count_one: &(dyn Fn() + Sync),
) -> Result<Vec<Staged>> {
    let Edition { site, renderer, .. } = edition;
    let begin = |board| -> Result<Large> {
        let mut file = staging.begin(&Address::Board(board).path(site))?;
        file.put(&renderer.before(site, board))?;
        Ok(file)
    };
    let mut files = [begin(Board::Json)?, begin(Board::Xml)?];
    let mut append = |entries: Vec<Entries>| -> Result<()> {
        for entries in entries {
            for (file, entry) in files.iter_mut().zip(entries) {
                file.put(&entry)?;
            }
        }
        Ok(())
    };
    let postings: Vec<_> = board_postings(site).enumerate().collect();
    let (mut staged, mut waiting) = (Vec::new(), Vec::new());
    for chunk in postings.chunks(CHUNK) {
        let make = |(place, (index, job)): &(usize, (usize, &Job))| -> Result<(Staged, Entries)> {
            let posting = renderer.posting(site, *place, *index, job)?;
            let staged = staging.put(&posting.page)?;
            count_one();
            Ok((staged, posting.entries))
        };
        let make = || chunk.par_iter().map(make).collect::<Result<Vec<_>>>();
        // One core writes the entries of the previous chunk while the others render this one.
        let (appended, made) = rayon::join(|| append(std::mem::take(&mut waiting)), make);
        appended?;
        for (page, entries) in made? {
            staged.push(page);
            waiting.push(entries);
        }
    }
    append(waiting)?;
    for (board, mut file) in Board::ALL.iter().zip(files) {
        file.put(board.after().as_bytes())?;
        staged.push(staging.finish(file)?);
        count_one();
    }
    Ok(staged)
}
