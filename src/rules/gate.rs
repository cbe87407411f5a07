//! The publish gate: what a posting must state.
