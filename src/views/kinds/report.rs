//! What a report's page and row show.

use super::BodyView;
use crate::blanks::{compile, form_json};
use crate::kinds::{Document, Report};
use crate::views::{View, Views, WordView};
use anyhow::Result;
use serde::Serialize;

impl BodyView for Report {
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

    fn view(&self, document: &Document, views: &Views) -> Result<View> {
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
        Ok(View::of(&ReportView {
            report_type: self.report_type.clone(),
            period: self.period.map(|period| views.word("period", period)),
            covers: self.covers.clone(),
            role: self.role.clone(),
            sample: self.sample,
            blanks: template.blanks.len(),
            form: fills_in
                .then(|| form_json(&template, document.markdown()))
                .transpose()?,
        }))
    }
}
