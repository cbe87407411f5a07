//! Writing: dangerous targets are refused, faults leave the target as it was, what was interrupted is finished, and
//! every file is whole at every moment.

use crate::common::{self, Site, assert_same, copy_folder, outputs, run};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

fn page(id: &str, text: &str) -> (String, String) {
    (
        format!("content/articles/{id}.md"),
        format!("---\ntitle: 题{id}\npublished: 2026-01-05\n---\n{text}\n"),
    )
}

fn site() -> Site {
    Site::new([
        ("gangwei.yaml".to_owned(), common::SETTINGS.to_owned()),
        page("a", "甲"),
        page("b", "乙"),
    ])
}

/// Everything around the site and in it.
fn everything(site: &Site) -> BTreeMap<String, Vec<u8>> {
    outputs(site.around())
}

/// What is wrong with building a fresh site into a target, where it is not refused.
fn complaint(target: impl Fn(&Site) -> PathBuf, prepare: impl Fn(&Site)) -> Option<String> {
    let site = site();
    prepare(&site);
    let out = target(&site);
    let before = everything(&site);
    let ran = run(&mut build_into(&site, &out));
    let shown = out
        .strip_prefix(site.around())
        .unwrap_or(&out)
        .display()
        .to_string();
    if ran.code != Some(2) {
        return Some(format!("{shown}: exit {:?}, {}", ran.code, ran.stdout));
    }
    if ran.stderr.trim().is_empty() {
        return Some(format!("{shown}: no word of why"));
    }
    let after = everything(&site);
    let changed: Vec<&String> = after
        .keys()
        .filter(|path| before.get(*path) != after.get(*path))
        .collect();
    (before != after).then(|| format!("{shown}: refused, but {changed:?} changed"))
}

#[test]
fn dangerous_targets_are_refused_and_nothing_changes() {
    // The link leads to the site from outside it.
    let targets = [
        "site",
        "site/../site",
        "site/.",
        "",
        "site/content",
        "site/content/articles",
        "site/content/new/folder",
        "site/content/../content",
        "site/static",
        "site/static/portal",
        "link",
        "link/content",
        "foreign",
        "file",
        "file/below",
    ];
    let complaints: Vec<String> = targets
        .iter()
        .filter_map(|target| complaint(|site| site.around().join(target), surroundings))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert_eq!(complaint(|_| PathBuf::from("/"), surroundings), None);
    assert!(!Path::new("/.gangwei").exists());
}

