//! The view of a posting, for its page and its row.

use super::BodyView;
use super::conditions::view_conditions;
use super::recruiting::{view_apply, view_steps};
use crate::fields::Record;
use crate::kinds::{Document, Job};
use crate::views::{View, Views};
use anyhow::Result;

/// Fields that the page shows outside its details.
const ELSEWHERE: &[&str] = &[
    "unit",
    "department",
    "locations",
    "recruitment",
    "headcount",
    "education",
    "experience",
    "salary",
    "closes",
    "apply",
    "steps",
    "grade",
    "exams",
    "products",
    "reports",
];

impl BodyView for Job {
    fn facts(&self, views: &Views) -> Vec<String> {
        let mut facts = Vec::new();
        facts.extend(
            self.department
                .as_ref()
                .map(|department| department.0.name.clone()),
        );
        let places: Vec<&str> = self
            .locations
            .iter()
            .map(|place| place.0.name.as_str())
            .collect();
        facts.extend((!places.is_empty()).then(|| places.join(views.comma())));
        facts.extend(
            self.education
                .map(|education| views.word("education", education).name),
        );
        facts.extend(self.salary.as_ref().map(|salary| views.salary(salary)));
        facts
    }

    fn view(&self, document: &Document, views: &Views) -> Result<View> {
        let fields = self.display_fields();
        let default_subject = format!("{} {}", document.id.id, document.shared.title);
        let named = [
            ("id", document.id.id.as_str()),
            ("title", document.shared.title.as_str()),
        ];
        let mail_body = views.texts.fill("apply.mail_body", &named);
        let apply = self
            .apply
            .as_ref()
            .map(|apply| view_apply(apply, &default_subject, &mail_body));
        let details = views.details("job", &fields, ELSEWHERE);
        Ok(views
            .record(&fields)
            .with("apply", View::of(&apply))
            .with("steps", View::of(&view_steps(&self.steps, views)))
            .with("grade", View::of(&views.grade(document)))
            .with("details", View::of(&details))
            .with("conditions", View::of(&view_conditions(self, views)))
            .with("similar", View::list(views.similar_jobs(document))))
    }
}
