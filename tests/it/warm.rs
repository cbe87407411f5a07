//! A warm build equals a clean one. A small site of every kind is changed at random, step by step: content, templates,
//! vocabularies, settings, the day and the published folder itself. After each step the build into the folder that was
//! kept is compared with a build into a fresh one, byte by byte, and so are their faults.
//!
//! The ordinary run takes 50 steps from a fixed seed. The nightly form is `GANGWEI_STEPS=500 cargo test --test it warm::`;
//! `GANGWEI_SEED=n` begins elsewhere or repeats a failure, which names its seed, its step and what was done.

use crate::common::{assert_same, outputs, temporary};
use crate::site_text;
use gangwei::diagnostic::{Lang, Terminal, render_text};
use gangwei::fields::Day;
use gangwei::kinds::KINDS;
use gangwei::pipeline::timings::Timings;
use gangwei::pipeline::{AsOf, Options, Outcome, build};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const STEPS: u64 = 50;
const SEED: u64 = 20_261_122;
const FONT: &[u8] = include_bytes!("../fonts/poster-test.otf");

type Files = BTreeMap<String, Vec<u8>>;

/// A small generator of numbers: the same seed gives the same steps on any machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().expect(name))
}

/// What lies on the disk, and how it is built.
struct World {
    folder: tempfile::TempDir,
    options: Options,
    numbers: Numbers,
    /// Names that were given so far, so that new files have new ones.
    made: usize,
}

/// The settings' lines that come and go, each by the key that it sets.
const SETTINGS: &[&[&str]] = &[
    &["标题: 甲银行人才门户", "标题: 乙门户"],
    &[
        "机构: {名称: 甲银行, 法定名称: 甲银行股份有限公司}",
        "机构: {名称: 甲}",
    ],
    &[
        "网址: https://careers.example.com/",
        "网址: https://careers.example.com/hr/",
    ],
    &["公开范围: 全部", "公开范围: 公开", ""],
    &["防骗提示: 招聘不收取任何费用。", ""],
    &["应聘方式: {邮箱: hr@example.com}", ""],
    &["check: {gate: off}", "check: {gate: warn}"],
    &[
        "",
        "其他版本: [zh-Hant-TW]",
        "其他版本: [zh-Hant-TW, zh-Hant-HK]",
    ],
    &[
        "",
        "术语: [{原词: 客户, 台湾: 顧客}]",
        "术语: [{原词: 客户}]",
    ],
    &["", "theme: bank"],
    &["", "posters: {font: fonts/test.otf}"],
    &["", "主色: \"#7a1f5c\""],
    &["", "期限: {即将截止天数: 30, 归档天数: 3}"],
    &["", "菜单: [{标题: 全部岗位, 网址: /jobs/}]"],
    &["", "search: {同义词: [贷款 | 信贷]}"],
    &["", "时区: America/Anchorage"],
    &["", "语言: en", "标题: [坏"],
];

const DAYS: &[&str] = &[
    "2026-01-02",
    "2026-11-02",
    "2026-11-21",
    "2026-11-25",
    "2026-11-26",
    "2026-12-16",
    "2028-02-29",
];

impl World {
    fn new(seed: u64) -> World {
        let folder = temporary();
        let site = folder.path().join("site");
        let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/every-kind/site.txt");
        site_text::write_site(&site, &fs::read_to_string(text).expect("site.txt"));
        let options = Options {
            out: folder.path().join("kept"),
            allow_removals: true,
            ..Options::of(site, "2026-11-21T04:00:00Z".parse().expect("moment"))
        };
        let world = World {
            folder,
            options,
            numbers: Numbers(seed),
            made: 0,
        };
        world.write("fonts/test.otf", FONT);
        world.write("static/plain.txt", "甲");
        world.write(
            "themes/bank/templates/page.html",
            "{% extends \"default/page.html\" %}\n{% block after %}<p>甲</p>{% endblock after %}\n",
        );
        world.write("themes/bank/css/70-home.css", ".bank { color: inherit; }\n");
        world
    }

    fn site(&self) -> &Path {
        &self.options.site
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let full = self.site().join(path);
        fs::create_dir_all(full.parent().expect("parent")).expect("folder");
        fs::write(full, text).expect(path);
    }

