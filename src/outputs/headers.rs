//! Headers for the web server: nginx, Apache, Caddy, and static hosts that read `_headers`. Enters: the portal's base
//! URL, its editions, its assets. Leaves: the text of one file, from the one table below. The content of the four files
//! never differs; no content of a document is in them.

use super::file_output::{FileOutput, Making, Scope};
use super::media_types::{kinds, texts};
use super::open_files::{CALENDAR, ORIGIN, OpenFiles, list_files, posting_files};
use crate::site::{Server, Site, attachment_path, servers, static_path};
use crate::text::url::decode;
use std::fmt::Write;

/// Headers for hosts of static files.
pub(super) const STATIC_HOST_HEADERS: FileOutput = FileOutput {
    name: "_headers",
    scope: Scope::Portal,
    content_type: "text/plain; charset=utf-8",
    template: None,
    is_reviewed: true,
    is_for_programs: false,
    subjects: |site, _| own(site, Server::StaticHost),
    make: |making, _| Ok(server_headers(making, Server::StaticHost)),
};

/// Headers for Apache httpd.
pub(super) const APACHE_HEADERS: FileOutput = FileOutput {
    name: ".htaccess",
    scope: Scope::Portal,
    content_type: "text/plain; charset=utf-8",
    template: None,
    is_reviewed: true,
    is_for_programs: false,
    subjects: |site, _| own(site, Server::Apache),
    make: |making, _| Ok(server_headers(making, Server::Apache)),
};

/// Headers for nginx.
pub(super) const NGINX_HEADERS: FileOutput = FileOutput {
    name: "headers/nginx.conf",
    scope: Scope::Portal,
    content_type: "text/plain; charset=utf-8",
    template: None,
    is_reviewed: true,
    is_for_programs: false,
    subjects: |site, _| own(site, Server::Nginx),
    make: |making, _| Ok(server_headers(making, Server::Nginx)),
};

/// Headers for Caddy.
pub(super) const CADDY_HEADERS: FileOutput = FileOutput {
    name: "headers/Caddyfile",
    scope: Scope::Portal,
    content_type: "text/plain; charset=utf-8",
    template: None,
    is_reviewed: true,
    is_for_programs: false,
    subjects: |site, _| own(site, Server::Caddy),
    make: |making, _| Ok(server_headers(making, Server::Caddy)),
};

fn own(site: &Site, server: Server) -> Vec<usize> {
    let mut servers = servers(site);
    servers
        .any(|own| own == server)
        .then_some(0)
        .into_iter()
        .collect()
}

