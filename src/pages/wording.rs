//! Messages for errors of the template engine. Enters: the engine's message and the expression that it points at.
//! Leaves: a message in both languages, with the nearest right name. Other messages of the engine stay in English.

use super::tags::unclosed;
use crate::diagnostic::Text;
use crate::fields::{did_you_mean, nearest};
use crate::say;
use crate::text::Span;

/// The message about a fault.
pub(super) struct TemplateMessage {
    /// The message.
    pub message: Text,
    /// The nearest right name.
    pub label: Option<Text>,
    /// The advice.
    pub help: Option<Text>,
    /// Where, if it is not where the engine points.
    pub span: Option<Span>,
}

/// The surroundings of a fault.
pub(super) struct Scene<'a> {
    /// The template's text as it was written.
    pub text: &'a str,
    /// Where the engine points.
    pub span: Span,
    /// Returns the engine's message about a small template in the same surroundings.
    pub ask: &'a dyn Fn(&str) -> Option<String>,
    /// The names of filters, templates or blocks, by the engine's names for them.
    pub known: &'a dyn Fn(&str) -> Vec<String>,
}

/// Tags, as the engine knows them.
const TAGS: &str = "if elif else endif for endfor block endblock extends include set endset set_global filter endfilter \
                    component endcomponent raw endraw break continue";

/// Makes a message of the engine's.
pub(super) fn say_fault(said: &str, scene: &Scene) -> TemplateMessage {
    unknown_name(said, scene)
        .or_else(|| nothing_there(said, scene))
        .or_else(|| wrong_type(said, scene))
        .or_else(|| unknown_word(said, scene))
        .or_else(|| misspelt(said, scene))
        .unwrap_or_else(|| {
            TemplateMessage::new(say!("模板有错：{said}", "a template is faulty: {said}"))
        })
}

impl TemplateMessage {
    fn new(message: Text) -> TemplateMessage {
        TemplateMessage {
            message,
            label: None,
            help: None,
            span: None,
        }
    }

    fn help(mut self, help: Text) -> TemplateMessage {
        self.help = Some(help);
        self
    }

    /// Adds the nearest of the known names, or other advice if no name is near.
    fn near(mut self, word: &str, known: &[String], else_help: Option<Text>) -> TemplateMessage {
        match nearest(word, known.iter().map(String::as_str)).as_slice() {
            [] => self.help = else_help,
            near => self.label = Some(did_you_mean(near)),
        }
        self
    }
}

/// The words between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

/// The names that the engine lists.
fn listed(said: &str) -> Vec<String> {
    let names = said
        .split_once(" Available fields: ")
        .or_else(|| said.split_once(" Available variables: "));
    let names = names.into_iter().flat_map(|(_, names)| names.split(", "));
    names.map(str::to_owned).collect()
}

/// The names that are there.
fn there_are(known: &[String]) -> Option<Text> {
    let (zh, en) = (known.join("、"), known.join(", "));
    (!known.is_empty()).then(|| say!("这里有：{zh}", "there are: {en}"))
}

/// The expression before the last dot of a field: `doc.salary` of `doc.salary.text`.
fn owner(text: &str, field: Span) -> &str {
    let before = text[..field.start as usize].trim_end_matches('.');
    let before = before.strip_suffix('?').unwrap_or(before);
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '?');
    let start = before.trim_end_matches(is_path).len();
    before[start..].trim_start_matches('.')
}

/// A name or a field that is not there.
fn unknown_name(said: &str, scene: &Scene) -> Option<TemplateMessage> {
    let known = listed(said);
    let (zh, en) = (known.join("、"), known.join(", "));
    if let Some(name) = between(said, "Variable `", "` is not defined") {
        let help = say!("这里有：{zh}", "there are: {en}");
        let message = say!(
            "模板里没有“{name}”这个名称",
            "there is no name `{name}` here"
        );
        return Some(TemplateMessage::new(message).near(name, &known, Some(help)));
    }
    let field = between(said, "Field `", "` is not defined")?;
    // If the value that should hold the field is missing itself, the engine points at it.
    let field_span = match scene.text.get(scene.span.range()) {
        Some(written) if written == field => scene.span,
        _ => Span::new(scene.span.end as usize, scene.span.end as usize),
    };
    let owner = owner(scene.text, field_span);
    if !known.is_empty() {
        let help = say!(
            "这里有：{zh}；只有一部分页面才有的，先用 {{% if %}} 判断",
            "there are: {en}; what only some pages have is asked for first, by {{% if %}}"
        );
        let message = say!("“{owner}”里没有“{field}”", "`{owner}` has no `{field}`");
        return Some(TemplateMessage::new(message).near(field, &known, Some(help)));
    }
    if is_empty(owner, scene) == Some(false) {
        let message = say!("“{owner}”里没有“{field}”", "`{owner}` has no `{field}`");
        return Some(TemplateMessage::new(message));
    }
    let message = say!(
        "“{owner}”在这里是空的，取不到“{field}”",
        "`{owner}` is empty here and has no `{field}`"
    );
    Some(TemplateMessage::new(message).help(ask_first(owner)))
}

