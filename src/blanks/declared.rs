//! What fields have beside their blanks: what their author declares, formulas, and years that follow from each other.
//! Enters: fields. Leaves: the same fields with formulas whose units agree and that lead back to nothing.

use super::field::{FormField, Formula, ReadBlank};
use super::formula::{Expr, FormulaFault, parse_formula};
use super::template::TemplateFault;
use super::year::YearRole;
use super::{BlankType, DeclaredField};
use crate::diagnostic::{Diagnostic, Text};
use crate::say;
use crate::text::{Span, fold};

/// The years before and after follow from the report's.
pub(super) fn relate_years(blanks: &[ReadBlank], fields: &mut [FormField], of_blank: &[usize]) {
    let role = |index: usize| blanks[fields[index].blanks[0]].year;
    let base = of_blank
        .iter()
        .copied()
        .find(|&field| role(field) == Some(YearRole::Report(0)));
    let Some(base) = base else { return };
    let related: Vec<(usize, i32)> = (0..fields.len())
        .filter_map(|field| match role(field) {
            Some(YearRole::Report(offset)) if offset != 0 => Some((field, offset)),
            _ => None,
        })
        .collect();
    for (field, offset) in related {
        let expr = Expr::Binary(
            '+',
            Box::new(Expr::Field(base, 1.0)),
            Box::new(Expr::Number(f64::from(offset))),
        );
        fields[field].formula = Some(Formula {
            expr,
            is_proposed: true,
        });
    }
}

/// Lays what the author declares over the fields. A declared field without a blank is one that formulas use.
pub(super) fn declare(
    fields: &mut Vec<FormField>,
    declared: &[DeclaredField],
    faults: &mut Vec<TemplateFault>,
) {
    let find = |fields: &[FormField], name: &str| {
        let name = fold(name);
        let by_name = fields.iter().position(|field| fold(&field.name) == name);
        by_name.or_else(|| fields.iter().position(|field| fold(&field.label) == name))
    };
    for (number, declaration) in declared.iter().enumerate() {
        let same = |other: &DeclaredField| fold(&other.name.value) == fold(&declaration.name.value);
        if declared[..number].iter().any(same) {
            faults.push(TemplateFault {
                fault: Diagnostic::error(
                    "duplicate-field",
                    say!(
                        "填写项“{0}”写了两次",
                        "the field `{0}` is declared twice",
                        declaration.name.value
                    ),
                )
                .help(say!("合并成一处", "merge them into one")),
                span: declaration.name.span,
                in_front_matter: true,
            });
            continue;
        }
        let index = find(fields, &declaration.name.value).unwrap_or_else(|| {
            fields.push(FormField {
                name: declaration.name.value.clone(),
                label: declaration.name.value.clone(),
                blank_type: BlankType::Number,
                unit: None,
                section: 0,
                required: false,
                example: None,
                hint: None,
                formula: None,
                blanks: Vec::new(),
            });
            fields.len() - 1
        });
        let field = &mut fields[index];
        if let Some(label) = &declaration.label {
            field.label.clone_from(label);
        }
        field.blank_type = declaration.blank_type.unwrap_or(field.blank_type);
        field.unit = declaration
            .unit
            .clone()
            .map(|unit| fold(&unit))
            .or_else(|| field.unit.take());
        field.example = declaration
            .example
            .clone()
            .filter(|example| !example.is_empty());
        field.required = declaration.required;
    }
    for declaration in declared {
        let Some(written) = declaration
            .formula
            .as_ref()
            .filter(|formula| !formula.value.trim().is_empty())
        else {
            continue;
        };
        let Some(index) = find(fields, &declaration.name.value) else {
            continue;
        };
        match parse_formula(&written.value, &|name| find(fields, name)) {
            Ok(expr) if divides_by_zero(&expr) => {
                let message = say!(
                    "公式“{0}”的除数总是 0",
                    "`{0}` always divides by zero",
                    written.value
                );
                let help = say!("把除数改成一个填写项", "divide by a field");
                faults.push(bad_formula(written.span, message, help));
            }
            Ok(expr) => {
                fields[index].formula = Some(Formula {
                    expr,
                    is_proposed: false,
                });
                fields[index].required = false;
            }
            Err(FormulaFault { message: why, .. }) => {
                let message = Text {
                    zh: format!("公式“{}”算不了：{}", written.value, why.zh),
                    en: format!("`{}` cannot be computed: {}", written.value, why.en),
                };
                let help = say!(
                    "公式里只写填写项的名称、数字、加减乘除和括号，例如 增加 / (余额 - 增加) * 100",
                    "a formula has names of fields, numbers, + - * / and brackets: increase / (balance - increase) * 100"
                );
                faults.push(bad_formula(written.span, message, help));
            }
        }
    }
}

