//! The view of an exam bank, for its page and its row: its items, with their answers.

use super::BodyView;
use crate::fields::Record;
use crate::kinds::exam_items::{self, ItemType};
use crate::kinds::{Document, Exam};
use crate::views::{View, Views};
use anyhow::Result;
use serde::Serialize;

impl BodyView for Exam {
    fn facts(&self, _views: &Views) -> Vec<String> {
        self.subject.iter().cloned().collect()
    }

    fn view(&self, document: &Document, views: &Views) -> Result<View> {
        #[derive(Serialize)]
        struct OptionView {
            letter: String,
            html: String,
            right: bool,
        }
        #[derive(Serialize)]
        struct ItemView {
            number: String,
            anchor: String,
            stem: String,
            options: Vec<OptionView>,
            answer: String,
            explanation: Option<String>,
        }
        #[derive(Serialize)]
        struct SectionView {
            id: &'static str,
            title: String,
            points: Option<String>,
            items: Vec<ItemView>,
        }
        let points = |item_type: ItemType| {
            let scoring = self.scoring.as_ref()?;
            let points = match item_type {
                ItemType::TrueFalse => &scoring.true_false,
                ItemType::Single => &scoring.single,
                ItemType::Multiple => &scoring.multiple,
                ItemType::Blank => &scoring.blank,
            };
            points.as_ref().map(|points| points.text.clone())
        };
        let sections = exam_items::parse_items(document);
        let sections: Vec<SectionView> = sections
            .iter()
            .map(|section| SectionView {
                id: section.item_type.id(),
                title: section.title.clone(),
                points: points(section.item_type),
                items: section
                    .items
                    .iter()
                    .map(|item| ItemView {
                        number: item.number.clone(),
                        anchor: format!("q{}", item.number),
                        stem: views.markdown_inline(&item.stem, document),
                        options: item
                            .options
                            .iter()
                            .map(|option| OptionView {
                                letter: option.letter.to_string(),
                                html: views.markdown_inline(&option.text, document),
                                right: option.right,
                            })
                            .collect(),
                        answer: item.answer.clone(),
                        explanation: item
                            .explanation
                            .as_ref()
                            .map(|text| views.markdown_inline(text, document)),
                    })
                    .collect(),
            })
            .collect();
        let policy = self
            .scoring
            .as_ref()
            .and_then(|scoring| scoring.policy)
            .map(|policy| views.word("policy", policy));
        let count: usize = sections.iter().map(|section| section.items.len()).sum();
        Ok(views
            .record(&self.display_fields())
            .with("policy", View::of(&policy))
            .with("count", View::of(&count))
            .with("sections", View::of(&sections)))
    }

    /// The view holds the items; the body is the introduction above the first section.
    fn body_html(&self, document: &Document, views: &Views) -> String {
        views.markdown_part(document, exam_items::introduction(document))
    }
}
