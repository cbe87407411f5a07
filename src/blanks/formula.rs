//! Formulas over fields: `增加 / (余额 - 增加) * 100`. Enters: text and the fields' names. Leaves: an expression that
//! computes, and that a page's script can compute too. A missing value gives no result, never a zero.

use crate::diagnostic::Text;
use crate::say;
use serde::Serialize;
use serde_json::{Value, json};
use std::ops::Range;

/// How deep brackets may nest.
const MAX_DEPTH: usize = 64;

/// An expression over fields.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A constant.
    Number(f64),
    /// A field by its index, and what its value is multiplied by so that units agree: 10,000 from 亿元 to 万元.
    Field(usize, f64),
    /// `+`, `-`, `*` or `/` between two.
    Binary(char, Box<Expr>, Box<Expr>),
}

/// Why a formula gives nothing although all values are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DivisionByZero;

/// What is wrong with a formula, and where in its text.
#[derive(Debug, Clone, PartialEq)]
pub struct FormulaFault {
    /// Bytes in the formula's text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: Text,
    /// The name that no field has, if that is it.
    pub unknown: Option<String>,
}

impl Expr {
    /// Computes from the values of all fields, in their own units.
    pub fn evaluate(&self, values: &[Option<f64>]) -> Result<Option<f64>, DivisionByZero> {
        Ok(match self {
            Expr::Number(number) => Some(*number),
            Expr::Field(index, factor) => values
                .get(*index)
                .copied()
                .flatten()
                .map(|value| value * factor),
            Expr::Binary(operator, left, right) => {
                let (Some(left), Some(right)) = (left.evaluate(values)?, right.evaluate(values)?)
                else {
                    return Ok(None);
                };
                match operator {
                    '+' => Some(left + right),
                    '-' => Some(left - right),
                    '*' => Some(left * right),
                    _ if right == 0.0 => return Err(DivisionByZero),
                    _ => Some(left / right),
                }
            }
        })
    }

    /// The fields that it needs.
    pub fn fields(&self) -> Vec<usize> {
        match self {
            Expr::Number(_) => Vec::new(),
            Expr::Field(index, _) => vec![*index],
            Expr::Binary(_, left, right) => [left.fields(), right.fields()].concat(),
        }
    }

    /// Replaces the factor of every field.
    #[must_use]
    pub fn with_factors(self, factor: &dyn Fn(usize) -> f64) -> Expr {
        match self {
            Expr::Field(index, _) => Expr::Field(index, factor(index)),
            Expr::Binary(operator, left, right) => {
                let (left, right) = (left.with_factors(factor), right.with_factors(factor));
                Expr::Binary(operator, Box::new(left), Box::new(right))
            }
            Expr::Number(number) => Expr::Number(number),
        }
    }

    /// The expression with the fields' names, as an author would write it.
    pub fn written(&self, name: &dyn Fn(usize) -> String) -> String {
        match self {
            Expr::Number(number) => number.to_string(),
            Expr::Field(index, _) => name(*index),
            Expr::Binary(operator, left, right) => {
                let side = |expr: &Expr, keeps: &dyn Fn(char) -> bool| match expr {
                    Expr::Binary(inner, ..) if !keeps(*inner) => {
                        format!("({})", expr.written(name))
                    }
                    _ => expr.written(name),
                };
                let is_sum = matches!(operator, '+' | '-');
                let left = side(left, &|inner| is_sum || !matches!(inner, '+' | '-'));
                let right = side(right, &|inner| {
                    *operator == '+' && !matches!(inner, '+' | '-')
                });
                format!("{left} {operator} {right}")
            }
        }
    }

    /// The expression for a page's script: a number, `["field", index, factor]`, or `[operator, left, right]`.
    pub fn json(&self) -> Value {
        match self {
            Expr::Number(number) => json!(number),
            Expr::Field(index, factor) => json!(["field", index, factor]),
            Expr::Binary(operator, left, right) => {
                json!([operator.to_string(), left.json(), right.json()])
            }
        }
    }
}

impl Serialize for Expr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}

