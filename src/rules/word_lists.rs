//! Words that detectors know, as the files beside them hold them. Enters: a file's text. Leaves: its words.

/// The lines of a data file without comments and empty lines.
pub(super) fn data_lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = file.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The words of a data file, separated by blanks and lines, sorted.
pub(super) fn data_words(file: &'static str) -> Vec<&'static str> {
    let mut words: Vec<&str> = data_lines(file).flat_map(str::split_whitespace).collect();
    words.sort_unstable();
    words.dedup();
    words
}
