//! Bare web and mail addresses in a text. Enters: a text without markdown. Leaves: the byte ranges of addresses, in
//! order. The grammar is GitHub's extended autolinks, but an address ends before the first character that is not ASCII:
//! Chinese text and punctuation follow an address without a space.

use super::mask::is_address_byte;
use memchr::memchr3_iter;
use std::ops::Range;

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BareAddress {
    /// Its bytes.
    pub range: Range<usize>,
    /// What kind it is.
    pub kind: AddressKind,
}

/// What kind of address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AddressKind {
    /// With its scheme.
    Web,
    /// Beginning with `www.`
    Bare,
    /// A mail address.
    Mail,
}

/// Whether a text has a sign that an address begins at or holds; quick, and wrong only on the safe side.
#[inline]
pub(super) fn may_hold_address(text: &str) -> bool {
    next_sign(text.as_bytes()).is_some()
}

/// Finds the addresses of a text.
pub(super) fn find_addresses(text: &str) -> Vec<BareAddress> {
    let bytes = text.as_bytes();
    let mut found: Vec<BareAddress> = Vec::new();
    let mut at = 0;
    while let Some(offset) = next_sign(&bytes[at..]) {
        let sign = at + offset;
        let free = found.last().map_or(0, |last| last.range.end);
        let address = match bytes[sign] {
            b':' => web(text, sign, free),
            b'@' => mail(text, sign, free),
            _ => bare(text, sign, free),
        };
        at = sign + 1;
        if let Some(address) = address {
            at = at.max(address.range.end);
            found.push(address);
        }
    }
    found
}

/// The next byte that may belong to an address: `:` before `//`, `@`, or the `w` of `www.`.
fn next_sign(bytes: &[u8]) -> Option<usize> {
    memchr3_iter(b':', b'@', b'w', bytes).find(|&at| match bytes[at] {
        b':' => bytes[at..].starts_with(b"://"),
        b'w' => bytes[at..].starts_with(b"www."),
        _ => true,
    })
}

fn web(text: &str, colon: usize, free: usize) -> Option<BareAddress> {
    let head = &text.as_bytes()[free..colon];
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        head.len()
            .checked_sub(scheme.len())
            .is_some_and(|from| head[from..].eq_ignore_ascii_case(scheme.as_bytes()))
    })?;
    let start = colon - scheme.len();
    let before = text[..start].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let end = address_end(text, colon + 3);
    let host = host(&text[colon + 3..end]);
    is_domain(host).then_some(BareAddress {
        range: start..end,
        kind: AddressKind::Web,
    })
}

fn bare(text: &str, start: usize, free: usize) -> Option<BareAddress> {
    let before = text[free..start].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@'))
    {
        return None;
    }
    let end = address_end(text, start);
    let host = host(&text[start..end]);
    (is_domain(host) && host.len() > "www.".len()).then_some(BareAddress {
        range: start..end,
        kind: AddressKind::Bare,
    })
}

fn mail(text: &str, sign: usize, free: usize) -> Option<BareAddress> {
    let bytes = text.as_bytes();
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte);
    let name = bytes[free..sign]
        .iter()
        .rev()
        .take_while(|&&byte| is_local(byte));
    let mut start = sign - name.count();
    while start < sign && bytes[start] == b'.' {
        start += 1;
    }
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let host = bytes[sign + 1..].iter().take_while(|&&byte| is_host(byte));
    let mut end = sign + 1 + host.count();
    while end > sign + 1 && bytes[end - 1] == b'.' {
        end -= 1;
    }
    let host = &text[sign + 1..end];
    let ends_well = !host.ends_with(['-', '_']);
    (start < sign
        && ends_well
        && host.contains('.')
        && host.split('.').all(|part| !part.is_empty()))
    .then_some(BareAddress {
        range: start..end,
        kind: AddressKind::Mail,
    })
}

/// The host of what follows `://`.
fn host(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or("")
}

/// A domain with a dot, no empty part, and no underscore in its last two parts; a port may follow, and a user go before.
fn is_domain(host: &str) -> bool {
    let host = host.rsplit('@').next().unwrap_or("");
    let name = match host.split_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) => return false,
        None => host,
    };
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    name.contains('.')
        && name.split('.').all(is_part)
        && name.rsplit('.').take(2).all(|part| !part.contains('_'))
}

/// Where an address ends: at the first byte that no address has, without punctuation that belongs to the sentence.
fn address_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let length = bytes[from..]
        .iter()
        .take_while(|&&byte| is_address_byte(byte));
    let mut end = from + length.count();
    let mut open = BracketCounts::of(&bytes[from..end]);
    while end > from {
        let last = bytes[end - 1];
        let belongs = match last {
            b')' | b']' | b'}' => open.is_balanced(last),
            b'.' | b',' | b':' | b';' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~' | b'(' | b'['
            | b'{' => false,
            _ => true,
        };
        if belongs {
            break;
        }
        open.leave(last);
        end -= 1;
    }
    end
}

/// How many brackets of each kind open and close.
struct BracketCounts([i32; 3]);

impl BracketCounts {
    fn of(bytes: &[u8]) -> BracketCounts {
        let mut brackets = BracketCounts([0; 3]);
        for &byte in bytes {
            brackets.count(byte, 1);
        }
        brackets
    }

    fn count(&mut self, byte: u8, by: i32) {
        for (kind, pair) in [b"()", b"[]", b"{}"].into_iter().enumerate() {
            if byte == pair[0] {
                self.0[kind] += by;
            } else if byte == pair[1] {
                self.0[kind] -= by;
            }
        }
    }

    fn leave(&mut self, byte: u8) {
        self.count(byte, -1);
    }

    /// Whether no more brackets of this one's kind close than open.
    fn is_balanced(&self, close: u8) -> bool {
        let kind = [b')', b']', b'}'].iter().position(|&byte| byte == close);
        kind.is_some_and(|kind| self.0[kind] >= 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find_addresses(text)
            .into_iter()
            .map(|address| &text[address.range])
            .collect()
    }

    #[test]
    fn addresses_end_before_chinese_text_and_the_sentence() {
        assert_eq!(
            found("网址https://a.example/x?y=1&z=2，邮箱hr@bank.example。"),
            ["https://a.example/x?y=1&z=2", "hr@bank.example"]
        );
        assert_eq!(
            found("见（www.bank.example/a_b）。"),
            ["www.bank.example/a_b"]
        );
        assert_eq!(
            found("(https://a.example/(b)). "),
            ["https://a.example/(b)"]
        );
        assert_eq!(
            found("HTTPS://A.example:8443/a!"),
            ["HTTPS://A.example:8443/a"]
        );
    }

    #[test]
    fn what_is_no_address_stays_text() {
        for text in [
            "时间：10:30",
            "https://localhost/x",
            "a@b",
            "@某人",
            "xhttps://a.example",
            "www.",
            "http://",
            "https://a_b.c_d/",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
