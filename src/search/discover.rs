//! Words that nobody listed: runs of characters that come up often and in many surroundings. Enters: folded texts.
//! Leaves: words of two to six characters with how often they came up. Work and memory are bounded by the sample.
//!
//! A run is a word when its neighbours vary on both sides (Jin and Tanaka-Ishii, "Unsupervised Segmentation of Chinese
//! Text by Use of Branching Entropy", 2006; here the number of neighbours stands for their entropy).

#![expect(
    clippy::cast_possible_truncation,
    reason = "a window holds code units of 16 bits, and an index holds fewer than 2³² of them"
)]

use super::fold::{Class, class};

/// Positions that are looked at, at most.
pub const SAMPLE: usize = 300_000;
/// The shortest and the longest words.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;
/// Characters that no word begins or ends with.
const LOOSE: &str = "的了和与及等在对为是将被把从由并或其以于至到向按就也都而且但若如该各每本此之所有不可能会要应须需进行";
/// Different neighbours that a word has on either side; a boundary counts as that many.
const NEIGHBOURS: u32 = 3;

/// Seven code units from a position on, then the one before it, the first in the highest bits; 0 beyond a run.
type CodeUnitWindow = u128;

/// Collects windows.
#[derive(Default)]
pub struct Sample {
    windows: Vec<CodeUnitWindow>,
}

impl Sample {
    /// Whether nothing more is taken.
    pub fn is_full(&self) -> bool {
        self.windows.len() >= SAMPLE
    }

    /// Takes the runs of a text.
    pub fn add(&mut self, units: &[u16]) {
        for run in units.chunk_by(|a, b| (class(*a) == Class::Han) == (class(*b) == Class::Han)) {
            if class(run[0]) != Class::Han {
                continue;
            }
            let mut before = 0;
            for start in 0..run.len() {
                let ahead = (0..7).fold(0_u128, |window, offset| {
                    window << 16 | u128::from(run.get(start + offset).copied().unwrap_or(0))
                });
                self.windows.push(ahead << 16 | before);
                before = u128::from(run[start]);
            }
        }
    }

    /// The words, with how often each came up, which is at least `least` times.
    pub fn words(mut self, least: u32) -> Vec<(Vec<u16>, u32)> {
        self.windows.sort_unstable();
        let loose: Vec<u16> = LOOSE.encode_utf16().collect();
        let mut words = Vec::new();
        for length in LENGTHS {
            let shift = 128 - 16 * length as u32;
            for same in self.windows.chunk_by(|a, b| a >> shift == b >> shift) {
                let word: Vec<u16> = (1..=length as u32)
                    .map(|unit| (same[0] >> (128 - 16 * unit)) as u16)
                    .collect();
                let ends_loose = [word.first(), word.last()]
                    .into_iter()
                    .flatten()
                    .any(|unit| loose.contains(unit));
                if (same.len() as u32) < least || word.contains(&0) || ends_loose {
                    continue;
                }
                let after = neighbours(same.iter().map(|window| (window >> (shift - 16)) as u16));
                let before = neighbours(same.iter().map(|window| *window as u16));
                if after >= NEIGHBOURS && before >= NEIGHBOURS {
                    words.push((word, same.len() as u32));
                }
            }
        }
        words
    }
}

/// About how many different neighbours there are, up to 64; a boundary counts as enough.
fn neighbours(units: impl Iterator<Item = u16>) -> u32 {
    let mut seen = 0_u64;
    for unit in units {
        if unit == 0 {
            return NEIGHBOURS;
        }
        seen |= 1 << (super::key::mix(u32::from(unit)) & 63);
    }
    seen.count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fold::fold_units;

    #[test]
    fn words_are_distinguished_from_their_parts_by_their_neighbours() {
        let mut sample = Sample::default();
        for neighbour in ["甲", "乙", "丙", "丁", "戊"] {
            sample.add(&fold_units(&format!(
                "{neighbour}风险管理{neighbour}，的{neighbour}"
            )));
        }
        let words: Vec<String> = sample
            .words(4)
            .into_iter()
            .map(|word| String::from_utf16_lossy(&word.0))
            .collect();
        assert_eq!(words, ["风险管理"]);
    }
}
