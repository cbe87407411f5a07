//! What a posting's page and row show.

use super::BodyView;
use super::conditions::view_conditions;
use super::recruiting::{
    ApplyView, GraduationView, StepView, view_apply, view_graduation, view_steps,
};
use crate::fields::VocabularyName;
use crate::kinds::{Document, Job};
use crate::views::{DateView, EntryView, LinkView, View, Views, WordView};
use anyhow::Result;
use serde::Serialize;

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
        let default_subject = format!("{} {}", document.id.id, document.shared.title);
        let named = [
            ("id", document.id.id.as_str()),
            ("title", document.shared.title.as_str()),
        ];
        let mail_body = views.texts.fill("apply.mail_body", &named);
        Ok(View::of(&JobView {
            unit: self
                .unit
                .as_ref()
                .map(|unit| views.entry(VocabularyName::Units, &unit.0)),
            department: self
                .department
                .as_ref()
                .map(|department| views.entry(VocabularyName::Departments, &department.0)),
            category: self
                .category
                .as_ref()
                .map(|category| views.entry(VocabularyName::Categories, &category.0)),
            campaign: self
                .campaign
                .as_ref()
                .and_then(|campaign| views.reference(campaign.target())),
            locations: self
                .locations
                .iter()
                .map(|place| views.entry(VocabularyName::Locations, &place.0))
                .collect(),
            recruitment: self
                .recruitment
                .map(|recruitment| views.word("recruitment", recruitment)),
            employment: self
                .employment
                .map(|employment| views.word("employment", employment)),
            contract_type: self
                .contract_type
                .map(|contract| views.word("contract_type", contract)),
            headcount: self
                .headcount
                .as_ref()
                .map(|headcount| views.headcount(headcount)),
            education: self
                .education
                .map(|education| views.word("education", education)),
            degree: self.degree.clone(),
            majors: self.majors.clone(),
            experience: self
                .experience
                .as_ref()
                .map(|experience| views.experience(experience)),
            languages: self.languages.clone(),
            certificates: self.certificates.clone(),
            graduation: self
                .graduation
                .as_ref()
                .map(|graduation| view_graduation(graduation, views))
                .unwrap_or_default(),
            class: self.class.clone(),
            salary: self.salary.as_ref().map(|salary| views.salary(salary)),
            benefits: self.benefits.clone(),
            opens: self.opens.as_ref().map(|opens| views.moment(&opens.value)),
            closes: self
                .closes
                .as_ref()
                .map(|closes| views.moment(&closes.value)),
            review_by: self.review_by.as_ref().map(|day| views.day(day.value)),
            apply: self
                .apply
                .as_ref()
                .map(|apply| view_apply(apply, &default_subject, &mail_body)),
            steps: view_steps(&self.steps, views),
            grade: views.grade(document),
            exams: self
                .exams
                .iter()
                .filter_map(|exam| views.reference(exam.target()))
                .collect(),
            products: self
                .products
                .iter()
                .filter_map(|product| views.reference(product.target()))
                .collect(),
            reports: self
                .reports
                .iter()
                .filter_map(|report| views.reference(report.target()))
                .collect(),
        })
        .with("conditions", View::of(&view_conditions(self, views)))
        .with("similar", View::list(views.similar_jobs(document))))
    }
}

#[derive(Serialize)]
struct JobView {
    unit: Option<EntryView>,
    department: Option<EntryView>,
    category: Option<EntryView>,
    campaign: Option<LinkView>,
    locations: Vec<EntryView>,
    recruitment: Option<WordView>,
    employment: Option<WordView>,
    contract_type: Option<WordView>,
    headcount: Option<String>,
    education: Option<WordView>,
    degree: Option<String>,
    majors: Vec<String>,
    experience: Option<String>,
    languages: Vec<String>,
    certificates: Vec<String>,
    graduation: Vec<GraduationView>,
    class: Option<String>,
    salary: Option<String>,
    benefits: Vec<String>,
    opens: Option<DateView>,
    closes: Option<DateView>,
    review_by: Option<DateView>,
    apply: Option<ApplyView>,
    steps: Vec<StepView>,
    grade: Option<LinkView>,
    exams: Vec<LinkView>,
    products: Vec<LinkView>,
    reports: Vec<LinkView>,
}
