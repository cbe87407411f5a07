//! The rules that need more than a phrase, by code. Each is a function from a file to its findings; its title, reason,
//! repair and examples are in `library/`.

use super::finding::Finding;
use super::subject::Subject;
use super::{fresh_grad, gate, leaks, products, sums, typos};

/// Finds what one rule looks for.
pub(super) type Detector = fn(&Subject) -> Vec<Finding>;

/// Every detector with the code of its rule.
pub(super) const DETECTORS: &[(&str, Detector)] = &[
    ("apply-missing", gate::find_apply_missing),
    ("blind-ad", gate::find_blind_ad),
    ("conditions-missing", gate::find_conditions_missing),
    ("content-missing", gate::find_content_missing),
    ("date-order", sums::dates::find),
    ("decimal-stop", sums::decimal_stop::find),
    ("fresh-grad", fresh_grad::detect),
    ("full-width-comma", typos::find_full_width_commas),
    ("full-width-quotes", typos::find_full_width_quotes),
    ("growth-mismatch", sums::growth::find),
    ("headcount-missing", gate::find_headcount_missing),
    ("heading-skip", typos::find_heading_skips),
    ("image-without-text", typos::find_images_without_text),
    ("leak-amount", leaks::amount::find),
    ("leak-bank-card", leaks::bank_card::find),
    ("leak-credit-code", leaks::credit_code::find),
    ("leak-email", leaks::email::find),
    ("leak-identity-number", leaks::identity_number::find),
    ("leak-mobile", leaks::mobile::find),
    ("leak-name", leaks::name::find),
    ("leak-secret", leaks::secret::find),
    ("leak-third-party", leaks::third_party::find),
    ("pay-missing", gate::find_pay_missing),
    ("percent-mismatch", sums::percent::find),
    ("place-missing", gate::find_place_missing),
    ("product-facts", products::missing_facts),
    ("published-missing", gate::find_published_missing),
    ("range-reversed", sums::ranges::find),
    ("sum-mismatch", sums::parts::find),
    ("truncated-list", typos::find_truncated_lists),
    ("validity", gate::find_validity),
    ("weights-not-100", sums::weights::find),
];
