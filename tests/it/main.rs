//! All tests that use the program from outside. They are one binary, so that a change is linked once. A module holds
//! the tests of one subject: `cargo test --test it faults::` runs one module. The data are in folders beside this one.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::format_collect,
    clippy::items_after_statements,
    clippy::match_same_arms,
    clippy::needless_for_each,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::too_many_lines,
    clippy::unreachable,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test starts programs, reads and writes files, counts, prints figures, follows a long scenario, and panics if a result is wrong"
)]

mod common;
mod judging;
mod runner;
mod site_text;
mod snapshot;
mod web_server;

mod architecture;
mod as_they_come;
mod bad_input;
mod blanks;
mod bounded;
mod check;
mod check_guide;
mod chinese;
mod commonmark;
mod config;
mod conversion;
mod conversion_data;
mod determinism;
mod disk;
mod document_text;
mod editions;
mod encodings;
mod explain;
mod fault_pages;
mod faults;
mod fields_doc;
mod fill;
mod first_hour;
mod fold_table;
mod formats;
mod golden;
mod growth;
mod hostile;
mod imports;
mod json_ld;
mod leaks;
mod life;
mod lifecycle;
mod links;
mod markdown_properties;
mod names;
mod new;
mod order;
mod pinyin;
mod posters;
mod published;
mod readme;
mod redline;
mod release;
mod review;
mod rules;
mod schema;
mod search;
mod search_answers;
mod search_changes;
mod search_files;
mod search_suggestions;
mod sentences;
mod serve;
mod stopped;
mod sums;
mod theme_contract;
mod theme_faults;
mod theme_ids;
mod verify;
mod visibility;
mod warm;
mod workflow_rounds;
mod workflows;
mod writing;
