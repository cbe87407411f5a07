//! Resolves the addresses of outside links. Enters: an address as the content has it. Leaves: socket addresses, or the
//! reason for a refusal. The program looks up a name first, and all of its machines must be in the public network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc::sync_channel;
use std::time::Duration;
use url::{Host, Url};

/// The reason why the program does not connect to an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It is not a valid address, or has no host.
    NoAddress,
    /// It is neither http nor https.
    Scheme,
    /// It has a user name or a password before the host.
    UserInfo,
    /// Its host is, or resolves to, this machine or a machine in a local network.
    Private,
    /// The system cannot resolve the name of its host.
    Unknown,
}

/// Domains without public machines, with all of their subdomains.
const LOCAL_NAMES: [&str; 12] = [
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "onion",
    "arpa",
];

/// Whether a machine belongs to the public network.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Networks that are not public, each as its first address and the length of its prefix in bits.
const SPECIAL_V4: [(Ipv4Addr, u32); 17] = [
    // This network.
    (Ipv4Addr::UNSPECIFIED, 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    // Addresses that a provider shares between its customers.
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // The address of a cloud's own services.
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    // Link-local addresses. At one of them, clouds serve the secrets of a machine.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    // Protocol assignments, documentation, relays and benchmarks.
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // The address of the metadata of another cloud.
    (Ipv4Addr::new(100, 100, 100, 200), 32),
    // Multicast and reserved addresses.
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_in = |(network, length): &(Ipv4Addr, u32)| {
        (address.to_bits() ^ network.to_bits()).leading_zeros() >= *length
    };
    !SPECIAL_V4.iter().any(is_in)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = inner_v4(address) {
        return is_public_v4(inner);
    }
    let [first, second, ..] = address.segments();
    // Only 2000::/3 is allocated. In it, the prefixes for documentation, benchmarks and Teredo are not public.
    let is_allocated = first & 0xe000 == 0x2000;
    let is_special = matches!(
        (first, second),
        (0x2001, 0x0000..=0x01ff | 0x0db8) | (0x3fff, 0..=0x0fff)
    );
    is_allocated && !is_special
}

/// The IPv4 address that an IPv6 address contains: mapped, compatible, translated, or 6to4.
fn inner_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let parts = address.segments();
    let join = |at: usize| {
        let ([one, two], [three, four]) = (parts[at].to_be_bytes(), parts[at + 1].to_be_bytes());
        Ipv4Addr::new(one, two, three, four)
    };
    match parts {
        [0, 0, 0, 0, 0, 0 | 0xffff, ..]
        | [0, 0, 0, 0, 0xffff, 0, ..]
        | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(join(6)),
        [0x2002, ..] => Some(join(1)),
        _ => None,
    }
}

/// Resolves an address. `allowed` lists hosts with ports that may be in any network.
pub(super) fn resolve(
    url: &Url,
    allowed: &[String],
    time: Duration,
) -> Result<Vec<SocketAddr>, Refused> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refused::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::UserInfo);
    }
    let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
        return Err(Refused::NoAddress);
    };
    let named = format!("{host}:{port}");
    let is_allowed = allowed.iter().any(|one| one.eq_ignore_ascii_case(&named));
    let found = match host {
        Host::Ipv4(address) => vec![SocketAddr::from((address, port))],
        Host::Ipv6(address) => vec![SocketAddr::from((address, port))],
        Host::Domain(name) if !is_allowed && is_local_name(name) => return Err(Refused::Private),
        Host::Domain(name) => look_up(name, port, time).ok_or(Refused::Unknown)?,
    };
    // One private machine among several is enough, since the client may connect to any of them.
    if !is_allowed && found.iter().any(|address| !is_public(address.ip())) {
        return Err(Refused::Private);
    }
    Ok(found)
}

fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_below = |local: &str| {
        let rest = name.strip_suffix(local);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    !name.contains('.') || LOCAL_NAMES.into_iter().any(is_below)
}

/// Resolves a name with the system, and waits no longer than `time`.
fn look_up(name: &str, port: u16, time: Duration) -> Option<Vec<SocketAddr>> {
    let (send, receive) = sync_channel(1);
    let host_and_port = (name.to_owned(), port);
    std::thread::spawn(move || {
        let found = host_and_port
            .to_socket_addrs()
            .map(Iterator::collect::<Vec<_>>);
        let _ = send.send(found);
    });
    let found = receive.recv_timeout(time).ok()?.ok()?;
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(address: &str) -> Option<Refused> {
        let url = Url::parse(address).expect(address);
        resolve(&url, &[], Duration::from_secs(5)).err()
    }

    #[test]
    fn all_spellings_of_a_private_machine_are_refused() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "127.%30.0.1",
            "0.0.0.0",
            "0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:a9fe:a9fe]",
            "[::127.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[2002:7f00:1::]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[fe80::1]",
            "[ff02::1]",
            "[2001:db8::1]",
            "[2001::1]",
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "printer",
            "metadata.google.internal",
            "nas.local",
            "１２７.0.0.1",
        ] {
            let address = format!("http://{host}/");
            assert_eq!(refused(&address), Some(Refused::Private), "{address}");
        }
    }

    #[test]
    fn public_machines_pass_and_other_addresses_have_their_own_refusals() {
        for host in [
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "[2400:3200::1]",
        ] {
            assert_eq!(refused(&format!("https://{host}/")), None, "{host}");
        }
        assert_eq!(refused("ftp://8.8.8.8/"), Some(Refused::Scheme));
        assert_eq!(refused("http://a@8.8.8.8/"), Some(Refused::UserInfo));
        assert_eq!(refused("http://:b@8.8.8.8/"), Some(Refused::UserInfo));
        let url = Url::parse("http://127.0.0.1:81/").expect("address");
        let allowed = ["127.0.0.1:81".to_owned()];
        assert!(resolve(&url, &allowed, Duration::ZERO).is_ok());
        let other = Url::parse("http://127.0.0.1:82/").expect("address");
        assert!(resolve(&other, &allowed, Duration::ZERO).is_err());
    }
}