    fn read(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.site().join(path)).expect(path)).expect("UTF-8")
    }

    /// The site's own files below a folder; paths from the site.
    fn below(&self, folder: &str) -> Vec<String> {
        if self.site().join(folder).is_dir() {
            let files = outputs(&self.site().join(folder));
            files
                .into_keys()
                .map(|path| format!("{folder}/{path}"))
                .collect()
        } else {
            Vec::new()
        }
    }

    /// One of the files below a folder.
    fn any(&mut self, folder: &str) -> Option<String> {
        let all = self.below(folder);
        (!all.is_empty()).then(|| self.numbers.pick(&all).clone())
    }

    fn name(&mut self) -> String {
        self.made += 1;
        format!("new-{}", self.made)
    }

    /// One change, and what it was.
    fn change(&mut self) -> String {
        match self.numbers.below(16) {
            0..=2 => self.edit(),
            3 | 4 => self.add(),
            5 => self.delete(),
            6 | 7 => self.rename(),
            8 => self.change_vocabulary(),
            9 => self.change_theme(),
            10 | 11 => self.change_settings(),
            12 => self.change_day(),
            13 => self.change_static(),
            14 => self.change_flag(),
            _ => self.change_published(),
        }
    }

    fn edit(&mut self) -> String {
        let Some(path) = self.any("content") else {
            return self.add();
        };
        let text = self.read(&path);
        let (from, to) = *self.numbers.pick(&[
            ("标题: ", "标题: 改过的"),
            ("客户", "顾客"),
            ("2026-11-02", "2026-12-20"),
            ("发布日期: ", "草稿: true\n发布日期: "),
            ("招聘人数: 3", "招聘人数: 若干"),
            ("薪酬: 15-25K·13薪", "薪酬: 很多"),
            ("---\n## ", "---\n新的一段。\n\n## "),
            ("报名截止: 2026-11-25", "报名截止: 2026-11-22"),
            ("工作地点: 上海", "工作地点: 重庆"),
        ]);
        let edited = if text.contains(from) {
            text.replacen(from, to, 1)
        } else {
            format!("{text}\n又一段，第{}次。\n", self.made)
        };
        self.made += 1;
        self.write(&path, edited);
        format!("edit {path}: {from:?} becomes {to:?}")
    }

    fn add(&mut self) -> String {
        let name = self.name();
        let kind = self.numbers.pick(KINDS).folder;
        let (path, text) = match self.numbers.below(6) {
            // A copy of a document under another name, at times in a folder of its own.
            0..=3 => {
                let Some(from) = self.any(&format!("content/{kind}")) else {
                    self.write(
                        &format!("content/{kind}/{name}.md"),
                        "---\n标题: 新\n---\n新的正文。\n",
                    );
                    return format!("add content/{kind}/{name}.md");
                };
                let deep = *self.numbers.pick(&["", "deep/", "深/层/"]);
                (format!("content/{kind}/{deep}{name}.md"), self.read(&from))
            }
            // An override of one edition, and a document at an address that another kind may want.
            4 => match self.any("content/jobs") {
                Some(of) if of.ends_with(".md") => {
                    let of = of.trim_end_matches(".md");
                    (
                        format!("{of}.zh-Hant-TW.md"),
                        "---\n标题: 另寫的\n---\n另寫的正文。\n".to_owned(),
                    )
                }
                _ => return self.edit(),
            },
            _ => (
                format!("content/pages/{name}.md"),
                format!(
                    "---\n标题: 页{name}\n旧地址: [/old-{name}/, /old.html]\n---\n见[附件](files/{name}.txt)。\n"
                ),
            ),
        };
        if path.starts_with("content/pages/") {
            self.write(&format!("content/pages/files/{name}.txt"), &name);
        }
        self.write(&path, text);
        format!("add {path}")
    }

    fn delete(&mut self) -> String {
        let folder = *self
            .numbers
            .pick(&["content", "content", "static", "themes"]);
        let Some(path) = self.any(folder) else {
            return self.add();
        };
        fs::remove_file(self.site().join(&path)).expect("removal");
        format!("delete {path}")
    }

    fn rename(&mut self) -> String {
        let kind = self.numbers.pick(KINDS).folder;
        let Some(path) = self.any(&format!("content/{kind}")) else {
            return self.add();
        };
        let name = self.name();
        let (folder, file) = path.rsplit_once('/').expect("a folder");
        let to = match self.numbers.below(4) {
            // The same address in another case, which some file systems cannot tell apart.
            0 => format!(
                "{folder}/{}",
                file.replace('-', "_").to_uppercase().replace(".MD", ".md")
            ),
            1 => format!("{folder}/{name}/{file}"),
            2 => {
                // A whole folder.
                let to = self.site().join(format!("content/{kind}/{name}"));
                let from = self.site().join(folder);
                if folder != format!("content/{kind}") {
                    fs::rename(from, to).expect("folder");
                    return format!("rename {folder} to content/{kind}/{name}");
                }
                format!("{folder}/{name}.md")
            }
            _ => format!("{folder}/{name}.md"),
        };
        let full = self.site().join(&to);
        fs::create_dir_all(full.parent().expect("parent")).expect("folder");
        fs::rename(self.site().join(&path), full).expect("rename");
        format!("rename {path} to {to}")
    }

    fn change_vocabulary(&mut self) -> String {
        let path = format!(
            "content/{}.yaml",
            self.numbers
                .pick(&["units", "departments", "locations", "categories"])
        );
        if !self.site().join(&path).exists() {
            return self.edit();
        }
        let text = self.read(&path);
        let name = self.name();
        let changed = match self.numbers.below(3) {
            0 => text.replacen("name: ", "name: 新", 1),
            1 => format!("{text}- {{id: {name}, name: 名{name}}}\n"),
            _ => text
                .lines()
                .rev()
                .skip(1)
                .map(|line| format!("{line}\n"))
                .collect(),
        };
        self.write(&path, changed);
        format!("vocabulary {path}")
    }

    fn change_theme(&mut self) -> String {
        let name = self.name();
        let (path, text) = match self.numbers.below(6) {
            0 => (
                "templates/page.html",
                format!(
                    "{{% extends \"default/page.html\" %}}\n{{% block after %}}<p>{name}</p>{{% endblock after %}}\n"
                ),
            ),
            1 => (
                "templates/job.html",
                format!(
                    "{{% extends \"default/job.html\" %}}\n{{% block after %}}{name}{{% endblock after %}}\n"
                ),
            ),
            2 => ("texts/zh-Hans.yaml", format!("home: 首页{name}\n")),
            3 => (
                "css/70-home.css",
                format!(".{name} {{ color: inherit; }}\n"),
            ),
            4 => ("js/bank.js", format!("console.info('{name}');\n")),
            _ => (
                "templates/list.html",
                "{% extends \"default/list.html\" %}{% block".to_owned(),
            ),
        };
        let path = format!("themes/bank/{path}");
        self.write(&path, text);
        let settings = self.read("gangwei.yaml");
        if !settings.contains("theme: bank") {
            self.write("gangwei.yaml", format!("{settings}theme: bank\n"));
        }
        format!("theme {path}")
    }

    fn change_settings(&mut self) -> String {
        let lines = *self.numbers.pick(SETTINGS);
        let key = |line: &str| line.split(':').next().unwrap_or("").to_owned();
        let line = *self.numbers.pick(lines);
        let keys: Vec<String> = lines
            .iter()
            .map(|line| key(line))
            .filter(|key| !key.is_empty())
            .collect();
        let settings = self.read("gangwei.yaml");
        let kept = settings.lines().filter(|line| !keys.contains(&key(line)));
        let mut text: String = kept.map(|line| format!("{line}\n")).collect();
        text.push_str(line);
        text.push('\n');
        self.write("gangwei.yaml", text);
        format!("settings {line:?} of {keys:?}")
    }

    fn change_day(&mut self) -> String {
        let day = *self.numbers.pick(DAYS);
        self.options.as_of = Some(match self.numbers.below(3) {
            0 => AsOf::Exact(format!("{day}T15:59:59Z").parse().expect("moment")),
            _ => AsOf::Day(Day(day.parse().expect("day"))),
        });
        format!("the day {day}")
    }

    /// Files of `static/`, also ones that become folders, change their case, or want a page's address.
    fn change_static(&mut self) -> String {
        let path = *self.numbers.pick(&[
            "static/plain.txt",
            "static/Plain.txt",
            "static/plain.txt/inside.txt",
            "static/plain.txt/inside.txt/deeper.txt",
            "static/how",
            "static/how/more.txt",
            "static/.well-known/a.txt",
            "static/jobs/J-1/extra.txt",
            "static/jobs/J-1/index.html",
            "static/图/一.svg",
        ]);
        let full = self.site().join(path);
        let mut above = full.parent();
        while let Some(folder) = above.filter(|folder| folder.starts_with(self.folder.path())) {
            if folder.is_file() {
                fs::remove_file(folder).expect("file");
            }
            above = folder.parent();
        }
        match self.numbers.below(4) {
            0 if full.is_file() => fs::remove_file(&full).expect("file"),
            _ => {
                if full.is_dir() {
                    fs::remove_dir_all(&full).expect("folder");
                }
                let name = self.name();
                self.write(path, name);
            }
        }
        path.to_owned()
    }

    fn change_flag(&mut self) -> String {
        let options = &mut self.options;
        let which = self.numbers.below(4);
        let flag = match which {
            0 => &mut options.drafts,
            1 => &mut options.portable,
            2 => &mut options.scheduled,
            _ => {
                let other = "https://other.example/base/".to_owned();
                options.base_url = options.base_url.is_none().then_some(other);
                return format!("--base-url {:?}", options.base_url);
            }
        };
        *flag = !*flag;
        format!("flag {which} is {flag}")
    }

    /// Somebody damages the published folder: cuts a file, deletes one, deletes a folder.
    fn change_published(&mut self) -> String {
        let published = outputs(&self.options.out);
        let paths: Vec<&String> = published
            .keys()
            .filter(|path| *path != "manifest.json")
            .collect();
        if paths.is_empty() {
            return "nothing is published yet".to_owned();
        }
        let path = (*self.numbers.pick(&paths)).clone();
        let full = self.options.out.join(&path);
        match self.numbers.below(4) {
            0 => fs::remove_file(full).expect("file"),
            1 => fs::write(full, "").expect("file"),
            2 => fs::write(full, &published[&path][..published[&path].len() / 2]).expect("file"),
            _ => match path.split_once('/') {
                Some((top, _)) => fs::remove_dir_all(self.options.out.join(top)).expect("folder"),
                None => fs::write(full, "改过").expect("file"),
            },
        }
        format!("published {path}")
    }

    fn build_into(&self, out: PathBuf) -> Result<Outcome, String> {
        let options = Options {
            out,
            ..self.options.clone()
        };
        build(&options, &mut Timings::start(), &|_, _, _| {}).map_err(|error| format!("{error:#}"))
    }

    /// Builds both ways and compares; tells whether the site could be published.
    fn compare(&self, what: &str) -> bool {
        let before = if self.options.out.exists() {
            outputs(&self.options.out)
        } else {
            Files::new()
        };
        let warm = self.build_into(self.options.out.clone());
        // A clean build finds nothing that an earlier one kept.
        let cache = self.site().join(".gangwei-cache");
        let aside = self.folder.path().join("cache");
        let kept = fs::rename(&cache, &aside).is_ok();
        let fresh = self.folder.path().join("fresh");
        let clean = self.build_into(fresh.clone());
        let _ = fs::remove_dir_all(&cache);
        if kept {
            fs::rename(&aside, &cache).expect("cache");
        }
        let (warm, clean) = match (warm, clean) {
            (Ok(warm), Ok(clean)) => (warm, clean),
            (warm, clean) => panic!("{what}: {:?}, clean {:?}", warm.err(), clean.err()),
        };
        let reported = |outcome: &Outcome| {
            let terminal = Terminal {
                lang: Lang::En,
                colour: false,
                width: 100,
            };
            render_text(&outcome.diagnostics, terminal)
        };
        assert_eq!(reported(&warm), reported(&clean), "{what}: other faults");
        assert_eq!(
            warm.published.is_some(),
            clean.published.is_some(),
            "{what}\n{}",
            reported(&clean)
        );
        let published = clean.published.is_some();
        if published {
            assert_same(&outputs(&fresh), &outputs(&self.options.out), what);
        } else {
            assert!(!fresh.exists(), "{what}: a faulty site made a target");
            assert_same(&before, &outputs(&self.options.out), what);
        }
        let leftovers = [".gangwei"].map(|name| self.options.out.join(name));
        assert!(
            leftovers.iter().all(|path| !path.exists()),
            "{what}: leftovers"
        );
        if published {
            let empty = walkdir::WalkDir::new(&self.options.out)
                .into_iter()
                .filter_map(Result::ok);
            let empty: Vec<PathBuf> = empty
                .filter(|entry| entry.file_type().is_dir())
                .map(walkdir::DirEntry::into_path)
                .filter(|folder| fs::read_dir(folder).expect("folder").next().is_none())
                .collect();
            assert!(empty.is_empty(), "{what}: empty folders {empty:?}");
        }
        let _ = fs::remove_dir_all(&fresh);
        published
    }
}

#[test]
fn a_warm_build_equals_a_clean_one_after_every_change() {
    let (steps, seed) = (number("GANGWEI_STEPS", STEPS), number("GANGWEI_SEED", SEED));
    println!("GANGWEI_SEED={seed} GANGWEI_STEPS={steps}");
    let mut world = World::new(seed);
    assert!(
        world.compare("the first build"),
        "the site has faults before any change"
    );
    let mut published = 0;
    for step in 1..=steps {
        let (good, options) = (outputs(world.site()), world.options.clone());
        let mut did = vec![world.change()];
        // A branch switch changes many files at once.
        if world.numbers.below(6) == 0 {
            did.extend((0..8).map(|_| world.change()));
        }
        let what = format!("seed {seed}, step {step}: {}", did.join("; "));
        if world.compare(&what) {
            published += 1;
            continue;
        }
        // What the fault stopped is taken back, so that later steps are published again.
        world.options = options;
        fs::remove_dir_all(world.site()).expect("site");
        good.iter()
            .for_each(|(path, bytes)| world.write(path, bytes));
    }
    println!("{published} of {steps} steps were published");
    assert!(
        published * 2 > steps,
        "only {published} of {steps} steps could be published"
    );
}
