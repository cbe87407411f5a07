//! One occurrence of the index in eight bytes.

#![expect(
    clippy::cast_possible_truncation,
    reason = "each part of an occurrence has its own bits, and the others are cut off"
)]

/// An occurrence as shards sort it: the term's rest, the slot, the impact, the signature, from the highest bits down.
pub type Packed = u64;

/// Slots that an index can have: a packed occurrence holds 26 bits of one.
pub const MOST_SLOTS: u32 = 1 << 26;

/// Packs an occurrence. Slots stay below `MOST_SLOTS`.
pub fn pack(rest: u32, slot: u32, impact: u8, signature: u8) -> Packed {
    u64::from(rest) << 37 | u64::from(slot) << 11 | u64::from(impact) << 8 | u64::from(signature)
}

/// The rest of the hash of a packed occurrence's term.
pub fn rest(packed: Packed) -> u32 {
    (packed >> 37) as u32
}

/// The impact of a packed occurrence.
pub fn impact(packed: Packed) -> u32 {
    (packed >> 8) as u32 & 7
}

/// The slot of a packed occurrence.
pub fn slot(packed: Packed) -> u32 {
    (packed >> 11) as u32 & 0x3FF_FFFF
}
