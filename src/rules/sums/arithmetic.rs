//! Exact sums in millionths, and how they are shown. Enters: figures. Leaves: an order, or a text. No binary fractions.

use super::numbers::{Figure, MICRO};
use crate::text::group_thousands;
use std::cmp::Ordering;

/// Compares a sum with a total: equal where rounding of every operand to its last digit explains the difference.
pub(super) fn compare_sum(parts: &[&Figure], total: &Figure) -> Ordering {
    let sum: i128 = parts.iter().map(|part| part.value).sum();
    let slack: i128 = parts.iter().map(|part| part.ulp).sum::<i128>() + total.ulp;
    let difference = sum - total.value;
    // Half of each last digit, doubled on both sides to stay whole.
    if difference.abs() * 2 <= slack {
        Ordering::Equal
    } else {
        difference.cmp(&0)
    }
}

/// A value in a figure's own unit, with thousands separators: `3,740`, `240.65`.
pub(super) fn show(value: i128, scale: i128) -> String {
    let scale = scale.max(1);
    let (sign, value) = if value < 0 {
        ("-", -value)
    } else {
        ("", value)
    };
    let grouped = group_thousands(&(value / (MICRO * scale)).to_string());
    let rest = value % (MICRO * scale);
    if rest == 0 {
        return format!("{sign}{grouped}");
    }
    // Six decimals of the unit itself; a smaller rest does not show.
    let fraction = format!("{:06}", rest / scale);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        format!("{sign}{grouped}")
    } else {
        format!("{sign}{grouped}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sums::numbers::figures;

    #[test]
    fn a_value_is_shown_in_its_own_unit() {
        assert_eq!(show(24_065_000_000 * MICRO, 100_000_000), "240.65");
        assert_eq!(show(-1_234_500_000, 1), "-1,234.5");
    }

    #[test]
    fn a_sum_allows_for_the_rounding_of_every_operand_and_no_more() {
        let compare = |text: &str| {
            let all = figures(text, 0..text.len());
            let all: Vec<&Figure> = all.iter().collect();
            let (total, parts) = all.split_last().expect("a total");
            compare_sum(parts, total)
        };
        assert_eq!(
            compare("1.2亿元、3.0亿元、4.1亿元,8.4亿元"),
            Ordering::Equal
        );
        assert_eq!(compare("1.2亿元、3.0亿元、4.1亿元,8.6亿元"), Ordering::Less);
        assert_eq!(compare("12户、15户,26户"), Ordering::Greater);
    }
}
