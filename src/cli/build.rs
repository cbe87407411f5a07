//! `gangwei build`.

use super::arguments::{as_of_argument, say, site_argument, threads_argument};
use super::progress::ProgressLine;
use super::published;
use super::terminal::{Ending, print_diagnostics, print_line};
use crate::diagnostic::{Diagnostic, Lang, Severity, Text, visible};
use crate::fields::Day;
use crate::kinds::Config;
use crate::pipeline::timings::{Timings, peak_memory};
use crate::pipeline::{self, AsOf, Options, Outcome};
use crate::say;
use crate::site::{ResolvedDocument, State, state_at};
use anyhow::{Context, Result, bail};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use jiff::Timestamp;
use std::path::PathBuf;

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    let flag = |name: &'static str, zh, en| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(s(zh, en))
    };
    Command::new("build")
        .about(s("生成门户", "Build the portal"))
        .after_help(s(
            "例子：\n  gangwei build\n  gangwei build 站点 --out /srv/portal --base-url https://hr.example.com/\n  gangwei build --as-of 2026-12-01     看看那一天的样子\n  gangwei build --published https://hr.example.com/     和已经上线的比，不倒退",
            "Examples:\n  gangwei build\n  gangwei build site --out /srv/portal --base-url https://hr.example.com/\n  gangwei build --as-of 2026-12-01     how it will look on that day\n  gangwei build --published https://hr.example.com/     never goes back behind what is online",
        ))
        .arg(site_argument(lang))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name(s("文件夹", "DIR"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::DirPath)
                .help(s("门户放在哪里（不写则是站点里的 public）", "where the portal goes (SITE/public by default)")),
        )
        .arg(Arg::new("base-url").long("base-url").value_name(s("网址", "URL")).help(s("门户的网址，代替设置里的", "the portal's URL, instead of the settings'")))
        .arg(as_of_argument(lang))
        .arg(
            Arg::new("previous")
                .long("previous")
                .value_name(s("文件夹", "DIR"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::DirPath)
                .help(s("以前生成的门户；另写 changes.json，列出新开、改动和截止的岗位", "an earlier portal; changes.json then lists what opened, changed and closed since")),
        )
        .args(published::arguments(lang))
        .arg(flag("drafts", "草稿也生成", "include drafts"))
        .arg(flag("strict", "有警告也不发布", "warnings stop the build too"))
        .arg(flag("portable", "生成可以直接从磁盘或共享文件夹打开的门户", "a portal that opens from a disk or a shared folder"))
        .arg(flag("allow-removals", "这次可以删去很多页面", "this publish may remove many pages"))
        .arg(flag("scheduled", "定时重建：只报告因时间到了而出现的问题，不因此失败", "scheduled rebuild: report what time alone caused without failing"))
        .arg(threads_argument(lang))
        .arg(
            Arg::new("timings")
                .long("timings")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("text")
                .value_name("json")
                .value_parser(["text", "json"])
                .hide_possible_values(true)
                .help(s("显示各阶段用时（=json 输出一个 JSON 对象）", "show the time of each stage (=json: one JSON object)")),
        )
}

/// Runs the command.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let mut timings = Timings::start();
    let site = site_folder(options);
    let mut build = Options {
        out: options
            .get_one::<PathBuf>("out")
            .cloned()
            .unwrap_or_else(|| site.join("public")),
        base_url: options.get_one::<String>("base-url").cloned(),
        as_of: options
            .get_one::<String>("as-of")
            .map(|text| parse_as_of(text))
            .transpose()?,
        previous: options.get_one::<PathBuf>("previous").cloned(),
        drafts: options.get_flag("drafts"),
        strict: options.get_flag("strict"),
        portable: options.get_flag("portable"),
        allow_removals: options.get_flag("allow-removals"),
        scheduled: options.get_flag("scheduled"),
        ..Options::of(site, super::machine::now())
    };
    published::compare(options, &mut build, lang)?;
    super::interrupt::watch(lang);
    let line = ProgressLine::start(lang);
    let progress = |work, done, total| line.show(work, done, total);
    let outcome = match options.get_one::<usize>("threads") {
        Some(&threads) => {
            pool(threads)?.install(|| pipeline::build(&build, &mut timings, &progress))?
        }
        None => pipeline::build(&build, &mut timings, &progress)?,
    };
    drop(line);
    print_diagnostics(&outcome.diagnostics, lang);
    report(&outcome, &timings, build.strict, lang);
    if let Some(format) = options.get_one::<String>("timings") {
        print_timings(&outcome, &timings, format == "json");
    }
    Ok(match outcome.published {
        Some(_) => Ending::Done,
        None => Ending::Faults,
    })
}

