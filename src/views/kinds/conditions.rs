//! The conditions of a posting as data: the questions of the self-check. Enters: a posting's declared fields. Leaves:
//! one question for each condition, with the answer that meets it. It must never ask for facts that the law bans from
//! hiring, such as age, sex, marriage or origin; there are no fields for those.
//!
//! ```text
//! Job::display_fields() ──▶ QUESTIONS, by the field's key ──▶ ConditionView ──▶ js/candidate-check.js
//! ```

use crate::fields::{DisplayValue, Experience, Field, Record};
use crate::kinds::Job;
use crate::text::fold;
use crate::views::Views;
use serde::Serialize;

/// One condition and the question that shows whether a candidate meets it.
#[derive(Debug, Serialize)]
pub(super) struct ConditionView {
    /// How it is asked: `education`, `degree`, `months`, `score`, `held`, `majors` or `graduation`.
    ask: &'static str,
    /// The key under which the answer is stored, the same for every posting that asks the same.
    key: String,
    /// The name of the condition.
    title: String,
    /// The condition in words.
    need: String,
    /// The minimum that meets it: a rank, months or a score.
    least: u32,
    /// Majors, any of which meets it.
    among: Vec<String>,
    /// Graduation windows: whose, first and last day.
    windows: Vec<[String; 3]>,
}

/// A field with its value, and what resolves its words.
struct Asked<'a> {
    field: &'static Field,
    value: &'a DisplayValue<'a>,
    views: &'a Views<'a>,
}

impl Asked<'_> {
    /// A condition of this field: how it is asked, the key of its answer, what is needed in words, the least.
    fn condition(&self, ask: &'static str, key: &str, need: String, least: u32) -> ConditionView {
        ConditionView {
            ask,
            key: key.to_owned(),
            title: self
                .views
                .text(&format!("job.{}", self.field.key))
                .to_owned(),
            need,
            least,
            among: Vec::new(),
            windows: Vec::new(),
        }
    }

    /// The value in words.
    fn words(&self) -> String {
        self.views.words(self.field, self.value)
    }

    /// The texts of the value.
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.value.each().iter().filter_map(|value| match value {
            DisplayValue::Text(text) => Some(text.as_ref()),
            _ => None,
        })
    }
}

/// The questions that a field asks.
type Questions = fn(&Asked) -> Vec<ConditionView>;

/// Fields of a posting that are conditions, in the order of the self-check, each with the way it is asked.
const QUESTIONS: [(&str, Questions); 7] = [
    ("education", education),
    ("degree", degree),
    ("majors", majors),
    ("experience", experience),
    ("graduation", graduation),
    ("languages", scored),
    ("certificates", held),
];

/// The conditions of a posting; those that ask for nothing are left out.
pub(super) fn view_conditions(job: &Job, views: &Views) -> Vec<ConditionView> {
    let fields = job.display_fields();
    let questions = QUESTIONS.iter().filter_map(|(key, questions)| {
        let (field, value) = fields.iter().find(|(field, _)| field.key == *key)?;
        Some(questions(&Asked {
            field,
            value,
            views,
        }))
    });
    questions.flatten().collect()
}

/// At least this level of education.
fn education(asked: &Asked) -> Vec<ConditionView> {
    let DisplayValue::Choice(choice) = asked.value else {
        return Vec::new();
    };
    let least = rank(choice.id);
    let needed =
        (least > 0).then(|| asked.condition("education", "education", asked.words(), least));
    needed.into_iter().collect()
}

/// At least this degree, or a degree that the bank names in its own words.
fn degree(asked: &Asked) -> Vec<ConditionView> {
    let condition = |degree| match degree_rank(degree) {
        Some(least) => asked.condition("degree", "degree", degree.to_owned(), least),
        None => asked.condition("held", degree, degree.to_owned(), 1),
    };
    asked.texts().map(condition).collect()
}

/// One of several majors.
fn majors(asked: &Asked) -> Vec<ConditionView> {
    let among: Vec<String> = asked.texts().map(str::to_owned).collect();
    if among.is_empty() || among.iter().any(|major| fold(major).contains("不限")) {
        return Vec::new();
    }
    vec![ConditionView {
        among,
        ..asked.condition("majors", "majors", asked.words(), 1)
    }]
}

