//! The view of a report, for its page and its row.

use super::BodyView;
use crate::blanks::{compile, form_json};
use crate::fields::Record;
use crate::kinds::{Document, Report};
use crate::views::{View, Views};
use anyhow::Result;

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
        let template = compile(document.markdown(), &self.fields);
        let fills_in = !self.sample && !template.blanks.is_empty();
        // The fields of the form, with their formulas, for the page's script; `None` for a sample.
        let form = fills_in
            .then(|| form_json(&template, document.markdown()))
            .transpose()?;
        Ok(views
            .record(&self.display_fields())
            .with("blanks", View::of(&template.blanks.len()))
            .with("form", View::of(&form)))
    }
}