#[test]
fn a_manifest_in_it_makes_no_target_of_the_site_or_a_folder_above() {
    // In `static/` a manifest is a fault of the content, which stops the build before any target is looked at.
    let manifest = |site: &Site| {
        site.outputs();
        for folder in ["", "site", "site/content"] {
            let folder = site.around().join(folder);
            fs::create_dir_all(&folder).expect("folder");
            fs::copy(
                site.out().join("manifest.json"),
                folder.join("manifest.json"),
            )
            .expect("manifest");
        }
    };
    let complaints: Vec<String> = ["", "site", "site/content"]
        .iter()
        .filter_map(|target| complaint(|site| site.around().join(target), manifest))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_file_in_the_place_of_the_manifest_is_a_fault_and_the_target_stays() {
    let site = site();
    let before = site.outputs();
    site.write("static/manifest.json", "{}");
    let ran = site.build(&[]).expect(1);
    assert!(ran.stderr.contains("shared-address"), "{}", ran.stderr);
    assert_same(&before, &outputs(&site.out()), "the target");
}

#[test]
fn targets_that_are_not_there_yet_are_refused_by_where_they_would_be() {
    // The system resolves no path that does not exist, so that links and `..` in it must not hide where it leads.
    let targets = ["link/content/portal", "site/nowhere/../content/portal"];
    let complaints: Vec<String> = targets
        .iter()
        .filter_map(|target| complaint(|site| site.around().join(target), surroundings))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn surroundings(site: &Site) {
    site.write("static/a.txt", "甲");
    fs::create_dir_all(site.around().join("foreign")).expect("folder");
    fs::write(site.around().join("foreign/kept.txt"), "kept").expect("file");
    fs::write(site.around().join("file"), "kept").expect("file");
    std::os::unix::fs::symlink(site.path(), site.around().join("link")).expect("link");
}

#[test]
fn a_manifest_of_something_else_is_refused() {
    // Not even the lock of the attempt may stay there.
    let foreign = |site: &Site| {
        fs::create_dir_all(site.out()).expect("folder");
        fs::write(
            site.out().join("manifest.json"),
            "{\"name\": \"web app\", \"icons\": []}",
        )
        .expect("file");
        fs::write(site.out().join("index.html"), "theirs").expect("file");
    };
    assert_eq!(complaint(Site::out, foreign), None);
}

#[test]
fn faults_leave_the_target_byte_for_byte() {
    let site = site();
    let before = site.outputs();
    site.write("content/articles/bad.md", "---\ntitle: [\n---\n");
    site.build(&[]).expect(1);
    assert_same(&before, &outputs(&site.out()), "after a fault");
    assert!(!site.out().join(".gangwei").exists());
    fs::remove_dir_all(site.out()).expect("out");
    site.build(&[]).expect(1);
    assert!(!site.out().exists(), "a faulty site made a target");
}

#[test]
fn warnings_under_strict_leave_the_target_byte_for_byte() {
    let site = site();
    let before = site.outputs();
    site.write(
        "content/articles/c.md",
        "---\ntitle: 丙\npublished: 2026-01-05\n---\n[x](javascript:alert(1))\n",
    );
    site.build(&["--strict"]).expect(1);
    assert_same(&before, &outputs(&site.out()), "under --strict");
    site.build(&[]).expect(0);
    assert!(site.out().join("articles/c/index.html").is_file());
}

#[test]
fn a_removed_document_goes_with_its_empty_folders_and_foreign_files_stay() {
    let site = site();
    site.outputs();
    fs::write(site.out().join("foreign.txt"), "theirs").expect("file");
    fs::write(site.out().join("articles/b/foreign.txt"), "theirs").expect("file");
    site.remove("content/articles/a.md");
    site.remove("content/articles/b.md");
    site.write("content/pages/about.md", "---\ntitle: 丙\n---\n丙\n");
    site.build(&["--allow-removals"]).expect(0);
    let after = outputs(&site.out());
    assert!(!site.out().join("articles/a").exists());
    assert!(!after.contains_key("articles/b/index.html"));
    assert_eq!(after["foreign.txt"], b"theirs");
    assert_eq!(after["articles/b/foreign.txt"], b"theirs");
    assert!(!site.out().join(".gangwei").exists());
}

#[test]
fn unchanged_files_are_not_written_again() {
    let site = site();
    let built = site.outputs();
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in built.keys() {
        fs::File::options()
            .write(true)
            .open(site.out().join(path))
            .expect("file")
            .set_modified(old)
            .expect("time");
    }
    site.write("content/articles/b.md", page("b", "改").1);
    let after = site.outputs();
    let touched: Vec<&String> = after
        .keys()
        .filter(|path| {
            fs::metadata(site.out().join(path))
                .expect("file")
                .modified()
                .expect("time")
                != old
        })
        .collect();
    let changed: Vec<&String> = after
        .keys()
        .filter(|path| built.get(*path) != after.get(*path))
        .collect();
    assert!(!changed.is_empty() && changed.contains(&&"articles/b/index.html".to_owned()));
    assert_eq!(touched, changed);
}

#[test]
fn a_file_that_was_damaged_is_repaired() {
    let site = site();
    let built = site.outputs();
    fs::write(site.out().join("articles/a/index.html"), "damaged").expect("file");
    fs::write(site.out().join("jobs.json"), "damaged").expect("file");
    fs::remove_file(site.out().join("articles/b/index.html")).expect("file");
    assert_same(&built, &site.outputs(), "repaired");
}

#[test]
fn a_foreign_file_in_an_outputs_place_is_refused_and_left_alone() {
    let site = site();
    let before = site.outputs();
    fs::create_dir_all(site.out().join("articles/c")).expect("folder");
    fs::write(site.out().join("articles/c/index.html"), "theirs").expect("file");
    site.write("content/articles/c.md", page("c", "丙").1);
    let ran = site.build(&[]).expect(2);
    assert!(
        ran.stderr.contains("articles/c/index.html"),
        "{}",
        ran.stderr
    );
    let mut after = outputs(&site.out());
    assert_eq!(
        after.remove("articles/c/index.html").as_deref(),
        Some(&b"theirs"[..])
    );
    assert_same(&before, &after, "after a refusal");
    assert!(!site.out().join(".gangwei").exists());
}

#[test]
fn nothing_is_written_or_removed_through_a_link_in_the_target() {
    let site = site();
    site.outputs();
    let outside = site.around().join("outside");
    let expect_refused = |link: &str| {
        let before = files_of(&outside);
        let ran = site.build(&[]).expect(2);
        assert!(ran.stderr.contains(link), "{}", ran.stderr);
        assert_eq!(before, files_of(&outside), "{link}");
    };
    // A page that changes, one that goes, and one that comes.
    change(&site);
    for folder in ["articles/a", "articles/b", "articles"] {
        let (own, aside) = (site.out().join(folder), site.around().join("aside"));
        fs::rename(&own, &aside).expect("folder");
        fs::create_dir_all(outside.join("a")).expect("folder");
        fs::write(outside.join("index.html"), "theirs").expect("file");
        symlink(&outside, &own).expect("link");
        expect_refused(folder);
        fs::remove_file(&own).expect("link");
        fs::rename(&aside, &own).expect("folder");
    }
    fs::write(outside.join("lock"), "theirs").expect("file");
    fs::create_dir_all(outside.join("stage")).expect("folder");
    fs::write(outside.join("stage/a"), "theirs").expect("file");
    symlink(&outside, site.out().join(".gangwei")).expect("link");
    expect_refused(".gangwei");
    fs::remove_file(site.out().join(".gangwei")).expect("link");
    fs::create_dir(site.out().join(".gangwei")).expect("folder");
    for name in ["lock", "journal.new"] {
        let link = site.out().join(".gangwei").join(name);
        symlink(outside.join("index.html"), &link).expect("link");
        expect_refused(name);
        fs::remove_file(link).expect("link");
    }
    site.outputs();
}

fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = all.filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().display().to_string();
        (path, fs::read(entry.path()).expect("file"))
    };
    files.map(read).collect()
}

