//! A Chinese full stop where a decimal point belongs: 2685。9万元. Enters: folded text. Leaves: findings, each with its
//! repair. A stop that could end a sentence is left alone.

use super::numbers::stop_fraction;
use super::passages::is_point;
use crate::diagnostic::Fix;
use crate::rules::{Finding, Subject};
use crate::say;

/// Full stops that stand for a decimal point.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let text = &subject.text.text;
    text.match_indices('。')
        .filter(|(at, _)| is_point(text, *at))
        .filter_map(|(at, stop)| {
            let after = at + stop.len();
            let fraction = stop_fraction(&text[at..])?;
            // A number of a thousand digits would only fill the terminal.
            let whole = text[..at].bytes().rev().take(12);
            let whole = whole.take_while(u8::is_ascii_digit).count();
            let written = subject.text.written(at - whole..after + fraction);
            let right = format!(
                "{}.{}",
                &text[at - whole..at],
                &text[after..after + fraction]
            );
            let span = subject.text.span(at..after);
            let message = say!(
                "“{written}”里的小数点写成了句号，应为 {right}",
                "`{written}` has a full stop for a decimal point; it should be {right}"
            );
            let mut finding = Finding::new(span, message);
            finding.fix = Some(Fix {
                span,
                text: ".".to_owned(),
            });
            Some(finding)
        })
        .collect()
}
