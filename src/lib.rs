//! Gangwei 岗位 turns a bank's markdown into a static HR portal. The modules stand in the order of the line:
//! read `pipeline` first.

pub mod pipeline;

pub mod source;
pub mod diagnostic;

pub mod load;
pub mod front_matter;
pub mod fields;
pub mod vocabulary;
pub mod config;
pub mod script;
pub mod markdown;
pub mod kinds;
pub mod document;

pub mod lifecycle;
pub mod link;
pub mod list;
pub mod address;
pub mod address_book;

pub mod accent;
pub mod texts;
pub mod theme;
pub mod view;
pub mod outputs;
pub mod render;

pub mod write;
#[cfg(feature = "serve")]
pub mod serve;
pub mod cli;
pub mod timings;
