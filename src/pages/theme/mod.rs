//! The theme: which layer provides a file. Enters: the embedded default and `themes/<name>/`. Leaves: templates,
//! styles, scripts, texts. The same relative path in the site's theme wins.

use crate::diagnostic::{Diagnostic, Sink, chain_words};
use crate::fields::Located;
use crate::files::{SourcePath, list_files, load_bytes, load_text};
use crate::kinds::{Config, KINDS};
use crate::say;
use crate::text::{Language, SourceFile};
use crate::views::texts::{Texts, texts_file};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

mod compact;
mod scripts;

static DEFAULT: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// An asset with the hash of its bytes in its path, so that browsers may keep it for ever.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The output path: `assets/site.0123456789.css`.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A file of the theme.
struct ThemeFile {
    bytes: Vec<u8>,
    /// Whether it is the default theme's, not the site's.
    is_built_in: bool,
}

/// Everything a theme provides.
#[derive(Debug)]
pub struct Theme {
    /// Template sources: the name, and the text. Defaults have names under `default/`, overrides have bare names.
    pub templates: Vec<(String, Arc<SourceFile>)>,
    /// Assets by the name that templates use: `site.css`.
    pub assets: BTreeMap<String, Asset>,
    /// Names of the scripts that every page loads, in order.
    pub scripts: Vec<String>,
    /// Files of interface texts, those of the site's own theme last.
    texts: Vec<(String, Arc<SourceFile>)>,
    /// Whether the site's own theme has any file.
    pub is_own: bool,
}

/// Templates that a theme must provide besides one for every kind.
const TEMPLATES: &[&str] = &[
    "base.html",
    "home.html",
    "list.html",
    "not-found.html",
    "redirect.html",
    "search.html",
    "feed.xml",
];

/// Scripts that a page loads when they are needed, and no page at once.
const LATER_SCRIPTS: &[&str] = &[
    "editions.js",
    "search.js",
    "search-pinyin.js",
    "search-page.js",
    "candidate-check.js",
    "candidate-checklist.js",
    "candidate-form.js",
    "candidate-shelf.js",
    "report-values.js",
    "report-state.js",
    "report-drafts.js",
    "report-text.js",
    "report-fields.js",
    "report-shelf.js",
    "report-tools.js",
    "report-form.js",
];

impl Theme {
    /// Reads the default and the site's theme over it.
    pub fn load(root: &Path, config: &Config, sink: &mut Sink) -> Theme {
        let over = override_files(root, config, sink);
        let mut templates = default_templates();
        let mut files = default_layer();
        let mut texts: Vec<(String, Arc<SourceFile>)> = config
            .editions
            .iter()
            .filter_map(|language| {
                let path = texts_file(*language);
                Some((path.to_owned(), embedded_text(path)?))
            })
            .collect();
        texts.dedup_by(|a, b| a.0 == b.0);
        for found in &over {
            let relative = theme_path(&found.path);
            if let Some(name) = relative.strip_prefix("templates/") {
                if let Some(file) = load_text(found, sink) {
                    templates.push((name.to_owned(), file));
                }
            } else if relative.starts_with("texts/") {
                let is_used = |language: &Language| relative == texts_file(*language);
                if config.editions.iter().any(is_used) {
                    texts.extend(load_text(found, sink).map(|file| (relative.to_owned(), file)));
                }
            } else {
                match load_bytes(&found.disk) {
                    Ok(bytes) => {
                        files.insert(
                            relative.to_owned(),
                            ThemeFile {
                                bytes,
                                is_built_in: false,
                            },
                        );
                    }
                    Err(error) => {
                        let why = chain_words(&error);
                        let mut message = say!(
                            "主题文件读不出来：{}",
                            "a theme file cannot be read: {}",
                            why.zh
                        );
                        message.en = format!("a theme file cannot be read: {}", why.en);
                        sink.push(
                            Diagnostic::error("unreadable", message).in_path(found.path.clone()),
                        );
                    }
                }
            }
        }
        require_templates(&templates, config, sink);
        let (assets, scripts) = make_assets(&files, config);
        Theme {
            templates,
            assets,
            scripts,
            texts,
            is_own: !over.is_empty(),
        }
    }

    /// The interface texts of a language.
    pub fn texts(&self, language: Language, sink: &mut Sink) -> Texts {
        let layers: Vec<Arc<SourceFile>> = self
            .texts
            .iter()
            .filter(|(path, _)| path == texts_file(language))
            .map(|(_, file)| file.clone())
            .collect();
        Texts::parse(language, &layers, sink)
    }

    /// Paths of the assets.
    pub fn asset_paths(&self) -> impl Iterator<Item = &str> {
        self.assets.values().map(|asset| asset.path.as_str())
    }
}

