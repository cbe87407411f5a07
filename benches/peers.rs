//! The same postings for Hugo: a page for each, lists with pages, terms, feeds, structured data; no search, checks,
//! calendars or states, which it has none of. Pagefind indexes what Hugo made.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const SETTINGS: &str = r#"
baseURL = "https://careers.example.com/"
title = "测试门户"
locale = "zh-Hans"
enableRobotsTXT = true
[taxonomies]
unit = "units"
department = "departments"
category = "categories"
location = "locations"
recruitment = "recruitment"
[pagination]
pagerSize = 20
[services.rss]
limit = 50
"#;

const SINGLE: &str = r#"<!DOCTYPE html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ .Title }} - {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"><meta name="description" content="{{ .Summary | plainify | truncate 120 }}">
<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@type" "JobPosting" "title" .Title "datePosted" (.Date.Format "2006-01-02") "validThrough" .Params.closes "description" (.Content | plainify) | jsonify | safeJS }}</script>
</head><body><header><a href="/">{{ site.Title }}</a><nav><a href="/jobs/">岗位</a></nav></header>
<main><article><h1>{{ .Title }}</h1><dl>{{ range $key, $name := dict "units" "招聘单位" "departments" "部门" "categories" "岗位类别" "locations" "工作地点" "recruitment" "招聘类型" }}<div><dt>{{ $name }}</dt><dd>{{ range $.GetTerms $key }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</dd></div>{{ end }}<div><dt>薪酬</dt><dd>{{ .Params.salary }}</dd></div><div><dt>学历</dt><dd>{{ .Params.education }}</dd></div><div><dt>人数</dt><dd>{{ .Params.headcount }}</dd></div><div><dt>报名截止</dt><dd>{{ .Params.closes }}</dd></div></dl>
{{ .Content }}</article></main><footer>招聘不收取任何费用。</footer></body></html>
"#;

const LIST: &str = r#"<!DOCTYPE html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ .Title }} - {{ site.Title }}</title><link rel="canonical" href="{{ .Permalink }}">{{ range .AlternativeOutputFormats }}<link rel="{{ .Rel }}" type="{{ .MediaType.Type }}" href="{{ .Permalink }}">{{ end }}</head>
<body><header><a href="/">{{ site.Title }}</a><nav><a href="/jobs/">岗位</a></nav></header><main><h1>{{ .Title }}</h1>
{{ $pages := .Paginate (where .RegularPages "Section" "jobs") }}<ul>{{ range $pages.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <span>{{ delimit .Params.locations "、" }} · {{ .Params.education }} · {{ .Params.salary }}</span> <time>{{ .Date.Format "2006-01-02" }}</time></li>{{ end }}</ul>
{{ with $pages.Prev }}<a href="{{ .URL }}">上一页</a>{{ end }}{{ with $pages.Next }}<a href="{{ .URL }}">下一页</a>{{ end }}</main></body></html>
"#;

/// Keys of a posting as Hugo's templates ask for them, and whether they are terms.
const KEYS: [(&str, &str, bool); 11] = [
    ("标题", "title", false),
    ("发布日期", "date", false),
    ("招聘单位", "units", true),
    ("部门", "departments", true),
    ("岗位类别", "categories", true),
    ("工作地点", "locations", true),
    ("招聘类型", "recruitment", true),
    ("招聘人数", "headcount", false),
    ("学历", "education", false),
    ("薪酬", "salary", false),
    ("报名截止", "closes", false),
];

/// Writes a site for Hugo with the postings of a site of ours.
pub(crate) fn write_hugo_site(ours: &Path, folder: &Path) {
    let jobs = folder.join("content/jobs");
    for inner in ["content/jobs", "layouts/_default"] {
        fs::create_dir_all(folder.join(inner)).expect("folder");
    }
    fs::write(folder.join("hugo.toml"), SETTINGS).expect("settings");
    for (name, text) in [("single.html", SINGLE), ("list.html", LIST)] {
        fs::write(folder.join("layouts/_default").join(name), text).expect("template");
    }
    for entry in fs::read_dir(ours.join("content/jobs")).expect("postings") {
        let entry = entry.expect("posting");
        let text = fs::read_to_string(entry.path()).expect("posting");
        let (front, body) = text[4..].split_once("---\n").expect("front matter");
        let mut translated = String::from("---\n");
        for line in front.lines() {
            let (key, value) = line.split_once(": ").expect("a key and its value");
            let (_, name, is_term) = KEYS.iter().find(|known| known.0 == key).expect(key);
            translated += &match (is_term, value.starts_with('[')) {
                (true, false) => format!("{name}: [{value}]\n"),
                _ => format!("{name}: {value}\n"),
            };
        }
        fs::write(
            jobs.join(entry.file_name()),
            format!("{translated}---\n{body}"),
        )
        .expect("posting");
    }
}

/// The time of a peer's program in milliseconds.
pub(crate) fn run(program: &str, arguments: &[&dyn AsRef<std::ffi::OsStr>]) -> f64 {
    let start = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .status()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(status.success(), "{program}");
    start.elapsed().as_secs_f64() * 1000.0
}

/// How many pages a folder holds.
pub(crate) fn pages(folder: &Path) -> usize {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "html")
        })
        .count()
}