/// The content security policy: pages load files of the portal only, and no other site may frame them.
pub const POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// The headers of every answer, in the order they are written. The source of each is its specification: CSP 3, Fetch,
/// Referrer Policy, Permissions Policy, HTML (opener policy), RFC 7034 for browsers older than `frame-ancestors`.
pub const HEADERS: &[(&str, &str)] = &[
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    // Other sites must not see the addresses of an internal portal.
    ("Referrer-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// A year, in seconds.
const TRANSPORT: (&str, &str) = ("Strict-Transport-Security", "max-age=31536000");
/// For files whose name holds the hash of their bytes.
const HASHED: &str = "public, max-age=31536000, immutable";
/// For all other files: browsers keep them, but ask for a new version each time.
const UNHASHED: &str = "no-cache";
/// Folders of the search index in which every file's name holds a hash.
const INDEX_FOLDERS: &[&str] = &["cards", "columns", "lexicon", "lists", "tags", "terms"];

/// Writes a server's file.
fn server_headers(making: &Making, server: Server) -> Vec<u8> {
    let site = making.views.site;
    let assets = making.assets.iter().map(String::as_str);
    let base = &site.config.base_url;
    let mut place = PortalPath {
        base: written(base.path()),
        pattern: pattern(base.path()),
        // The header binds the whole host, so only a portal that is the host's own root states it.
        is_transport_stated: base.path() == "/" && base.text().starts_with("https://"),
        open: OpenFiles::of(site),
        editions: Vec::new(),
        kept: Vec::new(),
    };
    for (index, edition) in site.config.editions.iter().enumerate() {
        place.editions.push(match index {
            0 => String::new(),
            _ => format!("{}/", edition.segment()),
        });
    }
    // A folder that the site adds files to holds names without a hash too.
    let statics = site
        .static_files
        .iter()
        .map(|found| static_path(&found.path));
    let attached = site
        .attachments
        .iter()
        .map(|found| attachment_path(&found.path));
    let copied: Vec<&str> = statics.chain(attached).collect();
    let is_own = |folder: &str| !copied.iter().any(|path| path.starts_with(folder));
    if is_own("assets/") {
        place.kept.push("assets/*".to_owned());
    } else {
        place.kept.extend(assets.map(written));
    }
    for edition in &place.editions {
        let folders = INDEX_FOLDERS
            .iter()
            .map(|folder| format!("{edition}search/{folder}/"));
        let own = folders.filter(|folder| is_own(folder));
        place.kept.extend(own.map(|folder| format!("{folder}*")));
    }
    let text = match server {
        Server::StaticHost => place.static_host(),
        Server::Apache => place.apache(),
        Server::Nginx => place.nginx(),
        Server::Caddy => place.caddy(),
    };
    text.into_bytes()
}

/// Where the portal lives, as the files write it.
struct PortalPath {
    /// The base path, percent-encoded, with slashes on both ends.
    base: String,
    /// The base path as a regular expression.
    pattern: String,
    is_transport_stated: bool,
    open: OpenFiles,
    /// The folders of the editions; the source edition's is empty.
    editions: Vec<String>,
    /// Paths below the base whose bytes never change, for hosts without regular expressions.
    kept: Vec<String>,
}

impl PortalPath {
    /// A header line for each of the table, by `line`; the transport's is a comment where it is not stated.
    fn headers(&self, line: impl Fn(&str, &str) -> String) -> String {
        let mut out = String::new();
        for (name, value) in HEADERS {
            let _ = writeln!(out, "{}", line(name, value));
        }
        let transport = line(TRANSPORT.0, TRANSPORT.1);
        let indent = &transport[..transport.len() - transport.trim_start().len()];
        for comment in [
            "下一行对整个主机名生效一年：这台主机上的所有服务都必须是 HTTPS，否则去掉它。",
            "The next line binds the whole host for a year: everything on it must be HTTPS, or take the line out.",
        ] {
            let _ = writeln!(out, "{indent}# {comment}");
        }
        let _ = if self.is_transport_stated {
            writeln!(out, "{transport}")
        } else {
            writeln!(out, "{indent}# {}", transport.trim_start())
        };
        out
    }

    /// A regular expression over decoded paths: files whose name holds the hash of their bytes.
    fn hashed(&self) -> String {
        let edition = self.edition();
        format!(
            "^{}(assets/.+\\.[0-9a-f]{{10}}\\.[a-z0-9]+|{edition}search/([a-z]+/)?[a-z0-9-]+-[0-9a-f]{{6}}\\.bin)$",
            self.pattern
        )
    }

    /// A regular expression for the folder of an edition.
    fn edition(&self) -> String {
        let segments = self.editions.iter().filter(|edition| !edition.is_empty());
        let segments: Vec<&str> = segments.map(String::as_str).collect();
        if segments.is_empty() {
            String::new()
        } else {
            format!("({})?", segments.join("|"))
        }
    }

    /// A regular expression over decoded paths: files that pages of other sites may read; nothing where there are none.
    fn open(&self) -> Option<String> {
        let either = |names: &[&str]| names.join("|").replace('.', "\\.");
        let mut files = Vec::new();
        if self.open.postings {
            files.push(format!("{}({})", self.edition(), either(&posting_files())));
        }
        if self.open.calendars {
            files.push(format!(".+/{}", either(&[CALENDAR])));
        }
        if self.open.lists {
            files.push(format!(".+/({})", either(&list_files())));
        }
        (!files.is_empty()).then(|| format!("^{}({})$", self.pattern, files.join("|")))
    }

    /// The same for hosts without regular expressions. An asterisk stands for folders.
    fn open_paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        if self.open.postings {
            for edition in &self.editions {
                paths.extend(
                    posting_files()
                        .iter()
                        .map(|file| format!("{edition}{file}")),
                );
            }
        }
        if self.open.calendars {
            paths.push(format!("*/{CALENDAR}"));
        }
        if self.open.lists {
            paths.extend(list_files().iter().map(|file| format!("*/{file}")));
        }
        paths
    }

    /// A regular expression over decoded paths: these files themselves, which no reader needs, and what is not published
    /// yet, which no reader may see.
    fn own(&self) -> String {
        format!(
            "^{}(\\.htaccess|_headers|headers/(nginx\\.conf|Caddyfile)|\\.gangwei(/.*)?)$",
            self.pattern
        )
    }

    /// The page for addresses that lead nowhere; `None` below a path that servers would read differently.
    fn not_found(&self) -> Option<String> {
        let is_plain = !self.base.contains('%');
        is_plain.then(|| format!("{}404.html", self.base))
    }

    fn static_host(&self) -> String {
        let mut out = head(
            "静态托管（Cloudflare Pages、Netlify 等）读这个文件；放在网站的根目录。没有写缓存的文件，按托管的默认：每次核对。",
            "Hosts of static files read this at the root of the site. Files without a cache rule have the host's: ask anew each time.",
        );
        let _ = writeln!(out, "\n{}*", self.base);
        out += &self.headers(|name, value| format!("  {name}: {value}"));
        // Such a host cannot refuse a path. It publishes copies of a portal, in which nothing is staged.
        let _ = writeln!(
            out,
            "\n{}.gangwei/*\n  Cache-Control: no-store\n  X-Robots-Tag: none",
            self.base
        );
        // A second rule adds to the first one, so no file may have two that speak of its cache.
        for path in &self.kept {
            let _ = writeln!(out, "\n{}{path}\n  Cache-Control: {HASHED}", self.base);
        }
        let (name, value) = ORIGIN;
        for path in self.open_paths() {
            let _ = writeln!(out, "\n{}{path}\n  {name}: {value}", self.base);
        }
        out
    }

    fn apache(&self) -> String {
        let mut out = head(
            "Apache 2.4 读这个文件；要有 mod_headers，并允许 AllowOverride FileInfo。",
            "Apache 2.4 reads this; it needs mod_headers and AllowOverride FileInfo.",
        );
        out += "\n<IfModule mod_headers.c>\n";
        out += &self.headers(|name, value| format!("  Header always set {name} \"{value}\""));
        let _ = write!(
            out,
            "  Header set Cache-Control \"{UNHASHED}\"\n  Header set Cache-Control \"{HASHED}\" \"expr=%{{REQUEST_URI}} =~ m#{}#\"\n",
            self.hashed()
        );
        if let Some(open) = self.open() {
            let (name, value) = ORIGIN;
            let _ = writeln!(
                out,
                "  Header set {name} \"{value}\" \"expr=%{{REQUEST_URI}} =~ m#{open}#\""
            );
        }
        let _ = write!(
            out,
            "</IfModule>\n\n<IfModule mod_alias.c>\n  RedirectMatch 404 \"{}\"\n</IfModule>\n\nAddDefaultCharset utf-8\n<IfModule mod_mime.c>\n  AddType text/calendar .ics\n  AddCharset utf-8 {}\n</IfModule>\n",
            self.own(),
            text_endings().join(" ")
        );
        if let Some(page) = self.not_found() {
            let _ = writeln!(out, "ErrorDocument 404 {page}");
        }
        out
    }

    fn nginx(&self) -> String {
        let mut out = head(
            "nginx：在 server 里写 include /门户所在/headers/nginx.conf; 里层的 location 若有自己的 add_header，要在那里再 include 一次。",
            "nginx: include this file inside `server`. A `location` with an add_header of its own needs the include again.",
        );
        out += "\n# 很多系统的 nginx 不知道日历（.ics）等是什么文件；这里是门户里会有的全部种类，代替 nginx 自己的表。\n# The nginx of many systems knows no calendars. These are all kinds that a portal holds, in place of nginx's own.\ntypes {\n";
        for (kind, endings) in kinds() {
            let _ = writeln!(out, "  {kind} {};", endings.join(" "));
        }
        let _ = write!(
            out,
            "}}\ncharset_types {};\ncharset utf-8;\n\nif ($uri ~ \"{}\") {{\n  return 404;\n}}\n\nset $gangwei_cache \"{UNHASHED}\";\nif ($uri ~ \"{}\") {{\n  set $gangwei_cache \"{HASHED}\";\n}}\nadd_header Cache-Control $gangwei_cache;\n",
            texts().join(" "),
            self.own(),
            self.hashed()
        );
        if let Some(open) = self.open() {
            let (name, value) = ORIGIN;
            // An empty header is not sent.
            let _ = write!(
                out,
                "\nset $gangwei_origin \"\";\nif ($uri ~ \"{open}\") {{\n  set $gangwei_origin \"{value}\";\n}}\nadd_header {name} $gangwei_origin;\n"
            );
        }
        out += &self.headers(|name, value| format!("add_header {name} \"{value}\" always;"));
        if let Some(page) = self.not_found() {
            let _ = writeln!(out, "\nerror_page 404 {page};");
        }
        out
    }

    fn caddy(&self) -> String {
        let mut out = head(
            "Caddy：在站点里写 import /门户所在/headers/Caddyfile",
            "Caddy: import this file inside the site's block.",
        );
        out += "\nheader {\n";
        out += &self.headers(|name, value| format!("\t{name} \"{value}\""));
        let _ = write!(
            out,
            "}}\n\n@gangwei_hashed path_regexp `{0}`\nheader @gangwei_hashed Cache-Control \"{HASHED}\"\n@gangwei_unhashed not path_regexp `{0}`\nheader @gangwei_unhashed Cache-Control \"{UNHASHED}\"\n\n@gangwei_own path_regexp `{1}`\nerror @gangwei_own 404\n\n@gangwei_calendar path *.ics\nheader @gangwei_calendar Content-Type \"text/calendar; charset=utf-8\"\n",
            self.hashed(),
            self.own()
        );
        if let Some(open) = self.open() {
            let (name, value) = ORIGIN;
            let _ = write!(
                out,
                "@gangwei_open path_regexp `{open}`\nheader @gangwei_open {name} \"{value}\"\n"
            );
        }
        if let Some(page) = self.not_found() {
            let _ = write!(
                out,
                "\nhandle_errors {{\n\t@gangwei_missing expression `{{err.status_code}} == 404`\n\thandle @gangwei_missing {{\n\t\trewrite * {page}\n\t\theader Cache-Control \"{UNHASHED}\"\n\t\tfile_server\n\t}}\n}}\n"
            );
        }
        out
    }
}

/// Endings of texts whose encoding is stated.
fn text_endings() -> Vec<String> {
    let texts = texts();
    kinds()
        .into_iter()
        .filter(|(kind, _)| texts.contains(kind))
        .flat_map(|(_, endings)| endings)
        .map(|ending| format!(".{ending}"))
        .collect()
}

/// The comment that every file begins with.
fn head(zh: &str, en: &str) -> String {
    format!(
        "# {zh}\n# {en}\n# 由 gangwei 生成；要改，把自己的一份放在 static/ 的同一位置。 Made by gangwei; to change it, put your own at the same place in static/.\n"
    )
}

/// A path as a URL has it: whatever could end a rule, a comment or a quotation is percent-encoded.
fn written(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b'%' => {
                out.push(byte as char);
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A regular expression for a path that needs no quoting anywhere: a sign that is not plain becomes one that matches
/// anything.
fn pattern(path: &str) -> String {
    let decoded = decode(path);
    let mut out = String::with_capacity(path.len());
    for c in decoded.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '/' | '-' | '_' | '~' => out.push(c),
            '.' => out.push_str("\\."),
            _ if out.ends_with(".+") => {}
            _ => out.push_str(".+"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL_OPEN: OpenFiles = OpenFiles {
        postings: true,
        calendars: true,
        lists: true,
    };

    fn place(base: &str) -> PortalPath {
        PortalPath {
            base: written(base),
            pattern: pattern(base),
            is_transport_stated: base == "/",
            open: ALL_OPEN,
            editions: vec![String::new(), "zh-hant-tw/".to_owned()],
            kept: vec!["assets/site.0123456789.css".to_owned()],
        }
    }

    fn written_for(place: &PortalPath) -> [String; 4] {
        [
            place.static_host(),
            place.apache(),
            place.nginx(),
            place.caddy(),
        ]
    }

    #[test]
    fn every_server_gets_every_header() {
        for text in written_for(&place("/")) {
            for (name, value) in HEADERS.iter().chain([&TRANSPORT]) {
                let line = text
                    .lines()
                    .find(|line| !line.trim_start().starts_with('#') && line.contains(name));
                assert!(
                    line.is_some_and(|line| line.contains(value)),
                    "{name}: {text}"
                );
            }
            assert!(text.contains(HASHED), "{text}");
        }
    }

    #[test]
    fn a_portal_below_a_path_does_not_bind_the_host_to_https() {
        for text in written_for(&place("/hr/")) {
            let line = text.lines().find(|line| line.contains(TRANSPORT.0));
            assert!(line.is_some_and(|line| line.trim_start().starts_with('#')));
            assert!(text.contains("/hr/"), "{text}");
        }
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        let hashed = regex::Regex::new(&place("/h.r/").hashed()).expect("pattern");
        for path in [
            "/h.r/assets/site.0123456789.css",
            "/h.r/assets/fonts/a.0123456789.woff2",
            "/h.r/search/terms/00ff-a1b2c3.bin",
            "/h.r/search/state-a1b2c3.bin",
            "/h.r/zh-hant-tw/search/lists/00ff-00ff00-a1b2c3.bin",
        ] {
            assert!(hashed.is_match(path), "{path}");
        }
        for path in [
            "/h.r/",
            "/h.r/assets/photo.png",
            "/h.r/search/head.json",
            "/h.r/search/text/00/01.bin",
            "/h.r/jobs/state-a1b2c3.bin",
            "/hxr/assets/site.0123456789.css",
            "/assets/site.0123456789.css",
        ] {
            assert!(!hashed.is_match(path), "{path}");
        }
    }

    #[test]
    fn files_for_other_programs_may_be_read_by_pages_of_other_sites_and_no_others() {
        let open = place("/h.r/").open().expect("pattern");
        let open = regex::Regex::new(&open).expect("pattern");
        for path in [
            "/h.r/jobs.json",
            "/h.r/zh-hant-tw/jobs.xml",
            "/h.r/jobs/a/calendar.ics",
            "/h.r/departments/b/feed.xml",
        ] {
            assert!(open.is_match(path), "{path}");
        }
        for path in [
            "/h.r/",
            "/h.r/jobs.json/",
            "/jobs.json",
            "/h.r/xjobs.json",
            "/h.r/manifest.json",
        ] {
            assert!(!open.is_match(path), "{path}");
        }
        for text in written_for(&place("/h.r/")) {
            assert!(text.contains(ORIGIN.0), "{text}");
        }
        let closed = PortalPath {
            open: OpenFiles {
                postings: false,
                calendars: false,
                lists: false,
            },
            ..place("/h.r/")
        };
        for text in written_for(&closed) {
            assert!(!text.contains(ORIGIN.0), "{text}");
        }
        let some = PortalPath {
            open: OpenFiles {
                lists: false,
                ..ALL_OPEN
            },
            ..place("/h.r/")
        };
        let open = regex::Regex::new(&some.open().expect("pattern")).expect("pattern");
        assert!(open.is_match("/h.r/feed.xml") && open.is_match("/h.r/jobs/a/calendar.ics"));
        assert!(!open.is_match("/h.r/exams/feed.xml"));
    }

    #[test]
    fn what_is_not_published_yet_is_refused_by_every_server_that_can() {
        let place = place("/h.r/");
        let own = regex::Regex::new(&place.own()).expect("pattern");
        for path in [
            "/h.r/.gangwei",
            "/h.r/.gangwei/",
            "/h.r/.gangwei/stage/jobs/x.html",
            "/h.r/.htaccess",
        ] {
            assert!(own.is_match(path), "{path}");
        }
        for path in [
            "/h.r/.gangweix",
            "/h.r/a/.gangwei.html",
            "/h.r/.well-known/security.txt",
        ] {
            assert!(!own.is_match(path), "{path}");
        }
        let [host, apache, nginx, caddy] = written_for(&place);
        assert!(
            [apache, nginx, caddy]
                .iter()
                .all(|text| text.contains(&place.own()))
        );
        assert!(host.contains("/h.r/.gangwei/*"));
    }

    #[test]
    fn no_path_can_end_a_rule() {
        let hostile = "/a\"; } \n`$x#%0A中/";
        // Both are encoded, so both lack the same line.
        let plain = written_for(&place("/%41/"));
        for (text, plain) in written_for(&place(hostile)).iter().zip(plain) {
            assert_eq!(text.lines().count(), plain.lines().count(), "{text}");
            assert!(!text.contains("a\"; }") && !text.contains("$x"), "{text}");
        }
        assert_eq!(pattern("/a.b/%E4%B8%AD%E6%96%87/"), "/a\\.b/.+/");
    }
}
