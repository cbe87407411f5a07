//! The manifest: the list of the files in a published folder. Enters: the bytes of `manifest.json`, from anywhere.
//! Leaves: a list of files inside that folder with their hashes. A manifest that names anything outside its folder
//! never gets through.

use crate::diagnostic::{Text, visible};
use crate::files::{FileDigest, is_contained, is_publishable};
use crate::say;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// The manifest's path, at the root of the folder.
pub const MANIFEST: &str = "manifest.json";
/// The folder inside the target that holds files which are not yet published.
pub const WORK: &str = ".gangwei";
/// The version of the manifest's shape.
pub const SCHEMA: u32 = 1;
/// The program and its version, as the manifest names them.
pub const GENERATOR: &str = concat!("gangwei ", env!("CARGO_PKG_VERSION"));

/// `manifest.json`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Manifest {
    /// The version of its shape.
    pub schema: u32,
    /// The program that wrote it, with its version.
    pub generator: String,
    /// Every published file but the manifest itself, by path.
    pub files: BTreeMap<String, FileDigest>,
}

/// The manifest as read: it may name a file twice.
#[derive(Deserialize)]
struct ManifestAsRead {
    schema: u32,
    generator: String,
    files: ManifestFiles,
}

/// The digest of a file, as read: its hash may not be valid.
#[derive(Deserialize)]
struct DigestAsRead {
    size: u64,
    hash: String,
}

impl DigestAsRead {
    /// The digest; `None` where the hash is not valid.
    fn read(&self) -> Option<FileDigest> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let hash = self.hash.bytes().all(digit).then_some(&self.hash)?;
        let hash = blake3::Hash::from_hex(hash).ok()?;
        Some(FileDigest::with_hash(self.size, hash))
    }
}

struct ManifestFiles(Vec<(String, DigestAsRead)>);

impl<'de> Deserialize<'de> for ManifestFiles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ManifestFiles, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = ManifestFiles;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("files by path")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ManifestFiles, A::Error> {
                let mut files = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    files.push(pair);
                }
                Ok(ManifestFiles(files))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// The version alone, which later shapes have too.
#[derive(Deserialize)]
struct Version {
    schema: u64,
    generator: Option<String>,
}

impl Manifest {
    /// Makes the manifest of some files.
    pub fn of(files: BTreeMap<String, FileDigest>) -> Manifest {
        Manifest {
            schema: SCHEMA,
            generator: GENERATOR.to_owned(),
            files,
        }
    }

