//! Term shards: the occurrence lists of the terms that hash to one number. Enters: occurrences. Leaves: bits.
//! A list never depends on another term, on the number of documents or on an average, so that one more document
//! changes only the shards of its own terms.

#![expect(
    clippy::cast_possible_truncation,
    reason = "the parts of an occurrence are packed into bits of one number, and slots are fewer than 2²⁶"
)]

use super::bits::{BitWriter, gaps};
use super::key::{TermKey, mix, tag};
use super::long_list;
use super::packed::{Packed, impact, rest, slot};
use std::io::Result;

/// From this many occurrences on, a list may stand in a file of its own.
const LONG_LIST: usize = 1_024;
/// A long list of more bytes than this does.
const LARGEST_LIST: usize = 4 * 1_024;

/// From this many occurrences on, a list may name its most frequent signature.
const SHORTEST_USUAL: usize = 8;

/// The shard of a key and the rest of its hash, which is the key's name within the shard.
pub fn place(key: TermKey, shards: u32) -> (u32, u32) {
    let hash = mix(key);
    (hash & (shards - 1), hash >> shards.ilog2())
}

/// The number that Rice parameters are chosen by, from the number of slots: a power of two, so that it seldom changes.
pub fn scale(slots: u32) -> u32 {
    (slots / 4 * 3).max(1).next_power_of_two()
}

/// The Rice parameter for the gaps of a list.
fn gap_parameter(count: u32, scale: u32) -> u32 {
    // 0.7 of the mean gap; see `best_rice`.
    (u64::from(scale) * 45 / (u64::from(count.max(1)) * 64))
        .max(1)
        .ilog2()
}

/// A shard as written: its own bytes and the long lists beside it.
pub struct EncodedShard {
    /// The shard's bytes.
    pub bytes: Vec<u8>,
    /// Lists with files of their own: the term's rest and the bytes.
    pub lists: Vec<(u32, Vec<u8>)>,
}

/// Writes a shard; the occurrences are sorted here.
pub fn encode(occurrences: &mut [Packed], scale: u32) -> Result<EncodedShard> {
    occurrences.sort_unstable();
    let rests: Vec<u32> = occurrences
        .chunk_by(|a, b| rest(*a) == rest(*b))
        .map(|list| rest(list[0]))
        .collect();
    let mut writer = BitWriter::default();
    let mut lists = Vec::new();
    writer.gamma(rests.len() as u32 + 1);
    let k = super::bits::best_rice(gaps(&rests));
    writer.bits(k, 5);
    let mut next = 0;
    for list in occurrences.chunk_by(|a, b| rest(*a) == rest(*b)) {
        let name = rest(list[0]);
        writer.rice(name - next, k);
        next = name + 1;
        writer.gamma(list.len() as u32);
        if list.len() >= LONG_LIST {
            let mut here = BitWriter::default();
            encode_list(&mut here, list, scale);
            let is_alone = here.finish().len() > LARGEST_LIST;
            writer.bits(u32::from(is_alone), 1);
            if is_alone {
                let bytes = long_list::encode(list)?;
                writer.bits(tag(&bytes), 24);
                lists.push((name, bytes));
                continue;
            }
        }
        encode_list(&mut writer, list, scale);
    }
    Ok(EncodedShard {
        bytes: writer.finish(),
        lists,
    })
}

fn encode_list(writer: &mut BitWriter, list: &[Packed], scale: u32) {
    let k = gap_parameter(list.len() as u32, scale);
    let usual = usual_signature(list);
    if list.len() >= SHORTEST_USUAL {
        writer.bits(u32::from(usual.is_some()), 1);
        writer.bits(
            usual.map_or(0, u32::from),
            if usual.is_some() { 8 } else { 0 },
        );
    }
    let mut next = 0;
    for occurrence in list {
        let slot = slot(*occurrence);
        writer.rice(slot - next, k);
        next = slot + 1;
        let impact = impact(*occurrence);
        // Impacts from 0 to 6 in unary, six ones without a zero; then the signature, in one step with it.
        let (mut code, mut width) = ((1 << impact) - 1, (impact + 1).min(6));
        let signature = *occurrence as u8;
        if usual.is_some() {
            code |= u32::from(usual != Some(signature)) << width;
            width += 1;
        }
        if usual != Some(signature) {
            let (signature, more) = signature_code(signature, impact);
            code |= signature << width;
            width += more;
        }
        writer.bits(code, width);
    }
}

/// The code of a signature and its width. What stands once in a text has at most one follower.
fn signature_code(signature: u8, impact: u32) -> (u32, u32) {
    match (signature.count_ones(), impact) {
        (0, 0) => (1, 1),
        (0, _) => (1, 2),
        (1, _) => (signature.trailing_zeros() << 1, 4),
        _ => (u32::from(signature) << 2 | 3, 10),
    }
}

