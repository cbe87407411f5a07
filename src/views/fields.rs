//! Values of declared fields: as templates see them, in words, and as the details of a page. Enters: a `DisplayValue`.
//! Leaves: views and texts in the language of the interface, with links. A kind adds only values that do not follow
//! from one field.

use super::{DateView, LinkView, View, Views};
use crate::fields::{Choice, Day, DisplayValue, Field};
use serde::Serialize;
use std::collections::BTreeMap;

/// A field of a document with its name and its value in words, for a list of facts.
#[derive(Debug, Serialize)]
pub struct DetailView {
    /// The field's key.
    pub key: &'static str,
    /// Its name in the interface's language.
    pub label: String,
    /// Its values.
    pub values: Vec<DetailValue>,
    /// Whether each value has a line of its own, since it has parts. Otherwise a mark separates the values.
    pub lines: bool,
}

/// One value of a detail.
#[derive(Debug, Serialize)]
pub struct DetailValue {
    /// The value in words.
    pub text: String,
    /// Where it leads, for an entry of a vocabulary and for a document.
    pub url: Option<String>,
    /// The day or time for machines.
    pub iso: Option<String>,
}

/// A period as templates see it.
#[derive(Debug, Serialize)]
struct PeriodView<'a> {
    whose: Option<&'a str>,
    from: Option<DateView>,
    to: Option<DateView>,
}