fn bad_formula(span: Span, message: Text, help: Text) -> TemplateFault {
    TemplateFault {
        fault: Diagnostic::error("bad-formula", message).help(help),
        span,
        in_front_matter: true,
    }
}

/// Whether some divisor is zero whatever is typed.
fn divides_by_zero(expr: &Expr) -> bool {
    match expr {
        Expr::Binary(operator, left, right) => {
            (*operator == '/' && right.evaluate(&[]) == Ok(Some(0.0)))
                || divides_by_zero(left)
                || divides_by_zero(right)
        }
        _ => false,
    }
}

/// Multiplies every field of a formula so that units agree: with the result's, where it has one, else with each other.
#[expect(
    clippy::float_cmp,
    reason = "a factor that changes nothing is exactly 1"
)]
pub(super) fn resolve_factors(fields: &mut [FormField]) {
    let scales: Vec<(f64, bool)> = fields
        .iter()
        .map(|field| {
            (
                field.scale(),
                field.blank_type == BlankType::Money || field.scale() != 1.0,
            )
        })
        .collect();
    for (index, field) in fields.iter_mut().enumerate() {
        let Some(formula) = field.formula.take() else {
            continue;
        };
        let used = formula.expr.fields();
        let reference = match scales[index] {
            (scale, true) => scale,
            _ => used
                .iter()
                .find(|used| scales[**used].1)
                .map_or(1.0, |used| scales[*used].0),
        };
        let factor = |used: usize| match scales[used] {
            (scale, true) => scale / reference,
            _ => 1.0,
        };
        field.formula = Some(Formula {
            expr: formula.expr.with_factors(&factor),
            is_proposed: formula.is_proposed,
        });
    }
}

/// Takes out formulas that come back to themselves, and reports those that an author wrote.
pub(super) fn cut_loops(
    fields: &mut [FormField],
    declared: &[DeclaredField],
    faults: &mut Vec<TemplateFault>,
) {
    loop {
        let looping = (0..fields.len()).filter(|&start| reaches(fields, start));
        let looping: Vec<usize> = looping.collect();
        let is_written = |index: &&usize| {
            fields[**index]
                .formula
                .as_ref()
                .is_some_and(|formula| !formula.is_proposed)
        };
        // What a sentence only proposes gives way to what the author wrote.
        let proposed = looping.iter().find(|index| !is_written(index));
        let Some(&index) = proposed.or(looping.first()) else {
            return;
        };
        let formula = fields[index].formula.take();
        if formula.is_some_and(|formula| formula.is_proposed) {
            continue;
        }
        let name = fold(&fields[index].name);
        let written = declared
            .iter()
            .find(|field| fold(&field.name.value) == name)
            .and_then(|field| field.formula.as_ref());
        faults.push(TemplateFault {
            fault: Diagnostic::error(
                "formula-loop",
                say!(
                    "“{0}”的公式绕回了它自己",
                    "the formula of `{0}` leads back to itself",
                    fields[index].label
                ),
            )
            .help(say!(
                "去掉其中一项的公式，让它由人填写",
                "delete the formula of one of the fields, so that it is typed"
            )),
            span: written.map_or_else(Span::default, |formula| formula.span),
            in_front_matter: true,
        });
    }
}

/// Whether a field's formula leads back to it.
fn reaches(fields: &[FormField], start: usize) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    let mut open = vec![start];
    while let Some(index) = open.pop() {
        let Some(formula) = &fields[index].formula else {
            continue;
        };
        for next in formula.expr.fields() {
            if next == start {
                return true;
            }
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    false
}
