//! Check digits of numbers that name a person, a card or a company. Enters: a number in lower case without separators.
//! Leaves: whether its check digit is right. A right check digit proves nothing by itself; one number in ten or eleven has it.

use crate::fields::Day;
use jiff::civil::Date;

/// Province codes of the mainland's identity numbers (GB/T 2260, first two digits), with those for residents from Hong Kong,
/// Macao and Taiwan.
const PROVINCES: &[u32] = &[
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
];

/// Weights of the first 17 digits (GB 11643-1999).
const IDENTITY_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check characters by the weighted sum modulo 11 (GB 11643-1999).
const IDENTITY_CHECKS: &[u8; 11] = b"10x98765432";

/// Characters of a unified social credit code by value (GB 32100-2015), in lower case.
const CREDIT_CHARACTERS: &[u8; 31] = b"0123456789abcdefghjklmnpqrtuwxy";
/// Weights of its first 17 characters (GB 32100-2015).
const CREDIT_WEIGHTS: [usize; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];

/// Values of the first letter of a Taiwanese identity number, A to Z.
const TAIWAN_LETTERS: [u32; 26] = [
    10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30,
    31, 33,
];

/// Whether a text is digits and nothing else.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn digit(byte: u8) -> u32 {
    u32::from(byte.saturating_sub(b'0'))
}

/// Whether two digits are a province.
fn is_province(code: &[u8]) -> bool {
    code.len() == 2 && PROVINCES.contains(&(digit(code[0]) * 10 + digit(code[1])))
}

/// Whether `YYYYMMDD` is a day from 1900 on that is not after `today`.
fn is_birthday(digits: &str, today: Day) -> bool {
    let date = (|| {
        let year = digits.get(0..4)?.parse().ok()?;
        let month = digits.get(4..6)?.parse().ok()?;
        Date::new(year, month, digits.get(6..8)?.parse().ok()?).ok()
    })();
    date.is_some_and(|date| date.year() >= 1900 && date <= today.0)
}

/// Whether 18 characters are an identity number of the mainland: province, day of birth, check digit (GB 11643-1999).
/// A foreigner's permanent residence number begins with 9 and has its province after that.
pub(super) fn is_identity_number(text: &str, today: Day) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !text.is_ascii() || !is_digits(&text[..17]) {
        return false;
    }
    let sum: u32 = bytes
        .iter()
        .zip(IDENTITY_WEIGHTS)
        .map(|(byte, weight)| digit(*byte) * weight)
        .sum();
    let foreign = bytes[0] == b'9' && is_province(&bytes[1..3]) && !is_credit_code(text);
    (is_province(&bytes[..2]) || foreign)
        && is_birthday(&text[6..14], today)
        && IDENTITY_CHECKS[(sum % 11) as usize] == bytes[17]
}

/// Whether 15 digits have the shape of the mainland's old identity number, which has no check digit.
pub(super) fn is_old_identity_number(text: &str, today: Day) -> bool {
    text.len() == 15
        && is_digits(text)
        && is_province(&text.as_bytes()[..2])
        && is_birthday(&format!("19{}", &text[6..12]), today)
}

/// Whether 18 characters are a unified social credit code (GB 32100-2015): department, kind, province, check character.
pub(super) fn is_credit_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !text.is_ascii() {
        return false;
    }
    let place = &bytes[2..8];
    let known_place = is_digits(&text[2..8]) && (is_province(&place[..2]) || place == b"100000");
    let department = matches!(bytes[0], b'1' | b'5' | b'9' | b'a' | b'n' | b'y');
    let kind = matches!(bytes[1], b'1' | b'2' | b'3' | b'9');
    if !(known_place && department && kind) {
        return false;
    }
    let value = |byte: u8| CREDIT_CHARACTERS.iter().position(|known| *known == byte);
    let mut sum = 0;
    for (byte, weight) in bytes.iter().zip(CREDIT_WEIGHTS) {
        match value(*byte) {
            Some(value) => sum += value * weight,
            None => return false,
        }
    }
    value(bytes[17]) == Some((31 - sum % 31) % 31)
}

/// Whether digits pass the Luhn check (ISO/IEC 7812-1, annex B) and are more than a repeated figure.
pub(super) fn is_luhn(text: &str) -> bool {
    if !is_digits(text) {
        return false;
    }
    let mut seen = [false; 10];
    let mut sum = 0;
    for (place, byte) in text.bytes().rev().enumerate() {
        let value = digit(byte);
        seen[value as usize] = true;
        sum += match place % 2 {
            0 => value,
            _ => value * 2 / 10 + value * 2 % 10,
        };
    }
    sum % 10 == 0 && seen.iter().filter(|seen| **seen).count() > 2
}