/// The most frequent signature of a list, where naming it once makes the list shorter.
fn usual_signature(list: &[Packed]) -> Option<u8> {
    if list.len() < SHORTEST_USUAL {
        return None;
    }
    let mut saved = [0_u32; 256];
    let (mut most, mut best) = (0, 0);
    for occurrence in list {
        let signature = *occurrence as u8;
        let bits = &mut saved[usize::from(signature)];
        *bits += signature_code(signature, impact(*occurrence)).1;
        if *bits > most {
            (most, best) = (*bits, signature);
        }
    }
    (most > list.len() as u32 + 8).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::bits::reading::BitReader;
    use crate::search::deflate::inflate;
    use crate::search::packed::pack;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The occurrences of one term, as they are read.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    struct OccurrenceList {
        /// The units' slots, ascending.
        slots: Vec<u32>,
        /// The impact of each.
        impacts: Vec<u8>,
        /// The signature of each.
        signatures: Vec<u8>,
    }

    /// What a shard says about a term.
    #[derive(Debug, Clone, PartialEq, Eq)]
    enum ShardAnswer {
        /// No document has it.
        Nothing,
        /// Its occurrences.
        Here(OccurrenceList),
        /// Its occurrences stand in a file of their own: how many, and the file's tag.
        Alone(u32, u32),
    }

    /// Looks a term up in a shard. `None` when the bytes are broken.
    fn find(bytes: &[u8], wanted: u32, scale: u32) -> Option<ShardAnswer> {
        let mut reader = BitReader::new(bytes);
        let terms = reader.gamma() - 1;
        let k = reader.bits(5);
        let mut next = 0_u32;
        for _ in 0..terms {
            let name = next.checked_add(reader.rice(k))?;
            next = name.checked_add(1)?;
            let count = reader.gamma();
            let alone = count as usize >= LONG_LIST && reader.bits(1) == 1;
            let found = if alone {
                ShardAnswer::Alone(count, reader.bits(24))
            } else {
                ShardAnswer::Here(decode_list(&mut reader, count, scale))
            };
            if reader.overrun {
                return None;
            }
            if name >= wanted {
                return Some(if name == wanted {
                    found
                } else {
                    ShardAnswer::Nothing
                });
            }
        }
        (!reader.overrun).then_some(ShardAnswer::Nothing)
    }

    fn decode_list(reader: &mut BitReader, count: u32, scale: u32) -> OccurrenceList {
        let k = gap_parameter(count, scale);
        let mut list = OccurrenceList::default();
        let has_usual = count as usize >= SHORTEST_USUAL && reader.bits(1) == 1;
        let usual = has_usual.then(|| reader.bits(8) as u8);
        let mut next = 0_u32;
        for _ in 0..count {
            let slot = next.saturating_add(reader.rice(k));
            next = slot.saturating_add(1);
            let impact = reader.short_unary(6) as u8;
            let signature = match usual {
                Some(usual) if reader.bits(1) == 0 => usual,
                _ => match reader.bits(1) {
                    0 => 1 << reader.bits(3),
                    _ if impact == 0 => 0,
                    _ if reader.bits(1) == 0 => 0,
                    _ => reader.bits(8) as u8,
                },
            };
            if reader.overrun {
                break;
            }
            list.slots.push(slot);
            list.impacts.push(impact);
            list.signatures.push(signature);
        }
        list
    }

    /// Reads a list of so many occurrences. `None` when the bytes are broken.
    fn decode_long_list(bytes: &[u8], count: u32) -> Option<OccurrenceList> {
        let bytes = inflate(bytes)?;
        let count = count as usize;
        let (gaps, rest) = bytes.split_at_checked(count)?;
        let (impacts, rest) = rest.split_at_checked(count)?;
        let (signatures, large) = rest.split_at_checked(count)?;
        let mut large = large.chunks_exact(3);
        let mut next = 0_u32;
        let mut slots = Vec::with_capacity(count);
        for gap in gaps {
            let gap = match u32::from(*gap) {
                255 => large
                    .next()
                    .map(|gap| u32::from_le_bytes([gap[0], gap[1], gap[2], 0]))?,
                gap => gap,
            };
            let slot = next.checked_add(gap)?;
            next = slot.checked_add(1)?;
            slots.push(slot);
        }
        impacts
            .iter()
            .all(|impact| *impact <= 6)
            .then(|| OccurrenceList {
                slots,
                impacts: impacts.to_vec(),
                signatures: signatures.to_vec(),
            })
    }

    proptest! {
        #[test]
        fn every_list_is_read_as_it_was_written(
            occurrences in prop::collection::btree_map((0_u32..40, 0_u32..3_000), (0_u8..7, any::<u8>()), 1..600),
            long in any::<bool>(),
        ) {
            let scale = scale(3_000);
            let mut lists: BTreeMap<u32, OccurrenceList> = BTreeMap::new();
            let mut packed = Vec::new();
            let long_list = (0..if long { 9_000 } else { 0 }).map(|slot| ((41, slot), (slot as u8 % 7, slot as u8)));
            for ((rest, slot), (impact, signature)) in occurrences.into_iter().chain(long_list) {
                // A term that stands once has at most one follower.
                let signature = if impact == 0 { 1 << (signature & 7) } else { signature };
                packed.push(pack(rest, slot, impact, signature));
                let list = lists.entry(rest).or_default();
                list.slots.push(slot);
                list.impacts.push(impact);
                list.signatures.push(signature);
            }
            packed.reverse();
            let shard = encode(&mut packed, scale).expect("a shard");
            prop_assert_eq!(shard.lists.len(), usize::from(long));
            for rest in 0..50 {
                let found = match find(&shard.bytes, rest, scale) {
                    Some(ShardAnswer::Alone(count, _)) => decode_long_list(&shard.lists[0].1, count),
                    Some(ShardAnswer::Here(list)) => Some(list),
                    Some(ShardAnswer::Nothing) => Some(OccurrenceList::default()),
                    None => None,
                };
                prop_assert_eq!(found, Some(lists.get(&rest).cloned().unwrap_or_default()));
            }
        }
    }
}
