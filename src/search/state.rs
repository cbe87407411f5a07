//! What a reader must know of all documents at once: which slots belong together, which documents are closed and which are
//! postings, on which day each appeared. Enters: layout and documents. Leaves: two bit streams. Closing a
//! document changes the file `state` and nothing else that holds terms or texts.

#![expect(
    clippy::cast_possible_truncation,
    reason = "an index holds fewer than 2²⁶ slots"
)]

use super::bits::BitWriter;
use super::document::SearchDocument;
use super::layout::Layout;

/// The file `state`.
pub fn encode_state(documents: &[SearchDocument], units: &[usize], layout: &Layout) -> Vec<u8> {
    let mut writer = BitWriter::default();
    let undated = layout
        .groups
        .first()
        .is_some_and(|group| group.period.is_none());
    writer.gamma(layout.groups.len() as u32 + 1);
    writer.bits(u32::from(undated), 1);
    let mut before: Option<i32> = None;
    for group in &layout.groups {
        match (group.period, before) {
            (Some(period), None) => writer.bits(period.cast_unsigned(), 32),
            (Some(period), Some(before)) => {
                writer.gamma(period.wrapping_sub(before).cast_unsigned());
            }
            (None, _) => {}
        }
        before = group.period.or(before);
        writer.bits(group.log2_slots, 5);
    }
    let mut continued: Vec<u32> = layout
        .slot
        .iter()
        .zip(units)
        .flat_map(|(slot, units)| (1..*units as u32).map(move |unit| slot + unit))
        .collect();
    continued.sort_unstable();
    writer.ascending(&continued);

    put_marked(&mut writer, layout, documents, |document| document.closed);
    put_marked(&mut writer, layout, documents, SearchDocument::is_posting);
    writer.finish()
}

/// Which documents of each group are marked: those few that are, or those few that are not.
fn put_marked(
    writer: &mut BitWriter,
    layout: &Layout,
    documents: &[SearchDocument],
    is_marked: impl Fn(&SearchDocument) -> bool,
) {
    let slots = layout.slot.iter().copied();
    let mut marks: Vec<(u32, bool)> = slots.zip(documents.iter().map(is_marked)).collect();
    marks.sort_unstable();
    let mut rest = &marks[..];
    for group in &layout.groups {
        let end = rest.partition_point(|(slot, _)| *slot < group.base + group.slots());
        let (members, others) = rest.split_at(end);
        rest = others;
        let marked = members.iter().filter(|(_, is_marked)| *is_marked).count();
        let few_are_not = marked * 2 > members.len();
        writer.bits(u32::from(few_are_not), 1);
        let few: Vec<u32> = members
            .iter()
            .filter(|(_, is_marked)| *is_marked != few_are_not)
            .map(|(slot, _)| slot - group.base)
            .collect();
        writer.ascending(&few);
    }
}