/// Whether `a1234563` or `ab1234563` is a Hong Kong identity number: letters weigh 10 to 35, a missing first one 36,
/// weights 9 down to 1, modulo 11.
pub(super) fn is_hong_kong_identity(text: &str) -> bool {
    let bytes = text.as_bytes();
    let letters = bytes.len().saturating_sub(7);
    if !(1..=2).contains(&letters)
        || !text.is_ascii()
        || !bytes[..letters].iter().all(u8::is_ascii_lowercase)
        || !is_digits(&text[letters..letters + 6])
    {
        return false;
    }
    let check = match bytes[letters + 6] {
        b'a' => 10,
        byte if byte.is_ascii_digit() => digit(byte),
        _ => return false,
    };
    let letter = |byte: u8| u32::from(byte - b'a') + 10;
    let head = match letters {
        1 => 36 * 9 + letter(bytes[0]) * 8,
        _ => letter(bytes[0]) * 9 + letter(bytes[1]) * 8,
    };
    let digits = bytes[letters..letters + 6].iter();
    let sum: u32 = digits
        .zip((2..=7).rev())
        .map(|(byte, weight)| digit(*byte) * weight)
        .sum();
    (head + sum + check).is_multiple_of(11)
}

/// Whether ten characters are a Taiwanese identity or residence number: a letter, then 1, 2, 8, 9 (or a letter A to D in an
/// old residence number), then digits; weights 1 9 8 7 6 5 4 3 2 1 1, modulo 10.
pub(super) fn is_taiwan_identity(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10
        || !text.is_ascii()
        || !bytes[0].is_ascii_lowercase()
        || !is_digits(&text[2..])
    {
        return false;
    }
    let value = |byte: u8| TAIWAN_LETTERS[usize::from(byte - b'a')];
    let second = match bytes[1] {
        b'1' | b'2' | b'8' | b'9' => digit(bytes[1]),
        b'a'..=b'd' => value(bytes[1]) % 10,
        _ => return false,
    };
    let first = value(bytes[0]);
    let rest: u32 = bytes[2..]
        .iter()
        .zip([7, 6, 5, 4, 3, 2, 1, 1])
        .map(|(byte, weight)| digit(*byte) * weight)
        .sum();
    (first / 10 + first % 10 * 9 + second * 8 + rest).is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day(Date::constant(2026, 11, 21))
    }

    #[test]
    fn an_identity_number_has_a_province_a_day_and_a_check_digit() {
        for right in [
            "310199199006150044",
            "440199198511030179",
            "113101195006150214",
        ] {
            assert!(is_identity_number(right, today()), "{right}");
        }
        for wrong in [
            "310199199006150045",
            "990199199006150040",
            "310199199002310047",
            "310199202906150044",
            "31019919900615004",
            "一二三四五六",
        ] {
            assert!(!is_identity_number(wrong, today()), "{wrong}");
        }
        assert!(is_old_identity_number("110199850101001", today()));
        assert!(!is_old_identity_number("110199851301001", today()));
    }

    #[test]
    fn every_single_wrong_figure_breaks_an_identity_number() {
        let right = "310199199006150044";
        for place in 0..18 {
            for figure in b'0'..=b'9' {
                let mut bytes = right.as_bytes().to_vec();
                bytes[place] = figure;
                let text = String::from_utf8(bytes).expect("figures");
                let is_right = is_identity_number(&text, today());
                assert_eq!(is_right, text == right, "{text}");
            }
        }
    }

    #[test]
    fn a_credit_code_has_its_check_character() {
        for right in [
            "91310199ma1x2k3l4d",
            "914401990765432103",
            "52330199mj8t00k211",
            "12110199400700123n",
        ] {
            assert!(is_credit_code(right), "{right}");
        }
        for wrong in [
            "91310199ma1x2k3l4e",
            "91990199ma1x2k3l4d",
            "91310199mi1x2k3l4d",
            "九",
        ] {
            assert!(!is_credit_code(wrong), "{wrong}");
        }
        // A person's number can pass as a code too, which is why the person is asked for first.
        assert!(is_identity_number("113101195006150214", today()));
        assert!(is_credit_code("113101195006150214"));
    }

    #[test]
    fn luhn_takes_no_repeated_figure() {
        assert!(is_luhn("6217000012345678907"));
        assert!(!is_luhn("6217000012345678908"));
        assert!(!is_luhn("0000000000000000"));
        assert!(!is_luhn("62170000123456789o7"));
    }

    #[test]
    fn numbers_of_hong_kong_and_taiwan_have_their_check_digits() {
        for right in ["z1234561", "wx1234569", "k990011a"] {
            assert!(is_hong_kong_identity(right), "{right}");
        }
        for wrong in ["z1234562", "1234561", "zzz123456", "甲123456", ""] {
            assert!(!is_hong_kong_identity(wrong), "{wrong}");
        }
        for right in ["a190000017", "f800123455"] {
            assert!(is_taiwan_identity(right), "{right}");
        }
        for wrong in ["a190000018", "a390000017", "a19000001", "甲190000017"] {
            assert!(!is_taiwan_identity(wrong), "{wrong}");
        }
    }
}