/// The outputs of the site before and after a change.
fn two_versions(site: &Site) -> [BTreeMap<String, Vec<u8>>; 2] {
    let old = site.outputs();
    fs::remove_dir_all(site.out()).expect("out");
    change(site);
    let new = site.outputs();
    fs::remove_dir_all(site.out()).expect("out");
    [old, new]
}

fn change(site: &Site) {
    site.write("content/articles/a.md", page("a", "改").1);
    site.write("content/articles/c.md", page("c", "丙").1);
    site.remove("content/articles/b.md");
}

fn write_all(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let full = folder.join(path);
        fs::create_dir_all(full.parent().expect("parent")).expect("folder");
        fs::write(full, bytes).expect("file");
    }
}

#[test]
fn an_interrupted_publish_is_finished_by_the_next_run() {
    let site = site();
    let [old, new] = two_versions(&site);
    let changed: BTreeMap<String, Vec<u8>> = new
        .iter()
        .filter(|(path, bytes)| old.get(*path) != Some(bytes))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    let mut moves: Vec<&String> = changed
        .keys()
        .filter(|path| *path != "manifest.json")
        .collect();
    moves.sort_by_key(|path| path.ends_with(".html"));
    let manifest = "manifest.json".to_owned();
    moves.push(&manifest);
    let removals: Vec<&String> = old.keys().filter(|path| !new.contains_key(*path)).collect();
    let steps = moves.len() + removals.len();
    assert!(moves.len() > 4 && !removals.is_empty());
    for done in 0..=steps {
        let _ = fs::remove_dir_all(site.out());
        write_all(&site.out(), &old);
        let work = site.out().join(".gangwei");
        write_all(&work.join("stage"), &changed);
        fs::write(work.join("lock"), "").expect("lock");
        fs::write(
            work.join("journal.json"),
            serde_json::json!({ "moves": moves, "removals": removals }).to_string(),
        )
        .expect("journal");
        for path in moves.iter().take(done) {
            let to = site.out().join(path);
            fs::create_dir_all(to.parent().expect("parent")).expect("folder");
            fs::rename(work.join("stage").join(path), to).expect("move");
        }
        for path in removals.iter().take(done.saturating_sub(moves.len())) {
            fs::remove_file(site.out().join(path)).expect("removal");
        }
        assert_same(
            &new,
            &site.outputs(),
            &format!("interrupted after {done} of {steps} steps"),
        );
        assert!(!work.exists());
    }
}

