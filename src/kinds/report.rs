//! A work report: a template with blanks, or a filled sample.

use super::KindBody;
use crate::blanks::{DeclaredField, Template, compile, form_json};
use crate::fields::Reader;
use crate::kinds::Document;
use crate::views::{View, Views, WordView};
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

record! {
    /// A report's own fields.
    Report {
        report_type: Option<String> = "report_type", "报告类型", Expected, "述职报告、工作总结、工作计划等", "what the report is", "述职报告";
        period: Option<Period> = "period", "周期", Expected, "年度、半年、季度或月", "year, half-year, quarter or month", "年度";
        covers: Option<String> = "covers", "报告期间", Optional, "例如 2026年上半年", "for example 2026年上半年", "";
        role: Option<String> = "role", "适用岗位", Optional, "写给哪个岗位", "whose report it is", "";
        sample: bool = "sample", "范文", Optional, "是：填好的范文；否：模板", "true: a filled sample; false: a template", "否";
        fields: Vec<DeclaredField> = "fields", "填写项", Optional, "给空格命名和定类型", "names and types of blanks", "";
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

    fn template(&self, document: &Document) -> Option<Template> {
        Some(compile(document.markdown(), &self.fields))
    }

    fn check(&self, document: &Document, reader: &mut Reader) {
        let template = compile(document.markdown(), &self.fields);
        for fault in &template.faults {
            reader
                .sink
                .push(fault.diagnostic(&document.source, document.body_span));
        }
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
            /// The fields of the form and all that computing them needs, for the page's script; nothing for a sample.
            form: Option<String>,
        }
        let template = compile(document.markdown(), &self.fields);
        let fills_in = !self.sample && !template.blanks.is_empty();
        View::of(&ReportView {
            report_type: self.report_type.clone(),
            period: self.period.map(|period| views.word("period", period)),
            covers: self.covers.clone(),
            role: self.role.clone(),
            sample: self.sample,
            blanks: template.blanks.len(),
            form: fills_in.then(|| form_json(&template, document.markdown())),
        })
    }
}
