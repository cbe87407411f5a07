//! Sums: parts against totals, percentages against their two numbers, growth against increase and base, ranges, weights
//! and dates against themselves. Enters: a file's folded text. Leaves: findings that show the arithmetic. Exact integers
//! only; what could be read two ways is never a finding.

mod arithmetic;
pub(super) mod dates;
pub(super) mod decimal_stop;
pub(super) mod growth;
mod numbers;
pub(super) mod parts;
mod passages;
pub(super) mod percent;
pub(super) mod ranges;
mod totals;
mod units;
pub(super) mod weights;
mod words;
mod wrong_total;
