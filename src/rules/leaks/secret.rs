//! Secrets of machines: keys, tokens, passwords, addresses inside the bank's network. Enters: one file, as written, since
//! keys tell upper from lower case. Leaves: the places. Words about passwords, without one, are none.

use super::{masked, pattern};
use crate::rules::{Finding, Subject};
use crate::say;
use crate::text::{Span, is_han};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Keys and tokens whose makers gave them a shape of their own.
static KEYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?-u)\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{30,}|glpat-[0-9A-Za-z_-]{20,}|sk-[0-9A-Za-z_-]{20,}|xox[abprs]-[0-9A-Za-z-]{10,}|LTAI[0-9A-Za-z]{12,}|AKID[0-9A-Za-z]{32}|AIza[0-9A-Za-z_-]{35}|eyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,})|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----",
    )
});
/// A password, a key or a token that is named as one. The value is the group.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let value = r#"\s{0,3}(?:统一|統一|均|都|初始)?(?:(?:是|为|為|[:：=＝])\s{0,3}){1,2}["'`]?([!-~]{4,200})"#;
    pattern(&format!(r"(?i)(?:{WORDS}|\b(?:{WHOLE_WORDS})){value}"))
});
/// The words alone, without what bounds them: an automaton finds them fast, and few texts hold one.
static NAMES: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(&format!("(?i){WORDS}|{WHOLE_WORDS}")));
/// What a password is called.
const WORDS: &str = "密码|密碼|口令|通行碼|password|passwd|api[_-]?key|access[_-]?key|secret";
/// The same where no letter stands before it.
const WHOLE_WORDS: &str = "pwd|token";
/// Four figures with dots, in the ranges for private networks (RFC 1918).
static PRIVATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?-u)\b(?:10\.[0-9]{1,3}|172\.(?:1[6-9]|2[0-9]|3[01])|192\.168)\.[0-9]{1,3}\.[0-9]{1,3}\b",
    )
});
/// The ending of a host that only the bank's own network knows.
static ENDINGS: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i-u)\.(?:local|corp|intranet|intra|lan|internal)\b"));
/// An address with a user's password, or with a host without any dot.
static ADDRESSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i-u)\bhttps?://(?:[a-z0-9._-]{1,64}:[!-.0-?A-~]{1,64}@|[a-z][a-z0-9-]{1,62}(?::[0-9]{2,5}\b)?)",
    )
});
/// The longest host (RFC 1035, section 2.3.4).
const HOST: usize = 253;

/// What an address inside the network is called.
const INSIDE: (&str, &str) = ("内网地址", "an address inside the network");

/// Finds secrets.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let source = subject.text.source;
    let mut hits: Vec<(Range<usize>, (&str, &str))> = Vec::new();
    let all = |regex: &'static LazyLock<Option<Regex>>| {
        let regex = regex.as_ref();
        regex
            .into_iter()
            .flat_map(|regex| regex.find_iter(source))
            .map(|hit| hit.range())
    };
    hits.extend(all(&KEYS).map(|range| (range, ("密钥或令牌", "a key or token"))));
    let is_named = NAMES.as_ref().is_some_and(|names| names.is_match(source));
    let named = NAMED.iter().filter(|_| is_named);
    for captures in named.flat_map(|regex| regex.captures_iter(source)) {
        let Some(value) = captures.get(1) else {
            continue;
        };
        let is_taken = hits
            .iter()
            .any(|(range, _)| range.start < value.end() && value.start() < range.end);
        if !is_taken && is_password(value.as_str(), &source[value.end()..]) {
            hits.push((value.range(), ("密码或密钥", "a password or key")));
        }
    }
    let private = all(&PRIVATE).filter(|range| is_address(source, range));
    hits.extend(private.map(|range| (range, INSIDE)));
    let endings = all(&ENDINGS).map(|range| host_start(source, range.start)..range.end);
    let addresses = all(&ADDRESSES);
    let hosts: Vec<Range<usize>> = endings
        .chain(addresses)
        .filter(|range| is_host(source, range))
        .collect();
    hits.extend(hosts.into_iter().map(|range| (range, INSIDE)));
    hits.sort_by_key(|(range, _)| range.start);
    hits.into_iter()
        .map(|(range, what)| {
            let shown = masked(source[range.clone()].trim());
            let mut message = say!("“{shown}”：{}", "`{shown}`: {}", what.0);
            message.en = format!("`{shown}`: {}", what.1);
            Finding::new(Span::new(range.start, range.end), message)
        })
        .collect()
}

