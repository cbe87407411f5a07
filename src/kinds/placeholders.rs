//! What a new site states of a bank until somebody writes the bank's own: the one list for `gangwei init`, which writes
//! these texts, and for builds, which never publish them. Enters: the settings. Leaves: a fault at each text still there.

use super::{Config, KEYS};
use crate::diagnostic::{Diagnostic, Severity, Sink, Text};
use crate::say;
use crate::text::Span;
use crate::yaml::{Key, Node, Value, parse_yaml};

/// One text of a new site's settings that is no bank's own.
#[derive(Debug)]
pub struct Placeholder {
    /// The key by which `gangwei init` fills it in: `base_url`.
    pub name: &'static str,
    /// The Chinese and English keys that lead to it, the outermost first.
    pub path: &'static [(&'static str, &'static str)],
    /// The text of a Chinese site.
    pub zh: &'static str,
    /// The text of an English site.
    pub en: &'static str,
    /// What belongs there, in both languages.
    wanted: (&'static str, &'static str),
}

/// All of them, in the order of the settings.
pub const PLACEHOLDERS: &[Placeholder] = &[
    Placeholder {
        name: "name",
        path: &[("机构", "organization"), ("名称", "name")],
        zh: "示例银行",
        en: "Sample Bank",
        wanted: ("贵行的简称", "the bank's own name"),
    },
    Placeholder {
        name: "legal_name",
        path: &[("机构", "organization"), ("法定名称", "legal_name")],
        zh: "示例银行股份有限公司",
        en: "Sample Bank Limited",
        wanted: (
            "营业执照上的全称，或者删去这一行",
            "the registered name, or delete the line",
        ),
    },
    Placeholder {
        name: "base_url",
        path: &[("网址", "base_url")],
        zh: "https://portal.example.com/",
        en: "https://portal.example.com/",
        wanted: ("门户上线后的网址", "the URL at which the portal will be"),
    },
    Placeholder {
        name: "email",
        path: &[("应聘方式", "apply"), ("邮箱", "email")],
        zh: "recruitment@example.com",
        en: "recruitment@example.com",
        wanted: (
            "收简历的邮箱，或者改写网申的“网址”",
            "the address that takes applications, or the `url` of a form instead",
        ),
    },
    Placeholder {
        name: "contact",
        path: &[("应聘方式", "apply"), ("咨询电话", "contact")],
        zh: "010-5550-0100",
        en: "2555-0100",
        wanted: (
            "贵行的咨询电话，或者删去这一行",
            "the bank's telephone, or delete the line",
        ),
    },
];

/// Reports every placeholder that the settings still state. `base_url` is that of the command line, which stands in
/// place of the settings' own.
pub fn report_placeholders(
    config: &Config,
    base_url: Option<&str>,
    severity: Severity,
    sink: &mut Sink,
) {
    let file = &config.file;
    let whole = Span::new(0, file.text.len());
    // What is wrong with the file has been reported by the reader of the settings.
    let Some(settings) = parse_yaml(file, whole, &*KEYS, &mut Sink::default()) else {
        return;
    };
    for placeholder in PLACEHOLDERS {
        if placeholder.name == "base_url" && base_url.is_some() {
            continue;
        }
        let Some((key, node)) = find(&settings, placeholder.path) else {
            continue;
        };
        let Value::Scalar(text) = &node.value else {
            continue;
        };
        let written = text.trim().trim_end_matches('/');
        let is_sample = |sample: &str| sample.trim_end_matches('/') == written;
        if !is_sample(placeholder.zh) && !is_sample(placeholder.en) {
            continue;
        }
        let (zh, en) = placeholder.wanted;
        let name = &key.text;
        let mut fault = Diagnostic::error(
            "placeholder",
            say!(
                "“{name}”还是示例“{text}”，不能这样发布",
                "`{name}` is still the sample `{text}`, which cannot be published"
            ),
        )
        .at(file, node.span)
        .help(Text {
            zh: format!("换成{zh}"),
            en: format!("write {en}"),
        });
        fault.severity = severity;
        sink.push(fault);
    }
}

/// The key and the value at the end of a path.
fn find<'n>(node: &'n Node, path: &[(&str, &str)]) -> Option<(&'n Key, &'n Node)> {
    let ((zh, en), rest) = path.split_first()?;
    let Value::Map(entries) = &node.value else {
        return None;
    };
    let mut entries = entries.iter();
    let (key, value) = entries.find(|(key, _)| key.folded == *zh || key.folded == *en)?;
    if rest.is_empty() {
        Some((key, value))
    } else {
        find(value, rest)
    }
}
