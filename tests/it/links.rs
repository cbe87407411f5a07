//! `gangwei links`: what works is not mentioned, a dead one is reported at its line, and no machine of a local network is
//! connected to, neither at once nor by a redirect.

use crate::common::{Ran, SETTINGS, Site, gangwei, run};
use crate::web_server::{Behaviour, WebServer, dead_url};
use serde_json::Value;

fn site(links: &[&str]) -> Site {
    let lines = links.iter().map(|link| format!("[x]({link})\n\n"));
    let text = format!("---\ntitle: 甲\n---\n{}", lines.collect::<String>());
    Site::with_document("content/pages/a.md", &text)
}

fn links(site: &Site, flags: &[&str]) -> Ran {
    let mut command = gangwei();
    command.arg("links").arg(site.path()).args(["--lang", "en"]);
    run(command.args(["--timeout", "5"]).args(flags))
}

/// The lines of errors with a code.
fn reported(site: &Site, flags: &[&str], code: &str) -> Vec<u64> {
    let flags = [flags, &["--format", "json"]].concat();
    let ran = links(site, &flags);
    let found: Value = serde_json::from_str(&ran.stdout).expect(&ran.stdout);
    let found = found
        .as_array()
        .or(found["diagnostics"].as_array())
        .expect("list");
    let of_code = found.iter().filter(|one| one["code"] == code);
    of_code
        .map(|one| {
            one["line"]
                .as_u64()
                .or(one["start"]["line"].as_u64())
                .expect("line")
        })
        .collect()
}

#[test]
fn a_link_that_works_passes_and_one_that_does_not_is_told_at_its_line() {
    let server = WebServer::new(Behaviour::Status(200));
    let gone = WebServer::new(Behaviour::Status(404));
    let busy = WebServer::new(Behaviour::Status(503));
    let dead = dead_url();
    let (good, bad, unsure) = (server.url("a"), gone.url("b"), busy.url("c"));
    let site = site(&[&good, &bad, &unsure, &dead]);
    let dead_host = dead
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    let hosts = [server.host(), gone.host(), busy.host(), dead_host];
    let flags: Vec<&str> = hosts
        .iter()
        .flat_map(|host| ["--allow-host", host.as_str()])
        .collect();
    let ran = links(&site, &flags).expect(1);
    assert!(
        ran.stderr.contains(&bad) && !ran.stderr.contains(&good),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stdout.contains("4 outside links: 2 errors"),
        "{}",
        ran.stdout
    );
    assert_eq!(reported(&site, &flags, "dead-link"), [6, 10]);
    assert_eq!(reported(&site, &flags, "unsure-link"), [8]);
    // HEAD asks first; a server that answers it with an error is asked with GET.
    assert_eq!(gone.requests()[..2], ["HEAD /b", "GET /b"]);
    assert!(server.requests().iter().all(|line| line == "HEAD /a"));
}

#[test]
fn no_spelling_of_a_local_machine_is_connected_to() {
    let server = WebServer::new(Behaviour::Status(200));
    let port = server.host().split_once(':').expect("port").1.to_owned();
    let spelled = [
        "http://127.0.0.1:PORT/",
        "http://news.example.com:80@127.0.0.1:PORT/admin?x=1",
        "http://name:word@127.0.0.1:PORT/",
        "http://localhost:PORT/",
        "http://2130706433:PORT/",
        "http://0x7f.1:PORT/",
        "http://127.%30.0.1:PORT/",
        "http://[::1]:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://0.0.0.0:PORT/",
        "http://169.254.169.254/latest/",
        "http://100.64.0.1/",
        "http://metadata.google.internal/",
        "http://printer/",
    ];
    let spelled = spelled.map(|link| link.replace("PORT", &port));
    let site = site(&spelled.each_ref().map(String::as_str));
    // An address with a user is refused in the text already; every other is refused before it is asked.
    let lines = |with_user: bool| -> Vec<u64> {
        let places = spelled.iter().zip((4..).step_by(2));
        let places = places.filter(|(link, _)| link.contains('@') == with_user);
        places.map(|(_, line)| line).collect()
    };
    assert_eq!(reported(&site, &[], "local-link"), lines(false));
    assert_eq!(reported(&site, &[], "address-with-user"), lines(true));
    assert_eq!(
        server.requests(),
        [] as [&str; 0],
        "the server got a request"
    );
    links(&site, &[]).expect(1);
}

