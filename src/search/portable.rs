//! Files as scripts, for portals that are opened from a disk, where pages may not read files but may run scripts.
//! Enters: a file. Leaves: a script that hands the same bytes to `gangwei.searchData`.

use super::document::{SearchFile, SearchSettings};
use data_encoding::BASE64;

impl SearchSettings {
    /// A file as the portal holds it.
    pub fn delivered(&self, file: SearchFile) -> SearchFile {
        if self.portable { wrap(file) } else { file }
    }
}

/// Wraps a file: `terms/01a2-0c0ffe.bin` becomes `terms/01a2-0c0ffe.bin.js`.
fn wrap(file: SearchFile) -> SearchFile {
    let script = format!(
        "gangwei.searchData(\"{}\",\"{}\");\n",
        file.path,
        BASE64.encode(&file.bytes)
    );
    SearchFile {
        path: file.path + ".js",
        bytes: script.into_bytes(),
    }
}
