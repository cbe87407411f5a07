//! Blanks in reports become typed fields. Enters: a report's text and what its author declared. Leaves: a template: every
//! blank with its type, unit, label and reason, one field for one meaning, formulas and checks. The text is never changed
//! and nothing is guessed where a blank was lost.
//!
//! ```text
//! line of the report ──> FoldedLine ──> Blank, where it begins and ends
//! Blank + words around it ──> ReadBlank { typing: Typing, label: Label, .. }
//! ReadBlank…     ──make_fields──> FormField    one for each meaning, with a Formula where one follows
//! DeclaredField… ──declare──────> FormField    the author's declaration replaces what the text says
//!                    ▼
//! Template { blanks: CompiledBlank…, fields: FormField…, sections, checks: PartsCheck…, faults: TemplateFault… }
//!                    ▼
//! typed text ──read_value──> TypedValue        (forms/ fills the Template with them)
//! Template ──form_json──> the form of the page
//! ```

mod compile;
mod copies;
mod declared;
mod derive;
mod field;
mod form;
mod formula;
mod grammar;
mod label;
mod line;
mod lost;
mod named;
mod table;
mod template;
mod token;
mod typing;
mod value;
mod year;

pub use compile::compile;
pub use copies::{Skeleton, skeleton};
pub use field::FormField;
pub use field::Formula;
pub use form::form_json;
pub use formula::{DivisionByZero, Expr, FormulaFault, parse_formula};
pub use template::{CompiledBlank, PartsCheck, Section, Template, TemplateFault};
pub use token::{Blank, Blanks, find_blanks};
pub use value::{TypedValue, read_value, round, scale, show_computed};

use crate::fields::Located;
use crate::{choice, record};

choice! {
    /// What a blank takes.
    BlankType {
        Text = "text", "文字";
        Year = "year", "年份";
        Month = "month", "月份";
        Date = "date", "日期";
        Integer = "integer", "整数";
        Money = "money", "金额";
        Number = "number", "数值";
        Percent = "percent", "百分比";
        Rank = "rank", "名次";
        Branch = "branch", "机构";
        Bank = "bank", "银行";
        Person = "person", "人员";
        Customer = "customer", "客户";
    }
}

record! {
    /// One field of a template, where the author names it.
    DeclaredField {
        name: Located<String> = "name", "名称", Required, "英文名，正文里用 [[名称]] 引用；或者 gangwei fields 列出的名称", "the name that `[[name:type]]` uses, or one that `gangwei fields` lists", "deposits";
        label: Option<String> = "label", "标签", Optional, "填写时看到的说明", "what the form shows", "存款余额";
        blank_type: Option<BlankType> = "type", "类型", Optional, "填什么", "what it takes", "金额";
        unit: Option<String> = "unit", "单位", Optional, "例如 万元", "for example 万元", "万元";
        example: Option<String> = "example", "示例", Optional, "例子", "an example", "";
        required: bool = "required", "必填", Optional, "是否必填", "whether it must be filled", "";
        formula: Option<Located<String>> = "formula", "公式", Optional, "由其他项算出", "computed from other fields", "";
    }
}
