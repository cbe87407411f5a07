//! Mail addresses outside the bank. Enters: one file. Leaves: addresses whose host is none of the bank's own, of its
//! settings' web sites, or of a public authority. Masked addresses and names of pictures are none.

use super::context::{adjoins, is_in_address};
use super::masked;
use crate::rules::{Finding, RuleText, Subject};
use crate::say;
use crate::text::fold;

/// The most characters of a name and of a host (RFC 5321, section 4.5.3.1).
const NAME: usize = 64;
const HOST: usize = 253;
/// Endings of files: `logo@2x.png` is a picture.
const FILES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "json",
];
/// Second labels under which a country registers names: `bank.com.cn`.
const SECOND_LABELS: &[&str] = &["com", "net", "org", "gov", "edu", "co", "ac", "idv"];

/// Finds mail addresses outside the bank.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = subject.text.text.as_str();
    if !text.contains('@') {
        return Vec::new();
    }
    let own = own_domains(subject);
    let mut findings = Vec::new();
    for (at, _) in text.match_indices('@') {
        let Some((start, host)) = address_at(subject.text, at) else {
            continue;
        };
        let range = start..at + 1 + host.len();
        let name = &text[start..at];
        let is_masked = subject
            .text
            .written(range.clone())
            .contains(['*', '＊', '…'])
            || [name, host.split('.').next().unwrap_or("")]
                .iter()
                .any(|part| is_stand_in(part));
        let is_public = host.split('.').any(|label| label == "gov");
        if is_masked
            || is_public
            || name == "git"
            || own.contains(&domain(host).to_owned())
            || is_in_address(subject.text, start)
        {
            continue;
        }
        let shown = format!("{}@{host}", masked(name));
        let message = say!(
            "“{shown}”：行外的邮箱地址",
            "`{shown}`: a mail address outside the bank"
        );
        let finding = Finding::new(subject.text.span(range), message);
        // Without any web site in the settings nobody can tell whose address it is.
        findings.push(if own.is_empty() {
            finding.doubtful()
        } else {
            finding
        });
    }
    findings
}

/// Where the address around an `@` begins, and its host.
fn address_at<'t>(whole: &'t RuleText, at: usize) -> Option<(usize, &'t str)> {
    let text = whole.text.as_str();
    let bytes = text.as_bytes();
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let in_host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    // Folding joins what a blank parts: `hr@bank.example. Next`.
    let name = (0..at)
        .rev()
        .take(NAME)
        .take_while(|place| in_name(&bytes[*place]) && adjoins(whole, place + 1));
    let name = name.count();
    let host = (at + 1..bytes.len()).take(HOST);
    let host = host
        .take_while(|place| in_host(&bytes[*place]) && adjoins(whole, *place))
        .count();
    let handle = at > name && bytes[at - name - 1] == b'@';
    let host = text[at + 1..at + 1 + host].trim_end_matches(['.', '-']);
    let last = host.rsplit('.').next().unwrap_or("");
    let is_host = host.contains('.')
        && last.len() >= 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !FILES.contains(&last);
    (name > 0 && !handle && is_host).then(|| {
        let name = &text[at - name..at];
        (at - name.trim_start_matches(['.', '-']).len(), host)
    })
}

/// Whether a part of an address only holds a place: `xxx`, `___`, `yourname`.
fn is_stand_in(part: &str) -> bool {
    part.is_empty()
        || part.contains("xxx")
        || part.contains("__")
        || part.bytes().all(|byte| byte == b'x' || byte == b'_')
        || matches!(part, "yourname" | "username" | "name" | "user")
}

/// The part of a host that its owner registered: `wanglan.example`, `bank.com.cn`.
fn domain(host: &str) -> &str {
    let mut labels = host.rsplit('.');
    let (last, second) = (labels.next().unwrap_or(""), labels.next().unwrap_or(""));
    let wanted = if last.len() == 2 && SECOND_LABELS.contains(&second) {
        3
    } else {
        2
    };
    let mut dots = host.rmatch_indices('.');
    match dots.nth(wanted - 1) {
        Some((dot, _)) => &host[dot + 1..],
        None => host,
    }
}

/// The domains of the settings: the portal's own, its mailbox for applications, the bank's web sites.
fn own_domains(subject: &Subject) -> Vec<String> {
    let config = subject.config;
    let portal = config.base_url.absolute("");
    let apply = &config.apply;
    let addresses = [
        Some(portal.as_str()),
        apply.url.as_ref().map(|url| url.0.as_str()),
    ];
    let sites = config.organization.same_as.iter().map(|web| web.0.as_str());
    let hosts = addresses
        .into_iter()
        .flatten()
        .chain(sites)
        .filter_map(host_of);
    let mailbox = apply
        .email
        .as_ref()
        .and_then(|email| Some(email.0.split_once('@')?.1));
    hosts
        .chain(mailbox)
        .map(|host| domain(&fold(host)).to_owned())
        .filter(|domain| !domain.is_empty())
        .collect()
}

/// The host of a web address, without its port.
fn host_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    host.split(':').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_what_its_owner_registered() {
        assert_eq!(domain("careers.wanglan.example"), "wanglan.example");
        assert_eq!(domain("mail.hr.wanglan.com.cn"), "wanglan.com.cn");
        assert_eq!(domain("wanglan.com"), "wanglan.com");
        assert_eq!(domain("localhost"), "localhost");
    }

    #[test]
    fn addresses_end_where_the_host_ends() {
        let read = |text: &str| {
            let text = RuleText::read(text);
            let address = address_at(&text, text.text.find('@').expect("there"));
            address.map(|(start, host)| (start, host.to_owned()))
        };
        let host = "wanglan.example".to_owned();
        assert_eq!(read("寄hr@wanglan.example。"), Some((3, host.clone())));
        assert_eq!(read("hr@wanglan.example. Then"), Some((0, host)));
        for text in [
            "logo@2x.png",
            "@handle",
            "a@b",
            "pkg@1.2.3",
            "@",
            "w***@a.example",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
