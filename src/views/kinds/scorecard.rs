//! The view of a scorecard, for its page and its row.

use super::BodyView;
use crate::fields::{NumberText, Record};
use crate::kinds::{Document, Event, Group, Rule, Scorecard};
use crate::views::{View, Views};
use anyhow::Result;
use serde::Serialize;

impl BodyView for Scorecard {
    fn facts(&self, _views: &Views) -> Vec<String> {
        self.groups
            .iter()
            .map(|group| match &group.weight {
                Some(weight) => format!("{} {}%", group.name, weight.text),
                None => group.name.clone(),
            })
            .collect()
    }

    fn view(&self, _document: &Document, views: &Views) -> Result<View> {
        fn text(number: Option<&NumberText>) -> Option<&str> {
            number.map(|number| number.text.as_str())
        }
        #[derive(Serialize)]
        struct EventView<'a> {
            event: &'a str,
            points: String,
            gain: bool,
        }
        #[derive(Serialize)]
        struct ItemView<'a> {
            name: &'a str,
            base: Option<&'a str>,
            formula: Option<&'a str>,
            events: Vec<EventView<'a>>,
            cap: Option<&'a str>,
            floor: Option<&'a str>,
        }
        #[derive(Serialize)]
        struct GroupView<'a> {
            name: &'a str,
            weight: Option<&'a str>,
            base: String,
            items: Vec<ItemView<'a>>,
        }
        let groups: Vec<GroupView> = self
            .groups
            .iter()
            .map(|group| GroupView {
                name: &group.name,
                weight: text(group.weight.as_ref()),
                base: total(group),
                items: group
                    .items
                    .iter()
                    .map(|item| {
                        let (formula, events): (Option<&str>, &[Event]) = match &item.rule {
                            Rule::Formula(formula) => (Some(formula), &[]),
                            Rule::Events(events) => (None, events),
                        };
                        ItemView {
                            name: &item.name,
                            base: text(item.base.as_ref()),
                            formula,
                            events: events
                                .iter()
                                .map(|event| EventView {
                                    event: &event.event,
                                    points: if event.points.value > 0.0
                                        && !event.points.text.starts_with('+')
                                    {
                                        format!("+{}", event.points.text)
                                    } else {
                                        event.points.text.replace('-', "−")
                                    },
                                    gain: event.points.value > 0.0,
                                })
                                .collect(),
                            cap: text(item.cap.as_ref()),
                            floor: text(item.floor.as_ref()),
                        }
                    })
                    .collect(),
            })
            .collect();
        Ok(views
            .record(&self.display_fields())
            .with("groups", View::of(&groups)))
    }
}

/// The base points of a group in all, without a needless `.0`.
fn total(group: &Group) -> String {
    let sum: f64 = group
        .items
        .iter()
        .filter_map(|item| item.base.as_ref())
        .map(|base| base.value)
        .sum();
    ((sum * 1000.0).round() / 1000.0).to_string()
}
