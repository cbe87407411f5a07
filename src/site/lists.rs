//! The lists of a site: by kind, unit, department with those above it, location, category, recruitment type.
//! Enters: the site's documents. Leaves: lists with their members in order.

use super::list::{List, ListKey};
use crate::fields::{ChoiceValue, Day, VocabularyName};
use crate::kinds::{KINDS, Recruitment};
use crate::site::Site;
use crate::text::Order;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Adds the lists to a site that has all its documents.
pub(super) fn add_lists(site: &mut Site) {
    site.ranks = rank_documents(site);
    site.lists = make_lists(site);
    let folders = site.lists.iter().enumerate();
    site.lists_by_folder = folders
        .map(|(index, list)| (list.folder.clone(), index))
        .collect();
}

/// Makes every list that has, or had, a member.
fn make_lists(site: &Site) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for kind in KINDS.iter().filter(|kind| kind.name != "page") {
        let members: Vec<usize> = indices(site, |index| {
            site.documents[index].document.id.kind.name == kind.name
        });
        if !members.is_empty() {
            lists.push(list(
                site,
                ListKey::Kind(kind),
                kind.folder.to_owned(),
                String::new(),
                members,
            ));
        }
    }
    let mut recruitments: BTreeMap<Recruitment, Vec<usize>> = BTreeMap::new();
    let mut entries: BTreeMap<(VocabularyName, String), (String, Vec<usize>)> = BTreeMap::new();
    for (index, resolved) in site.documents.iter().enumerate() {
        let Some(job) = resolved.document.body.job() else {
            continue;
        };
        if let Some(recruitment) = job.recruitment {
            recruitments.entry(recruitment).or_default().push(index);
        }
        for (vocabulary, entry) in resolved.document.body.as_kind().entries() {
            for id in site.ids_with_parents(vocabulary, &entry.id) {
                let name = site
                    .vocabularies
                    .get(vocabulary)
                    .entry(&id)
                    .map_or(&entry.name, |entry| &entry.name);
                let (_, members) = entries
                    .entry((vocabulary, id))
                    .or_insert_with(|| (name.clone(), Vec::new()));
                if members.last() != Some(&index) {
                    members.push(index);
                }
            }
        }
    }
    for vocabulary in VocabularyName::ALL {
        if entries.keys().any(|(name, _)| *name == vocabulary) {
            lists.push(list(
                site,
                ListKey::Entries(vocabulary),
                vocabulary.folder().to_owned(),
                String::new(),
                Vec::new(),
            ));
        }
    }
    for ((vocabulary, id), (name, members)) in entries {
        let folder = format!("{}/{id}", vocabulary.folder());
        lists.push(list(
            site,
            ListKey::Entry(vocabulary, id),
            folder,
            name,
            members,
        ));
    }
    if !recruitments.is_empty() {
        lists.push(list(
            site,
            ListKey::Recruitments,
            "recruitment".to_owned(),
            String::new(),
            Vec::new(),
        ));
    }
    for (recruitment, members) in recruitments {
        let folder = format!("recruitment/{}", recruitment.id());
        lists.push(list(
            site,
            ListKey::Recruitment(recruitment),
            folder,
            String::new(),
            members,
        ));
    }
    lists
}

impl Site {
    /// An entry's id and those that it counts for as well: departments and categories count for those above them, units
    /// and places count only for themselves.
    pub fn ids_with_parents(&self, vocabulary: VocabularyName, id: &str) -> Vec<String> {
        match vocabulary {
            VocabularyName::Departments | VocabularyName::Categories => {
                self.vocabularies.get(vocabulary).with_parents(id)
            }
            VocabularyName::Units | VocabularyName::Locations => vec![id.to_owned()],
        }
    }
}

fn indices(site: &Site, keep: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..site.documents.len())
        .filter(|&index| keep(index))
        .collect()
}

fn list(site: &Site, key: ListKey, folder: String, name: String, members: Vec<usize>) -> List {
    let mut documents: Vec<usize> = members
        .into_iter()
        .filter(|&index| site.is_listed(index))
        .collect();
    sort_documents(site, &mut documents);
    List {
        key,
        folder,
        name,
        documents,
    }
}

/// The place of every document in the order of lists, so that lists sort by numbers: newest first where the kind says so;
/// kinds for employees by title, in the order of the interface's language; ties by id. Postings and notices of one
/// day stay by their record numbers. No list holds documents of different kinds.
fn rank_documents(site: &Site) -> Vec<u32> {
    let order = Order::of(site.config.language);
    let mut ordered: Vec<usize> = (0..site.documents.len()).collect();
    ordered.sort_by_cached_key(|&index| {
        let document = &site.documents[index].document;
        let kind = document.id.kind;
        let published = document.shared.published.as_ref().map(|day| day.value);
        let title = (!kind.recruits).then(|| order.sort_key(&document.shared.title));
        let newest_first = Reverse(published.filter(|_| kind.newest_first).map(number));
        // The documents of a kind are sorted by id, so that their places are in the order of their ids.
        (newest_first, title, index)
    });
    let mut ranks = vec![0; ordered.len()];
    for (rank, index) in (0..).zip(ordered) {
        ranks[index] = rank;
    }
    ranks
}

/// A day as a number in the order of days, which is quick to compare.
fn number(day: Day) -> i32 {
    let day = day.0;
    i32::from(day.year()) * 512 + i32::from(day.month()) * 32 + i32::from(day.day())
}

/// Puts documents into the order of lists.
pub fn sort_documents(site: &Site, documents: &mut [usize]) {
    documents.sort_unstable_by_key(|&index| site.ranks[index]);
}
