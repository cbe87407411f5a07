//! Tries outside links. Enters: addresses, and limits. Leaves: the answer of each address. The program checks every
//! machine before it connects, also the target of a redirect. It requests the addresses of a host one after another.

use super::addresses::{Refused, resolve};
use super::client::{Failure, Method, Reply, Request, ask};
use super::deadline::Deadline;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use url::Url;

/// The largest number of redirects of a link.
const REDIRECTS: usize = 5;

/// The limits of requests.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The time limit for one request.
    pub request: Duration,
    /// The time limit for all requests together.
    pub total: Duration,
    /// The largest number of addresses of a host.
    pub of_host: usize,
    /// The largest number of hosts at a time.
    pub hosts: usize,
    /// Hosts with ports that may be in any network.
    pub allowed: Vec<String>,
}

/// The answer of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The link works.
    Works,
    /// The server has no such page.
    Gone(u16),
    /// The server answers with an error that may concern only programs, or only this moment.
    Unsure(u16),
    /// The program does not connect to this address.
    Refused(Refused),
    /// It redirects to an address to which the program does not connect.
    LeadsTo(String, Refused),
    /// It has too many redirects.
    RedirectLoop,
    /// The time limit for one request has passed.
    Slow,
    /// There is no answer, or none in valid HTTP.
    NoAnswer,
    /// The machine does not trust the certificate.
    Untrusted,
    /// The number of addresses of its host exceeds the limit.
    TooMany,
    /// The time limit for all requests passed before its turn.
    OutOfTime,
}

/// An address with its answer.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The address, as the caller passed it.
    pub address: String,
    /// Its answer.
    pub answer: Answer,
}

/// Requests addresses, from several hosts at a time. The answers are in the order of the addresses.
pub fn try_links(addresses: &BTreeSet<String>, limits: &Limits) -> Vec<Checked> {
    let deadline = Deadline::after(limits.total);
    let mut hosts: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for address in addresses {
        let host = Url::parse(address).ok();
        let host = host.and_then(|url| url.host_str().map(str::to_owned));
        hosts
            .entry(host.unwrap_or_default())
            .or_default()
            .push(address);
    }
    let hosts: Vec<Vec<&String>> = hosts.into_values().collect();
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(addresses) = hosts.get(next.fetch_add(1, Ordering::Relaxed)) {
            for (place, address) in addresses.iter().enumerate() {
                let answer = if place < limits.of_host {
                    check(address, limits, &deadline)
                } else {
                    Answer::TooMany
                };
                let checked = Checked {
                    address: (*address).clone(),
                    answer,
                };
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                found.push(checked);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..limits.hosts.clamp(1, hosts.len().max(1)) {
            scope.spawn(work);
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by(|a, b| a.address.cmp(&b.address));
    found
}

fn check(address: &str, limits: &Limits, deadline: &Deadline) -> Answer {
    let Ok(mut url) = Url::parse(address) else {
        return Answer::Refused(Refused::NoAddress);
    };
    for hop in 0..=REDIRECTS {
        let Some(left) = deadline.left() else {
            return Answer::OutOfTime;
        };
        let time = limits.request.min(left);
        let addresses = match resolve(&url, &limits.allowed, time) {
            Ok(addresses) => addresses,
            Err(refused) if hop == 0 => return Answer::Refused(refused),
            Err(refused) => return Answer::LeadsTo(url.to_string(), refused),
        };
        let request = |method| Request {
            url: &url,
            method,
            addresses: Some(addresses.clone()),
            time,
            bytes: 0,
        };
        let mut result = ask(request(Method::Head));
        if needs_get(&result) {
            result = ask(request(Method::Get));
        }
        let reply = match result {
            Ok(reply) => reply,
            Err(failure) => return answer_for_failure(&failure),
        };
        match next_hop(&url, &reply) {
            Hop::To(next) => url = next,
            Hop::Here => return answer_for_status(reply.status),
        }
    }
    Answer::RedirectLoop
}

enum Hop {
    To(Url),
    Here,
}

fn next_hop(url: &Url, reply: &Reply) -> Hop {
    let is_redirect = matches!(reply.status, 301 | 302 | 303 | 307 | 308);
    let next = reply.location.as_deref().filter(|_| is_redirect);
    match next.and_then(|written| url.join(written).ok()) {
        Some(next) => Hop::To(next),
        None => Hop::Here,
    }
}

/// Whether a `GET` request must follow the `HEAD` request, which many servers answer wrongly.
fn needs_get(result: &Result<Reply, Failure>) -> bool {
    match result {
        Ok(reply) => reply.status >= 400,
        Err(failure) => matches!(failure, Failure::Garbled | Failure::CutOff),
    }
}

fn answer_for_status(status: u16) -> Answer {
    match status {
        404 | 410 => Answer::Gone(status),
        200..=399 => Answer::Works,
        _ => Answer::Unsure(status),
    }
}

fn answer_for_failure(failure: &Failure) -> Answer {
    match failure {
        Failure::Slow => Answer::Slow,
        Failure::NoSuchHost => Answer::Refused(Refused::Unknown),
        Failure::Untrusted => Answer::Untrusted,
        Failure::TooLarge => Answer::Works,
        Failure::Unreachable | Failure::CutOff | Failure::Garbled => Answer::NoAnswer,
    }
}