    /// The bytes of the file, which `parse` reads again: a manifest that it refuses would stop every later publish.
    pub fn to_bytes(&self) -> anyhow::Result<Vec<u8>> {
        if let Some(path) = self.files.keys().find(|path| !is_writable(path)) {
            let shown = visible(path);
            anyhow::bail!(say!(
                "程序的错误：“{shown}”不能写进清单，所以没有发布，门户还是原来的样子。请把这句话告诉程序的维护者",
                "a fault of the program: `{shown}` cannot stand in the manifest, so nothing was published and the portal is as it was; please report this line"
            ));
        }
        let mut bytes = serde_json::to_vec(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a manifest; the error names the fault and the repair.
    pub fn parse(bytes: &[u8]) -> Result<Manifest, Text> {
        let Ok(found) = serde_json::from_slice::<ManifestAsRead>(bytes) else {
            return Err(match serde_json::from_slice::<Version>(bytes) {
                Ok(version) if version.schema != u64::from(SCHEMA) => other_version(&version),
                _ => say!(
                    "不是 gangwei 的清单，或被改坏了；请恢复它，或换一个空文件夹重新发布",
                    "not a manifest of gangwei, or damaged; restore it, or publish into an empty folder"
                ),
            });
        };
        if found.schema != SCHEMA {
            return Err(other_version(&Version {
                schema: found.schema.into(),
                generator: Some(found.generator),
            }));
        }
        let mut files = BTreeMap::new();
        for (path, entry) in found.files.0 {
            let shown: String = path
                .chars()
                .take(200)
                .flat_map(char::escape_debug)
                .collect();
            if !is_own(&path) {
                return Err(say!(
                    "清单里的“{shown}”不是门户文件夹里的文件，清单可能损坏或被改过，所以什么也没有动。请换一个空文件夹重新发布",
                    "the manifest names `{shown}`, which is no file inside the portal's folder; it may be damaged or tampered with, so nothing was touched; publish into an empty folder"
                ));
            }
            let Some(entry) = entry.read() else {
                return Err(say!(
                    "清单里“{shown}”的校验值读不懂，清单可能损坏了。请恢复它，或换一个空文件夹重新发布",
                    "the checksum of `{shown}` in the manifest cannot be read, and the manifest may be damaged; restore it, or publish into an empty folder"
                ));
            };
            if files.insert(path, entry).is_some() {
                return Err(say!(
                    "清单里“{shown}”写了两次，清单可能损坏了。请恢复它，或换一个空文件夹重新发布",
                    "the manifest names `{shown}` twice and may be damaged; restore it, or publish into an empty folder"
                ));
            }
        }
        Ok(Manifest {
            schema: found.schema,
            generator: found.generator,
            files,
        })
    }
}

fn other_version(version: &Version) -> Text {
    let generator = version.generator.as_deref().unwrap_or("gangwei");
    let generator: String = generator
        .chars()
        .take(60)
        .filter(|c| !c.is_control())
        .collect();
    say!(
        "这里是另一个版本的程序（{generator}）发布的。请用那个版本，或换一个空文件夹重新发布",
        "another version of the program ({generator}) published this; use that version, or publish into an empty folder"
    )
}

/// Whether a file may be written to a path of the portal.
pub fn is_writable(path: &str) -> bool {
    is_own(path) && is_publishable(path)
}

/// Whether a file that a manifest or a journal names may be one of the portal: inside its folder, and not of those that
/// the program keeps for itself. An older version may have written odder names than this one does; they are still its own.
pub fn is_own(path: &str) -> bool {
    let top = path.split(['/', '\\']).next().unwrap_or(path);
    is_contained(path) && !top.eq_ignore_ascii_case(WORK) && path != MANIFEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> FileDigest {
        FileDigest::of(b"x")
    }

    fn written(files: &str) -> Vec<u8> {
        format!("{{\"schema\":1,\"generator\":\"gangwei 0\",\"files\":{{{files}}}}}").into_bytes()
    }

    fn file(path: &str) -> String {
        format!("{}:{}", serde_json::json!(path), serde_json::json!(entry()))
    }

    #[test]
    fn what_was_written_is_read_again() {
        let manifest = Manifest::of(BTreeMap::from([("a/b.html".to_owned(), entry())]));
        let read = Manifest::parse(&manifest.to_bytes().expect("JSON")).expect("read");
        assert_eq!(read.files, manifest.files);
        assert_eq!(read.generator, GENERATOR);
    }

    #[test]
    fn paths_out_of_the_folder_are_refused() {
        for path in [
            "../x",
            "a/../../x",
            "/etc/passwd",
            "",
            "a//b",
            "./a",
            "a\\..\\b",
            "\\\\server\\x",
            "C:\\x",
            "c:x",
            "a\0b",
            ".gangwei/lock",
            ".Gangwei\\lock",
            ".gangwei",
            "manifest.json",
            "a/",
        ] {
            let fault = Manifest::parse(&written(&file(path))).expect_err(path);
            assert!(fault.en.contains("no file inside"), "{path}: {}", fault.en);
        }
        Manifest::parse(&written(&file("jobs/柜员/index.html"))).expect("a whole path");
    }

    #[test]
    fn what_an_older_version_wrote_is_read_and_never_written_again() {
        for path in [
            "back\\slash.txt",
            "a\nb",
            "d\\e/x.html",
            "a\r",
            "a. ",
            "a\u{202E}b",
        ] {
            let read = Manifest::parse(&written(&file(path))).expect(path);
            assert!(read.files.contains_key(path));
            let fault = read.to_bytes().expect_err(path);
            assert!(
                fault.to_string().contains("a fault of the program"),
                "{fault}"
            );
        }
    }

    proptest::proptest! {
        /// Names as disks hold them: any character but the slash between them.
        #[test]
        fn every_manifest_that_is_written_is_read_again(
            paths in proptest::collection::vec(
                proptest::collection::vec("(\\PC|[a-z.: \\\\*~\\x00-\\x1f\u{202E}岗é]|\\.\\.|\\.gangwei|CON){0,6}", 1..4),
                0..6,
            )
        ) {
            let files: BTreeMap<String, FileDigest> =
                paths.iter().map(|names| (names.join("/"), entry())).collect();
            let manifest = Manifest::of(files);
            match manifest.to_bytes() {
                Ok(bytes) => {
                    let read = Manifest::parse(&bytes).expect("what was written");
                    proptest::prop_assert_eq!(&read.files, &manifest.files);
                }
                Err(_) => proptest::prop_assert!(
                    manifest.files.keys().any(|path| !is_writable(path))
                ),
            }
            for path in manifest.files.keys().filter(|path| is_writable(path)) {
                let plain = std::path::Path::new(path).components().all(|part| {
                    matches!(part, std::path::Component::Normal(_))
                });
                proptest::prop_assert!(plain, "{path:?}");
            }
        }
    }

    #[test]
    fn duplicates_bad_hashes_and_other_versions_are_distinguished() {
        let twice = format!("{},{}", file("a"), file("a"));
        let fault = |bytes: &[u8]| Manifest::parse(bytes).expect_err("fault").en;
        assert!(fault(&written(&twice)).contains("twice"));
        let bad = r#""a":{"size":1,"hash":"XYZ"}"#;
        assert!(fault(&written(bad)).contains("checksum"));
        assert!(
            fault(br#"{"schema":7,"generator":"gangwei 9","entries":[]}"#).contains("gangwei 9")
        );
        assert!(fault(br#"{"schema":2,"generator":"g","files":{}}"#).contains("another version"));
        assert!(fault(b"[]").contains("not a manifest"));
        assert!(fault(b"\xff").contains("not a manifest"));
    }
}