/// Whether an expression has no value; `None` where only the engine's own variables lead to it.
fn is_empty(expression: &str, scene: &Scene) -> Option<bool> {
    match (scene.ask)(&format!("{{% for x in {expression} %}}{{% endfor %}}")) {
        None => Some(false),
        Some(said) if said.ends_with("type `none`") || said.ends_with("type `undefined`") => {
            Some(true)
        }
        Some(said) if said.starts_with("Iteration") => Some(false),
        Some(_) => None,
    }
}

fn ask_first(expression: &str) -> Text {
    say!(
        "不是每页都有：先用 {{% if {expression} %}}…{{% endif %}} 判断",
        "not every page has it: ask first, by {{% if {expression} %}}…{{% endif %}}"
    )
}

/// An expression without a value: a name in it is misspelt, or the page has no such value.
fn nothing_there(said: &str, scene: &Scene) -> Option<TemplateMessage> {
    let signs = ["is undefined", "undefined value", "`undefined`", "`none`"];
    let written = scene.text.get(scene.span.range()).unwrap_or("").trim();
    if !signs.iter().any(|sign| said.contains(sign)) || written.starts_with("throw(") {
        return None;
    }
    let before = &scene.text[..scene.span.start as usize];
    let start = if before.ends_with('.') {
        before.len() - before[before.rfind(owner(scene.text, scene.span))?..].len()
    } else {
        before.len()
    };
    let (path, end) = whole_path(scene.text, start);
    let rest = scene.text[end..].trim_start();
    if let Some(key) = rest.strip_prefix('[').and_then(quoted) {
        let wording = unknown_key(path, key, scene)?;
        let from = end + scene.text[end..].find(key)?;
        let span = Some(Span::new(from, from + key.len()));
        return Some(TemplateMessage { span, ..wording });
    }
    // The path without its surroundings: for it the engine names the missing part.
    let missing = (!path.is_empty())
        .then(|| (scene.ask)(&format!("{{{{ {path} }}}}")))
        .flatten();
    let field = missing.as_deref().and_then(|missing| {
        let field = between(missing, "Field `", "` is not defined")?;
        let parts = path.match_indices(field);
        let (at, _) = parts.into_iter().find(|(at, _)| {
            path[..*at].ends_with('.')
                && !path[at + field.len()..].starts_with(char::is_alphanumeric)
        })?;
        let span = Span::new(start + at, start + at + field.len());
        let wording = unknown_name(missing, &Scene { span, ..*scene })?;
        let span = Some(span);
        Some(TemplateMessage { span, ..wording })
    });
    let named = if path.len() > written.len() || written.is_empty() {
        path
    } else {
        written
    };
    // The engine does not say which of the two sides is empty.
    if field.is_none() && is_sum(said) && named != path {
        return None;
    }
    Some(field.unwrap_or_else(|| {
        let message = say!("“{named}”在这里是空的", "`{named}` is empty here");
        let help = ask_first(if path.is_empty() { named } else { path });
        let span = (named == path).then(|| Span::new(start, end));
        TemplateMessage {
            span,
            ..TemplateMessage::new(message).help(help)
        }
    }))
}

/// Whether it is of an operation with two sides.
fn is_sum(said: &str) -> bool {
    let starts = ["Math operations", "`+` requires", "Cannot compare `"];
    starts.iter().any(|start| said.starts_with(start))
}

/// A path of names that begins somewhere, and where it ends.
fn whole_path(text: &str, start: usize) -> (&str, usize) {
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '?');
    let rest = &text[start..];
    let length = rest.find(|c| !is_path(c)).unwrap_or(rest.len());
    let path = rest[..length].trim_end_matches(['.', '?']);
    (path, start + path.len())
}

/// The word in quotation marks that a text begins with.
fn quoted(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let mark = text
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    text[1..].split_once(mark).map(|(word, _)| word)
}

