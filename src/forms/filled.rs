//! The values of one filled report. Enters: a template and what was typed. Leaves: what each blank shows, what was
//! computed, what is missing, and where a typed value contradicts the others.

use crate::blanks::{BlankType, Template, TypedValue, show_computed};
use crate::diagnostic::Text;
use crate::say;

/// A typed value that the others contradict.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// The field.
    pub field: usize,
    /// What it is and what it should be.
    pub message: Text,
}

/// A filled template.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// What each field shows; nothing where it is empty.
    pub display: Vec<Option<String>>,
    /// Fields that were computed.
    pub computed: Vec<usize>,
    /// Required fields without a value.
    pub missing: Vec<usize>,
    /// Typed values that do not fit.
    pub contradictions: Vec<Contradiction>,
}

impl Filled {
    /// Fills a template: `typed` has one entry a field.
    pub fn new(template: &Template, typed: &[Option<TypedValue>]) -> Filled {
        let fields = &template.fields;
        let mut display: Vec<Option<String>> = typed
            .iter()
            .map(|value| Some(value.as_ref()?.display.clone()))
            .collect();
        let mut numbers: Vec<Option<f64>> =
            typed.iter().map(|value| value.as_ref()?.number).collect();
        display.resize(fields.len(), None);
        numbers.resize(fields.len(), None);
        let mut computed = Vec::new();
        let mut contradictions = Vec::new();
        // What follows from a computed value is computed in a later round; loops were cut by the compiler.
        loop {
            let before = computed.len();
            for (index, field) in fields.iter().enumerate() {
                let Some(formula) = field.formula.as_ref().filter(|_| display[index].is_none())
                else {
                    continue;
                };
                if let Ok(Some(number)) = formula.expr.evaluate(&numbers)
                    && number.is_finite()
                {
                    let (text, _) = show_computed(number);
                    display[index] = Some(match field.blank_type {
                        BlankType::Year | BlankType::Month => format!("{number:.0}"),
                        _ => text,
                    });
                    numbers[index] = Some(number);
                    computed.push(index);
                }
            }
            if computed.len() == before {
                break;
            }
        }
        for (index, field) in fields.iter().enumerate() {
            let typed = typed.get(index).and_then(Option::as_ref);
            let (Some(typed), Some(formula)) = (typed, &field.formula) else {
                continue;
            };
            // A year that follows from the report's is only proposed.
            if matches!(field.blank_type, BlankType::Year) && formula.is_proposed {
                continue;
            }
            match (typed.number, formula.expr.evaluate(&numbers)) {
                (Some(number), Ok(Some(right)))
                    if (number - right).abs() > half_unit(typed.decimals) =>
                {
                    let (right, _) = show_computed(right);
                    contradictions.push(Contradiction {
                        field: index,
                        message: say!(
                            "“{0}”填的是 {1}，按其他数算是 {right}",
                            "`{0}` is {1}; from the other figures it is {right}",
                            field.label,
                            typed.display
                        ),
                    });
                }
                (_, Err(_)) => contradictions.push(Contradiction {
                    field: index,
                    message: say!(
                        "“{0}”的公式除数是 0，算不了",
                        "the formula of `{0}` divides by zero",
                        field.label
                    ),
                }),
                _ => {}
            }
        }
        for check in &template.checks {
            let parts: Option<f64> = check
                .parts
                .iter()
                .map(|&(part, factor)| Some(numbers[part]? * factor))
                .sum();
            let (Some(parts), Some(total)) = (parts, numbers[check.total]) else {
                continue;
            };
            let decimals = typed
                .get(check.total)
                .and_then(Option::as_ref)
                .map_or(2, |value| value.decimals);
            if parts - total > half_unit(decimals) {
                let (sum, _) = show_computed(parts);
                let (total, _) = show_computed(total);
                contradictions.push(Contradiction {
                    field: check.total,
                    message: say!(
                        "“{0}”是 {total}，其中各项相加是 {sum}",
                        "`{0}` is {total}; its parts make {sum}",
                        fields[check.total].label
                    ),
                });
            }
        }
        let missing = (0..fields.len())
            .filter(|&index| fields[index].required && display[index].is_none())
            .collect();
        Filled {
            display,
            computed,
            missing,
            contradictions,
        }
    }

    /// What stands in a blank; nothing where it stays one.
    pub fn in_blank<'f>(&'f self, template: &Template, number: usize) -> Option<&'f str> {
        let blank = template.blanks.get(number)?;
        let display = self.display[blank.field].as_deref()?;
        Some(match blank.digits {
            Some(digits) if display.len() == 4 && display.is_ascii() => &display[4 - digits..],
            _ => display,
        })
    }
}

/// Half a unit of the last decimal place, and a little for what binary fractions lose.
fn half_unit(decimals: usize) -> f64 {
    0.5 * 10_f64.powi(-i32::try_from(decimals).unwrap_or(i32::MAX)) + 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blanks::{compile, read_value};

    fn fill(text: &str, typed: &[&str]) -> (Filled, Vec<String>) {
        let template = compile(text, &[]);
        let values: Vec<Option<TypedValue>> = template
            .fields
            .iter()
            .zip(typed)
            .map(|(field, text)| read_value(text, field.blank_type, field.unit.as_deref()).unwrap())
            .collect();
        let filled = Filled::new(&template, &values);
        let blanks = (0..template.blanks.len())
            .map(|number| {
                filled
                    .in_blank(&template, number)
                    .unwrap_or("____")
                    .to_owned()
            })
            .collect();
        (filled, blanks)
    }

    #[test]
    fn growth_is_computed_from_balance_and_increase() {
        let text = "20__年，存款余额____亿元，比年初增加____万元，增幅__%。";
        let (filled, blanks) = fill(text, &["2026", "12", "20000"]);
        assert_eq!(blanks, ["26", "12", "20,000", "20"]);
        assert_eq!(filled.computed, [3]);
        assert!(filled.missing.is_empty() && filled.contradictions.is_empty());
    }

    #[test]
    fn a_typed_value_that_does_not_fit_is_said() {
        let text = "存款余额____万元，比年初增加____万元，增幅__%。";
        let (filled, blanks) = fill(text, &["120", "20", "25"]);
        assert_eq!(blanks, ["120", "20", "25"]);
        assert!(
            filled.contradictions[0].message.zh.contains("是 20"),
            "{filled:?}"
        );
        assert!(
            fill(text, &["120", "19.6", "19.5"])
                .0
                .contradictions
                .is_empty()
        );
    }

    #[test]
    fn parts_cannot_be_more_than_their_total() {
        let text = "贷款增加____万元，其中对公贷款增加____万元，个人贷款增加____万元。";
        assert_eq!(fill(text, &["100", "60", "50"]).0.contradictions.len(), 1);
        assert!(fill(text, &["100", "60", "40"]).0.contradictions.is_empty());
    }

    #[test]
    fn years_follow_from_the_year_of_the_report() {
        let (_, blanks) = fill(
            "总结__年经营情况，__年存款增加，计划在__年推广。",
            &["", "2026"],
        );
        assert_eq!(blanks, ["2025", "2026", "2027"]);
    }
}