impl Views<'_> {
    /// The view of declared fields, by their keys.
    pub fn record(&self, fields: &[(&'static Field, DisplayValue)]) -> View {
        let views = fields
            .iter()
            .map(|(field, value)| (field.key, self.show(field, value)));
        View::map(views)
    }

    /// A value of a field as templates see it; `none` for a document that this build does not show.
    fn show(&self, field: &Field, value: &DisplayValue) -> View {
        match value {
            DisplayValue::Nothing => View::none(),
            DisplayValue::Text(text) => View::of(text),
            DisplayValue::Number(number) => View::of(number),
            DisplayValue::Flag(flag) => View::of(flag),
            DisplayValue::Choice(choice) => View::of(&self.choice(field.key, choice)),
            DisplayValue::Day(day) => View::of(&self.day(*day)),
            DisplayValue::Moment(moment) => View::of(&self.moment(moment)),
            DisplayValue::Salary(salary) => View::of(&self.salary(salary)),
            DisplayValue::Headcount(headcount) => View::of(&self.headcount(headcount)),
            DisplayValue::Experience(experience) => View::of(&self.experience(experience)),
            DisplayValue::Entry(vocabulary, entry) => View::of(&self.entry(*vocabulary, entry)),
            DisplayValue::Document(kind, id) => View::of(&self.named(kind, id)),
            DisplayValue::Period { whose, from, to } => View::of(&PeriodView {
                whose: *whose,
                from: from.map(|day| self.day(day)),
                to: to.map(|day| self.day(day)),
            }),
            DisplayValue::List(values) => {
                let hidden = |value: &&DisplayValue| match value {
                    DisplayValue::Document(kind, id) => self.named(kind, id).is_none(),
                    _ => false,
                };
                let shown = values.iter().filter(|value| !hidden(value));
                View::list(shown.map(|value| self.show(field, value)).collect())
            }
            DisplayValue::Record(fields) => self.record(fields),
            DisplayValue::Map(values) => {
                let values = values.iter();
                let words: BTreeMap<&str, String> = values
                    .map(|(name, value)| (*name, self.words(field, value)))
                    .collect();
                View::of(&words)
            }
        }
    }

    /// A value of a field in words; empty where nothing is stated.
    pub fn words(&self, field: &Field, value: &DisplayValue) -> String {
        match value {
            DisplayValue::Nothing => String::new(),
            DisplayValue::Text(text) => text.to_string(),
            DisplayValue::Number(number) => number.to_string(),
            DisplayValue::Flag(flag) => self.text(if *flag { "yes" } else { "no" }).to_owned(),
            DisplayValue::Choice(choice) => self.choice(field.key, choice).name,
            DisplayValue::Day(day) => self.day(*day).text,
            DisplayValue::Moment(moment) => self.moment(moment).text,
            DisplayValue::Salary(salary) => self.salary(salary),
            DisplayValue::Headcount(headcount) => self.headcount(headcount),
            DisplayValue::Experience(experience) => self.experience(experience),
            DisplayValue::Entry(_, entry) => entry.name.clone(),
            DisplayValue::Document(kind, id) => self
                .named(kind, id)
                .map_or(String::new(), |link| link.title),
            DisplayValue::Period { whose, from, to } => {
                let day = |day: &Option<Day>| day.map_or(String::new(), |day| self.day(day).text);
                let days = format!("{} – {}", day(from), day(to));
                match whose {
                    Some(whose) => format!("{whose}{}{days}", self.text("colon")),
                    None => days,
                }
            }
            DisplayValue::List(values) => {
                self.join(values.iter().map(|value| self.words(field, value)))
            }
            DisplayValue::Record(fields) => {
                self.join(fields.iter().map(|(field, value)| self.words(field, value)))
            }
            DisplayValue::Map(values) => self.join(values.iter().map(|(name, value)| {
                format!("{name}{}{}", self.text("colon"), self.words(field, value))
            })),
        }
    }

    /// A value of a field for other programs: ids and dates as they are written in data, all else in words.
    pub fn data(&self, field: &Field, value: &DisplayValue) -> String {
        match value {
            DisplayValue::Choice(choice) => choice.id.to_owned(),
            DisplayValue::Day(day) => self.day(*day).iso,
            DisplayValue::Moment(moment) => self.moment(moment).iso,
            // A document that this build does not show is not named in data either.
            DisplayValue::Document(kind, id) if self.named(kind, id).is_some() => (*id).to_owned(),
            DisplayValue::Document(..) => String::new(),
            DisplayValue::Period { whose, from, to } => {
                let day = |day: &Option<Day>| day.map_or(String::new(), Day::iso);
                let days = format!("{}–{}", day(from), day(to));
                whose.map_or(days.clone(), |whose| format!("{whose} {days}"))
            }
            DisplayValue::List(values) => self.join(values.iter().map(|value| match value {
                DisplayValue::Record(fields) => {
                    let parts = fields.iter().map(|(field, value)| self.data(field, value));
                    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
                    parts.join(" ")
                }
                value => self.data(field, value),
            })),
            DisplayValue::Record(fields) => {
                self.join(fields.iter().map(|(field, value)| self.data(field, value)))
            }
            value => self.words(field, value),
        }
    }

    fn join(&self, words: impl Iterator<Item = String>) -> String {
        let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
        words.join(self.comma())
    }

    fn named(&self, kind: &str, id: &str) -> Option<LinkView> {
        self.site
            .find(kind, id)
            .map(|index| self.document_link(index))
    }

    fn choice(&self, group: &str, choice: &'static Choice) -> super::WordView {
        super::WordView {
            id: choice.id,
            name: self
                .texts
                .find(&format!("{group}.{}", choice.id))
                .unwrap_or(choice.zh)
                .to_owned(),
        }
    }

    /// The name of a field of a kind: the interface's own text, or the name that the field is declared with.
    pub fn label(&self, kind: &str, field: &Field) -> String {
        let text = self.texts.find(&format!("{kind}.{}", field.key));
        let text = text.or_else(|| self.texts.find(field.key));
        text.map_or_else(|| field.name(self.site.config.language), str::to_owned)
    }

    /// The fields of a document that have a value, for a list of facts; `elsewhere` are those that its page shows in
    /// another place.
    pub fn details(
        &self,
        kind: &str,
        fields: &[(&'static Field, DisplayValue)],
        elsewhere: &[&str],
    ) -> Vec<DetailView> {
        let here = fields.iter();
        let here =
            here.filter(|(field, value)| !elsewhere.contains(&field.key) && !value.is_nothing());
        let details = here.map(|(field, value)| {
            let values = match value {
                DisplayValue::List(values) => values
                    .iter()
                    .map(|value| self.detail(field, value))
                    .collect(),
                value => vec![self.detail(field, value)],
            };
            let has_parts = |value: &DisplayValue| {
                matches!(value, DisplayValue::Record(_) | DisplayValue::Period { .. })
            };
            DetailView {
                lines: matches!(value, DisplayValue::List(values) if values.iter().any(has_parts)),
                key: field.key,
                label: self.label(kind, field),
                values: values
                    .into_iter()
                    .filter(|value| !value.text.is_empty())
                    .collect(),
            }
        });
        details.filter(|detail| !detail.values.is_empty()).collect()
    }

    fn detail(&self, field: &Field, value: &DisplayValue) -> DetailValue {
        DetailValue {
            text: self.words(field, value),
            url: match value {
                DisplayValue::Entry(vocabulary, entry) => Some(self.entry(*vocabulary, entry).url),
                DisplayValue::Document(kind, id) => self.named(kind, id).map(|link| link.url),
                _ => None,
            },
            iso: match value {
                DisplayValue::Day(day) => Some(self.day(*day).iso),
                DisplayValue::Moment(moment) => Some(self.moment(moment).iso),
                _ => None,
            },
        }
    }
}
