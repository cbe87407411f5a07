//! The clock and the environment of the machine, which nothing but the command line reads.

use std::ffi::OsString;

/// A variable of the environment; nothing where it is not set or empty.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the environment for all others"
)]
pub(super) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The present moment.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock and tells the moment to all others"
)]
pub(super) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// The present day in a zone.
pub(super) fn today(zone: &jiff::tz::TimeZone) -> jiff::civil::Date {
    now().to_zoned(zone.clone()).date()
}
