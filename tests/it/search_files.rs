//! The files of an index as the reader meets them: which it asks for, and what it does where one is broken. The tests are
//! `search/files.test.mjs`, written in the language of the reader; here they are given an index and are run.

use crate::search::corpus::documents;
use crate::search::index::Index;
use crate::search::reader::{NO_NODE, node, script, written};
use gangwei::search::SearchSettings;

#[test]
fn whole_and_broken_files_are_read_or_refused() {
    let folder = written(&Index::build(&documents(260), &SearchSettings::default()));
    let run = node(&script("files.test.mjs"))
        .env("GANGWEI_SEARCH_INDEX", folder.path())
        .output()
        .expect(NO_NODE);
    let reported = String::from_utf8_lossy(&run.stdout);
    let passed = reported.lines().find_map(|line| {
        let count = line
            .trim_start_matches(['#', 'ℹ', ' '])
            .strip_prefix("pass ")?;
        count.parse::<u32>().ok()
    });
    assert!(
        run.status.success() && passed >= Some(18),
        "{reported}{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
