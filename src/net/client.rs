//! The only HTTP client of the program. Enters: an address, and limits of time and size. Leaves: one answer. The client
//! follows no redirect, uses no proxy of the environment, keeps no cookie and sends no credentials.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use std::io::{ErrorKind, Read};
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use ureq::http::{HeaderMap, Uri, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};
use url::Url;

/// The user agent of the program.
const NAME: &str = concat!("gangwei/", env!("CARGO_PKG_VERSION"));
/// The largest number of addresses of a name that the client tries.
const ADDRESSES: usize = 16;

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Requests only the head of an answer.
    Head,
    /// Requests the whole answer.
    Get,
}

/// One request.
#[derive(Debug)]
pub(super) struct Request<'a> {
    /// The address.
    pub url: &'a Url,
    /// The method.
    pub method: Method,
    /// The addresses to connect to; with `None`, the system resolves the name.
    pub addresses: Option<Vec<SocketAddr>>,
    /// The time limit for the whole request.
    pub time: Duration,
    /// The largest size of the body; with 0, the client does not read the body.
    pub bytes: u64,
}

/// One answer.
#[derive(Debug)]
pub(super) struct Reply {
    /// The status.
    pub status: u16,
    /// The target of a redirect, as written.
    pub location: Option<String>,
    /// Whether the header declares an HTML page.
    pub is_html: bool,
    /// The server's clock: the date of the answer, plus the time for which a cache kept it.
    pub date: Option<Timestamp>,
    /// The body, if the client read it.
    pub bytes: Vec<u8>,
}

/// The reason for a request without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The time limit has passed.
    Slow,
    /// The name of the host does not exist.
    NoSuchHost,
    /// No server listens, or the connection failed.
    Unreachable,
    /// The machine does not trust the certificate, or client and server support no common encryption.
    Untrusted,
    /// The answer is larger than the limit.
    TooLarge,
    /// The answer ended too early.
    CutOff,
    /// The answer is not valid HTTP.
    Garbled,
}

/// Resolves to the addresses that the program has checked, so that a name cannot change its addresses after the check.
#[derive(Debug)]
struct CheckedResolver(Option<Vec<SocketAddr>>);

impl Resolver for CheckedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let Some(known) = &self.0 else {
            return DefaultResolver::default().resolve(uri, config, timeout);
        };
        let mut addresses = self.empty();
        for address in known.iter().take(ADDRESSES) {
            addresses.push(*address);
        }
        if addresses.is_empty() {
            return Err(Error::HostNotFound);
        }
        Ok(addresses)
    }
}

/// The certificates that the machine trusts, read once. If the machine has none, the client trusts no server.
static TRUSTED: LazyLock<RootCerts> = LazyLock::new(|| {
    let found = rustls_native_certs::load_native_certs().certs;
    let found = found
        .iter()
        .map(|one| Certificate::from_der(one).to_owned());
    RootCerts::new_with_certs(&found.collect::<Vec<_>>())
});

/// Sends one request.
pub(super) fn ask(request: Request<'_>) -> Result<Reply, Failure> {
    let tls = TlsConfig::builder()
        .root_certs(TRUSTED.clone())
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(NAME)
        .timeout_global(Some(request.time))
        .build();
    let agent = Agent::with_parts(
        config,
        DefaultConnector::default(),
        CheckedResolver(request.addresses),
    );
    let url = request.url.as_str();
    let builder = match request.method {
        Method::Head => agent.head(url),
        Method::Get => agent.get(url),
    };
    let builder = builder.header(header::CACHE_CONTROL, "no-cache");
    let mut response = builder.call().map_err(|error| failure(&error))?;
    let (status, headers) = (response.status().as_u16(), response.headers());
    let reply = Reply {
        status,
        location: text(headers, header::LOCATION.as_str()),
        is_html: text(headers, header::CONTENT_TYPE.as_str()).is_some_and(|kind| {
            kind.trim_start()
                .to_ascii_lowercase()
                .starts_with("text/html")
        }),
        date: date(headers),
        bytes: Vec::new(),
    };
    let is_read = request.method == Method::Get && status == 200 && request.bytes > 0;
    Ok(Reply {
        bytes: if is_read {
            read(response.body_mut(), request.bytes)?
        } else {
            Vec::new()
        },
        ..reply
    })
}

fn read(body: &mut Body, most: u64) -> Result<Vec<u8>, Failure> {
    let stated = body.content_length();
    if stated.is_some_and(|stated| stated > most) {
        return Err(Failure::TooLarge);
    }
    let mut bytes = Vec::new();
    let mut reader = body.as_reader().take(most + 1);
    reader.read_to_end(&mut bytes).map_err(|error| {
        let known = error.get_ref().and_then(|inner| inner.downcast_ref());
        match known.map(failure) {
            Some(Failure::Slow) => Failure::Slow,
            _ if error.kind() == ErrorKind::TimedOut => Failure::Slow,
            _ => Failure::CutOff,
        }
    })?;
    if bytes.len() as u64 > most {
        return Err(Failure::TooLarge);
    }
    match stated {
        Some(stated) if stated > bytes.len() as u64 => Err(Failure::CutOff),
        _ => Ok(bytes),
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let date = text(headers, header::DATE.as_str())?;
    let date = DateTimeParser::new().parse_timestamp(date.trim()).ok()?;
    let age = text(headers, header::AGE.as_str()).and_then(|age| age.trim().parse::<u32>().ok());
    date.checked_add(jiff::SignedDuration::from_secs(age.unwrap_or(0).into()))
        .ok()
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::Timeout(_) => Failure::Slow,
        Error::HostNotFound => Failure::NoSuchHost,
        Error::BodyExceedsLimit(_) => Failure::TooLarge,
        Error::Tls(_) | Error::Rustls(_) => Failure::Untrusted,
        Error::Io(error) => match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Failure::Slow,
            ErrorKind::InvalidData => Failure::Untrusted,
            ErrorKind::UnexpectedEof => Failure::CutOff,
            // The system has no error kind for a host name that it cannot find.
            _ if error.raw_os_error().is_none() && error.to_string().contains("lookup") => {
                Failure::NoSuchHost
            }
            _ => Failure::Unreachable,
        },
        Error::ConnectionFailed => Failure::Unreachable,
        _ => Failure::Garbled,
    }
}
