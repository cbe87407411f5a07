//! Sums: parts against totals, percentages against their two numbers, growth against increase and base.