#[test]
fn an_interrupted_first_publish_is_finished_by_the_next_run() {
    let site = site();
    let whole = site.outputs();
    let tops: Vec<String> = fs::read_dir(site.out())
        .expect("out")
        .map(|entry| {
            entry
                .expect("entry")
                .file_name()
                .into_string()
                .expect("name")
        })
        .collect();
    for done in [1, tops.len() / 2, tops.len() - 1] {
        fs::remove_dir_all(site.out()).expect("out");
        let stage = site.out().join(".gangwei/stage");
        write_all(&stage, &whole);
        // The manifest is always the last.
        let mut moves: Vec<&String> = tops.iter().filter(|top| *top != "manifest.json").collect();
        let manifest = "manifest.json".to_owned();
        moves.push(&manifest);
        fs::write(
            site.out().join(".gangwei/journal.json"),
            serde_json::json!({ "moves": moves, "removals": [] }).to_string(),
        )
        .expect("journal");
        for top in &moves[..done] {
            fs::rename(stage.join(top), site.out().join(top)).expect("move");
        }
        assert_same(
            &whole,
            &site.outputs(),
            &format!("interrupted after {done}"),
        );
    }
}

#[test]
fn leftovers_of_a_build_that_had_not_begun_to_publish_are_dropped() {
    let site = site();
    let before = site.outputs();
    fs::create_dir_all(site.out().join(".gangwei/stage/articles")).expect("folder");
    fs::write(site.out().join(".gangwei/stage/articles/x.html"), "half").expect("file");
    fs::write(site.out().join(".gangwei/journal.new"), "{\"mov").expect("file");
    assert_same(&before, &site.outputs(), "with leftovers");
    assert!(!site.out().join(".gangwei").exists());
}

/// Two sites, each a version of one portal, with many changed pages, and their clean outputs.
fn versions() -> ([Site; 2], [BTreeMap<String, Vec<u8>>; 2]) {
    let make = |version: usize| {
        let pages = (0..120)
            .filter(move |number| number % 10 != version)
            .map(move |number| page(&format!("p{number}"), &format!("第{version}版").repeat(200)));
        Site::new(
            [("gangwei.yaml".to_owned(), common::SETTINGS.to_owned())]
                .into_iter()
                .chain(pages),
        )
    };
    let sites = [make(0), make(1)];
    let clean = [sites[0].outputs(), sites[1].outputs()];
    (sites, clean)
}

fn build_into(site: &Site, out: &Path) -> std::process::Command {
    let mut command = common::gangwei();
    command
        .arg("build")
        .arg(site.path())
        .arg("--out")
        .arg(out)
        .args(["--as-of", "2026-12-01", "--lang", "en"]);
    command
}

