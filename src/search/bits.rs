//! Bits, least significant first: the codes that shards, state and days are written in.
//! Enters: numbers below 2³². Leaves: bytes.

#![expect(
    clippy::cast_possible_truncation,
    reason = "a code is written from the low bits of a number, and a list has fewer than 2³² numbers"
)]

/// The longest unary part of a Rice code; a larger number is written plainly after it.
const LONGEST_UNARY: u32 = 24;

/// Collects bits into bytes.
#[derive(Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    buffer: u64,
    filled: u32,
}

impl BitWriter {
    /// Writes the lowest `count` bits of a number; `count` is at most 32.
    pub fn bits(&mut self, value: u32, count: u32) {
        self.buffer |= (u64::from(value) & ((1 << count) - 1)) << self.filled;
        self.filled += count;
        if self.filled >= 32 {
            let word = (self.buffer as u32).to_le_bytes();
            self.bytes.extend_from_slice(&word);
            self.buffer >>= 32;
            self.filled -= 32;
        }
    }

    /// Writes `count` ones and a zero.
    pub fn unary(&mut self, count: u32) {
        let mut left = count;
        while left >= 24 {
            self.bits(0xFF_FFFF, 24);
            left -= 24;
        }
        self.bits((1 << left) - 1, left + 1);
    }

    /// Writes a number in the Rice code of parameter `k` (Rice 1971): the quotient by 2ᵏ in unary, the rest in `k` bits.
    pub fn rice(&mut self, value: u32, k: u32) {
        let quotient = value >> k;
        if quotient >= LONGEST_UNARY {
            self.bits(0xFF_FFFF, LONGEST_UNARY);
            self.bits(value, 32);
            return;
        }
        let (ones, rest) = ((1 << quotient) - 1, value & ((1 << k) - 1));
        if quotient + 1 + k <= 32 {
            // Most numbers: both parts at once.
            let rest = u64::from(rest) << (quotient + 1);
            self.bits(ones | rest as u32, quotient + 1 + k);
        } else {
            self.bits(ones, quotient + 1);
            self.bits(rest, k);
        }
    }

    /// Writes a number from 1 in Elias's gamma code (Elias 1975).
    pub fn gamma(&mut self, value: u32) {
        let width = value.max(1).ilog2();
        self.unary(width);
        self.bits(value, width);
    }

    /// Writes an ascending list: its length, the parameter that suits it best, its gaps.
    pub fn ascending(&mut self, values: &[u32]) {
        self.gamma(values.len() as u32 + 1);
        if values.is_empty() {
            return;
        }
        let k = best_rice(gaps(values));
        self.bits(k, 5);
        for gap in gaps(values) {
            self.rice(gap, k);
        }
    }

    /// The bytes, the last one filled up with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        let left = self.filled.div_ceil(8) as usize;
        self.bytes.extend(&self.buffer.to_le_bytes()[..left]);
        self.bytes
    }
}

/// The gaps of a strictly ascending list, each less one but the first.
pub fn gaps(values: &[u32]) -> impl Iterator<Item = u32> + Clone + '_ {
    let mut next = 0;
    values.iter().map(move |value| {
        let gap = value.wrapping_sub(next);
        next = value.wrapping_add(1);
        gap
    })
}

/// The Rice parameter that makes a list of numbers shortest.
pub fn best_rice(values: impl Iterator<Item = u32> + Clone) -> u32 {
    let (count, sum) = values.fold((0_u64, 0_u64), |(count, sum), value| {
        (count + 1, sum + u64::from(value))
    });
    // 0.69 of the mean is the best parameter of geometric gaps.
    (sum * 11 / 16 / count.max(1)).max(1).ilog2().min(30)
}

/// Reads what `BitWriter` wrote, so that tests can compare.
#[cfg(test)]
pub mod reading {
    use super::LONGEST_UNARY;

    /// The bits of a file.
    pub struct BitReader<'a> {
        bytes: &'a [u8],
        at: usize,
        /// Whether more was asked for than there is.
        pub overrun: bool,
    }

    impl<'a> BitReader<'a> {
        /// Starts at the first bit.
        pub fn new(bytes: &'a [u8]) -> Self {
            BitReader {
                bytes,
                at: 0,
                overrun: false,
            }
        }

        /// At least 25 of the next bits; zeros after the end.
        fn peek(&self) -> u32 {
            let start = self.at >> 3;
            let mut word = [0; 4];
            for (to, from) in word.iter_mut().zip(self.bytes.iter().skip(start)) {
                *to = *from;
            }
            u32::from_le_bytes(word) >> (self.at & 7)
        }

        fn advance(&mut self, count: u32) {
            self.at += count as usize;
            self.overrun |= self.at > self.bytes.len() * 8;
        }

        /// Reads `count` bits, at most 32.
        pub fn bits(&mut self, count: u32) -> u32 {
            if count > 16 {
                let low = self.bits(16);
                return low | self.bits(count - 16) << 16;
            }
            let value = self.peek() & ((1 << count) - 1);
            self.advance(count);
            value
        }

        /// Reads ones up to a zero or up to `most` of them.
        fn unary(&mut self, most: u32) -> u32 {
            let count = self.peek().trailing_ones().min(most);
            self.advance(count + u32::from(count < most));
            count
        }

        /// Reads a number in the Rice code of parameter `k`.
        pub fn rice(&mut self, k: u32) -> u32 {
            let quotient = self.unary(LONGEST_UNARY);
            if quotient == LONGEST_UNARY {
                self.bits(32)
            } else {
                (quotient << k) | self.bits(k)
            }
        }

        /// Reads a number in the gamma code; below 2²⁴.
        pub fn gamma(&mut self) -> u32 {
            let width = self.unary(LONGEST_UNARY);
            1 << width | self.bits(width)
        }

        /// Reads an unary number of at most `most`, without a zero after the most.
        pub fn short_unary(&mut self, most: u32) -> u32 {
            self.unary(most)
        }

        /// Reads an ascending list. Its numbers stay below `limit`, so that a broken file cannot ask for much memory.
        pub fn ascending(&mut self, limit: u32) -> Vec<u32> {
            let count = self.gamma() - 1;
            let mut values = Vec::new();
            if count == 0 {
                return values;
            }
            let k = self.bits(5);
            let mut next = 0_u32;
            for _ in 0..count {
                let value = next.saturating_add(self.rice(k));
                if self.overrun || value >= limit {
                    self.overrun = true;
                    break;
                }
                values.push(value);
                next = value + 1;
            }
            values
        }
    }
}

#[cfg(test)]
mod tests {
    use super::reading::BitReader;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_code_is_read_as_it_was_written(values in prop::collection::vec((0_u32..1 << 23, 0_u32..20), 0..200)) {
            let mut writer = BitWriter::default();
            for (value, k) in &values {
                writer.rice(*value, *k);
                writer.gamma(value + 1);
                writer.bits(*value, 24);
                writer.bits(u32::MAX - value, 32);
            }
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes);
            for (value, k) in &values {
                prop_assert_eq!(reader.rice(*k), *value);
                prop_assert_eq!(reader.gamma(), value + 1);
                prop_assert_eq!(reader.bits(24), *value);
                prop_assert_eq!(reader.bits(32), u32::MAX - value);
            }
            prop_assert!(!reader.overrun);
        }
    }

    #[test]
    fn reading_past_the_end_is_noticed() {
        let mut reader = BitReader::new(&[0xAB]);
        reader.bits(8);
        assert!(!reader.overrun);
        reader.bits(1);
        assert!(reader.overrun);
    }
}
