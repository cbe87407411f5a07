//! Years of work: `2年`, `18个月`, `2年同业，其中1年客户经理`, or a list of maps.

use super::{DisplayValue, FieldType, FieldValue, Reader, read_record};
use crate::text::fold;
use crate::yaml::{Node, Value};
use crate::{record, say};

/// One requirement of time worked.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Months.
    pub months: u32,
    /// In what, where stated.
    pub field: Option<String>,
    /// Whether it is a part of the period before (其中).
    pub within: bool,
}

/// All periods of work that a posting asks for; empty where it asks for no experience.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Experience {
    /// The stretches, in the order written.
    pub stretches: Vec<Stretch>,
}

impl Experience {
    /// Months in all: those within another are not added.
    pub fn months(&self) -> u32 {
        self.stretches
            .iter()
            .filter(|stretch| !stretch.within)
            .map(|stretch| stretch.months)
            .sum()
    }
}

record! {
    /// One stretch written as a map.
    StretchMap {
        duration: String = "duration", "时长", Required, "例如 2年、18个月", "for example 2年 or 18个月", "2年";
        field: Option<String> = "in", "领域", Optional, "在哪方面", "in what", "客户经理";
        within: bool = "within", "其中", Optional, "包含在上一条之内", "counts within the one above", "";
    }
}

impl FieldValue for Experience {
    fn display_value(&self) -> DisplayValue<'_> {
        DisplayValue::Experience(self)
    }
    fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        for stretch in &mut self.stretches {
            stretch.field.convert_texts(convert);
        }
    }
    const TYPE: FieldType = FieldType::Either(&[
        FieldType::Notation("experience"),
        FieldType::List(&<StretchMap as FieldValue>::TYPE),
    ]);
    fn read(node: &Node, reader: &mut Reader) -> Option<Experience> {
        let mut stretches = Vec::new();
        match &node.value {
            Value::List(items) => {
                for item in items {
                    stretches.extend(read_stretches(item, reader)?);
                }
            }
            _ => stretches = read_stretches(node, reader)?,
        }
        Some(Experience { stretches })
    }
}

/// Wordings that ask for no experience.
const NO_EXPERIENCE: &[&str] = &[
    "不限",
    "无",
    "none",
    "any",
    "经验不限",
    "不限经验",
    "无要求",
    "不要求",
    "无经验要求",
    "应届",
    "应届生",
    "应届毕业生",
];

/// Words before a duration that change nothing, since every duration is a minimum.
const AT_LEAST: &[&str] = &["不少于", "不低于", "至少", "具有", "具备", "满", "有"];

fn read_stretches(node: &Node, reader: &mut Reader) -> Option<Vec<Stretch>> {
    if let Value::Map(_) = node.value {
        let map: StretchMap = read_record(node, reader)?;
        let Some((months, _)) = take_duration(&fold(&map.duration)) else {
            fault(node, &map.duration, reader);
            return None;
        };
        return Some(vec![Stretch {
            months,
            field: map.field,
            within: map.within,
        }]);
    }
    let text = reader.scalar(node)?;
    if NO_EXPERIENCE.contains(&fold(text).as_str()) {
        return Some(Vec::new());
    }
    let stretches: Option<Vec<Stretch>> = text
        .split(['，', ',', '；', ';', '、'])
        .filter(|part| !part.trim().is_empty())
        .map(parse_stretch)
        .collect();
    if stretches.is_none() {
        fault(node, text, reader);
    }
    stretches
}

fn fault(node: &Node, text: &str, reader: &mut Reader) {
    reader.error(
        "bad-experience",
        node.span,
        say!(
            "工作年限“{text}”读不懂",
            "the experience `{text}` cannot be read"
        ),
        Some(say!(
            "写成 2年、18个月、不限，或 2年同业，其中1年客户经理",
            "write it like 2年, 18个月, 不限, or 2年同业，其中1年客户经理"
        )),
    );
}

