//! `gangwei fill` and `gangwei fields` from outside: values in, files out. Word documents are read back by LibreOffice.

use crate::common::{hostile_texts, temporary};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

const TEMPLATE: &str = "---\n标题: 半年总结\n报告类型: 工作总结\n周期: 半年\n发布日期: 2026-07-01\n---\n\n## 一、指标\n\n20__年上半年，____支行存款余额____万元，比年初增加____万元，增幅__%。\n\n| 项目 | 数额 |\n| --- | --- |\n| 新开对公户 | __户 |\n\n1. 负责人：____\n";

fn gangwei(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gangwei"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder(values: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = temporary();
    std::fs::write(folder.path().join("t.md"), TEMPLATE).unwrap();
    for (name, bytes) in values {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

const VALUES: &str = "报告年份: 2026\n支行: 澄东\n存款余额: 1.2亿\n存款余额比年初增加: 2000\n";

#[test]
fn values_fill_blanks_and_the_rest_is_computed_or_named() {
    let folder = folder(&[("v.yaml", VALUES.as_bytes())]);
    let output = gangwei(folder.path(), &["fill", "t.md", "v.yaml", "--lang", "zh"]);
    let filled = text(&output.stdout);
    assert!(filled.starts_with("# 半年总结\n"), "{filled}");
    assert!(
        filled.contains("2026年上半年，澄东支行存款余额12,000万元，比年初增加2,000万元，增幅20%。"),
        "{filled}"
    );
    assert!(filled.contains("| 新开对公户 | __户 |"), "{filled}");
    assert!(
        text(&output.stderr).contains("还没填：新开对公户、负责人"),
        "{}",
        text(&output.stderr)
    );
    assert!(output.status.success());
}

#[test]
fn values_are_words_in_every_format() {
    let folder = folder(&[("v.yaml", "支行: '<b>*澄*</b>|[东](x)'\n".as_bytes())]);
    let markdown = text(&gangwei(folder.path(), &["fill", "t.md", "v.yaml"]).stdout);
    assert!(
        markdown.contains(r"\<b\>\*澄\*\</b\>\|\[东\](x)支行"),
        "{markdown}"
    );
    let html = text(&gangwei(folder.path(), &["fill", "t.md", "v.yaml", "--to", "html"]).stdout);
    assert!(
        html.contains("&lt;b&gt;*澄*&lt;/b&gt;|[东](x)支行"),
        "{html}"
    );
}

#[test]
fn a_draft_that_the_page_exported_fills_too() {
    let draft =
        r#"{"template": "t", "version": "1", "values": {"支行": "澄东", "报告年份": "2026"}}"#;
    let folder = folder(&[("draft.json", draft.as_bytes())]);
    let filled = text(&gangwei(folder.path(), &["fill", "t.md", "draft.json"]).stdout);
    assert!(filled.contains("2026年上半年，澄东支行"), "{filled}");
}

#[test]
fn a_table_fills_one_file_a_row_and_says_what_is_wrong_where() {
    let table = "文件名,支行,存款余额,存款佘额比年初增加\n澄东,澄东,12000,2000\n望北,望北,很多,1\n南岸,南岸,\"9,000\",\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(table);
    let folder = folder(&[("branches.csv", &gb)]);
    let output = gangwei(
        folder.path(),
        &[
            "fill",
            "t.md",
            "branches.csv",
            "--out",
            "out",
            "--lang",
            "zh",
        ],
    );
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("unknown-field") && said.contains("branches.csv:1:13"),
        "{said}"
    );
    assert!(said.contains("是不是“存款余额比年初增加”"), "{said}");
    assert!(
        said.contains("“很多”不是数") && said.contains("branches.csv:3:7"),
        "{said}"
    );
    assert!(said.contains("2份有错"), "{said}");
    let filled = std::fs::read_to_string(folder.path().join("out/南岸.md")).unwrap();
    assert!(filled.contains("南岸支行存款余额9,000万元"), "{filled}");
    for broken in ["澄东", "望北"] {
        assert!(!folder.path().join(format!("out/{broken}.md")).exists());
    }
}

#[test]
fn a_table_that_cannot_be_read_writes_nothing_and_says_why() {
    let cases: &[(&str, &str, &str, &[&str])] = &[
        (
            "支行,存款余额\n\"澄东,100\n澄西,200\n澄南,300\n",
            "引号没有收尾",
            ":2:1",
            &[],
        ),
        ("支行,存款余额\n澄东,\"100\n", "引号没有收尾", ":2:4", &[]),
        // The mark of one row is closed by that of another; the row after them is as written.
        (
            "支行,存款余额\n\"澄东,100\n\"澄西,200\n澄南,300\n",
            "引号没有收尾",
            ":2:1",
            &["澄南"],
        ),
        ("\"支行,存款余额\n澄东,100\n", "引号没有收尾", ":1:1", &[]),
        (
            "支行,存款额\n澄东,100\n澄西,\n",
            "没有“存款额”这一项",
            ":1:4",
            &["澄西"],
        ),
        (
            "支行,支行,存款余额\n澄东,澄西,100\n",
            "“支行”这一列有两列",
            ":1:4",
            &[],
        ),
        (
            "文件名，支行，存款余额\n澄东，澄东，100\n",
            "“文件名，支行，存款余额”里的逗号是全角的",
            ":1:1",
            &[],
        ),
        ("", "表格里没有要填的行", ":1:1", &[]),
        ("支行,存款余额\n", "表格里没有要填的行", ":1:1", &[]),
        ("支行,存款余额\n,\n", "表格里没有要填的行", ":1:1", &[]),
        // Right tables with marks, breaks and empty lines in them.
        (
            "\n支行;存款余额\n\n\"澄\"\"东\" ;\"1\"\n",
            "已写",
            "",
            &["澄-东"],
        ),
        (
            "支行,负责人\n澄东,\"甲\n乙\"\n\"澄西\",\"\"",
            "已写",
            "",
            &["澄东", "澄西"],
        ),
        (
            "支行\t负责人\n澄东\t5\" 甲\n\"澄西\"\t乙\n",
            "已写",
            "",
            &["澄东", "澄西"],
        ),
    ];
    for (table, message, place, written) in cases {
        let folder = folder(&[("v.csv", table.as_bytes())]);
        let output = gangwei(folder.path(), &["fill", "t.md", "v.csv", "--lang", "zh"]);
        let said = text(&output.stderr) + &text(&output.stdout);
        let is_right = place.is_empty();
        assert_eq!(
            output.status.code(),
            Some(i32::from(!is_right)),
            "{table}{said}"
        );
        assert!(said.contains(message), "{table}{said}");
        assert!(
            is_right || said.contains(&format!("v.csv{place}")),
            "{table}{said}"
        );
        assert_eq!(
            said.matches("错误").count(),
            usize::from(!is_right),
            "{table}{said}"
        );
        let mut names: Vec<String> = std::fs::read_dir(folder.path().join("v"))
            .map(|files| {
                files
                    .map(|file| file.unwrap().file_name().into_string().unwrap())
                    .collect()
            })
            .unwrap_or_default();
        names.sort();
        let expected: Vec<String> = written.iter().map(|name| format!("{name}.md")).collect();
        assert_eq!(names, expected, "{table}{said}");
    }
}

#[test]
fn what_cannot_be_read_is_said_in_the_language_of_the_command() {
    let folder = folder(&[]);
    for command in [&["fill", "t.md", "no.yaml"][..], &["fields", "no.md"]] {
        for (lang, words, missing) in [
            ("zh", "读不了“no.", "没有这个文件"),
            ("en", "cannot read `no.", "no such file"),
        ] {
            let said = gangwei(folder.path(), &[command, &["--lang", lang]].concat());
            assert!(text(&said.stderr).contains(words), "{}", text(&said.stderr));
            assert!(
                text(&said.stderr).contains(missing) && !text(&said.stderr).contains("os error"),
                "{}",
                text(&said.stderr)
            );
        }
    }
}

#[test]
fn contradictions_are_said() {
    let values = format!("{VALUES}存款余额增幅: 25\n");
    let folder = folder(&[("v.yaml", values.as_bytes())]);
    let output = gangwei(folder.path(), &["fill", "t.md", "v.yaml", "--lang", "zh"]);
    assert!(
        text(&output.stderr).contains("“存款余额增幅”填的是 25，按其他数算是 20"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn an_existing_file_is_not_replaced_unasked() {
    let folder = folder(&[("v.yaml", VALUES.as_bytes()), ("mine.md", b"mine")]);
    let refused = gangwei(
        folder.path(),
        &["fill", "t.md", "v.yaml", "--out", "mine.md", "--lang", "zh"],
    );
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--force"));
    assert_eq!(
        std::fs::read(folder.path().join("mine.md")).unwrap(),
        b"mine"
    );
    let forced = gangwei(
        folder.path(),
        &["fill", "t.md", "v.yaml", "--out", "mine.md", "--force"],
    );
    assert!(forced.status.success());
    assert_ne!(
        std::fs::read(folder.path().join("mine.md")).unwrap(),
        b"mine"
    );
}

#[test]
fn a_word_document_opens_with_its_headings_tables_and_content_controls() {
    let folder = folder(&[("v.yaml", VALUES.as_bytes())]);
    let output = gangwei(
        folder.path(),
        &["fill", "t.md", "v.yaml", "--to", "docx", "--out", "r.docx"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let convert = |to: &str, outdir: &str| {
        let converted = Command::new("soffice")
            .current_dir(folder.path())
            .args([
                &profile,
                "--headless",
                "--convert-to",
                to,
                "--outdir",
                outdir,
                "r.docx",
            ])
            .output()
            .expect("LibreOffice (soffice) is needed: apt-get install libreoffice-writer-nogui");
        assert!(converted.status.success(), "{}", text(&converted.stderr));
    };
    convert("fodt", ".");
    let flat = std::fs::read_to_string(folder.path().join("r.fodt")).unwrap();
    let document = roxmltree::Document::parse_with_options(
        &flat,
        roxmltree::ParsingOptions {
            allow_dtd: true,
            ..Default::default()
        },
    )
    .unwrap();
    let texts = |name: &str| -> Vec<String> {
        let nodes = document
            .descendants()
            .filter(|node| node.tag_name().name() == name);
        nodes
            .map(|node| {
                node.descendants()
                    .filter_map(|inner| inner.text())
                    .collect::<String>()
            })
            .collect()
    };
    assert!(
        texts("h")
            .iter()
            .any(|heading| heading.contains("一、指标")),
        "{:?}",
        texts("h")
    );
    assert!(
        texts("p")
            .iter()
            .any(|line| line.contains("澄东支行存款余额12,000万元，比年初增加2,000万元，增幅20%"))
    );
    assert_eq!(texts("table-cell").len(), 4);
    // Two blanks had no value.
    let tags = texts("content-control");
    assert_eq!(tags.len(), 2, "{tags:?}");
    assert!(
        tags.iter().all(|control| control.starts_with("__")),
        "{tags:?}"
    );
    // Read and written again, the controls are still controls; in what was made they carry their fields' names.
    convert("docx:MS Word 2007 XML", "again");
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert_eq!(
        document_xml(&bytes("again/r.docx"))
            .matches("<w:sdt>")
            .count(),
        2
    );
    let made = document_xml(&bytes("r.docx"));
    for name in ["新开对公户", "负责人"] {
        assert!(
            made.contains(&format!("w:alias w:val=\"{name}\"")),
            "{name}"
        );
    }
}

/// The main part of a Word document.
fn document_xml(docx: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut xml)
        .unwrap();
    xml
}

/// A template and values with every hostile text as a value, as a label of a blank that remains, and in the text; or
/// ordinary words in their places.
fn with_texts(ordinary: bool) -> (String, String) {
    let shown = |text: &str| {
        if ordinary {
            serde_json::json!("甲")
        } else {
            serde_json::json!(text)
        }
    };
    let mut head = format!(
        "---\n标题: {}\n发布日期: 2026-07-01\n填写项:\n",
        shown("<b>&x</b>")
    );
    let (mut body, mut values) = (String::new(), serde_json::Map::new());
    let is_refused = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\u{7F}'))
            || c as u32 & 0xFFFE == 0xFFFE
            || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
    };
    for (number, text) in hostile_texts().iter().enumerate() {
        if text.contains(is_refused) {
            continue;
        }
        head.push_str(&format!("  - {{名称: a{number}, 类型: 文字}}\n"));
        body.push_str(&format!("甲[[a{number}]]乙\n\n"));
        values.insert(format!("a{number}"), shown(text));
        // Blanks in the text would be other blanks, and a file with control characters is refused.
        let written = !text.contains(['_', '[', '\n']) && !text.chars().any(char::is_control);
        if written {
            let word = if ordinary { "甲" } else { text };
            head.push_str(&format!(
                "  - {{名称: b{number}, 类型: 文字, 标签: {}}}\n",
                shown(text)
            ));
            body.push_str(&format!("## {word}\n\n| {word} | 丙[[b{number}]] |\n|---|---|\n| **{word}** | [丁]({word}) |\n\n"));
        }
    }
    (
        head + "---\n\n" + &body,
        serde_json::Value::Object(values).to_string(),
    )
}

#[test]
fn hostile_texts_are_words_in_word_documents() {
    let filled = |ordinary: bool| {
        let (template, values) = with_texts(ordinary);
        let folder = folder(&[("h.md", template.as_bytes()), ("v.json", values.as_bytes())]);
        let output = gangwei(
            folder.path(),
            &["fill", "h.md", "v.json", "--to", "docx", "--out", "h.docx"],
        );
        assert!(output.status.success(), "{:.2000}", text(&output.stderr));
        std::fs::read(folder.path().join("h.docx")).unwrap()
    };
    /// Every part of the document that is XML, by its name.
    fn parts(docx: &[u8]) -> Vec<(String, String)> {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
        let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
        names
            .into_iter()
            .filter(|name| !name.ends_with('/'))
            .map(|name| {
                let mut xml = String::new();
                std::io::Read::read_to_string(&mut archive.by_name(&name).unwrap(), &mut xml)
                    .unwrap();
                (name, xml)
            })
            .collect()
    }
    let shapes = |parts: &[(String, String)]| -> BTreeSet<String> {
        let mut shapes = BTreeSet::new();
        for (name, xml) in parts {
            let part =
                roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{name}: {error}"));
            for element in part.descendants().filter(roxmltree::Node::is_element) {
                let tag = element.tag_name().name();
                shapes.insert(format!("{name} {tag}"));
                for attribute in element.attributes() {
                    shapes.insert(format!("{name} {tag} {}", attribute.name()));
                }
            }
        }
        shapes
    };
    let (hostile, ordinary) = (parts(&filled(false)), parts(&filled(true)));
    // Emphasis in a text is emphasis; nothing else may come from one.
    let harmless = ["b", "bCs", "i", "iCs", "strike", "br"];
    let more: Vec<String> = shapes(&hostile)
        .difference(&shapes(&ordinary))
        .filter(|shape| !harmless.contains(&shape.split(' ').nth(1).unwrap_or("")))
        .cloned()
        .collect();
    assert!(more.is_empty(), "{more:?}");
    let (_, relations) = hostile
        .iter()
        .find(|(name, _)| name.ends_with("document.xml.rels"))
        .unwrap();
    assert!(
        !relations.contains("TargetMode=\"External\""),
        "{relations}"
    );
    let (_, main) = hostile
        .iter()
        .find(|(name, _)| name == "word/document.xml")
        .unwrap();
    let main = roxmltree::Document::parse(main).unwrap();
    let words: BTreeSet<&str> = main.descendants().filter_map(|node| node.text()).collect();
    let labels: BTreeSet<&str> = main
        .descendants()
        .filter(|node| node.tag_name().name() == "alias")
        .filter_map(|node| node.attributes().next())
        .map(|attribute| attribute.value())
        .collect();
    for value in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
    ] {
        assert!(words.contains(value), "{value} is not as written");
        assert!(labels.contains(value), "{value} is no label: {labels:?}");
    }
}

#[test]
fn the_same_values_give_the_same_bytes() {
    let folder = folder(&[("v.yaml", VALUES.as_bytes())]);
    for name in ["a.docx", "b.docx"] {
        gangwei(
            folder.path(),
            &["fill", "t.md", "v.yaml", "--to", "docx", "--out", name],
        );
    }
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert!(bytes("a.docx") == bytes("b.docx"));
}

#[test]
fn faults_of_a_template_are_said_at_their_place() {
    let template = "---\n标题: 计划\n发布日期: 2026-07-01\n填写项:\n  - {名称: a, 公式: b + 1}\n  - {名称: b, 公式: a * 2}\n  - {名称: c, 公式: a / 0}\n  - {名称: d, 公式: 不知道 + 1}\n  - {名称: a, 标签: 又一次}\n---\n\n[[a]]和[[b]]，[[c:金饿]]，[[d\n";
    let folder = folder(&[("bad.md", template.as_bytes())]);
    let output = gangwei(folder.path(), &["fields", "bad.md", "--lang", "zh"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for (code, place) in [
        ("formula-loop", "bad.md:"),
        ("bad-formula", "bad.md:7:"),
        ("bad-formula", "bad.md:8:"),
        ("duplicate-field", "bad.md:9:"),
        ("bad-blank", "bad.md:12:"),
    ] {
        let lines: Vec<&str> = said.lines().collect();
        let found = lines
            .windows(2)
            .any(|pair| pair[0].contains(code) && pair[1].contains(place));
        assert!(found, "{code} {place}\n{said}");
    }
    assert!(said.contains("是不是“金额”"), "{said}");
    assert!(
        said.contains("公式“不知道 + 1”算不了：没有叫“不知道”的填写项"),
        "{said}"
    );
}

#[test]
fn fields_are_listed_with_their_spans_in_the_file() {
    let folder = folder(&[]);
    let output = gangwei(
        folder.path(),
        &["fields", "t.md", "--format", "json", "--lang", "zh"],
    );
    let listed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let blanks = listed.as_array().unwrap();
    assert_eq!(blanks.len(), 7);
    for blank in blanks {
        let range =
            blank["start"].as_u64().unwrap() as usize..blank["end"].as_u64().unwrap() as usize;
        assert_eq!(&TEMPLATE[range.clone()], blank["text"].as_str().unwrap());
        let line = TEMPLATE[..range.start].matches('\n').count() + 1;
        assert_eq!(blank["line"], line);
    }
    let third = &blanks[2];
    assert_eq!(
        (
            third["type"].as_str(),
            third["unit"].as_str(),
            third["label"].as_str()
        ),
        (Some("money"), Some("万元"), Some("存款余额"))
    );
    assert_eq!(third["reason"], "后面是“万元”");
}

#[test]
fn a_value_that_turns_the_direction_of_reading_is_told_and_filled_in_without_it() {
    let values = "支行: \"澄\u{202E}东\u{200B}👩\u{200D}💻\"\n";
    let folder = folder(&[("v.yaml", values.as_bytes())]);
    for format in ["md", "html"] {
        let ran = gangwei(
            folder.path(),
            &["fill", "t.md", "v.yaml", "--to", format, "--lang", "en"],
        );
        let (filled, told) = (text(&ran.stdout), text(&ran.stderr));
        assert!(ran.status.success(), "{told}");
        assert!(
            told.contains("[invisible-in-value]") && told.contains("\\u{202e}"),
            "{told}"
        );
        assert!(filled.contains("澄东👩\u{200D}💻支行"), "{filled}");
        assert!(!filled.contains(['\u{202E}', '\u{200B}']), "{filled}");
    }
}

#[test]
fn links_of_a_template_stay_in_its_page() {
    let folder = folder(&[("v.yaml", VALUES.as_bytes())]);
    let template = format!(
        "{TEMPLATE}\n[点此](https://ok.example/a)、[信](mailto:a@ok.example)、[上](#top)、[旁](x.pdf)、[坏](javascript:x)、[假](https://b@evil.example/)\n"
    );
    std::fs::write(folder.path().join("t.md"), template).unwrap();
    let html = text(&gangwei(folder.path(), &["fill", "t.md", "v.yaml", "--to", "html"]).stdout);
    for link in ["https://ok.example/a", "mailto:a@ok.example", "#top"] {
        assert!(html.contains(&format!("href=\"{link}\"")), "{link}: {html}");
    }
    assert!(
        !html.contains("x.pdf\"") && !html.contains("javascript") && !html.contains("evil"),
        "{html}"
    );
    assert!(html.contains("旁、坏、假"), "{html}");
}