/// A key in brackets: `site.assets["logo.svg"]`.
fn unknown_key(path: &str, key: &str, scene: &Scene) -> Option<TemplateMessage> {
    let said = (scene.ask)(&format!("{{{{ {path}.gangwei_asks }}}}"))?;
    let known = listed(&said);
    if known.iter().any(|name| name == key) {
        return None;
    }
    let help = match path {
        "site.assets" => Some(say!(
            "文件放进主题的 files/，名称照文件名写",
            "put the file into files/ of the theme and write its name"
        )),
        _ => there_are(&known),
    };
    let message = say!("“{path}”里没有“{key}”", "`{path}` has no `{key}`");
    Some(TemplateMessage::new(message).near(key, &known, help))
}

/// A value of another type than a filter, a comparison or a loop takes.
fn wrong_type(said: &str, scene: &Scene) -> Option<TemplateMessage> {
    let (path, end) = whole_path(scene.text, scene.span.start as usize);
    let written = scene.text.get(scene.span.range()).unwrap_or("");
    let (named, end) = if path.len() > written.len() {
        (path, end)
    } else {
        (written, scene.span.end as usize)
    };
    let span = Some(Span::new(scene.span.start as usize, end));
    let wording = |message| {
        Some(TemplateMessage {
            span,
            ..TemplateMessage::new(message)
        })
    };
    if let Some(wanted) = between(said, "Invalid type for the value, expected `", "`") {
        let (wanted, found) = (type_name(wanted), between(said, "but got `", "`")?);
        let found = type_name(found);
        // For a filter with arguments, the engine does not say whether it means the value or an argument.
        let rest = scene.text[end..].split(['}', '%']).next().unwrap_or("");
        if written.contains('(') || rest.trim_start().starts_with('|') && rest.contains('(') {
            return wording(Text {
                zh: format!(
                    "“{named}”或者括号里的参数要是{}，现在是{}",
                    wanted.zh, found.zh
                ),
                en: format!(
                    "`{named}` or an argument in the brackets must be {} and is {}",
                    wanted.en, found.en
                ),
            });
        }
        return wording(Text {
            zh: format!("“{named}”用在这里要是{}，现在是{}", wanted.zh, found.zh),
            en: format!("`{named}` must be {} here and is {}", wanted.en, found.en),
        });
    }
    let found = type_name(
        between(said, "teration not possible on type `", "`").or(between(
            said,
            "teration is not possible on type `",
            "`",
        ))?,
    );
    wording(Text {
        zh: format!("“{named}”是{}，不能这样逐个列出", found.zh),
        en: format!(
            "`{named}` is {} and cannot be gone through like this",
            found.en
        ),
    })
}

/// The name of a type of the engine, in both languages.
fn type_name(engine: &str) -> Text {
    match engine.trim_start_matches('&') {
        "string" | "str" => say!("文字", "a text"),
        "array" | "[Value]" | "Vec<Value>" => say!("列表", "a list"),
        "map" | "struct" | "Map" => say!("一组有名称的值", "a set of named values"),
        "bool" => say!("是或否", "yes or no"),
        "none" | "undefined" => say!("空的", "nothing"),
        "f32" | "f64" | "i64" | "u64" | "i128" | "u128" | "usize" | "Number" => {
            say!("数", "a number")
        }
        other => say!("{other}", "{other}"),
    }
}

/// A filter, test, function, template or block that is not there.
fn unknown_word(said: &str, scene: &Scene) -> Option<TemplateMessage> {
    if let Some(name) = between(said, "Block `", "` is not defined in any parent") {
        let message = say!(
            "继承的模板里没有“{name}”这个 block，写在里面的不会显示",
            "no template above has a block `{name}`; what stands in it would not be shown"
        );
        let blocks = (scene.known)("block");
        return Some(TemplateMessage::new(message).near(name, &blocks, there_are(&blocks)));
    }
    let (kind, name) = said.strip_prefix("Unknown ")?.split_once(" `")?;
    let name = name.trim_end_matches('`');
    let sort = match kind {
        "filter" => say!("过滤器", "filter"),
        "test" => say!("判断", "test"),
        "function" => say!("函数", "function"),
        "component" => say!("组件", "component"),
        "template" => say!("模板", "template"),
        _ => return None,
    };
    let message = Text {
        zh: format!("没有“{name}”这个{}", sort.zh),
        en: format!("there is no {} `{name}`", sort.en),
    };
    let known = (scene.known)(kind);
    Some(TemplateMessage::new(message).near(name, &known, there_are(&known)))
}

