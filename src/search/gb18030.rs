//! GB 18030, which text files are written in. Enters: text. Leaves: its bytes as `encoding_rs` writes them, looked up in a
//! table made with it: a text has few characters and many of each.

use super::fold::{Units, needs_table, of_every_unit};
use encoding_rs::GB18030;
use std::sync::OnceLock;

/// Beside the two bytes of a code unit: whether it is among those that `fold::pairs` tells of.
const FOLDS: u32 = 1 << 16;

/// For every code unit its two bytes; 0 where it has another number of them.
fn table() -> &'static Units<u32> {
    static TABLE: OnceLock<Units<u32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let code = |unit: u16| {
            let c = char::from_u32(u32::from(unit))?;
            let mut bytes = [0; 16];
            let (_, _, length, _) = GB18030.new_encoder().encode_from_utf8(
                c.encode_utf8(&mut [0; 4]),
                &mut bytes,
                true,
            );
            (length == 2).then(|| u32::from(bytes[0]) << 8 | u32::from(bytes[1]))
        };
        let folds = |unit| if needs_table(unit) { FOLDS } else { 0 };
        of_every_unit(|unit| code(unit).unwrap_or(0) | folds(unit))
    })
}

/// Writes a text behind other bytes. Says whether it may hold a character of `fold::pairs`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the code is in the low half of an entry"
)]
pub(super) fn write(text: &str, out: &mut Vec<u8>) -> bool {
    let table = table();
    out.reserve(text.len());
    let mut seen = 0;
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c as u8);
            continue;
        }
        let code = u16::try_from(u32::from(c)).map_or(0, |unit| table[usize::from(unit)]);
        seen |= code;
        match code as u16 {
            0 => out.extend_from_slice(&GB18030.encode(c.encode_utf8(&mut [0; 4])).0),
            code => out.extend_from_slice(&code.to_be_bytes()),
        }
    }
    seen & FOLDS != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_written_as_the_library_writes_it() {
        let all: String = (0..=0x3_0000).filter_map(char::from_u32).collect();
        let mut bytes = Vec::new();
        assert!(write(&all, &mut bytes));
        assert!(bytes == GB18030.encode(&all).0.as_ref());
        assert!(!write("风险管理 é€", &mut bytes));
    }
}
