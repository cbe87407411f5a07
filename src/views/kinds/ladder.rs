//! The view of a career ladder, for its page and its row: the grades side by side, each with its new requirements.

use super::BodyView;
use crate::fields::Record;
use crate::kinds::{Document, Grade, Ladder};
use crate::views::{View, Views};
use anyhow::Result;
use serde::Serialize;

impl BodyView for Ladder {
    fn facts(&self, _views: &Views) -> Vec<String> {
        let grades: Vec<&str> = self
            .grades
            .iter()
            .map(|grade| grade.name.as_str())
            .collect();
        self.sequence
            .iter()
            .cloned()
            .chain([grades.join(" → ")])
            .collect()
    }

    fn view(&self, document: &Document, views: &Views) -> Result<View> {
        let grades: Vec<GradeView> = self
            .grades
            .iter()
            .enumerate()
            .map(|(index, grade)| GradeView {
                id: &grade.id,
                name: &grade.name,
                jobs: views.jobs_at_grade(document, &grade.id),
                requirements: marked(&self.grades, index, |grade| &grade.requirements),
                promotion: marked(&self.grades, index, |grade| &grade.promotion),
                exit: marked(&self.grades, index, |grade| &grade.exit),
            })
            .collect();
        let rows: Vec<LadderRowView> = [
            ("clients", row(&self.grades, |grade| &grade.clients)),
            ("products", row(&self.grades, |grade| &grade.products)),
            ("budget", row(&self.grades, |grade| &grade.budget)),
            ("manages", row(&self.grades, |grade| &grade.manages)),
        ]
        .into_iter()
        .filter(|(_, cells)| cells.iter().any(|cell| cell.text.is_some()))
        .map(|(key, cells)| LadderRowView { key, cells })
        .collect();
        Ok(views
            .record(&self.display_fields())
            .with("grades", View::of(&grades))
            .with("rows", View::of(&rows)))
    }
}

/// The lines of one grade, each marked new where the grade below does not have it.
fn marked(grades: &[Grade], index: usize, lines: fn(&Grade) -> &Vec<String>) -> Vec<LineView<'_>> {
    let below: &[String] = match index {
        0 => &[],
        _ => lines(&grades[index - 1]),
    };
    lines(&grades[index])
        .iter()
        .map(|text| LineView {
            text,
            new: index > 0 && !below.contains(text),
        })
        .collect()
}

fn row(grades: &[Grade], cell: fn(&Grade) -> &Option<String>) -> Vec<CellView<'_>> {
    grades
        .iter()
        .enumerate()
        .map(|(index, grade)| CellView {
            text: cell(grade).as_deref(),
            new: index > 0 && cell(grade) != cell(&grades[index - 1]),
        })
        .collect()
}

#[derive(Serialize)]
struct LineView<'a> {
    text: &'a str,
    new: bool,
}

#[derive(Serialize)]
struct CellView<'a> {
    text: Option<&'a str>,
    new: bool,
}

#[derive(Serialize)]
struct LadderRowView<'a> {
    key: &'static str,
    cells: Vec<CellView<'a>>,
}

#[derive(Serialize)]
struct GradeView<'a> {
    id: &'a str,
    name: &'a str,
    jobs: Vec<View>,
    requirements: Vec<LineView<'a>>,
    promotion: Vec<LineView<'a>>,
    exit: Vec<LineView<'a>>,
}