/// The interface texts of a language without any site, as the theme contract's tests read them.
pub fn default_texts(language: Language, sink: &mut Sink) -> Texts {
    let files: Vec<Arc<SourceFile>> = embedded_text(texts_file(language)).into_iter().collect();
    Texts::parse(language, &files, sink)
}

/// Every file of the embedded theme, sorted by path.
pub fn default_files() -> Vec<(String, Vec<u8>)> {
    fn walk(dir: &Dir, out: &mut Vec<(String, Vec<u8>)>) {
        for file in dir.files() {
            out.push((
                file.path().to_string_lossy().replace('\\', "/"),
                file.contents().to_vec(),
            ));
        }
        for inner in dir.dirs() {
            walk(inner, out);
        }
    }
    let mut files = Vec::new();
    walk(&DEFAULT, &mut files);
    files.sort();
    files
}

/// A script of the default theme as it is delivered, without any site: `search.js`.
pub fn default_script(name: &str) -> Option<String> {
    String::from_utf8(scripts::scripts(&default_layer()).remove(name)?).ok()
}

fn default_layer() -> BTreeMap<String, ThemeFile> {
    default_files()
        .into_iter()
        .map(|(path, bytes)| {
            (
                path,
                ThemeFile {
                    bytes,
                    is_built_in: true,
                },
            )
        })
        .collect()
}

fn embedded_text(path: &str) -> Option<Arc<SourceFile>> {
    let text = DEFAULT.get_file(path)?.contents_utf8()?.to_owned();
    Some(Arc::new(SourceFile {
        path: format!("themes/default/{path}"),
        text,
    }))
}

fn default_templates() -> Vec<(String, Arc<SourceFile>)> {
    default_files()
        .into_iter()
        .filter_map(|(path, _)| {
            let name = path.strip_prefix("templates/")?;
            Some((format!("default/{name}"), embedded_text(&path)?))
        })
        .collect()
}

fn override_files(root: &Path, config: &Config, sink: &mut Sink) -> Vec<SourcePath> {
    let Some(Located { value: name, span }) = &config.theme else {
        return Vec::new();
    };
    let folder = format!("themes/{name}");
    if name != "default" && !root.join(&folder).is_dir() {
        sink.push(
            Diagnostic::error(
                "unknown-theme",
                say!("没有“{name}”这个主题", "there is no theme `{name}`"),
            )
            .at(&config.file, *span)
            .help(say!(
                "主题放在 {folder}/；不写“主题”就用自带的",
                "a theme lies in {folder}/; without `theme` the built-in one is used"
            )),
        );
        return Vec::new();
    }
    // The default theme is embedded; a copy of it under its own name changes nothing.
    if name == "default" {
        Vec::new()
    } else {
        list_files(root, &folder, sink)
    }
}

/// `themes/bank/templates/job.html` gives `templates/job.html`.
fn theme_path(path: &str) -> &str {
    path.splitn(3, '/').nth(2).unwrap_or(path)
}

fn require_templates(templates: &[(String, Arc<SourceFile>)], config: &Config, sink: &mut Sink) {
    let kinds = KINDS.iter().map(|kind| format!("{}.html", kind.name));
    for name in TEMPLATES.iter().map(|&name| name.to_owned()).chain(kinds) {
        let provided = templates
            .iter()
            .any(|(known, _)| *known == name || *known == format!("default/{name}"));
        if !provided {
            let theme = config.theme.as_ref();
            let theme = theme.map_or("default", |theme| theme.value.as_str());
            sink.push(
                Diagnostic::error(
                    "missing-template",
                    say!("主题缺少模板 {name}", "the theme has no template {name}"),
                )
                .in_path(format!("themes/{theme}")),
            );
        }
    }
}

/// Styles become one file, scripts one a feature; all get the hash of their bytes.
fn make_assets(
    files: &BTreeMap<String, ThemeFile>,
    config: &Config,
) -> (BTreeMap<String, Asset>, Vec<String>) {
    let mut assets = BTreeMap::new();
    let mut css = crate::text::accent::custom_properties(&config.accent).into_bytes();
    for (path, file) in files {
        if path.starts_with("css/") && path.ends_with(".css") {
            css.extend_from_slice(&file.bytes);
            css.push(b'\n');
        } else if let Some(name) = path.strip_prefix("files/") {
            assets.insert(name.to_owned(), hashed(name, file.bytes.clone()));
        }
    }
    assets.insert("site.css".to_owned(), hashed("site.css", css));
    let mut first = Vec::new();
    for (name, bytes) in scripts::scripts(files) {
        assets.insert(name.clone(), hashed(&name, bytes));
        if !LATER_SCRIPTS.contains(&name.as_str()) {
            first.push(name);
        }
    }
    (assets, first)
}

fn hashed(name: &str, bytes: Vec<u8>) -> Asset {
    let hash = blake3::hash(&bytes).to_hex();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    Asset {
        path: format!("assets/{stem}.{}.{extension}", &hash[..10]),
        bytes,
    }
}
