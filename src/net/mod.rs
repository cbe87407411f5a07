//! The network. Enters: addresses from the command line or the content. Leaves: answers, or errors with their reasons.
//! The program connects to the network only for `--published`, `due`, `verify URL` and `links`.

mod addresses;
mod client;
mod deadline;
mod links;
mod portal;

pub use addresses::{Refused, is_public};
pub use deadline::Deadline;
pub use links::{Answer, Checked, Limits, try_links};
pub use portal::{Fetched, clock_fault, fetch_build_info, fetch_portal, is_url};
