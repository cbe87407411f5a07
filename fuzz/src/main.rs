//! The fuzzer: one program with every target, chosen by `GANGWEI_FUZZ`. Run by `scripts/fuzz.sh`.

#![no_main]

mod reading;
mod rendering;
mod support;
mod writing;

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

/// A target: its name, and what is done with a text that the fuzzer made.
type Target = (&'static str, fn(&[u8]));

/// Every target.
const TARGETS: &[Target] = &[
    ("documents", reading::documents),
    ("markdown", rendering::markdown),
    ("blanks", reading::blanks),
    ("search", rendering::search),
    ("exams", reading::exams),
    ("rules", reading::rules),
    ("settings", reading::settings),
    ("values", reading::values),
    ("manifest", writing::manifest),
    ("formulas", reading::formulas),
    ("encodings", reading::encodings),
    ("written", writing::written_is_read),
];

fn chosen() -> fn(&[u8]) {
    static CHOSEN: OnceLock<fn(&[u8])> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let name = std::env::var("GANGWEI_FUZZ").unwrap_or_default();
        let found = TARGETS.iter().find(|(known, _)| *known == name);
        let names: Vec<&str> = TARGETS.iter().map(|(known, _)| *known).collect();
        found
            .unwrap_or_else(|| panic!("GANGWEI_FUZZ names a target: {}", names.join(" ")))
            .1
    })
}

fuzz_target!(|bytes: &[u8]| chosen()(bytes));