/// The workers that `--threads` asks for.
pub(super) fn pool(threads: usize) -> Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .context("--threads")
}

/// The site's folder: the one named, or this one.
pub(super) fn site_folder(options: &ArgMatches) -> PathBuf {
    options
        .get_one::<PathBuf>("site")
        .cloned()
        .unwrap_or_else(|| ".".into())
}

/// Reads `2026-12-01` or a date-time with offset.
pub(super) fn parse_as_of(text: &str) -> Result<AsOf> {
    if text.len() == 10
        && let Ok(date) = text.parse::<jiff::civil::Date>()
    {
        return Ok(AsOf::Day(Day(date)));
    }
    match text.parse::<Timestamp>() {
        Ok(time) => Ok(AsOf::Exact(time)),
        Err(_) => bail!(say!(
            "--as-of {text}：写成 2026-12-01，或带时区的时间 2026-12-01T09:00:00+08:00",
            "--as-of {text}: write 2026-12-01, or a time with its offset, 2026-12-01T09:00:00+08:00"
        )),
    }
}

/// The closing line, and when to publish again.
fn report(outcome: &Outcome, timings: &Timings, strict: bool, lang: Lang) {
    let Some((published, portal)) = outcome.published.as_ref().zip(outcome.portal.as_ref()) else {
        let blocks = |found: &&Diagnostic| match found.severity {
            Severity::Error => true,
            Severity::Warning => strict,
            Severity::Note => false,
        };
        let errors = outcome.diagnostics.iter().filter(blocks).count();
        super::terminal::error_line(&match lang {
            Lang::Zh => format!("没有发布：有 {errors} 处要改，原来的门户没有动。"),
            Lang::En => {
                format!("Nothing was published: {errors} to repair; the portal is as it was.")
            }
        });
        return;
    };
    if published.resumed {
        let text = say!(
            "上次发布没有做完，这次已经接着做完。",
            "The last publish had been interrupted; this one finished it first."
        );
        super::terminal::error_line(text.get(lang));
    }
    report_edited(&published.edited, lang);
    let documents = portal.source().documents.len();
    let seconds = timings.seconds();
    print_line(&match lang {
        Lang::Zh => format!(
            "已生成 {} 个文件（{documents} 篇内容），用时 {seconds:.2} 秒。",
            published.files
        ),
        Lang::En => format!(
            "Built {} files ({documents} documents) in {seconds:.2} s.",
            published.files
        ),
    });
    let Some((time, document)) = portal.source().next_change else {
        return;
    };
    let zoned = time.to_zoned(portal.source().config.time_zone.clone());
    let when = match lang {
        Lang::Zh => zoned.strftime("%-m月%-d日 %H:%M").to_string(),
        Lang::En => zoned.strftime("%-d %B %H:%M").to_string(),
    };
    // A scheduled document is not named: the line may be read by people who must not know of it yet.
    let Some(index) = document else {
        print_line(&match lang {
            Lang::Zh => format!("请在 {when} 后重新发布。"),
            Lang::En => format!("Publish again after {when}."),
        });
        return;
    };
    let resolved = &portal.source().documents[index];
    let id = visible(&resolved.document.id.id);
    let what = what_changes(resolved, time, &portal.source().config);
    print_line(&match lang {
        Lang::Zh => format!("请在 {when} 后重新发布：{id} 到那时{}。", what.zh),
        Lang::En => format!("Publish again after {when}: {id} {} then.", what.en),
    });
}

