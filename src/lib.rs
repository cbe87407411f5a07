//! Gangwei 岗位 turns a bank's markdown into a static HR portal. The modules stand in the order of the line:
//! read `pipeline` first.

pub mod pipeline;

pub mod diagnostic;
pub mod source;

pub mod blanks;
pub mod config;
pub mod document;
pub mod encoding;
pub mod fields;
pub mod front_matter;
pub mod kinds;
pub mod load;
pub mod manifest;
pub mod markdown;
pub mod mending;
pub mod script;
pub mod slips;
pub mod vocabulary;

pub mod address;
pub mod address_book;
pub mod lifecycle;
pub mod link;
pub mod list;

pub mod edition;

pub mod index;
pub mod review;
pub mod rules;
pub mod search;

pub mod filling;

pub mod accent;
pub mod outputs;
pub mod poster;
pub mod render;
pub mod texts;
pub mod theme;
pub mod view;

pub mod cli;
#[cfg(feature = "serve")]
pub mod serve;
pub mod timings;
pub mod write;
