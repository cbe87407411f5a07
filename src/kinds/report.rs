//! A work report: a template with blanks, or a filled sample.

use super::KindBody;
use crate::blanks::{DeclaredField, Template, compile};
use crate::fields::Reader;
use crate::kinds::Document;
use crate::{choice, record};

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
}
