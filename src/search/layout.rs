//! Where documents stand in the index. Enters: addresses, days and sizes. Leaves: a slot for every document that
//! seldom moves when another one comes, goes or changes.
//!
//! Documents of one period (a few days) share a range of slots; in it a document stands at a place given by the hash
//! of its address, or at the next free one. A range has room to spare and its size is a power of two, so that
//! one more document hardly ever moves the ranges after it. Newer periods come last.

use super::document::SearchDocument;
use super::key::mix;

/// What depends on the number of documents alone, in wide steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Term shards, a power of two.
    pub shards: u32,
    /// Slots that share a text file, a power of two.
    pub block: u32,
    /// Days of a period, a power of two.
    pub period: u32,
}

/// The sizes for a number of documents.
pub fn sizes(documents: usize) -> Sizes {
    let (shards, block, period) = match documents {
        0..=128 => (256, 2, 64),
        129..=512 => (1024, 2, 64),
        513..=2_560 => (2048, 2, 32),
        2_561..=20_480 => (2048, 2, 4),
        20_481..=51_200 => (4096, 2, 1),
        _ => (8192, 2, 1),
    };
    Sizes {
        shards,
        block,
        period,
    }
}

/// A range of slots for the documents of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotGroup {
    /// The period's number: the day divided by the period's length. `None` for documents without a day; they come first.
    pub period: Option<i32>,
    /// The first slot.
    pub base: u32,
    /// The number of slots is two to this power.
    pub log2_slots: u32,
}

impl SlotGroup {
    /// The number of slots.
    pub fn slots(&self) -> u32 {
        1 << self.log2_slots
    }
}

/// The slots of all documents.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The groups by period.
    pub groups: Vec<SlotGroup>,
    /// For each document the slot of its first unit; the others follow.
    pub slot: Vec<u32>,
    /// The number of slots.
    pub slots: u32,
}

/// Gives every document its slots; `units` says how many each needs.
pub fn lay_out(documents: &[SearchDocument], units: &[usize], sizes: Sizes) -> Layout {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    // The newest of a group is placed last and so moves none of the others.
    order.sort_by(|a, b| {
        let key = |index: usize| (documents[index].published, &documents[index].url, index);
        key(*a).cmp(&key(*b))
    });
    let period = |index: usize| {
        documents[index]
            .published
            .map(|day| day.div_euclid(sizes.period.cast_signed()))
    };
    let mut layout = Layout {
        slot: vec![0; documents.len()],
        ..Layout::default()
    };
    for members in order.chunk_by(|a, b| period(*a) == period(*b)) {
        let needed: usize = members.iter().map(|index| units[*index]).sum();
        let longest = members.iter().map(|index| units[*index]).max().unwrap_or(1);
        let mut log2_slots = (needed * 4 / 3)
            .max(longest * 2)
            .next_power_of_two()
            .ilog2()
            .max(3);
        let places = loop {
            match place(documents, members, units, log2_slots) {
                Some(places) => break places,
                None => log2_slots += 1,
            }
        };
        for (index, place) in members.iter().zip(places) {
            layout.slot[*index] = layout.slots + place;
        }
        layout.groups.push(SlotGroup {
            period: period(members[0]),
            base: layout.slots,
            log2_slots,
        });
        layout.slots += 1 << log2_slots;
    }
    layout
}

/// Places the members of a group by double hashing; `None` when one finds no room.
fn place(
    documents: &[SearchDocument],
    members: &[usize],
    units: &[usize],
    log2_slots: u32,
) -> Option<Vec<u32>> {
    let slots = 1_usize << log2_slots;
    let mut taken = vec![false; slots];
    members
        .iter()
        .map(|index| {
            let hash = address_hash(&documents[*index].url);
            let step = mix(hash) as usize | 1;
            let mut at = hash as usize & (slots - 1);
            for _ in 0..slots {
                let run = at..at + units[*index];
                if run.end <= slots && !taken[run.clone()].contains(&true) {
                    taken[run].fill(true);
                    return u32::try_from(at).ok();
                }
                at = (at + step) & (slots - 1);
            }
            None
        })
        .collect()
}

fn address_hash(url: &str) -> u32 {
    let fold = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    mix(url.bytes().fold(0x811C_9DC5, fold))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn documents(days: &[Option<i32>]) -> Vec<SearchDocument> {
        days.iter()
            .enumerate()
            .map(|(index, day)| SearchDocument {
                url: format!("jobs/{index}/"),
                published: *day,
                ..SearchDocument::default()
            })
            .collect()
    }

    proptest! {
        #[test]
        fn no_two_units_share_a_slot(days in prop::collection::vec((prop::option::of(-40_i32..40), 1_usize..9), 1..120)) {
            let (days, units): (Vec<_>, Vec<_>) = days.into_iter().unzip();
            let documents = documents(&days);
            let layout = lay_out(&documents, &units, sizes(days.len()));
            let mut taken: Vec<u32> = layout
                .slot
                .iter()
                .zip(&units)
                .flat_map(|(slot, units)| (*slot..).take(*units))
                .collect();
            taken.sort_unstable();
            prop_assert!(taken.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(taken.last().is_none_or(|last| *last < layout.slots));
        }
    }

    #[test]
    fn one_more_document_moves_hardly_any_other() {
        let days: Vec<Option<i32>> = (0..1000)
            .map(|index| Some(20_000 + index * 7 % 600))
            .collect();
        let all = documents(&days);
        let ones = vec![1; 1000];
        let before = lay_out(&all[..999], &ones[..999], sizes(999)).slot;
        let after = lay_out(&all, &ones, sizes(1000)).slot;
        let moved = before.iter().zip(&after).filter(|(a, b)| a != b).count();
        assert!(moved <= 3, "{moved} moved");
    }
}
