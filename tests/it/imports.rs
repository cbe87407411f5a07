//! The floors of `src`: a folder imports only folders above it in the list of `src/lib.rs`, and no files of a folder
//! import each other in a circle. Paths are read with a parser of Rust and followed to the file that defines the name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::visit::Visit;
use syn::{Attribute, Item, UseTree, Visibility};

/// A module's path below the crate: `["views", "kinds", "job"]`.
type Module = Vec<String>;

/// A file of `src`.
struct File {
    module: Module,
    path: String,
    /// Names that it defines.
    defines: BTreeSet<String>,
    /// Names that it hands on: the name, and the path it stands for.
    hands_on: Vec<(String, Vec<String>)>,
    /// Modules that it hands on whole.
    globs: Vec<Vec<String>>,
    /// Paths that it uses, each from the crate's root.
    uses: BTreeSet<Vec<String>>,
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    })
}

/// A path as it is written, from the crate's root; nothing for a path of a library or of the file itself.
fn from_root(module: &[String], written: &[String]) -> Option<Vec<String>> {
    let ups = written.iter().take_while(|part| *part == "super").count();
    match written.first()?.as_str() {
        "crate" => Some(written[1..].to_vec()),
        "self" => Some([module, &written[1..]].concat()),
        "super" if ups <= module.len() => {
            Some([&module[..module.len() - ups], &written[ups..]].concat())
        }
        _ => None,
    }
}

fn leaves(tree: &UseTree, before: &[String], found: &mut Vec<(String, Vec<String>)>) {
    let and = |name: String| [before, &[name]].concat();
    match tree {
        UseTree::Path(path) => leaves(&path.tree, &and(path.ident.to_string()), found),
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            let path = if name == "self" {
                before.to_vec()
            } else {
                and(name.clone())
            };
            found.push((name, path));
        }
        UseTree::Rename(rename) => {
            found.push((rename.rename.to_string(), and(rename.ident.to_string())));
        }
        UseTree::Glob(_) => found.push(("*".to_owned(), before.to_vec())),
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, before, found);
            }
        }
    }
}

/// Collects the paths of a file's code.
struct Reader<'f> {
    file: &'f mut File,
    children: &'f BTreeSet<String>,
}

impl Reader<'_> {
    /// The paths of a macro's tokens: `crate`, `self` or `super`, and the names behind it.
    fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => {
                    self.written(&std::mem::take(&mut path));
                    self.tokens(group.stream());
                }
                proc_macro2::TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.written(&std::mem::take(&mut path));
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                proc_macro2::TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                _ => {
                    self.written(&std::mem::take(&mut path));
                    colons = 0;
                }
            }
        }
        self.written(&path);
    }

    fn written(&mut self, path: &[String]) {
        let mut path = path.to_vec();
        if path.len() > 1 && self.children.contains(&path[0]) {
            path.insert(0, "self".to_owned());
        }
        if let Some(path) = from_root(&self.file.module, &path) {
            self.file.uses.insert(path);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => &Vec::new(),
        };
        if is_test(attributes) {
            return;
        }
        if let Item::Use(item) = item {
            let mut found = Vec::new();
            leaves(&item.tree, &[], &mut found);
            for (name, mut path) in found {
                if self.children.contains(&path[0]) {
                    path.insert(0, "self".to_owned());
                }
                let Some(root) = from_root(&self.file.module, &path) else {
                    continue;
                };
                let is_own = path[0] == "self";
                match (&item.vis, name.as_str()) {
                    (Visibility::Inherited, _) => {
                        self.file.uses.insert(root);
                    }
                    // What a folder's face hands on from its own files is no use of them.
                    (_, "*") => {
                        self.file.globs.push(root.clone());
                        if !is_own {
                            self.file.uses.insert(root);
                        }
                    }
                    (_, name) => {
                        self.file.hands_on.push((name.to_owned(), root.clone()));
                        if !is_own {
                            self.file.uses.insert(root);
                        }
                    }
                }
            }
            return;
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let written: Vec<String> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        self.written(&written);
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
        syn::visit::visit_macro(self, call);
    }
}