/// How many builds are killed at work: 20, or what `GANGWEI_KILLS` says.
fn kills() -> usize {
    std::env::var("GANGWEI_KILLS")
        .map_or(20, |text| text.parse().expect("GANGWEI_KILLS is a number"))
}

#[test]
fn a_killed_build_leaves_every_file_whole_and_the_next_build_right() {
    let (sites, clean) = versions();
    let out = sites[0].around().join("killed");
    run(&mut build_into(&sites[0], &out)).expect(0);
    // A whole build's time spreads the kills over all of it.
    let start = std::time::Instant::now();
    run(&mut build_into(&sites[1], &out)).expect(0);
    let mut whole = start.elapsed().as_micros() as u64;
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let kills = kills();
    let (mut interrupted, mut finished, mut round) = (0, 0, 0);
    // Some builds end before the moment of their kill; those do not count.
    while interrupted < kills {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        // Late moments are the interesting ones: the publish is the last quarter.
        let delay = whole / 2 + seed % (whole * 3 / 4);
        let mut child = build_into(&sites[round % 2], &out)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("spawn");
        std::thread::sleep(Duration::from_micros(delay));
        let _ = child.kill();
        let ended = child.wait().expect("wait");
        // How long a build takes changes with what else the machine does: the moments follow it.
        if ended.success() {
            whole -= whole / 10;
        } else {
            interrupted += 1;
            whole += whole / 20;
        }
        for (path, bytes) in outputs(&out)
            .into_iter()
            .filter(|(path, _)| !path.starts_with(".gangwei/"))
        {
            let whole = clean
                .iter()
                .any(|version| version.get(&path) == Some(&bytes));
            assert!(
                whole,
                "round {round}, after {delay} µs: {path} is neither the old nor the new one"
            );
        }
        // In the other rounds a kill meets what an earlier kill left.
        if round % 3 == 2 {
            run(&mut build_into(&sites[round % 2], &out)).expect(0);
            let what = format!("round {round}: the build after the kill");
            assert_same(&clean[round % 2], &outputs(&out), &what);
            finished += 1;
        }
        round += 1;
        assert!(
            round <= 20 + 4 * kills,
            "only {interrupted} of {round} builds were killed at work"
        );
    }
    println!(
        "{interrupted} of {round} builds were killed at work, {finished} builds after a kill compared"
    );
    run(&mut build_into(&sites[0], &out)).expect(0);
    assert_same(&clean[0], &outputs(&out), "after all the kills");
    assert!(!out.join(".gangwei").exists());
}

#[test]
fn two_builds_at_once_never_mix() {
    let (sites, clean) = versions();
    for round in 0..12 {
        let out = sites[0].around().join("both");
        let _ = fs::remove_dir_all(&out);
        if round % 2 == 0 {
            copy_folder(&sites[round / 2 % 2].out(), &out);
        }
        let children: Vec<_> = sites
            .iter()
            .map(|site| {
                build_into(site, &out)
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .expect("spawn")
            })
            .collect();
        let ran: Vec<common::Ran> = children
            .into_iter()
            .map(|child| common::Ran::of(&child.wait_with_output().expect("wait")))
            .collect();
        let codes: Vec<Option<i32>> = ran.iter().map(|ran| ran.code).collect();
        assert!(
            codes.contains(&Some(0)) && codes.iter().all(|code| matches!(code, Some(0 | 2))),
            "round {round}: {ran:?}"
        );
        let built = outputs(&out);
        assert!(
            clean.contains(&built),
            "round {round}: a mixed portal with {codes:?}"
        );
    }
}

#[test]
fn a_folder_of_static_that_is_called_static_keeps_its_name() {
    let site = site();
    site.write("static/static/a.css", "a{}");
    site.write("static/b.txt", "b");
    let built = site.outputs();
    assert!(built.contains_key("static/a.css") && built.contains_key("b.txt"));
    assert!(!built.contains_key("a.css"));
}
