//! The scripts of a theme. Enters: the theme's files. Leaves: each script as it is delivered, by the name that templates
//! use. A file in `js/` is a script; a folder in `js/` is one too, in parts that a person can read.

use super::ThemeFile;
use super::compact::compact;
use std::collections::BTreeMap;

/// `js/menu.js` is `menu.js`; the parts in `js/search/` are together `search.js`, unless a site brings `js/search.js`.
pub(super) fn scripts(files: &BTreeMap<String, ThemeFile>) -> BTreeMap<String, Vec<u8>> {
    let mut scripts = BTreeMap::new();
    let mut folders: BTreeMap<String, Vec<&ThemeFile>> = BTreeMap::new();
    for (path, file) in files {
        let Some(name) = path.strip_prefix("js/") else {
            continue;
        };
        match name.split_once('/') {
            Some((folder, part)) => {
                if part.ends_with(".js") {
                    let name = format!("{folder}.js");
                    folders.entry(name).or_default().push(file);
                }
            }
            None => {
                scripts.insert(name.to_owned(), delivered(file));
            }
        }
    }
    for (name, parts) in folders {
        scripts.entry(name).or_insert_with(|| joined(&parts));
    }
    scripts
}

/// Built-in scripts are delivered without their comments; a site's own scripts are delivered unchanged.
fn delivered(file: &ThemeFile) -> Vec<u8> {
    match our_text(file) {
        Some(text) => compact(text).into_bytes(),
        None => file.bytes.clone(),
    }
}

fn our_text(file: &ThemeFile) -> Option<&str> {
    std::str::from_utf8(&file.bytes)
        .ok()
        .filter(|_| file.is_built_in)
}

/// Parts in the order of their names, in one function, so that only they see each other's declarations.
fn joined(parts: &[&ThemeFile]) -> Vec<u8> {
    let mut script = Vec::new();
    let mut joined = String::from("(() => {\n'use strict';\n");
    for part in parts {
        if let Some(text) = our_text(part) {
            joined.push_str(text);
        } else {
            script.extend(compact(&joined).into_bytes());
            joined.clear();
            script.extend_from_slice(&part.bytes);
            script.push(b'\n');
        }
    }
    joined.push_str("})();\n");
    script.extend(compact(&joined).into_bytes());
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(files: &[(&str, &str, bool)]) -> String {
        let files = files.iter().map(|(path, text, is_built_in)| {
            let bytes = text.as_bytes().to_vec();
            (
                (*path).to_owned(),
                ThemeFile {
                    bytes,
                    is_built_in: *is_built_in,
                },
            )
        });
        let made = scripts(&files.collect()).remove("search.js");
        String::from_utf8(made.expect("script")).expect("UTF-8")
    }

    const FIRST: (&str, &str, bool) = ("js/search/00-a.js", "// First.\nconst a = 1;\n", true);
    const LAST: (&str, &str, bool) = ("js/search/10-b.js", "// Last.\nfollow(a)\n", true);

    #[test]
    fn parts_are_one_script_in_the_order_of_their_names() {
        let notes = ("js/search/notes.md", "# Notes", false);
        assert_eq!(
            script(&[LAST, notes, FIRST]),
            "(()=>{'use strict';const a=1;follow(a)})();\n"
        );
    }

    #[test]
    fn a_part_of_the_site_is_delivered_as_it_is() {
        assert_eq!(
            script(&[
                ("js/search/00-a.js", "const a = `  `; // no end", false),
                LAST
            ]),
            "(()=>{'use strict';\nconst a = `  `; // no end\nfollow(a)})();\n"
        );
        assert_eq!(
            script(&[
                FIRST,
                ("js/search/05.js", "a + b", false),
                ("js/search/06.js", "c", false)
            ]),
            "(()=>{'use strict';const a=1;\na + b\n\nc\n})();\n"
        );
    }

    #[test]
    fn a_whole_script_of_the_site_takes_the_place_of_all_parts() {
        let own = ("js/search.js", "// Ours.\n", false);
        assert_eq!(script(&[FIRST, own, LAST]), "// Ours.\n");
    }
}