/// The message about a template that cannot be parsed or lacks something.
fn misspelt(said: &str, scene: &Scene) -> Option<TemplateMessage> {
    let written = scene.text.get(scene.span.range()).unwrap_or("");
    if said == "Unexpected end of input" {
        return Some(unfinished(scene));
    }
    if said == "Unknown tag" {
        let tags: Vec<String> = TAGS.split_whitespace().map(str::to_owned).collect();
        let wording = TemplateMessage::new(if tags.iter().any(|tag| tag == written) {
            say!(
                "前面没有和“{written}”成对的标签",
                "no tag above goes with this `{written}`"
            )
        } else {
            say!("没有“{written}”这个标签", "there is no tag `{written}`")
        });
        return Some(if tags.iter().any(|tag| tag == written) {
            wording
        } else {
            wording.near(written, &tags, None)
        });
    }
    if said == "Unexpected character" {
        let message = say!(
            "标签里有不能用的字符",
            "this character cannot stand in a tag"
        );
        return Some(TemplateMessage::new(message).help(say!(
            "引号、逗号、括号、冒号都用半角",
            "quotes, commas, brackets and colons are half-width"
        )));
    }
    if said.starts_with("This content would be ignored") {
        let message = say!(
            "写了 extends 的模板，内容都要放在 block 里；放在外面的不会显示",
            "a template that extends another holds blocks alone; what stands outside would not be shown"
        );
        let from = scene.span.start as usize + written.len() - written.trim_start().len();
        return Some(TemplateMessage {
            span: Some(Span::new(from, from + written.trim().len())),
            ..TemplateMessage::new(message)
        });
    }
    if let Some(name) = between(said, "already contains a block named `", "`") {
        return Some(TemplateMessage::new(say!(
            "“{name}”这个 block 写了两次",
            "there are two blocks `{name}`"
        )));
    }
    if said.starts_with("Tried to use super()") {
        return Some(TemplateMessage::new(say!(
            "继承的模板里没有这个 block，super() 没有可取的内容",
            "no template above has this block, so that `super()` has nothing to give"
        )));
    }
    if let Some(name) = between(said, "Missing keyword argument `", "`") {
        return Some(
            TemplateMessage::new(say!(
                "少写了参数“{name}”",
                "the argument `{name}` is missing"
            ))
            .help(say!(
                "在括号里写上，例如 {written}({name}=…)",
                "write it in brackets, as in {written}({name}=…)"
            )),
        );
    }
    if is_sum(said) {
        return Some(
            TemplateMessage::new(say!(
                "这里算不出来：两边要都是数",
                "this cannot be computed: both sides must be numbers"
            ))
            .help(say!(
                "连接文字用 ~，例如 {{{{ doc.title ~ site.title }}}}",
                "texts are joined by `~`, as in {{{{ doc.title ~ site.title }}}}"
            )),
        );
    }
    if said.starts_with("Maximum render recursion depth") {
        return Some(TemplateMessage::new(say!(
            "有组件一直在用它自己",
            "a component uses itself without end"
        )));
    }
    let (found, wanted) = said.strip_prefix("Found ")?.split_once(" but expected ")?;
    let (found, wanted) = (found.trim_matches('`'), wanted.trim_end_matches('.'));
    Some(TemplateMessage::new(Text {
        zh: format!(
            "这里不能是“{}”，应当是：{}",
            in_chinese(found),
            in_chinese(wanted)
        ),
        en: format!("`{found}` cannot stand here; expected {wanted}"),
    }))
}

/// The engine's names for the parts of a tag.
fn in_chinese(words: &str) -> String {
    const NAMES: [(&str, &str); 7] = [
        ("one of: ", ""),
        ("identifier", "名称"),
        ("ident", "名称"),
        ("integer", "整数"),
        ("float", "小数"),
        ("string", "文字"),
        (" or ", " 或 "),
    ];
    let names = NAMES.iter();
    names.fold(words.to_owned(), |words, (en, zh)| words.replace(en, zh))
}

/// A template that ends before a tag or an expression does.
fn unfinished(scene: &Scene) -> TemplateMessage {
    if let Some((tag, span)) = unclosed(scene.text) {
        let message = say!("这个 {tag} 没有结束", "this `{tag}` is not closed");
        let help = say!(
            "在它的内容后面写上 {{% end{tag} %}}",
            "write {{% end{tag} %}} after what it holds"
        );
        return TemplateMessage {
            span: Some(span),
            ..TemplateMessage::new(message).help(help)
        };
    }
    let message = say!(
        "模板没有写完：有标签或括号没有结束",
        "the template ends too early: a tag or a bracket is not closed"
    );
    let help = say!(
        "{{{{ 要有 }}}}，{{% 要有 %}}，{{# 要有 #}}",
        "{{{{ needs }}}}, {{% needs %}} and {{# needs #}}"
    );
    let last = scene.text.trim_end();
    let from = last.char_indices().last().map_or(0, |(at, _)| at);
    TemplateMessage {
        span: Some(Span::new(from, last.len())),
        ..TemplateMessage::new(message).help(help)
    }
}
