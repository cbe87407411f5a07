//! A scorecard: groups with weights, items with points and rules.

use super::KindBody;
use crate::fields::{DisplayValue, FieldType, FieldValue, NumberText, Reader};
use crate::record;
use crate::yaml::{Node, Value};

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
    fn display_value(&self) -> DisplayValue<'_> {
        match self {
            Rule::Formula(text) => text.display_value(),
            Rule::Events(events) => events.display_value(),
        }
    }
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

impl KindBody for Scorecard {}
