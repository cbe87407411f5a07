//! Whole rounds of the generated workflows, against a repository, its clone and a web server on this machine: publishes
//! one after another, schedules with and without something to do, and everything that must stop one.

use crate::common::{SETTINGS, gangwei, git, run};
use crate::runner::{Runner, made, yaml};
use crate::web_server::Behaviour;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// A forge with the workflow that `init` writes for it.
enum Forge {
    GitHub { workflow: Value, watch: Value },
    GitLab(Value),
}

/// A repository that is published by a forge.
struct Round {
    runner: Runner,
    forge: Forge,
}

/// What starts a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Event {
    Merge,
    Daily,
    Hourly,
    /// By hand, with what is let through.
    ByHand(&'static str),
}

impl Round {
    fn on(forge: &str) -> Round {
        let (_folder, site, text) = made("zh", Some(forge));
        let mut runner = Runner::of(|origin, url| {
            let settings = SETTINGS.replace("https://a.example/", url);
            fs::write(origin.join("gangwei.yaml"), settings).expect("settings");
            fs::create_dir_all(origin.join("content/jobs")).expect("folder");
            for number in 1..=6 {
                fs::write(
                    origin.join(format!("content/jobs/J-{number}.md")),
                    posting(number),
                )
                .expect("posting");
            }
        });
        let read =
            |name: &str| yaml(&fs::read_to_string(site.join(".github").join(name)).expect(name));
        let forge = if forge == "github" {
            runner.fill_in(&Value::Null);
            runner
                .install(&read("actions/gangwei/action.yml"))
                .expect(0);
            Forge::GitHub {
                workflow: read("workflows/portal.yml"),
                watch: read("workflows/portal-watch.yml"),
            }
        } else {
            let workflow = yaml(&text);
            runner.fill_in(&workflow["variables"]);
            Forge::GitLab(workflow)
        };
        Round { runner, forge }
    }

    /// A change on the branch, by another clone.
    fn push(&self, message: &str) {
        let origin = self.origin();
        let path = origin.join("content/jobs/J-1.md");
        let text = fs::read_to_string(&path).expect("posting");
        fs::write(&path, format!("{text}\n{message}\n")).expect("posting");
        git(&origin, &["commit", "-q", "-a", "-m", message]);
    }

    fn origin(&self) -> PathBuf {
        self.runner.work().with_file_name("origin")
    }

    /// The checkout of the branch's newest commit, which the action makes on GitHub and the job itself on GitLab.
    fn check_out(&self) {
        let work = self.runner.work();
        git(&work, &["fetch", "-q", "origin"]);
        git(
            &work,
            &["checkout", "-q", "--force", "--detach", "origin/main"],
        );
    }

    /// One run as the forge makes it. The exit code of the step that ended it, and what was said.
    fn run(&mut self, event: Event) -> (i32, String) {
        let allow = match event {
            Event::ByHand(allow) => allow,
            _ => "",
        };
        let portal = match &self.forge {
            Forge::GitHub { workflow, .. } => {
                let hourly = "github.event.schedule == '35 * * * *'";
                let contexts = &mut self.runner.contexts;
                contexts.insert(hourly, (event == Event::Hourly).to_string());
                let let_through = "inputs.allow != 'nothing' && inputs.allow || ''";
                contexts.insert(let_through, allow.to_owned());
                let _ = fs::remove_file(self.runner.temp().join("output"));
                let decided = self
                    .runner
                    .step(&workflow["jobs"]["decide"], "decide whether to build");
                if decided.code != Some(0) {
                    return (decided.code.expect("code"), decided.stderr);
                }
                if self.runner.read("output") == "due=no\n" {
                    return (3, decided.stdout);
                }
                let step = match event {
                    Event::Merge | Event::ByHand(_) => "build on merge",
                    Event::Daily | Event::Hourly => "rebuild on schedule",
                };
                let built = self.runner.step(&workflow["jobs"]["publish"], step);
                if built.code != Some(0) {
                    return (built.code.expect("code"), built.stderr);
                }
                self.runner.temp().join("portal")
            }
            Forge::GitLab(workflow) => {
                let task = match event {
                    Event::Daily => "daily",
                    Event::Hourly => "hourly",
                    Event::Merge | Event::ByHand(_) => "",
                };
                let set = [("GANGWEI_TASK", task), ("GANGWEI_ALLOW", allow)];
                let set = set.map(|(name, value)| (name.to_owned(), value.to_owned()));
                self.runner.environment.extend(set);
                let ran = self.runner.job(&workflow["pages"]);
                if ran.code != Some(0) {
                    return (ran.code.expect("code"), ran.stderr);
                }
                self.runner.work().join("public")
            }
        };
        self.runner.deploy(&portal);
        (0, String::new())
    }

