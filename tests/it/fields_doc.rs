//! `docs/fields.md` is made from the registry; this test makes it again and compares.
//! `SNAPSHOTS=overwrite cargo test --test it fields_doc::` rewrites it.

use crate::snapshot::expect_file;
use gangwei::fields::{Field, FieldType, Need, Record};
use gangwei::kinds::{KINDS, Shared};
use std::fmt::Write;

fn type_name(ty: FieldType) -> String {
    match ty {
        FieldType::Text => "文字 text".to_owned(),
        FieldType::Notation(_) => "见例子 see example".to_owned(),
        FieldType::Integer => "整数 integer".to_owned(),
        FieldType::Number => "数字 number".to_owned(),
        FieldType::Boolean => "是/否 true/false".to_owned(),
        FieldType::Date => "日期 date".to_owned(),
        FieldType::Moment => "日期或时间 date or time".to_owned(),
        FieldType::Url => "网址 URL".to_owned(),
        FieldType::Email => "邮箱 mail address".to_owned(),
        FieldType::Choice(choices) => {
            let words: Vec<String> = choices
                .iter()
                .map(|choice| format!("{} `{}`", choice.zh, choice.id))
                .collect();
            words.join("、")
        }
        FieldType::Entry(vocabulary) => {
            format!("`{}.yaml` 里的名称 a name of it", vocabulary.folder())
        }
        FieldType::Reference(kind) => format!("`{kind}` 的编号 an id"),
        FieldType::List(inner) => format!("列表 list：{}", type_name(*inner)),
        FieldType::Record(_) => "分项 map".to_owned(),
        FieldType::Map(inner) => format!("各项 map：{}", type_name(*inner)),
        FieldType::Either(types) => types
            .iter()
            .map(|&ty| type_name(ty))
            .collect::<Vec<_>>()
            .join(" / "),
    }
}

fn inner_fields(ty: FieldType) -> &'static [Field] {
    match ty {
        FieldType::Record(fields) => fields,
        FieldType::List(inner) => inner_fields(*inner),
        FieldType::Either(types) => types
            .iter()
            .map(|&ty| inner_fields(ty))
            .find(|fields| !fields.is_empty())
            .unwrap_or(&[]),
        _ => &[],
    }
}

fn write_rows(out: &mut String, fields: &[Field], prefix: (&str, &str)) {
    for field in fields {
        let need = match field.need {
            Need::Required => "必填 required",
            Need::Expected => "应填 expected",
            Need::Optional => "",
        };
        let example = match field.example {
            "" => String::new(),
            example => format!("`{}`", example.replace('|', "\\|")),
        };
        let (zh, en) = (
            format!("{}{}", prefix.0, field.zh),
            format!("{}{}", prefix.1, field.key),
        );
        writeln!(
            out,
            "| {zh} | `{en}` | {need} | {} | {}。{}. | {example} |",
            type_name(field.ty),
            field.help_zh,
            field.help_en
        )
        .expect("string");
        write_rows(
            out,
            inner_fields(field.ty),
            (&format!("{zh} › "), &format!("{en}.")),
        );
    }
}

#[test]
fn the_field_tables_are_what_the_registry_says() {
    let mut out = String::from(
        "# 字段 · Fields\n\n由程序的字段登记表生成。键可以用中文或英文，繁体和全角也认得；同一项的两个名字不能同时写。\n\n*Made from the program's registry of fields. Keys may be Chinese or English, in either script and width; both names of one field in one document are a fault.*\n",
    );
    let header = "\n| 中文键 | key | | 类型 type | 说明 | 例 |\n|---|---|---|---|---|---|\n";
    out.push_str("\n## 所有文档 · every kind\n");
    out.push_str(header);
    write_rows(&mut out, Shared::FIELDS, ("", ""));
    for kind in KINDS {
        let note = if kind.id_zh == "编号" {
            String::new()
        } else {
            format!("，编号在这里叫“{}”", kind.id_zh)
        };
        write!(
            out,
            "\n## {} · {} (`content/{}/`{note})\n",
            kind.noun.0, kind.noun.1, kind.folder
        )
        .expect("string");
        if kind.fields.is_empty() {
            out.push_str("\n只有上面的字段。*Only the fields above.*\n");
            continue;
        }
        out.push_str(header);
        write_rows(&mut out, kind.fields, ("", ""));
    }
    out.push_str("\n## 词表 · vocabularies (`content/units.yaml` …)\n");
    out.push_str(header);
    write_rows(&mut out, gangwei::fields::entry_fields(), ("", ""));
    out.push_str("\n## 设置 · settings (`gangwei.yaml`)\n");
    out.push_str(header);
    write_rows(&mut out, gangwei::kinds::Settings::FIELDS, ("", ""));
    expect_file("docs/fields.md", &out);
}