/// Where the host before its ending begins.
fn host_start(source: &str, ending: usize) -> usize {
    let bytes = &source.as_bytes()[..ending];
    let in_host = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    ending - bytes.iter().rev().take(HOST).take_while(in_host).count()
}

/// Hosts that stand for any host, or for the reader's own machine.
const ANY_HOSTS: &[&str] = &[
    "localhost",
    "example",
    "host",
    "hostname",
    "domain",
    "xxx",
    "your-",
];
/// Networks that are written to mean the whole range.
const NETWORKS: &[&str] = &["10.0.0.0", "172.16.0.0", "192.168.0.0"];

/// Whether a value after the word for a password is one: with a figure, not masked, not the beginning of a sentence such as
/// the rule for its length.
fn is_password(value: &str, rest: &str) -> bool {
    let value = value.trim_end_matches(['"', '\'', '`', ',', '.', ';', ')', '|', '*']);
    let is_masked = ["**", "xxx", "XXX", "__", "..", "<", "{{", "[[", "://"]
        .iter()
        .any(|mask| value.contains(mask));
    let is_prose = rest.trim_start().starts_with(is_han);
    let has_figure = value.bytes().any(|byte| byte.is_ascii_digit());
    value.len() >= 6 && has_figure && !is_masked && !is_prose
}

/// Whether four figures are an address: each a byte, no number of a section or of a version, no whole network.
fn is_address(source: &str, range: &Range<usize>) -> bool {
    let written = &source[range.clone()];
    let rest = &source[range.end..];
    let line = &source[..range.start];
    let near = line.len().saturating_sub(16);
    let near = (near..=line.len())
        .find(|at| line.is_char_boundary(*at))
        .unwrap_or(line.len());
    let lead = line[near..].rsplit('\n').next().unwrap_or("");
    let begins_line = line[near..].contains('\n') || near == 0;
    let is_section = begins_line
        && lead
            .trim_matches(['#', ' ', '-', '*', '|', '\t'])
            .is_empty()
        && rest.starts_with(|c: char| c == ' ' || c == '、' || is_han(c));
    let is_version = lead.ends_with(['v', 'V', '.'])
        || ["版本", "version", "Version"]
            .iter()
            .any(|word| lead.contains(word));
    let goes_on = rest
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_bytes = written.split('.').all(|part| part.parse::<u8>().is_ok());
    is_bytes && !is_section && !is_version && !goes_on && !NETWORKS.contains(&written)
}

/// Whether a host is one machine of the bank's network: its name ends here and stands for itself.
fn is_host(source: &str, range: &Range<usize>) -> bool {
    let written = source[range.clone()].to_ascii_lowercase();
    let rest = &source[range.end..];
    let mut next = rest.chars();
    let goes_on = match next.next() {
        Some('.') => next.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => c.is_ascii_alphanumeric() || "-_@:".contains(c),
        None => false,
    };
    let host = written
        .split_once("://")
        .map_or(written.as_str(), |(_, host)| host);
    (!goes_on || written.ends_with('@'))
        && !written.starts_with('.')
        && !ANY_HOSTS.iter().any(|any| host.contains(any))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_named_has_one_of_the_names() {
        let (named, names) = (
            NAMED.as_ref().expect("sound"),
            NAMES.as_ref().expect("sound"),
        );
        for word in [
            "密码",
            "密碼",
            "口令",
            "通行碼",
            "PassWord",
            "paſſwd",
            "pwd",
            "api-Key",
            "apikey",
            "ACCESS_KEY",
            "ſecret",
            "To\u{212A}en",
        ] {
            let text = format!("登录 {word}统一是：abc12345");
            assert!(named.is_match(&text), "{word}");
            assert!(names.is_match(&text), "{word}");
        }
        assert!(!names.is_match("登录统一是：abc12345"));
    }
}