    /// The same, of the branch's newest commit.
    fn newest(&mut self, event: Event) -> (i32, String) {
        self.check_out();
        self.run(event)
    }

    #[track_caller]
    fn passes(&mut self, event: Event) {
        let (code, report) = self.newest(event);
        assert_eq!(code, 0, "{event:?}: {report}");
        let head = git(&self.origin(), &["rev-parse", "main"]);
        assert_eq!(self.runner.online_build()["commit"], head.as_str());
    }

    #[track_caller]
    fn stops(&mut self, event: Event, word: &str) {
        let before = crate::common::outputs(&self.runner.online());
        let (code, report) = self.newest(event);
        assert!(code != 0 && code != 3, "{event:?} passes");
        assert!(report.contains(word), "{word}: {report}");
        let after = crate::common::outputs(&self.runner.online());
        crate::common::assert_same(&before, &after, "after a stop");
    }

    fn clock(&mut self, flags: &str) {
        self.runner
            .environment
            .insert("CLOCK".to_owned(), flags.to_owned());
    }
}

fn posting(number: u32) -> String {
    format!(
        "---\ntitle: 柜员{number}\npublished: 2026-01-05\ncloses: 2099-0{number}-10\n---\n正文\n"
    )
}

const FORGES: [&str; 2] = ["github", "gitlab"];

#[test]
fn publishes_follow_each_other_and_a_schedule_without_anything_to_do_stops_early() {
    for forge in FORGES {
        let mut round = Round::on(forge);
        round.passes(Event::Merge);
        round.push("two");
        round.passes(Event::Merge);
        let (code, _) = round.newest(Event::Hourly);
        assert_eq!(code, 3, "{forge}: nothing is due");
        round.passes(Event::Daily);
        // A push whose own run was lost is published by the next hour.
        round.push("three");
        round.passes(Event::Hourly);
        let (code, _) = round.newest(Event::Hourly);
        assert_eq!(code, 3, "{forge}: nothing is due again");
    }
}

#[test]
fn a_schedule_publishes_where_a_state_has_changed() {
    for forge in FORGES {
        let mut round = Round::on(forge);
        let opens = "---\ntitle: 柜员7\npublished: 2026-01-05\nopens: 2026-06-01\ncloses: 2099-07-10\n---\n正文\n";
        fs::write(round.origin().join("content/jobs/J-7.md"), opens).expect("posting");
        git(&round.origin(), &["add", "-A"]);
        git(&round.origin(), &["commit", "-q", "-m", "seven"]);
        // What is online was built before that day, and within this one: only the state tells that it is old.
        round.clock("--as-of 2026-05-31");
        round.passes(Event::Merge);
        round.clock("");
        round.passes(Event::Hourly);
        let next = round.runner.online_build()["next_change"].to_string();
        assert!(next.contains("2099") || next.contains("2098"), "{next}");
    }
}

#[test]
fn an_old_job_that_runs_again_is_refused() {
    for forge in FORGES {
        let mut round = Round::on(forge);
        round.passes(Event::Merge);
        let old = git(&round.origin(), &["rev-parse", "main"]);
        round.push("two");
        round.passes(Event::Merge);
        // The workflow checks out the newest commit, so that even the old job publishes that.
        round.passes(Event::Merge);
        // Where somebody has changed that, the program refuses.
        git(
            &round.runner.work(),
            &["checkout", "-q", "--force", "--detach", &old],
        );
        if forge == "gitlab" {
            // There the job itself fetches the branch, so that the branch must have gone back.
            git(&round.origin(), &["reset", "-q", "--hard", &old]);
        }
        let (code, report) = round.run(Event::Merge);
        assert_eq!(code, 2, "{report}");
        assert!(report.contains("older"), "{report}");
    }
}

