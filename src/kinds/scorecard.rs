//! A scorecard: groups with weights, items with points and rules.

use super::KindBody;
use crate::fields::{FieldType, FieldValue, NumberText, Reader};
use crate::kinds::Document;
use crate::record;
use crate::views::{View, Views};
use crate::yaml::{Node, Value};
use serde::Serialize;

record! {
    /// Points for one event.
    Event {
        event: String = "event", "事项", Required, "什么事", "what happens", "成功拓展一户优质客户";
        points: NumberText = "points", "分值", Required, "加分或扣分", "points added or taken", "5";
    }
}

/// How an item is scored: by a formula, or by events.
#[derive(Debug, Clone)]
pub enum Rule {
    /// A formula over named inputs, or a rule in words.
    Formula(String),
    /// Points for events.
    Events(Vec<Event>),
}

impl Default for Rule {
    fn default() -> Rule {
        Rule::Events(Vec::new())
    }
}

impl FieldValue for Rule {
    fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        match self {
            Rule::Formula(text) => text.convert_texts(convert),
            Rule::Events(events) => events.convert_texts(convert),
        }
    }
    const TYPE: FieldType = FieldType::Either(&[
        FieldType::Text,
        FieldType::List(&<Event as FieldValue>::TYPE),
    ]);
    fn read(node: &Node, reader: &mut Reader) -> Option<Rule> {
        match node.value {
            Value::List(_) => FieldValue::read(node, reader).map(Rule::Events),
            _ => reader
                .scalar(node)
                .map(|text| Rule::Formula(text.to_owned())),
        }
    }
}

record! {
    /// One item of a group.
    Item {
        name: String = "name", "名称", Required, "指标的名称", "the item's name", "工作成绩";
        base: Option<NumberText> = "base", "基础分", Expected, "基础分", "base points", "30";
        rule: Rule = "rule", "计分规则", Optional, "事项和分值，或一个公式", "events and points, or a formula", "";
        cap: Option<NumberText> = "cap", "上限", Optional, "最多得几分", "most points", "40";
        floor: Option<NumberText> = "floor", "下限", Optional, "最少得几分", "least points", "0";
    }
}

record! {
    /// A group of items and its weight.
    Group {
        name: String = "name", "名称", Required, "指标组的名称", "the group's name", "公共指标";
        weight: Option<NumberText> = "weight", "权重", Expected, "百分数", "percent", "75";
        items: Vec<Item> = "items", "指标", Required, "列表", "a list", "";
    }
}

record! {
    /// A grade of the result.
    ResultGrade {
        name: String = "name", "等次", Required, "考核等次", "the grade", "优秀";
        from: Option<NumberText> = "from", "起分", Expected, "从几分起", "from how many points", "90";
    }
}

record! {
    /// A scorecard's own fields.
    Scorecard {
        groups: Vec<Group> = "groups", "指标组", Required, "列表", "a list", "";
        grades: Vec<ResultGrade> = "grades", "考核等次", Optional, "列表", "a list", "";
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

impl KindBody for Scorecard {
    fn facts(&self, _views: &Views) -> Vec<String> {
        self.groups
            .iter()
            .map(|group| match &group.weight {
                Some(weight) => format!("{} {}%", group.name, weight.text),
                None => group.name.clone(),
            })
            .collect()
    }

    fn view(&self, _document: &Document, _views: &Views) -> View {
        fn text(number: &Option<NumberText>) -> Option<&str> {
            number.as_ref().map(|number| number.text.as_str())
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
        #[derive(Serialize)]
        struct GradeView<'a> {
            name: &'a str,
            from: Option<&'a str>,
        }
        #[derive(Serialize)]
        struct ScorecardView<'a> {
            groups: Vec<GroupView<'a>>,
            grades: Vec<GradeView<'a>>,
        }
        View::of(&ScorecardView {
            groups: self
                .groups
                .iter()
                .map(|group| GroupView {
                    name: &group.name,
                    weight: text(&group.weight),
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
                                base: text(&item.base),
                                formula,
                                events: events
                                    .iter()
                                    .map(|event| EventView {
                                        event: &event.event,
                                        points: match event.points.value > 0.0
                                            && !event.points.text.starts_with('+')
                                        {
                                            true => format!("+{}", event.points.text),
                                            false => event.points.text.replace('-', "−"),
                                        },
                                        gain: event.points.value > 0.0,
                                    })
                                    .collect(),
                                cap: text(&item.cap),
                                floor: text(&item.floor),
                            }
                        })
                        .collect(),
                })
                .collect(),
            grades: self
                .grades
                .iter()
                .map(|grade| GradeView {
                    name: &grade.name,
                    from: text(&grade.from),
                })
                .collect(),
        })
    }
}
