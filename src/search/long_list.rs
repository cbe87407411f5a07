//! Lists in files of their own. Enters: the occurrences of one term. Leaves: bytes, deflated. A long list is dense:
//! its gaps, impacts and signatures repeat, and deflating them one after the other takes less than the codes of shards.

#![expect(
    clippy::cast_possible_truncation,
    reason = "gaps and impacts are below 256, and a signature is the low byte of an occurrence"
)]

use super::bits::gaps;
use super::deflate::deflate;
use super::packed::{Packed, impact, slot};
use std::io::Result;

/// A gap from here on is written after everything else, in three bytes.
const LARGE_GAP: u32 = 255;

/// Writes a list: all gaps (255 for large ones), all impacts, all signatures, then the large gaps.
pub fn encode(list: &[Packed]) -> Result<Vec<u8>> {
    let slots: Vec<u32> = list.iter().map(|occurrence| slot(*occurrence)).collect();
    let mut bytes: Vec<u8> = gaps(&slots).map(|gap| gap.min(LARGE_GAP) as u8).collect();
    bytes.extend(list.iter().map(|occurrence| impact(*occurrence) as u8));
    bytes.extend(list.iter().map(|occurrence| *occurrence as u8));
    for gap in gaps(&slots).filter(|gap| *gap >= LARGE_GAP) {
        bytes.extend(&gap.to_le_bytes()[..3]);
    }
    deflate(&bytes)
}
