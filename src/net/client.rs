//! The one client of HTTP. Enters: an address, and limits of time and size. Leaves: one answer. It follows no redirect,
//! takes up no proxy of the environment, keeps no cookie and sends no name.

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

/// The name that the program gives itself.
const NAME: &str = concat!("gangwei/", env!("CARGO_PKG_VERSION"));
/// The most addresses of one name that are tried.
const ADDRESSES: usize = 16;

/// What is asked of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Whether it is there.
    Head,
    /// What it holds.
    Get,
}

/// One request.
#[derive(Debug)]
pub(super) struct Request<'a> {
    /// The address.
    pub url: &'a Url,
    /// What is asked.
    pub method: Method,
    /// Where to connect to; nothing leaves the name to the system.
    pub addresses: Option<Vec<SocketAddr>>,
    /// The longest that all of it may take.
    pub time: Duration,
    /// The most bytes that are read; with none, what comes after the head is left alone.
    pub bytes: u64,
}

/// One answer.
#[derive(Debug)]
pub(super) struct Reply {
    /// The status.
    pub status: u16,
    /// Where a redirect leads, as written.
    pub location: Option<String>,
    /// Whether it says that it is a page.
    pub is_html: bool,
    /// The server's clock, less the time that a cache kept the answer.
    pub date: Option<Timestamp>,
    /// What was read.
    pub bytes: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// It took too long.
    Slow,
    /// No such name.
    NoSuchHost,
    /// Nobody listens, or the line was cut.
    Unreachable,
    /// The certificate is not trusted, or the two cannot agree on encryption.
    Untrusted,
    /// More bytes than allowed.
    TooLarge,
    /// It ended before it was whole.
    CutOff,
    /// It is no HTTP.
    Garbled,
}

/// Gives the addresses that were checked before, so that a name cannot lead elsewhere in between.
#[derive(Debug)]
struct Known(Option<Vec<SocketAddr>>);

impl Resolver for Known {
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

/// Whom the machine trusts; read once. A machine that names nobody trusts nobody.
static TRUSTED: LazyLock<RootCerts> = LazyLock::new(|| {
    let found = rustls_native_certs::load_native_certs().certs;
    let found = found
        .iter()
        .map(|one| Certificate::from_der(one).to_owned());
    RootCerts::new_with_certs(&found.collect::<Vec<_>>())
});

/// Asks once.
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
        Known(request.addresses),
    );
    let url = request.url.as_str();
    let asked = match request.method {
        Method::Head => agent.head(url),
        Method::Get => agent.get(url),
    };
    let asked = asked.header(header::CACHE_CONTROL, "no-cache");
    let mut response = asked.call().map_err(|error| failure(&error))?;
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
            // The system names no kind for a name that it cannot find.
            _ if error.raw_os_error().is_none() && error.to_string().contains("lookup") => {
                Failure::NoSuchHost
            }
            _ => Failure::Unreachable,
        },
        Error::ConnectionFailed => Failure::Unreachable,
        _ => Failure::Garbled,
    }
}