#[test]
fn a_redirect_to_a_local_machine_is_not_followed_and_one_without_an_end_is_told() {
    let inside = WebServer::new(Behaviour::Status(200));
    let outside = WebServer::new(Behaviour::Redirect(inside.url("internal-metadata")));
    let host = outside.host();
    let site = site(&[&outside.url("a")]);
    let flags = ["--allow-host", host.as_str()];
    let ran = links(&site, &flags).expect(1);
    assert!(
        ran.stderr.contains("local-link") && ran.stderr.contains("internal-metadata"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        inside.requests(),
        [] as [&str; 0],
        "the redirect was followed"
    );
    for to in ["file:///etc/passwd", "http://a:b@8.8.8.8/", "//localhost/x"] {
        outside.behave(Behaviour::Redirect(to.to_owned()));
        let ran = links(&site, &flags).expect(1);
        assert!(ran.stderr.contains("local-link"), "{to}: {}", ran.stderr);
    }
    outside.behave(Behaviour::Redirect("{path}x".to_owned()));
    let _ = outside.requests();
    let ran = links(&site, &flags).expect(1);
    assert!(ran.stderr.contains("dead-link"), "{}", ran.stderr);
    assert_eq!(outside.requests().len(), 6, "five redirects at most");
}

#[test]
fn files_alone_are_checked_and_settings_and_pages_of_static_too() {
    let gone = WebServer::new(Behaviour::Status(410));
    let site = site(&[&gone.url("a")]);
    site.write(
        "content/pages/b.md",
        format!("---\ntitle: 乙\n---\n见 {} 。\n", gone.url("b?x=1&y=2")),
    );
    site.write(
        "static/old.html",
        format!("<a href=\"{}\">x</a>", gone.url("c")),
    );
    let settings = format!(
        "{SETTINGS}footer:\n  - {{title: 丙, url: {}}}\n",
        gone.url("d")
    );
    site.write("gangwei.yaml", settings);
    let host = gone.host();
    let flags = ["--allow-host", host.as_str()];
    let ran = links(&site, &flags).expect(1);
    for place in [
        "content/pages/a.md:4",
        "content/pages/b.md:4",
        "old.html",
        "gangwei.yaml:6",
    ] {
        assert!(ran.stderr.contains(place), "{place}\n{}", ran.stderr);
    }
    let _ = gone.requests();
    let mut command = gangwei();
    command
        .arg("links")
        .arg(site.path().join("content/pages/b.md"));
    run(command.args(flags)).expect(1);
    assert!(
        gone.requests()
            .iter()
            .all(|line| line.ends_with("/b?x=1&y=2"))
    );
}

#[test]
fn a_host_is_asked_for_so_many_addresses_and_no_more() {
    let server = WebServer::new(Behaviour::Status(200));
    let all: Vec<String> = (0..6)
        .map(|number| server.url(&format!("a{number}")))
        .collect();
    let site = site(&all.iter().map(String::as_str).collect::<Vec<_>>());
    let host = server.host();
    let flags = ["--allow-host", host.as_str(), "--per-host", "4"];
    let ran = links(&site, &flags).expect(0);
    assert!(
        ran.stdout.contains("0 errors, 2 warnings"),
        "{}",
        ran.stdout
    );
    assert_eq!(server.requests().len(), 4);
    links(&site, &[&flags[..], &["--strict"]].concat()).expect(1);
}
