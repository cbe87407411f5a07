//! The network. Enters: an address from the command line. Leaves: what it answered, or why not, in words.
//! Nothing is asked unless a command names it: `--published`, `due`, `verify URL` and `links` alone come here.

mod addresses;
mod client;
mod deadline;
mod links;
mod portal;

pub use addresses::{Refused, is_public};
pub use deadline::Deadline;
pub use links::{Answer, Checked, Limits, try_links};
pub use portal::{Fetched, clock_fault, fetch_build_info, fetch_portal, is_url};
