//! Arguments that several commands take, and the choice between two languages.

use super::formats::FORMATS;
use crate::diagnostic::Lang;
use clap::{Arg, ArgAction, ValueHint};

/// Chooses a wording.
pub(super) fn say(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

pub(super) fn site_argument(lang: Lang) -> Arg {
    Arg::new("site")
        .value_name(say(lang, "站点", "SITE"))
        .default_value(".")
        .hide_default_value(true)
        .value_parser(clap::value_parser!(std::path::PathBuf))
        .value_hint(ValueHint::DirPath)
        .help(say(
            lang,
            "站点所在的文件夹（不写则是当前文件夹）",
            "the site's folder (here by default)",
        ))
}

pub(super) fn threads_argument(lang: Lang) -> Arg {
    Arg::new("threads")
        .long("threads")
        .value_name("N")
        .value_parser(clap::value_parser!(usize))
        .help(say(lang, "用几个线程", "how many threads"))
}

pub(super) fn as_of_argument(lang: Lang) -> Arg {
    Arg::new("as-of")
        .long("as-of")
        .value_name(say(lang, "日期", "DATE"))
        .help(say(
            lang,
            "按哪一天计算岗位状态，例如 2026-12-01（不写则是今天）",
            "the day for which states are computed, for example 2026-12-01 (today by default)",
        ))
}

/// The format of findings.
pub(super) fn format_argument(lang: Lang) -> Arg {
    Arg::new("format")
        .long("format")
        .value_name(say(lang, "格式", "FORMAT"))
        .value_parser(FORMATS)
        .hide_possible_values(true)
        .help(say(
            lang,
            "text（给人看）、json、sarif、github 或 gitlab",
            "text, for people, or json, sarif, github or gitlab",
        ))
}

/// Whether warnings count as errors.
pub(super) fn strict_argument(lang: Lang) -> Arg {
    Arg::new("strict")
        .long("strict")
        .action(ArgAction::SetTrue)
        .help(say(lang, "有警告也算不通过", "warnings count as errors"))
}
