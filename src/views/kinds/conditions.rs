//! The conditions of a posting as data: the questions of the self-check. Enters: a posting's fields. Leaves: one
//! question for each condition, with the answer that meets it. It must never ask for facts that the law bans from
//! hiring, such as age, sex, marriage or origin; there are no fields for those.

use crate::fields::{Experience, FieldValue, Record};
use crate::kinds::{Education, GraduationWindow, Job};
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

/// The conditions of a posting, in the order of its facts; those that ask for nothing are left out.
pub(super) fn view_conditions(job: &Job, views: &Views) -> Vec<ConditionView> {
    let condition = |ask, key: &str, name: &str, need: String, least| ConditionView {
        ask,
        key: key.to_owned(),
        title: views.text(&format!("job.{name}")).to_owned(),
        need,
        least,
        among: Vec::new(),
        windows: Vec::new(),
    };
    let mut found = Vec::new();
    if let Some(education) = job.education.filter(|least| rank(*least) > 0) {
        let need = views.word("education", education).name;
        let ask = "education";
        found.push(condition(ask, ask, ask, need, rank(education)));
    }
    if let Some(degree) = &job.degree {
        found.push(match degree_rank(degree) {
            Some(least) => condition("degree", "degree", "degree", degree.clone(), least),
            None => condition("held", degree, "degree", degree.clone(), 1),
        });
    }
    if !job.majors.is_empty() && !job.majors.iter().any(|major| fold(major).contains("不限")) {
        let need = job.majors.join(views.comma());
        found.push(ConditionView {
            among: job.majors.clone(),
            ..condition("majors", "majors", "majors", need, 1)
        });
    }
    for stretch in job.experience.iter().flat_map(|all| &all.stretches) {
        let one = Experience {
            stretches: vec![stretch.clone()],
        };
        let key = format!("months {}", stretch.field.as_deref().unwrap_or(""));
        let need = views.experience(&one);
        found.push(condition(
            "months",
            &key,
            "experience",
            need,
            stretch.months,
        ));
    }
    if let Some(graduation) = &job.graduation {
        let days: Vec<[String; 3]> = graduation.0.iter().filter_map(window).collect();
        let field = Job::FIELDS.iter().find(|field| field.key == "graduation");
        let need = field.map_or(String::new(), |field| {
            views.words(field, &graduation.display_value())
        });
        if !days.is_empty() {
            found.push(ConditionView {
                windows: days,
                ..condition("graduation", "graduation", "graduation", need, 1)
            });
        }
    }
    for language in &job.languages {
        found.push(match score(language) {
            Some((test, least)) => condition("score", test, "languages", language.clone(), least),
            None => condition("held", language, "languages", language.clone(), 1),
        });
    }
    for certificate in &job.certificates {
        let need = certificate.clone();
        found.push(condition("held", certificate, "certificates", need, 1));
    }
    found
}

fn window(window: &GraduationWindow) -> Option<[String; 3]> {
    let (from, to) = (window.from.as_ref()?, window.to.as_ref()?);
    let whose = window.whose.clone().unwrap_or_default();
    Some([whose, from.value.iso(), to.value.iso()])
}

/// 0 requires nothing. Two levels that qualify for the same posts, such as two names of one degree, have one rank.
fn rank(education: Education) -> u32 {
    match education {
        Education::Any => 0,
        Education::HighSchool | Education::Secondary => 1,
        Education::College | Education::Associate => 2,
        Education::Bachelor => 3,
        Education::Master => 4,
        Education::Doctor => 5,
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

    #[test]
    fn a_language_with_a_score_is_parted_and_others_are_not() {
        assert_eq!(score("英语 CET-6 425"), Some(("英语 CET-6", 425)));
        assert_eq!(score("英语 CET-6"), None);
        assert_eq!(score("日语 N 1"), None);
        assert_eq!(score("English"), None);
        assert_eq!(score(""), None);
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