/// What becomes of a document at the moment of its next change.
fn what_changes(resolved: &ResolvedDocument, time: Timestamp, config: &Config) -> Text {
    let document = &resolved.document;
    let kind = document.body.as_kind();
    let takes_applications = kind.window().closes.is_some() || kind.window().opens.is_some();
    let closes = kind
        .window()
        .closes
        .map(|closes| closes.day(&config.time_zone).0);
    match (state_at(document, time, config, None).0, takes_applications) {
        // Another document takes its place then.
        (state, _) if state == resolved.state => say!("被取代", "is superseded"),
        (State::Soon, true) => {
            let (zh, en) = closes.map_or((String::new(), String::new()), |day| {
                let zh = format!("（{} 截止）", day.strftime("%-m月%-d日"));
                (zh, format!(" ({})", day.strftime("%-d %B")))
            });
            say!("变成“即将截止”{zh}", "is closing soon{en}")
        }
        (State::Open, true) => say!("开始报名", "opens"),
        (State::Closed, true) => say!("截止", "closes"),
        (State::Soon, false) => say!("快要失效", "is about to end"),
        (State::Open, false) => say!("生效", "takes effect"),
        (State::Closed, false) => say!("失效", "ends"),
        (State::Archived, _) => say!("归档", "is archived"),
        (State::Withdrawn, _) => say!("撤回", "is withdrawn"),
        (State::Scheduled | State::Announced, _) => say!("状态改变", "changes its state"),
    }
}

/// Names files of the target that somebody changed by hand.
fn report_edited(edited: &[String], lang: Lang) {
    if edited.is_empty() {
        return;
    }
    let named: Vec<_> = edited.iter().take(10).map(|path| visible(path)).collect();
    let count = edited.len();
    super::terminal::error_line(&match lang {
        Lang::Zh => format!(
            "注意：有 {count} 个文件在上次发布后被人直接改过，现在又照内容写了一遍；要改，请改 content/ 里的原文。\n  {}",
            named.join("\n  ")
        ),
        Lang::En => format!(
            "Note: {count} files were changed by hand since the last publish and are again as the content has them; change the documents in content/ instead.\n  {}",
            named.join("\n  ")
        ),
    });
}

#[expect(clippy::cast_precision_loss, reason = "people read megabytes")]
fn print_timings(outcome: &Outcome, timings: &Timings, json: bool) {
    let published = outcome.published.clone().unwrap_or_default();
    let documents = outcome
        .portal
        .as_ref()
        .map_or(0, |portal| portal.source().documents.len());
    if json {
        super::terminal::error_line(
            &serde_json::json!({
                "stages": timings.stages(),
                "wall_ms": (timings.seconds() * 10_000.0).round() / 10.0,
                "documents": documents,
                "outputs": published.files,
                "changed": published.changed,
                "removed": published.removed,
                "bytes": published.bytes,
                "peak_memory": peak_memory(),
            })
            .to_string(),
        );
        return;
    }
    for stage in timings.stages() {
        let cpu = stage
            .cpu_ms
            .map(|cpu| format!("  CPU {cpu:>9.1} ms"))
            .unwrap_or_default();
        super::terminal::error_line(&format!(
            "{:>8}  {:>9.1} ms{cpu}",
            stage.stage, stage.wall_ms
        ));
    }
    let peak = peak_memory()
        .map(|bytes| format!(", peak {:.0} MB", bytes as f64 / 1e6))
        .unwrap_or_default();
    super::terminal::error_line(&format!(
        "{documents} documents, {} files ({} changed, {} removed), {:.1} MB{peak}",
        published.files,
        published.changed,
        published.removed,
        published.bytes as f64 / 1e6
    ));
}
