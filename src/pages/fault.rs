//! Faults of templates. Enters: an error of the engine. Leaves: diagnostics at their places in the files of the theme. The
//! engine saw the templates with the interface's texts in them, so that its places are translated back.

use super::tags::{blocks_above, own_parent, resolve};
use super::wording::{Scene, TemplateMessage, say_fault};
use super::words::{has_plain_texts, put_texts, written_at};
use crate::diagnostic::Diagnostic;
use crate::pages::theme::Theme;
use crate::say;
use crate::text::{Position, SourceFile, Span};
use crate::views::texts::Texts;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use tera::{Context, Error, ErrorKind, Tera};

/// Filters of the engine and of this program.
const FILTERS: &str = "abs capitalize default escape escape_html escape_xml fill first float get group_by indent int join \
                       keys last length lower newlines_to_br nth pairs pluralize replace reverse round safe sort \
                       split str title trim trim_end trim_start truncate unique upper values wordcount";
/// Tests that the engine brings along.
const TESTS: &str = "array bool containing defined divisible_by ending_with even float integer iterable map none number \
                     odd starting_with string undefined";
/// Functions that the engine brings along.
const FUNCTIONS: &str = "range super throw";

/// The templates of a theme as they are written, and as the engine has them.
pub(super) struct Sources<'a> {
    theme: &'a Theme,
    texts: &'a Texts,
    is_plain: bool,
}

/// The page that was being filled in.
#[derive(Clone, Copy)]
pub(super) struct Filling<'a> {
    pub engine: &'a Tera,
    pub template: &'a str,
    pub context: &'a Context,
}