#[test]
fn whatever_leaves_a_doubt_about_what_is_online_stops_every_run() {
    for forge in FORGES {
        let mut round = Round::on(forge);
        round.passes(Event::Merge);
        let online = round.runner.online();
        for (behaviour, word) in [
            (Behaviour::Silent, "Nobody knows what is online"),
            (Behaviour::Status(503), "503"),
            (
                Behaviour::Redirect("https://login.example/".to_owned()),
                "login.example",
            ),
            (Behaviour::Page, "login"),
            (
                Behaviour::Half(online.clone()),
                "Nobody knows what is online",
            ),
        ] {
            round.runner.server.behave(behaviour);
            for event in [Event::Merge, Event::Hourly] {
                round.stops(event, word);
            }
        }
        round.runner.server.behave(Behaviour::Folder(online));
        round.passes(Event::Daily);
    }
}

#[test]
fn another_portal_and_a_clock_ten_years_ahead_stop_a_publish() {
    for forge in FORGES {
        let mut round = Round::on(forge);
        round.passes(Event::Merge);
        round.clock("--as-of 2136-01-01");
        round.stops(Event::Daily, "many-changes");
        round.clock("--base-url https://other.example/");
        round.stops(Event::Merge, "another portal");
        round.clock("");
        for number in 2..=6 {
            git(
                &round.origin(),
                &["rm", "-q", &format!("content/jobs/J-{number}.md")],
            );
        }
        git(&round.origin(), &["commit", "-q", "-m", "gone"]);
        round.stops(Event::Merge, "many-removals");
        round.passes(Event::ByHand("removals"));
    }
}

#[test]
fn a_rewritten_history_is_told_and_let_through_by_hand() {
    for forge in FORGES {
        let mut round = Round::on(forge);
        round.push("two");
        round.passes(Event::Merge);
        // A fresh clone, as a forge makes one: the lost commit is not in it.
        git(
            &round.origin(),
            &["commit", "-q", "--amend", "-m", "other two"],
        );
        let work = round.runner.work();
        fs::remove_dir_all(&work).expect("folder");
        let folder = work.parent().expect("folder");
        let origin = format!("file://{}", round.origin().display());
        git(folder, &["clone", "-q", &origin, "work"]);
        let (code, report) = round.newest(Event::Merge);
        assert_eq!(code, 2, "{report}");
        assert!(
            report.contains("history") && report.contains("--allow-older"),
            "{report}"
        );
        round.passes(Event::ByHand("older"));
    }
}

#[test]
fn the_watchdog_and_the_weekly_links_run() {
    for forge in FORGES {
        let mut round = Round::on(forge);
        round.passes(Event::Daily);
        let watch = |round: &Round| match &round.forge {
            Forge::GitHub { watch, .. } => round
                .runner
                .step(&watch["jobs"]["watch"], "see whether the portal is rebuilt"),
            Forge::GitLab(workflow) => round.runner.job(&workflow["watch"]),
        };
        watch(&round).expect(0);
        let links = match &round.forge {
            Forge::GitHub { watch, .. } => round
                .runner
                .step(&watch["jobs"]["links"], "try the outside links"),
            Forge::GitLab(workflow) => round.runner.job(&workflow["links"]),
        };
        links.expect(0);
        // The portal stands still.
        let mut command = gangwei();
        command
            .arg("build")
            .arg(round.runner.work())
            .arg("--out")
            .arg(round.runner.temp().join("old"));
        run(command.args(["--as-of", "2026-01-06"])).expect(0);
        round.runner.deploy(&round.runner.temp().join("old"));
        watch(&round).expect(1);
        round.runner.server.behave(Behaviour::Silent);
        watch(&round).expect(1);
    }
}
