//! Gangwei 岗位 turns a bank's markdown into a static HR portal. A folder imports only folders above it in this list.
//! Read `pipeline` first: it calls the stages in order.

pub mod text;

pub mod document_text;

pub mod diagnostic;

pub mod search;

pub mod files;

pub mod yaml;

pub mod fields;

pub mod blanks;

pub mod markdown;

pub mod kinds;

pub mod site;

pub mod forms;

pub mod rules;

pub mod views;

pub mod posters;

pub mod outputs;

pub mod pages;

pub mod review;

pub mod publish;

pub mod pipeline;

pub mod net;

#[cfg(feature = "serve")]
pub mod serve;

pub mod cli;
