//! Wrong use of the command line, explained in the user's language.

use crate::diagnostic::Lang;
use clap::error::{ContextKind, ContextValue, ErrorKind};
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
            Some(ContextValue::Strings(texts)) => texts.join("、"),
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
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} 不能是“{value}”")
        }
        ErrorKind::MissingRequiredArgument => format!("还缺：{argument}"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{argument} 的值个数不对")
        }
        ErrorKind::ArgumentConflict => format!("{argument} 写了两次，或不能和别的参数同用"),
        _ => error.to_string(),
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