/// Names that an item defines for others.
fn defined(item: &Item, names: &mut BTreeSet<String>) {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Macro(item) => {
            // `record!`, `choice!` and their like define the names that stand before a brace or a bracket.
            for token in item.mac.tokens.clone() {
                if let proc_macro2::TokenTree::Ident(name) = token
                    && name.to_string().starts_with(char::is_uppercase)
                {
                    names.insert(name.to_string());
                }
            }
            return;
        }
        _ => return,
    };
    names.insert(name.to_string());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn read_source() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("source");
        let parsed = syn::parse_file(&text).expect("Rust");
        let name = path.strip_prefix(&root).expect("root").to_string_lossy();
        let name = name.replace('\\', "/");
        let stem = name.trim_end_matches(".rs");
        let stem = stem.trim_end_matches("mod").trim_end_matches('/');
        let module = match stem {
            "lib" | "main" => Vec::new(),
            stem => stem.split('/').map(str::to_owned).collect(),
        };
        let children = parsed.items.iter().filter_map(|item| match item {
            Item::Mod(item) if item.content.is_none() => Some(item.ident.to_string()),
            _ => None,
        });
        let children = children.collect();
        let mut file = File {
            module,
            path: name,
            defines: BTreeSet::new(),
            hands_on: Vec::new(),
            globs: Vec::new(),
            uses: BTreeSet::new(),
        };
        for item in &parsed.items {
            defined(item, &mut file.defines);
        }
        let mut reader = Reader {
            file: &mut file,
            children: &children,
        };
        reader.visit_file(&parsed);
        files.push(file);
    }
    files
}

/// The folders of `src`, in the order in which `lib.rs` names them.
fn floors() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let parsed = syn::parse_file(&std::fs::read_to_string(path).expect("lib.rs")).expect("Rust");
    let modules = parsed.items.iter().filter_map(|item| match item {
        Item::Mod(item) => Some(item.ident.to_string()),
        _ => None,
    });
    modules.collect()
}

/// The file that defines what a path names.
fn resolve(files: &BTreeMap<&[String], &File>, path: &[String], depth: usize) -> Option<String> {
    let length = (0..=path.len())
        .rev()
        .find(|&length| files.contains_key(&path[..length]))?;
    let file = files[&path[..length]];
    let Some(name) = path.get(length) else {
        return Some(file.path.clone());
    };
    if file.defines.contains(name) || depth == 0 {
        return Some(file.path.clone());
    }
    let rest = &path[length + 1..];
    if let Some((_, target)) = file.hands_on.iter().find(|(own, _)| own == name) {
        return resolve(files, &[target, rest].concat(), depth - 1);
    }
    let globbed = file.globs.iter().find_map(|target| {
        let target = [&target[..], &path[length..]].concat();
        let found = resolve(files, &target, depth - 1)?;
        (found != file.path).then_some(found)
    });
    globbed.or_else(|| Some(file.path.clone()))
}

#[test]
fn imports_go_down() {
    let floors = floors();
    assert!(floors.len() > 15, "the list of folders is gone");
    let place = |name: &str| floors.iter().position(|floor| floor == name);
    let mut upward = Vec::new();
    for file in read_source() {
        let Some(own) = file.module.first().and_then(|folder| place(folder)) else {
            assert!(
                file.module.is_empty(),
                "src/{} stands in no folder of lib.rs",
                file.path
            );
            continue;
        };
        for path in &file.uses {
            if path
                .first()
                .and_then(|folder| place(folder))
                .is_some_and(|other| other > own)
            {
                upward.push(format!("src/{} imports {}", file.path, path.join("::")));
            }
        }
    }
    assert!(
        upward.is_empty(),
        "imports that run up:\n{}",
        upward.join("\n")
    );
}

/// The files that can be reached from one, itself only where a circle leads back to it.
fn reach<'e>(edges: &'e BTreeMap<String, BTreeSet<String>>, from: &'e str) -> BTreeSet<&'e str> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(file) = open.pop() {
        let targets = edges.get(file).into_iter().flatten();
        open.extend(
            targets
                .map(String::as_str)
                .filter(|target| seen.insert(*target)),
        );
    }
    seen
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let files = read_source();
    let by_module: BTreeMap<&[String], &File> =
        files.iter().map(|file| (&file.module[..], file)).collect();
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.module.is_empty()) {
        for path in &file.uses {
            let Some(target) = resolve(&by_module, path, 8) else {
                continue;
            };
            // A folder's `mod.rs` and the files below it are one room: it holds what they share and calls them.
            let inside = |door: &str, other: &str| {
                door.strip_suffix("mod.rs")
                    .is_some_and(|folder| other.starts_with(folder))
            };
            let is_other = target != file.path && target != "lib.rs";
            if is_other && !inside(&target, &file.path) && !inside(&file.path, &target) {
                edges.entry(file.path.clone()).or_default().insert(target);
            }
        }
    }
    assert!(edges.len() > 200, "the files are gone");
    let circles: Vec<&String> = edges
        .keys()
        .filter(|file| reach(&edges, file).contains(file.as_str()))
        .collect();
    let shown: Vec<String> = circles
        .iter()
        .map(|file| {
            let targets = edges[*file]
                .iter()
                .filter(|target| circles.contains(target));
            format!(
                "src/{file} -> {}",
                targets.cloned().collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    assert!(shown.is_empty(), "files in a circle:\n{}", shown.join("\n"));
}