/// Months of work for each stretch.
fn experience(asked: &Asked) -> Vec<ConditionView> {
    let DisplayValue::Experience(experience) = asked.value else {
        return Vec::new();
    };
    let stretches = experience.stretches.iter();
    let condition = stretches.map(|stretch| {
        let one = Experience {
            stretches: vec![stretch.clone()],
        };
        let key = format!("months {}", stretch.field.as_deref().unwrap_or(""));
        asked.condition("months", &key, asked.views.experience(&one), stretch.months)
    });
    condition.collect()
}

/// The day of graduation within one of several windows.
fn graduation(asked: &Asked) -> Vec<ConditionView> {
    let window = |value: &DisplayValue| match value {
        DisplayValue::Period {
            whose,
            from: Some(from),
            to: Some(to),
        } => Some([whose.unwrap_or_default().to_owned(), from.iso(), to.iso()]),
        _ => None,
    };
    let windows: Vec<[String; 3]> = asked.value.each().iter().filter_map(window).collect();
    if windows.is_empty() {
        return Vec::new();
    }
    vec![ConditionView {
        windows,
        ..asked.condition("graduation", "graduation", asked.words(), 1)
    }]
}

/// Each test with the score that is asked for; what names no score is held or not.
fn scored(asked: &Asked) -> Vec<ConditionView> {
    let condition = |language| match score(language) {
        Some((test, least)) => asked.condition("score", test, language.to_owned(), least),
        None => asked.condition("held", language, language.to_owned(), 1),
    };
    asked.texts().map(condition).collect()
}

/// Each of several things that a candidate holds or not.
fn held(asked: &Asked) -> Vec<ConditionView> {
    let condition = |name: &str| asked.condition("held", name, name.to_owned(), 1);
    asked.texts().map(condition).collect()
}

/// The rank of a level of education by its id. 0 requires nothing. Two levels that qualify for the same posts, such as
/// two names of one degree, have one rank.
fn rank(education: &str) -> u32 {
    match education {
        "high-school" | "secondary-vocational" => 1,
        "college" | "associate" => 2,
        "bachelor" => 3,
        "master" => 4,
        "doctor" => 5,
        _ => 0,
    }
}

/// The lowest degree that a text names; `None` where it names no degree.
fn degree_rank(degree: &str) -> Option<u32> {
    let folded = fold(degree).to_lowercase();
    let names = [
        ("学士", 1),
        ("bachelor", 1),
        ("硕士", 2),
        ("master", 2),
        ("博士", 3),
        ("doctor", 3),
        ("phd", 3),
    ];
    let found = names.iter().find(|(name, _)| folded.contains(name));
    found.map(|(_, rank)| *rank)
}

/// `英语 CET-6 425` is the test and the least score; one digit is a level and not a score.
fn score(language: &str) -> Option<(&str, u32)> {
    let (test, figure) = language.trim().rsplit_once(char::is_whitespace)?;
    let least = figure.parse().ok().filter(|least| *least >= 10)?;
    Some((test.trim_end(), least))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::ChoiceValue;
    use crate::kinds::Education;

    #[test]
    fn a_language_with_a_score_is_parted_and_others_are_not() {
        assert_eq!(score("英语 CET-6 425"), Some(("英语 CET-6", 425)));
        assert_eq!(score("英语 CET-6"), None);
        assert_eq!(score("日语 N 1"), None);
        assert_eq!(score("English"), None);
        assert_eq!(score(""), None);
    }

    #[test]
    fn every_question_belongs_to_a_declared_field_and_every_level_of_education_has_a_rank() {
        for (key, _) in QUESTIONS {
            assert!(Job::FIELDS.iter().any(|field| field.key == key), "{key}");
        }
        for level in Education::CHOICES {
            assert_eq!(rank(level.id) > 0, level.id != "any", "{}", level.id);
        }
    }

    #[test]
    fn the_lowest_degree_named_is_the_least() {
        assert_eq!(degree_rank("学士"), Some(1));
        assert_eq!(degree_rank("硕士或博士"), Some(2));
        assert_eq!(degree_rank("博士"), Some(3));
        assert_eq!(degree_rank("Master's degree"), Some(2));
        assert_eq!(degree_rank("其他"), None);
    }
}
