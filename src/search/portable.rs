//! Files as scripts, for portals that are opened from a disk, where pages may not read files but may run scripts.
//! Enters: a file. Leaves: a script that hands the same bytes to `gangwei.searchData`.

use super::document::SearchFile;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Wraps a file: `terms/01a2-0c0ffe.bin` becomes `terms/01a2-0c0ffe.bin.js`.
pub fn wrap(file: SearchFile) -> SearchFile {
    let script = format!(
        "gangwei.searchData(\"{}\",\"{}\");\n",
        file.path,
        base64(&file.bytes)
    );
    SearchFile {
        path: file.path + ".js",
        bytes: script.into_bytes(),
    }
}

/// Base64 as RFC 4648 has it, with padding.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk
            .iter()
            .fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for sextet in 0..4 {
            let index = (word >> (18 - 6 * sextet)) as usize & 63;
            text.push(if sextet <= chunk.len() {
                char::from(ALPHABET[index])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_its_standard_shows_it() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
