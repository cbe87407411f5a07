//! Wrong use of the command line, explained in the user's language.

use crate::diagnostic::Lang;
use crate::text::is_han;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::process::ExitCode;

/// Prints what was wrong with the arguments, or the help that was asked for.
pub(super) fn explain(error: &clap::Error, lang: Lang) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    match lang {
        Lang::En => {
            let _ = error.print();
        }
        Lang::Zh => super::terminal::error_line(&format!(
            "{}\n\n用 gangwei --help 查看用法。",
            in_chinese(error)
        )),
    }
    ExitCode::from(2)
}

fn in_chinese(error: &clap::Error) -> String {
    let context = |kind: ContextKind| -> String {
        match error.get(kind) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(texts)) => match kind {
                ContextKind::ValidValue => chinese_values(texts).join("、"),
                // What it may mean stands in quotation marks.
                _ => texts.join("”或“"),
            },
            Some(ContextValue::StyledStr(text)) => text.to_string(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let mut text = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要有值"),
        ErrorKind::InvalidValue => format!("{argument} 不能是“{value}”"),
        ErrorKind::ValueValidation => {
            let reason = error.source().map_or("", reason_in_chinese);
            format!("{argument} 不能是“{value}”{reason}")
        }
        ErrorKind::MissingRequiredArgument => format!("还缺：{argument}"),
        ErrorKind::TooManyValues => format!("{argument} 后面写的值太多了，去掉“{value}”"),
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{argument} 的值个数不对")
        }
        ErrorKind::NoEquals => format!("{argument} 的值要用等号连着写"),
        ErrorKind::InvalidUtf8 => "参数里有读不出来的字符；换一个终端编码，或改文件名".to_owned(),
        ErrorKind::MissingSubcommand => "还没写要做什么".to_owned(),
        ErrorKind::ArgumentConflict => format!("{argument} 写了两次，或不能和别的参数同用"),
        _ => "参数写得不对".to_owned(),
    };
    let suggestions = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .map(context);
    if let Some(near) = suggestions.iter().find(|near| !near.is_empty()) {
        text.push_str(&format!("。是不是“{near}”？"));
    }
    let valid = context(ContextKind::ValidValue);
    if !valid.is_empty() {
        text.push_str(&format!("\n可选：{valid}"));
    }
    text
}

/// The values that may be written: the Chinese ones where there are some, since they stand beside the same in English.
fn chinese_values(values: &[String]) -> Vec<&str> {
    let all = values.iter().map(String::as_str);
    let chinese: Vec<&str> = all
        .clone()
        .filter(|value| value.chars().any(is_han))
        .collect();
    if chinese.is_empty() {
        all.collect()
    } else {
        chinese
    }
}

/// Why a value cannot be read, for the kinds of values that arguments have.
fn reason_in_chinese(error: &(dyn std::error::Error + 'static)) -> &'static str {
    use std::num::{IntErrorKind, ParseIntError};
    match error
        .downcast_ref::<ParseIntError>()
        .map(ParseIntError::kind)
    {
        Some(IntErrorKind::PosOverflow) => "：数太大了",
        Some(_) => "：这里写整数",
        // Numbers with bounds, as a port is, give a text of their own in English.
        None => "：不在允许的范围里",
    }
}
