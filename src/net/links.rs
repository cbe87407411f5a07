//! Whether outside links still work. Enters: addresses, and limits. Leaves: what each one answered. Every machine is
//! checked before it is connected to, that of each redirect too; a host is asked one address after another.

use super::addresses::{Refused, resolve};
use super::client::{Failure, Method, Reply, Request, ask};
use super::deadline::Deadline;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use url::Url;

/// The most redirects of one link.
const REDIRECTS: usize = 5;

/// How much is asked, and for how long.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest that one request may take.
    pub request: Duration,
    /// The longest that all of them may take.
    pub total: Duration,
    /// The most addresses of one host.
    pub of_host: usize,
    /// The most hosts at a time.
    pub hosts: usize,
    /// Hosts with their ports that are asked wherever they lie.
    pub allowed: Vec<String>,
}

/// What a link answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It works.
    Works,
    /// Nothing is there.
    Gone(u16),
    /// The server answers, but not to a program, or not now.
    Unsure(u16),
    /// It is not asked.
    Refused(Refused),
    /// It leads to an address that is not asked.
    LeadsTo(String, Refused),
    /// It leads from one place to the next without an end.
    Circles,
    /// It took too long.
    Slow,
    /// Nobody answers, or nothing that can be read.
    Silent,
    /// The certificate is not trusted.
    Untrusted,
    /// Its host had enough addresses asked already.
    TooMany,
    /// The time was over before it was asked.
    NoTime,
}

/// An address with its answer.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The address, as it was given.
    pub address: String,
    /// What it answered.
    pub answer: Answer,
}

/// Asks addresses, many hosts at a time. The answers stand in the order of the addresses.
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
            return Answer::NoTime;
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
        let mut asked = ask(request(Method::Head));
        if needs_get(&asked) {
            asked = ask(request(Method::Get));
        }
        let reply = match asked {
            Ok(reply) => reply,
            Err(failure) => return unanswered(&failure),
        };
        match next_hop(&url, &reply) {
            Hop::To(next) => url = next,
            Hop::Here => return judged(reply.status),
        }
    }
    Answer::Circles
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

/// Whether the short question was not enough: many servers answer it wrongly.
fn needs_get(asked: &Result<Reply, Failure>) -> bool {
    match asked {
        Ok(reply) => reply.status >= 400,
        Err(failure) => matches!(failure, Failure::Garbled | Failure::CutOff),
    }
}

fn judged(status: u16) -> Answer {
    match status {
        404 | 410 => Answer::Gone(status),
        200..=399 => Answer::Works,
        _ => Answer::Unsure(status),
    }
}

fn unanswered(failure: &Failure) -> Answer {
    match failure {
        Failure::Slow => Answer::Slow,
        Failure::NoSuchHost => Answer::Refused(Refused::Unknown),
        Failure::Untrusted => Answer::Untrusted,
        Failure::TooLarge => Answer::Works,
        Failure::Unreachable | Failure::CutOff | Failure::Garbled => Answer::Silent,
    }
}
