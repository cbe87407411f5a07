//! Texts that a test makes, beside those that the repository holds. A difference is shown line by line;
//! `SNAPSHOTS=overwrite cargo test --test it NAME` writes down what was made.

use crate::site_text::files_below;
use snapbox::assert::{Action, DEFAULT_ACTION_ENV};
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A path of the repository.
pub fn repository(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Fails with the difference unless a file of the repository holds exactly this text.
#[track_caller]
pub fn expect_file(path: impl AsRef<Path>, made: &str) {
    if let Err(difference) = compare(&repository(path), made) {
        panic!("{difference}");
    }
}

/// Fails with all differences unless a folder of the repository holds exactly these texts.
#[track_caller]
pub fn expect_folder(folder: impl AsRef<Path>, made: &BTreeMap<String, String>) {
    let folder = repository(folder);
    let mut differences = Vec::new();
    for path in files_below(&folder).into_keys() {
        if made.contains_key(&path) {
            continue;
        }
        if overwrites() {
            fs::remove_file(folder.join(path)).expect("file");
        } else {
            differences.push(format!("{path} is expected and was not made"));
        }
    }
    for (path, text) in made {
        differences.extend(compare(&folder.join(path), text).err());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Whether this run writes down what is made.
fn overwrites() -> bool {
    matches!(
        Action::with_env_var(DEFAULT_ACTION_ENV),
        Some(Action::Overwrite)
    )
}

fn compare(path: &Path, made: &str) -> Result<(), String> {
    // Raw: `...` and `[..]` of a text are no wildcards.
    let expected = Data::read_from(path, Some(DataFormat::Text)).raw();
    Assert::new()
        .action_env(DEFAULT_ACTION_ENV)
        .try_eq(Some(&"made"), Data::text(made), expected)
        .map_err(|difference| difference.to_string())?;
    // The library evens out the ends of lines, which calendars and their readers do not.
    if overwrites() {
        fs::write(path, made).expect("file");
    }
    if fs::read(path).is_ok_and(|bytes| bytes != made.as_bytes()) {
        return Err(format!("{}: the ends of lines differ", path.display()));
    }
    Ok(())
}
