//! Sums: parts against totals, percentages against their two numbers, growth against increase and base, ranges, weights
//! and dates against themselves. Enters: a file's folded text. Leaves: findings that show the arithmetic. Exact integers
//! only; what could be read two ways is never a finding.

mod arithmetic;
pub mod dates;
pub mod decimal_stop;
pub mod growth;
mod numbers;
pub mod parts;
mod passages;
pub mod percent;
pub mod ranges;
mod totals;
mod units;
pub mod weights;
mod words;
mod wrong_total;
