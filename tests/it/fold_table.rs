//! The table of Traditional and Simplified characters is made from OpenCC's data; this test makes it again and compares.
//! `SNAPSHOTS=overwrite cargo test --test it fold_table::` rewrites it.

use crate::snapshot::expect_file;
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use std::fmt::Write;

const PATH: &str = "src/text/traditional_to_simplified.txt";

#[test]
fn the_table_is_what_opencc_says() {
    let converter = OpenCC::from_config(BuiltinConfig::T2s).expect("OpenCC data");
    let mut table = String::new();
    for code in (0x3400..=0x9FFF_u32).chain(0xF900..=0xFAFF) {
        let Some(c) = char::from_u32(code) else {
            continue;
        };
        let converted = converter.convert(&c.to_string());
        let mut chars = converted.chars();
        // Only one code unit for one code unit: offsets in folded text must stay true.
        if let (Some(to), None) = (chars.next(), chars.next())
            && to != c
            && (to as u32) < 0x10000
        {
            writeln!(table, "{c}{to}").expect("string");
        }
    }
    expect_file(PATH, &table);
}
