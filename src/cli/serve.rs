//! `gangwei serve`: answers requests on this machine only, each page rendered when it is asked for.

use super::arguments::{say, site_argument};
use super::build::site_folder;
use super::progress::ProgressLine;
use super::terminal::{Ending, print_diagnostics, print_line};
use crate::diagnostic::Lang;
use crate::pipeline::{JudgingScope, Options};
use crate::serve::{Preview, listen};
use anyhow::{Context, Result};
use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::Timestamp;

/// The command and its flags.
pub(super) fn declare(lang: Lang) -> Command {
    let s = |zh, en| say(lang, zh, en);
    Command::new("serve")
        .about(s(
            "在本机预览，保存后自动刷新",
            "Preview on this machine; pages reload when a file is saved",
        ))
        .after_help(s(
            "例子：\n  gangwei serve\n  gangwei serve 站点 --port 8080",
            "Examples:\n  gangwei serve\n  gangwei serve site --port 8080",
        ))
        .arg(site_argument(lang))
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .default_value("4000")
                .hide_default_value(true)
                .value_parser(clap::value_parser!(u16))
                .help(s("端口（不写则是 4000）", "port (4000 by default)")),
        )
        .arg(
            Arg::new("poll")
                .long("poll")
                .action(ArgAction::SetTrue)
                .help(s(
                    "定时查看文件（网络磁盘上用）",
                    "look at the files now and then (for network folders)",
                )),
        )
}

/// Runs the command until it is interrupted.
pub(super) fn run(options: &ArgMatches, lang: Lang) -> Result<Ending> {
    let site = site_folder(options);
    let port = options.get_one::<u16>("port").copied().unwrap_or(4000);
    let poll = options.get_flag("poll");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("runtime")?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port))
            .await
            .with_context(|| format!("127.0.0.1:{port}"))?;
        let address = listener.local_addr().context("address")?;
        let now: Timestamp = super::machine::now();
        let build = Options {
            base_url: Some(format!("http://{address}/")),
            drafts: true,
            scope: JudgingScope::Preview,
            ..Options::of(site, now)
        };
        let report = move |diagnostics: &[crate::diagnostic::Diagnostic]| {
            print_diagnostics(diagnostics, lang);
        };
        let line = ProgressLine::start(lang);
        let preview = Preview::start(build, lang, Box::new(report), poll)?;
        drop(line);
        print_line(&match lang {
            Lang::Zh => format!("预览：http://{address}/ （按 Ctrl+C 结束）"),
            Lang::En => format!("Preview: http://{address}/ (Ctrl+C ends it)"),
        });
        listen(listener, preview).await
    })?;
    Ok(Ending::Done)
}