/// One message of the engine and its places: first the place of the fault, then the places that include it.
struct EngineReport {
    said: String,
    places: Vec<(String, Range<usize>)>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(theme: &'a Theme, texts: &'a Texts) -> Sources<'a> {
        let sources = theme.templates.iter().map(|(_, file)| file.text.as_str());
        Sources {
            theme,
            texts,
            is_plain: has_plain_texts(sources),
        }
    }

    /// The templates as the engine has them, by name.
    pub(super) fn ready(&self) -> Vec<(&'a str, Cow<'a, str>)> {
        let templates = self.theme.templates.iter();
        templates
            .map(|(name, file)| (name.as_str(), self.filled(file)))
            .collect()
    }

    fn filled(&self, file: &'a SourceFile) -> Cow<'a, str> {
        if self.is_plain {
            put_texts(&file.text, self.texts)
        } else {
            file.text.as_str().into()
        }
    }

    fn file(&self, name: &str) -> Option<&'a Arc<SourceFile>> {
        let mut templates = self.theme.templates.iter();
        templates
            .find(|(known, _)| known == name)
            .map(|(_, file)| file)
    }

    /// Reports an error of the engine at its places. `filling` is the page that was being made.
    pub(super) fn report(&self, error: &Error, filling: Option<Filling>) -> Vec<Diagnostic> {
        let reports = self.reports(error).into_iter();
        reports
            .map(|report| self.diagnostic(report, filling))
            .collect()
    }

    fn reports(&self, error: &Error) -> Vec<EngineReport> {
        let text = error.to_string();
        match error.kind() {
            ErrorKind::SyntaxError(one) | ErrorKind::RenderingError(one) => {
                let mut places = vec![(one.filename().to_owned(), one.span().range.clone())];
                places.extend(
                    text.split("\n\nnote: ")
                        .skip(1)
                        .filter_map(|n| self.place(n)),
                );
                vec![EngineReport {
                    said: one.message().to_owned(),
                    places,
                }]
            }
            // Several at once, as text.
            _ => text
                .split("\n\n")
                .map(|part| {
                    let first = part.lines().next().unwrap_or("");
                    let said = first.strip_prefix("error: ").unwrap_or(first).to_owned();
                    let places = self.place(part).into_iter().collect();
                    EngineReport { said, places }
                })
                .collect(),
        }
    }

    /// The place that a part of the engine's text names, `name:line:column`, as wide as it is underlined.
    fn place(&self, part: &str) -> Option<(String, Range<usize>)> {
        let line = match part.split_once("--> ") {
            Some((_, rest)) => rest.lines().next()?,
            None => part.lines().next()?.rsplit(' ').next()?,
        };
        let mut pieces = line.rsplitn(3, ':');
        let column = pieces.next()?.trim().parse().ok()?;
        let line = pieces.next()?.parse().ok()?;
        let name = pieces.next()?.to_owned();
        let file = self.file(&name)?;
        let filled = SourceFile {
            path: String::new(),
            text: self.filled(file).into_owned(),
        };
        let width = part.lines().last()?.matches('^').count();
        let offset = |column| filled.byte_offset(Position { line, column });
        Some((name, offset(column)..offset(column + width)))
    }

    fn diagnostic(&self, mut report: EngineReport, filling: Option<Filling>) -> Diagnostic {
        // Where the engine names no place, it is somewhere in the template that was asked for.
        if report.places.is_empty()
            && let Some(name) = filling.and_then(|filling| resolve(self.theme, filling.template))
        {
            report.places.push((name.to_owned(), 0..0));
        }
        let place = report.places.first();
        let Some((at, (file, span))) = place.and_then(|at| Some((at, self.written(at)?))) else {
            let said = &report.said;
            let message = say!("模板有错：{said}", "a template is faulty: {said}");
            return Diagnostic::error("bad-template", message).in_path("themes");
        };
        if let Some(fault) = self.missing_block(&report.said, &at.0) {
            return fault;
        }
        let ask = |template: &str| {
            let Filling {
                engine, context, ..
            } = filling?;
            let error = engine.render_str(template, context, false).err()?;
            Some(match error.kind() {
                ErrorKind::RenderingError(one) => one.message().to_owned(),
                _ => String::new(),
            })
        };
        let scene = Scene {
            text: &file.text,
            span,
            ask: &ask,
            known: &|sort| self.known(sort, &at.0),
        };
        let TemplateMessage {
            mut message,
            label,
            help,
            span: meant,
        } = say_fault(&report.said, &scene);
        // Nobody can change a built-in template: its fault is reported where one of the theme's own templates uses it.
        let own = |(name, _): &&(String, _)| !name.starts_with("default/");
        let caller = report.places.iter().find(own).filter(|found| *found != at);
        if let Some((caller, span)) = caller.and_then(|caller| self.written(caller)) {
            let name = at.0.trim_start_matches("default/");
            message.zh = format!("自带的 {name} 在这里用不了：{}", message.zh);
            message.en = format!("the built-in {name} cannot be used here: {}", message.en);
            return Diagnostic::error("bad-template", message).at(caller, span);
        }
        let mut diagnostic =
            Diagnostic::error("bad-template", message).at(file, meant.unwrap_or(span));
        (diagnostic.label, diagnostic.help) = (label, help);
        diagnostic
    }

    /// A block that built-in templates fill in and the theme's own template above them lacks. It is reported in that
    /// template.
    fn missing_block(&self, said: &str, template: &str) -> Option<Diagnostic> {
        let (block, _) = said
            .strip_prefix("Block `")?
            .split_once("` is not defined in any parent")?;
        template.strip_prefix("default/")?;
        let (name, file) = own_parent(self.theme, template)?;
        let message = say!(
            "{name} 里少了“{block}”这个 block，自带的模板要用它",
            "{name} lacks the block `{block}`, which built-in templates fill in"
        );
        let help = say!(
            "在 {name} 里写上 {{% block {block} %}}{{% endblock {block} %}}，或者改成继承 default/{name}",
            "write {{% block {block} %}}{{% endblock {block} %}} in {name}, or let it extend default/{name}"
        );
        let fault = Diagnostic::error("bad-template", message).help(help);
        Some(fault.at(file, Span::new(0, 0)))
    }

    /// Translates a place of the engine into the file as written.
    fn written(
        &self,
        (name, range): &(String, Range<usize>),
    ) -> Option<(&'a Arc<SourceFile>, Span)> {
        let file = self.file(name)?;
        let at = |byte| {
            if self.is_plain {
                written_at(&file.text, self.texts, byte)
            } else {
                byte
            }
        };
        Some((file, Span::new(at(range.start), at(range.end))))
    }

    fn known(&self, sort: &str, template: &str) -> Vec<String> {
        let words = |list: &str| list.split_whitespace().map(str::to_owned).collect();
        match sort {
            "filter" => words(FILTERS),
            "test" => words(TESTS),
            "function" => words(FUNCTIONS),
            "block" => {
                let blocks = blocks_above(self.theme, template).into_iter();
                blocks.map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_knows_every_word_that_is_proposed_for_another() {
        let mut tera = Tera::new();
        tera.register_filter("fill", crate::pages::fill);
        let lists = [
            ("x | ", FILTERS, ""),
            ("x is ", TESTS, ""),
            ("", FUNCTIONS, "()"),
        ];
        for (before, words, after) in lists {
            for word in words.split_whitespace() {
                let template = format!("{{% if {before}{word}{after} %}}{{% endif %}}");
                let unknown = tera.add_raw_template("a", &template).err();
                let said = unknown.map_or(String::new(), |error| error.to_string());
                assert!(!said.contains("Unknown"), "{said}");
            }
        }
    }
}
