//! A work report: a template with blanks, or a filled sample.

use super::KindBody;
use crate::document::Document;
use crate::view::{View, Views, WordView};
use crate::{choice, record};
use serde::Serialize;

choice! {
    /// How often the report is written.
    Period {
        Year = "year", "年度";
        HalfYear = "half-year", "半年";
        Quarter = "quarter", "季度";
        Month = "month", "月";
    }
}

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
    BlankField {
        name: String = "name", "名称", Required, "英文名，正文里用 [[名称]] 引用", "the name that [[name]] uses", "deposits";
        label: Option<String> = "label", "标签", Optional, "填写时看到的说明", "what the form shows", "存款余额";
        blank_type: Option<BlankType> = "type", "类型", Optional, "填什么", "what it takes", "金额";
        unit: Option<String> = "unit", "单位", Optional, "例如 万元", "for example 万元", "万元";
        example: Option<String> = "example", "示例", Optional, "例子", "an example", "";
        required: bool = "required", "必填", Optional, "是否必填", "whether it must be filled", "";
        formula: Option<String> = "formula", "公式", Optional, "由其他项算出", "computed from other fields", "";
    }
}

record! {
    /// A report's own fields.
    Report {
        report_type: Option<String> = "report_type", "报告类型", Expected, "述职报告、工作总结、工作计划等", "what the report is", "述职报告";
        period: Option<Period> = "period", "周期", Expected, "年度、半年、季度或月", "year, half-year, quarter or month", "年度";
        covers: Option<String> = "covers", "报告期间", Optional, "例如 2026年上半年", "for example 2026年上半年", "";
        role: Option<String> = "role", "适用岗位", Optional, "写给哪个岗位", "whose report it is", "";
        sample: bool = "sample", "范文", Optional, "是：填好的范文；否：模板", "true: a filled sample; false: a template", "否";
        fields: Vec<BlankField> = "fields", "填写项", Optional, "给空格命名和定类型", "names and types of blanks", "";
    }
}

impl KindBody for Report {
    fn facts(&self, views: &Views) -> Vec<String> {
        let mut facts: Vec<String> = self.report_type.iter().cloned().collect();
        facts.extend(self.period.map(|period| views.word("period", period).name));
        facts.extend(self.role.iter().cloned());
        facts.push(
            views
                .text(if self.sample {
                    "report.sample"
                } else {
                    "report.template"
                })
                .to_owned(),
        );
        facts
    }

    fn view(&self, document: &Document, views: &Views) -> View {
        #[derive(Serialize)]
        struct ReportView {
            report_type: Option<String>,
            period: Option<WordView>,
            covers: Option<String>,
            role: Option<String>,
            sample: bool,
            blanks: usize,
        }
        View::of(&ReportView {
            report_type: self.report_type.clone(),
            period: self.period.map(|period| views.word("period", period)),
            covers: self.covers.clone(),
            role: self.role.clone(),
            sample: self.sample,
            blanks: views.blank_count(document),
        })
    }
}