/// Reads a formula. Operators may be full width; a name may stand in `[[…]]`.
pub fn parse_formula(
    text: &str,
    field: &dyn Fn(&str) -> Option<usize>,
) -> Result<Expr, FormulaFault> {
    let mut parser = Parser { text, at: 0, field };
    let expr = parser.sum(0)?;
    parser.skip_spaces();
    if parser.at < text.len() {
        Err(parser.unexpected())
    } else {
        Ok(expr)
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    field: &'a dyn Fn(&str) -> Option<usize>,
}

impl Parser<'_> {
    fn sum(&mut self, depth: usize) -> Result<Expr, FormulaFault> {
        let mut left = self.product(depth)?;
        while let Some(operator @ ('+' | '-')) = self.operator() {
            let right = self.product(depth)?;
            left = Expr::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn product(&mut self, depth: usize) -> Result<Expr, FormulaFault> {
        let mut left = self.atom(depth)?;
        while let Some('*' | '/') = self.peek() {
            let Some(operator) = self.operator() else {
                break;
            };
            let right = self.atom(depth)?;
            left = Expr::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn atom(&mut self, depth: usize) -> Result<Expr, FormulaFault> {
        match self.peek() {
            _ if depth > MAX_DEPTH => {
                Err(self.fault(say!("括号套得太深", "brackets nest too deep")))
            }
            Some('(') => {
                self.take();
                let inner = self.sum(depth + 1)?;
                match self.peek() {
                    Some(')') => self.take(),
                    _ => return Err(self.fault(say!("缺少右括号", "a closing bracket is missing"))),
                }
                Ok(inner)
            }
            Some('-') => {
                self.take();
                let inner = self.atom(depth + 1)?;
                Ok(Expr::Binary(
                    '-',
                    Box::new(Expr::Number(0.0)),
                    Box::new(inner),
                ))
            }
            Some(c) if c.is_ascii_digit() => self.number(),
            Some(c) if c.is_alphanumeric() || matches!(c, '_' | '[') => self.name(),
            _ => Err(self.unexpected()),
        }
    }

    fn number(&mut self) -> Result<Expr, FormulaFault> {
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        self.at += length;
        // 2026年存款 is a name that begins with digits.
        if self.text[self.at..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
            self.at = start;
            return self.name();
        }
        let fault = |message| FormulaFault {
            range: start..self.at,
            message,
            unknown: None,
        };
        let number: f64 = rest[..length]
            .parse()
            .map_err(|_| fault(say!("“{0}”不是数", "`{0}` is no number", &rest[..length])))?;
        // A page's script and the written formula would have no number for it.
        if number.is_finite() {
            Ok(Expr::Number(number))
        } else {
            Err(fault(say!(
                "这个数有{length}位，太大了，算不了",
                "a number of {length} digits is too large to calculate with"
            )))
        }
    }

    fn name(&mut self) -> Result<Expr, FormulaFault> {
        let start = self.at;
        let rest = &self.text[start..];
        let (name, length) = if let Some((inner, end)) = rest
            .strip_prefix("[[")
            .and_then(|inner| Some((inner, inner.find("]]")?)))
        {
            (&inner[..end], end + 4)
        } else {
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            (&rest[..end], end)
        };
        if length == 0 {
            return Err(self.unexpected());
        }
        self.at += length;
        (self.field)(name)
            .map(|index| Expr::Field(index, 1.0))
            .ok_or_else(|| FormulaFault {
                range: start..self.at,
                message: say!("没有叫“{name}”的填写项", "no field is called `{name}`"),
                unknown: Some(name.to_owned()),
            })
    }

    fn operator(&mut self) -> Option<char> {
        let operator = self.peek().filter(|c| matches!(c, '+' | '-' | '*' | '/'))?;
        self.take();
        Some(operator)
    }

    /// The next character, with its full-width and typographic forms folded.
    fn peek(&mut self) -> Option<char> {
        self.skip_spaces();
        self.text[self.at..].chars().next().map(|c| match c {
            '（' => '(',
            '）' => ')',
            '＋' => '+',
            '－' | '−' | '–' | '—' => '-',
            '＊' | '×' => '*',
            '／' | '÷' => '/',
            c => c,
        })
    }

    fn take(&mut self) {
        self.at += self.text[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
    }

    fn skip_spaces(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn unexpected(&self) -> FormulaFault {
        match self.text[self.at..].chars().next() {
            Some(c) => self.fault(say!("“{c}”不该在这里", "`{c}` cannot stand here")),
            None => self.fault(say!("公式没写完", "the formula breaks off")),
        }
    }

    fn fault(&self, message: Text) -> FormulaFault {
        let length = self.text[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        FormulaFault {
            range: self.at..self.at + length,
            message,
            unknown: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Expr, FormulaFault> {
        parse_formula(text, &|name| {
            ["余额", "增加", "plan"].iter().position(|n| *n == name)
        })
    }

    #[test]
    fn a_number_beyond_every_number_is_refused_where_it_stands() {
        let digits = "4".repeat(400);
        let fault = parse(&format!("余额 + {digits}")).unwrap_err();
        assert_eq!(fault.range, 9..409);
        assert!(
            fault.message.en.contains("400 digits"),
            "{}",
            fault.message.en
        );
        assert!(parse(&format!("0.{digits}")).is_ok());
    }

    #[test]
    fn a_formula_computes_with_the_usual_precedence() {
        let values = [Some(120.0), Some(20.0), None];
        let value = |text: &str| parse(text).unwrap().evaluate(&values);
        assert_eq!(value("增加 / (余额 - 增加) * 100"), Ok(Some(20.0)));
        assert_eq!(value("增加÷（余额－增加）×100"), Ok(Some(20.0)));
        assert_eq!(value("[[余额]] - 2 * -增加"), Ok(Some(160.0)));
        assert_eq!(value("plan + 1"), Ok(None));
        assert_eq!(value("余额 / (增加 - 20)"), Err(DivisionByZero));
    }

    #[test]
    fn a_fault_says_where() {
        assert_eq!(
            parse("余额 / 计划").unwrap_err().unknown.as_deref(),
            Some("计划")
        );
        for text in [
            "余额 +",
            "(余额",
            "余额 增加",
            "* 2",
            "",
            &"(".repeat(10_000),
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn brackets_stand_where_they_must() {
        let names = ["余额", "增加", "plan"];
        for text in [
            "增加 / (余额 - 增加) * 100",
            "余额 - (增加 - plan)",
            "余额 / (增加 / plan)",
        ] {
            let written = parse(text)
                .unwrap()
                .written(&|index| names[index].to_owned());
            assert_eq!(parse(&written), parse(text), "{written}");
        }
    }
}
