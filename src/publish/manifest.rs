//! The manifest: the list of the files in a published folder. Enters: the bytes of `manifest.json`, from anywhere.
//! Leaves: a list of files inside that folder with their hashes. A manifest that names anything outside its folder
//! never gets through.

use crate::diagnostic::Text;
use crate::files::FileDigest;
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

    /// The bytes of the file.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
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
            if !is_inside(&path) || path == MANIFEST {
                return Err(say!(
                    "清单被人改过：“{shown}”不是门户里的文件。请换一个空文件夹重新发布",
                    "the manifest was tampered with: `{shown}` is no file of the portal; publish into an empty folder"
                ));
            }
            let Some(entry) = entry.read() else {
                return Err(say!(
                    "清单被人改过：“{shown}”的校验值不对。请换一个空文件夹重新发布",
                    "the manifest was tampered with: the checksum of `{shown}` is not one; publish into an empty folder"
                ));
            };
            if files.insert(path, entry).is_some() {
                return Err(say!(
                    "清单被人改过：“{shown}”写了两次。请换一个空文件夹重新发布",
                    "the manifest was tampered with: it names `{shown}` twice; publish into an empty folder"
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

/// Whether a path with `/` between its parts stays inside the folder that it is joined to, outside the program's own.
pub fn is_inside(path: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0', '\n', '\r'])
    };
    path.split('/').all(plain)
        && path.split('/').next() != Some(WORK)
        && std::path::Path::new(path)
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)))
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
            ".gangwei/lock",
            "manifest.json",
            "a/",
            "a\nb",
        ] {
            let fault = Manifest::parse(&written(&file(path))).expect_err(path);
            assert!(fault.en.contains("tampered"), "{path}: {}", fault.en);
        }
        Manifest::parse(&written(&file("jobs/柜员/index.html"))).expect("a whole path");
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
