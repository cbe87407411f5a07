//! Keys of terms and tags of files: small hashes that the reader computes alike, in 32-bit arithmetic only.
//! Enters: folded code units, or bytes. Leaves: numbers. Two pairs of characters never share a key.

/// Keys of Latin tokens lie from here on, where no pair of characters has its key.
const LATIN_BASE: u32 = 0x2000_0000;
/// How many keys Latin tokens share.
const LATIN_SPAN: u32 = 0x0E00_0000;
/// A Latin token is known by this many code units at most.
const LONGEST_TOKEN: usize = 64;

/// A term: a pair of characters, a single one, or a Latin token.
pub type TermKey = u32;

/// The key of two adjacent code units.
pub fn pair(first: u16, second: u16) -> TermKey {
    u32::from(first) << 16 | u32::from(second)
}

/// The key of a single character in titles and tags.
pub fn single(unit: u16) -> TermKey {
    u32::from(unit) << 16
}

/// The key of a Latin token.
pub fn latin(token: &[u16]) -> TermKey {
    let mut hash = 0x811C_9DC5_u32;
    for unit in token.iter().take(LONGEST_TOKEN) {
        hash = (hash ^ u32::from(*unit)).wrapping_mul(16_777_619);
    }
    LATIN_BASE + mix(hash) % LATIN_SPAN
}

/// Spreads the bits of a number; different numbers stay different (the finaliser of MurmurHash3, public domain).
pub fn mix(value: u32) -> u32 {
    let mut hash = value;
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85EB_CA6B);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xC2B2_AE35);
    hash ^ hash >> 16
}

/// The bucket, 0 to 7, that a following code unit counts for in a signature.
pub fn bucket(unit: u16) -> u8 {
    (u32::from(unit).wrapping_mul(0x9E37_79B1) >> 29) as u8
}

/// The tag of a file's content: 24 bits of the FNV-1a hash, spread.
pub fn tag(bytes: &[u8]) -> u32 {
    let mut hash = 0x811C_9DC5_u32;
    for byte in bytes {
        hash = (hash ^ u32::from(*byte)).wrapping_mul(16_777_619);
    }
    mix(hash) & 0xFF_FFFF
}

/// A tag as file names write it.
pub fn tag_text(tag: u32) -> String {
    format!("{tag:06x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_latin_key_is_that_of_a_pair() {
        // The first unit of a pair is below U+2000 (a Latin letter) or from U+2E80 on.
        for token in ["a", "java", "2026", "z".repeat(100).as_str()] {
            let first = latin(&token.encode_utf16().collect::<Vec<_>>()) >> 16;
            assert!((0x2000..0x2E00).contains(&first), "{token}");
        }
    }
}
