//! Amounts of money, in hundredths of the currency's unit: 28.5 stays 28.5, as no binary fraction would.

use serde::{Serialize, Serializer};

/// An amount of money.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(u64);

/// An amount above every pay, in hundredths.
const MOST: u64 = 100_000_000_000_000;

impl Money {
    /// `28.5` times a scale; `None` where the result has more than two decimals.
    pub fn parse(digits: &str, scale: u64) -> Option<Money> {
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !are_digits(whole) || !are_digits(fraction) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let tenths = 10u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let digits: u64 = format!("{whole}{fraction}").parse().ok()?;
        let cents = digits.checked_mul(scale)?.checked_mul(100)?;
        (cents % tenths == 0 && cents / tenths < MOST).then_some(Money(cents / tenths))
    }

    /// The amount in hundredths.
    pub fn cents(self) -> u64 {
        self.0
    }

    /// The amount in whole units, if it has no hundredths.
    pub fn whole(self) -> Option<u64> {
        self.0.is_multiple_of(100).then_some(self.0 / 100)
    }

    /// The units and the hundredths over.
    pub fn parts(self) -> (u64, u64) {
        (self.0 / 100, self.0 % 100)
    }
}

/// A number as JSON writes it. The nearest binary fraction to a decimal of so few digits is printed as that decimal.
impl Serialize for Money {
    #[expect(
        clippy::cast_precision_loss,
        reason = "what anybody is paid has far fewer than 2⁵³ hundredths"
    )]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_u64(whole),
            None => serializer.serialize_f64(self.0 as f64 / 100.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_kept_to_the_hundredth_and_no_further() {
        for (digits, scale, cents) in [
            ("28.5", 1, 2_850),
            ("26.50", 1, 2_650),
            ("0.8", 10_000, 800_000),
            ("1.2345", 10_000, 1_234_500),
            ("1.234567", 10_000, 1_234_567),
            ("28.5000", 1, 2_850),
            ("0.29", 1, 29),
            ("999999999999.99", 1, 99_999_999_999_999),
        ] {
            assert_eq!(Money::parse(digits, scale), Some(Money(cents)), "{digits}");
        }
        for digits in [
            "28.555",
            "",
            ".",
            "1e3",
            "-1",
            "+1",
            "1.2.3",
            "inf",
            "1000000000000",
            "9999999999999999999999",
        ] {
            assert_eq!(Money::parse(digits, 1), None, "{digits}");
        }
    }

    #[test]
    fn json_prints_the_decimal_that_was_written() {
        for cents in (0..100).chain(99_999_999_999_900..MOST) {
            let (units, rest) = Money(cents).parts();
            let printed = serde_json::to_string(&Money(cents)).expect("a number");
            let wanted = format!("{units}.{rest:02}");
            assert_eq!(printed, wanted.trim_end_matches('0').trim_end_matches('.'));
        }
    }
}