fn parse_stretch(part: &str) -> Option<Stretch> {
    let part = part.trim();
    let (within, part) = match part.strip_prefix("其中") {
        Some(rest) => (true, rest.trim()),
        None => (false, part),
    };
    let part = AT_LEAST
        .iter()
        .fold(part, |part, word| part.strip_prefix(word).unwrap_or(part));
    let (months, rest) = take_range(part).or_else(|| take_duration(part))?;
    let field = rest
        .trim_start_matches(['及', '以', '上', '的'])
        .trim_end_matches("经验")
        .trim_end_matches("工作")
        .trim_end_matches("從業")
        .trim_end_matches("相关")
        .trim_end_matches("相關")
        .trim()
        .to_owned();
    Some(Stretch {
        months,
        field: (!field.is_empty()).then_some(field),
        within,
    })
}

/// Takes `3-5年` off the front; its lower end is the required time.
fn take_range(text: &str) -> Option<(u32, &str)> {
    let (first, second) = text.split_once(['-', '~', '～', '–', '—', '至', '到'])?;
    let (_, rest) = take_duration(second)?;
    let unit = if second[..second.len() - rest.len()].contains(['年', 'y']) {
        "年"
    } else {
        "个月"
    };
    let (months, left) = take_duration(&format!("{}{unit}", first.trim_end_matches('年')))
        .map(|(months, left)| (months, left.len()))?;
    (left == 0).then_some((months, rest))
}

/// Takes `2年`, `18个月`, `两年半` or `3 years` off the front; months and the rest.
fn take_duration(text: &str) -> Option<(u32, &str)> {
    if let Some(rest) = text.strip_prefix("半年") {
        return Some((6, rest));
    }
    let mut chars = text.char_indices().peekable();
    let mut number: Option<u32> = None;
    while let Some(&(_, c)) = chars.peek() {
        let digit = match crate::text::fold_char(c) {
            d @ '0'..='9' => d as u32 - '0' as u32,
            '一' => 1,
            '二' | '两' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => {
                number = Some(number.unwrap_or(1).checked_mul(10)?);
                chars.next();
                continue;
            }
            _ => break,
        };
        let tens = number.unwrap_or(0);
        number = Some(if c.is_numeric() && !crate::text::is_han(c) {
            tens.checked_mul(10)?.checked_add(digit)?
        } else {
            tens.checked_add(digit)?
        });
        chars.next();
    }
    let number = number.filter(|&number| number <= 600)?;
    let rest = chars.peek().map_or("", |&(at, _)| &text[at..]).trim_start();
    for (word, months) in [
        ("年半", 0),
        ("年", 12),
        ("个月", 1),
        ("個月", 1),
        ("月", 1),
        ("years", 12),
        ("year", 12),
        ("months", 1),
        ("month", 1),
    ] {
        if let Some(rest) = rest.strip_prefix(word) {
            let months = if word == "年半" {
                number * 12 + 6
            } else {
                number * months
            };
            return Some((months, rest));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_bounds_ask_for_their_lower_end() {
        for (text, months) in [
            ("3-5年", 36),
            ("1至3年相关经验", 12),
            ("6-12个月", 6),
            ("2年-4年", 24),
            ("不少于2年", 24),
            ("至少三年", 36),
            ("半年以上", 6),
        ] {
            let stretch = parse_stretch(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((stretch.months, stretch.field), (months, None), "{text}");
        }
        assert!(parse_stretch("五-多年").is_none());
    }

    #[test]
    fn the_usual_wordings_are_read() {
        let within = parse_stretch("其中1年客户经理").unwrap();
        assert_eq!(
            (within.months, within.within, within.field.as_deref()),
            (12, true, Some("客户经理"))
        );
        assert_eq!(parse_stretch("两年以上同业工作经验").unwrap().months, 24);
        assert_eq!(
            parse_stretch("两年以上同业工作经验")
                .unwrap()
                .field
                .as_deref(),
            Some("同业")
        );
        assert_eq!(parse_stretch("18个月").unwrap().months, 18);
        assert_eq!(parse_stretch("3 years").unwrap().months, 36);
        assert_eq!(parse_stretch("十二年").unwrap().months, 144);
        assert!(parse_stretch("多年").is_none());
        assert!(parse_stretch("99999999999年").is_none());
    }
}