/// The file `days`.
pub fn encode_days(documents: &[SearchDocument], layout: &Layout, period: u32) -> Vec<u8> {
    let mut firsts: Vec<(u32, u32)> = layout
        .slot
        .iter()
        .zip(documents)
        .map(|(slot, document)| {
            (
                *slot,
                document
                    .published
                    .unwrap_or(0)
                    .rem_euclid(period.cast_signed())
                    .cast_unsigned(),
            )
        })
        .collect();
    firsts.sort_unstable();
    let mut writer = BitWriter::default();
    let slots: Vec<u32> = firsts.iter().map(|(slot, _)| *slot).collect();
    writer.ascending(&slots);
    for (_, offset) in firsts {
        writer.bits(offset, period.ilog2());
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::bits::reading::BitReader;
    use crate::search::layout::{SlotGroup, lay_out, sizes};
    use crate::search::packed::MOST_SLOTS;
    use proptest::prelude::*;

    /// What the files `state` and `days` say.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    struct DecodedState {
        /// The groups of slots by period.
        groups: Vec<SlotGroup>,
        /// The slots of units that are not their document's first, ascending.
        continued: Vec<u32>,
        /// The first slots of closed documents, ascending.
        closed: Vec<u32>,
        /// The first slots of postings, ascending.
        postings: Vec<u32>,
    }

    /// What the file `days` says.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    struct Days {
        /// The first slots of all documents, ascending.
        first: Vec<u32>,
        /// The day of each within its period.
        offset: Vec<u32>,
    }

    /// Reads the file `state`. `None` when it is broken. Where most of a group is marked, all its slots count as marked but
    /// those of the other documents.
    fn decode_state(bytes: &[u8]) -> Option<DecodedState> {
        let mut reader = BitReader::new(bytes);
        let count = reader.gamma() - 1;
        let undated = reader.bits(1) == 1;
        let mut state = DecodedState::default();
        let mut base = 0_u32;
        let mut period: Option<i32> = None;
        for index in 0..count {
            if index > 0 || !undated {
                period = Some(match period {
                    None => reader.bits(32).cast_signed(),
                    Some(before) => before.wrapping_add(reader.gamma().cast_signed()),
                });
            }
            let log2_slots = reader.bits(5);
            if reader.overrun || log2_slots > 26 {
                return None;
            }
            state.groups.push(SlotGroup {
                period,
                base,
                log2_slots,
            });
            base = base
                .checked_add(1 << log2_slots)
                .filter(|slots| *slots <= MOST_SLOTS)?;
        }
        state.continued = reader.ascending(base);
        state.closed = read_marked(&mut reader, &state.groups);
        state.postings = read_marked(&mut reader, &state.groups);
        (!reader.overrun).then_some(state)
    }

    fn read_marked(reader: &mut BitReader, groups: &[SlotGroup]) -> Vec<u32> {
        let mut marked = Vec::new();
        for group in groups {
            let few_are_not = reader.bits(1) == 1;
            let few = reader.ascending(group.slots());
            let at = |slot: u32| group.base + slot;
            if few_are_not {
                let mut others = few.into_iter().peekable();
                let most = (0..group.slots()).filter(|slot| others.next_if_eq(slot).is_none());
                marked.extend(most.map(at));
            } else {
                marked.extend(few.into_iter().map(at));
            }
        }
        marked
    }

    /// Reads the file `days`. `None` when it is broken.
    fn decode_days(bytes: &[u8], slots: u32, period: u32) -> Option<Days> {
        let mut reader = BitReader::new(bytes);
        let first = reader.ascending(slots);
        let offset = first.iter().map(|_| reader.bits(period.ilog2())).collect();
        (!reader.overrun).then_some(Days { first, offset })
    }

    proptest! {
        #[test]
        fn state_and_days_are_read_as_they_were_written(
            rows in prop::collection::vec((prop::option::of(-300_i32..30_000), 1_usize..4, any::<bool>()), 0..200),
        ) {
            let documents: Vec<SearchDocument> = rows
                .iter()
                .enumerate()
                .map(|(index, (day, _, closed))| SearchDocument {
                    url: index.to_string(),
                    published: *day,
                    closed: *closed,
                    kind: if index % 3 == 0 { "page" } else { "job" },
                    ..SearchDocument::default()
                })
                .collect();
            let units: Vec<usize> = rows.iter().map(|row| row.1).collect();
            let sizes = sizes(documents.len());
            let layout = lay_out(&documents, &units, sizes);
            let state = decode_state(&encode_state(&documents, &units, &layout)).expect("state");
            prop_assert_eq!(&state.groups, &layout.groups);
            let days = decode_days(&encode_days(&documents, &layout, sizes.period), layout.slots, sizes.period).expect("days");
            for (document, slot) in documents.iter().zip(&layout.slot) {
                prop_assert_eq!(state.closed.contains(slot), document.closed);
                prop_assert_eq!(state.postings.contains(slot), document.is_posting());
                let at = days.first.binary_search(slot).expect("slot");
                let group = state.groups.iter().rfind(|group| group.base <= *slot).expect("group");
                let day = group.period.map(|period| period * sizes.period.cast_signed() + days.offset[at].cast_signed());
                prop_assert_eq!(day, document.published);
            }
        }
    }
}
