//! The reader of document text: the cases of `tests/document_text/*.txt`, and what holds for every text. A case reads:
//!
//! ```text
//! === name, and [title] or [markdown] where it is read so
//! the source
//! --- outline
//! h1 a heading of level 1
//! p a paragraph
//! l a key=its value
//! 1. an item of a numbered list
//!   - an item of a list inside it
//! v markdown that stays, ⏎ for its line breaks
//! ! a note
//! --- not taken
//! reason and characters
//! ```
//!
//! Characters that do not show are written `⟨U+3000⟩`. Notes and what was not taken are compared where a case names them.

use gangwei::document_text::{
    Cell, Format, Hints, Kind, ListHint, NotTakenReason, NoteReason, Options, Outline, Paragraph,
    Reason, document_borders, read, read_paragraphs, split_label, to_markdown,
};
use proptest::prelude::*;
use std::fmt::Write;
use std::path::Path;

/// The characters that `⟨U+3000⟩` and the like stand for.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("⟨U+") {
        let (code, behind) = behind.split_once('⟩').expect("⟩");
        out.push_str(before);
        out.push(
            char::from_u32(u32::from_str_radix(code, 16).expect("hexadecimal"))
                .expect("a character"),
        );
        rest = behind;
    }
    out + rest
}

/// An outline in the notation of the cases.
fn notation(outline: &Outline) -> String {
    let mut out = String::new();
    for block in &outline.blocks {
        let words = block.text.as_str().replace('\n', "⏎");
        let _ = match block.kind {
            Kind::Title => writeln!(out, "title {words}"),
            Kind::Heading { level } => writeln!(out, "h{level} {words}"),
            Kind::Paragraph => writeln!(out, "p {words}"),
            Kind::Label { .. } => {
                let (key, value) = block.label().expect("label");
                writeln!(out, "l {key}={value}")
            }
            Kind::Item {
                depth,
                ordered: true,
                number,
                ..
            } => writeln!(out, "{}{number}. {words}", "  ".repeat(depth.into())),
            Kind::Item { depth, .. } => writeln!(out, "{}- {words}", "  ".repeat(depth.into())),
            Kind::Cell(Cell { row, column, .. }) => writeln!(out, "cell {row},{column} {words}"),
            Kind::Verbatim => writeln!(out, "v {words}"),
        };
    }
    out
}

#[test]
fn every_case_is_read_as_its_author_meant_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/document_text");
    let (mut count, mut wrong) = (0, String::new());
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("cases")
        .map(|entry| entry.expect("entry").path())
        .collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("case");
        for case in text.split("\n=== ").skip(1) {
            count += 1;
            let (name, rest) = case.split_once('\n').expect("name");
            let (source, expected) = rest.split_once("--- outline\n").expect("outline");
            let (expected, not_taken) = match expected.split_once("--- not taken\n") {
                Some((expected, not_taken)) => (expected, Some(not_taken)),
                None => (expected, None),
            };
            let (source, expected) = (unescape(source), unescape(expected));
            let format = if name.contains("[markdown]") {
                Format::Markdown
            } else {
                Format::Plain
            };
            let outline = read(
                &source,
                Options {
                    format,
                    title: name.contains("[title]"),
                },
            );
            let mut got = notation(&outline);
            let mut want = String::new();
            for line in expected.lines().filter(|line| !line.is_empty()) {
                want += line;
                want.push('\n');
                if let Some(note) = line.strip_prefix("! ")
                    && outline.notes.iter().any(|found| found.reason.id() == note)
                {
                    got += line;
                    got.push('\n');
                }
            }
            if let Some(not_taken) = not_taken {
                for line in unescape(not_taken).lines().filter(|line| !line.is_empty()) {
                    want += line;
                    want.push('\n');
                }
                for left in outline
                    .not_taken
                    .iter()
                    .filter(|left| left.reason != NotTakenReason::Indentation)
                {
                    let _ = writeln!(
                        got,
                        "{} {}",
                        left.reason.id(),
                        source[left.place.span.range()].trim_end()
                    );
                }
            }
            if got != want {
                let _ = writeln!(
                    wrong,
                    "{}: {name}\n--- wanted\n{want}--- got\n{got}",
                    file.display()
                );
            }
            check_places(&source, &outline);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 60, "only {count} cases");
}

/// Every character of the source is in a block or in the list of what was not taken, once.
fn check_places(source: &str, outline: &Outline) {
    let mut seen = vec![0u8; source.len()];
    for block in &outline.blocks {
        let words = block.text.as_str();
        let runs = block.text.runs();
        for (index, run) in runs.iter().enumerate() {
            let end = runs
                .get(index + 1)
                .map_or(words.len(), |next| next.at as usize);
            let (own, there) = (&words[run.at as usize..end], &source[run.source.range()]);
            assert!(run.changed || own == there, "{own:?} is not {there:?}");
            seen[run.source.range()]
                .iter_mut()
                .for_each(|count| *count += u8::from(!there.trim().is_empty()));
        }
        assert!(source.get(block.place.span.range()).is_some());
    }
    for left in &outline.not_taken {
        seen[left.place.span.range()]
            .iter_mut()
            .for_each(|count| *count += 1);
    }
    for (at, c) in source.char_indices() {
        let is_break =
            c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}');
        assert!(
            is_break || seen[at] == 1,
            "{c:?} at {at} is taken {} times in {source:?}\n{}",
            seen[at],
            notation(outline)
        );
    }
}

/// Kinds and words, without what depends on where they stand.
fn shape(outline: &Outline) -> Vec<(String, String)> {
    let blocks = outline.blocks.iter().map(|block| {
        let kind = match block.kind {
            Kind::Label { .. } => "Paragraph".to_owned(),
            // Markdown has no more than six levels.
            Kind::Heading { .. } => "Heading".to_owned(),
            Kind::Item { depth, ordered, .. } => format!("Item {depth} {ordered}"),
            kind => format!("{kind:?}"),
        };
        (kind, block.text.as_str().to_owned())
    });
    blocks.collect()
}

/// Lines as documents have them.
fn documents() -> impl Strategy<Value = String> {
    let mark = prop_oneof![
        4 => Just(String::new()),
        1 => "[一二三四]、", 1 => "（[一二三]）", 1 => "[1-4][、.．]", 1 => "（[1-3]）", 1 => "[①②③]", 1 => "[1-3]\\)",
        1 => "[●■★✓·—-] ?", 1 => "[A-D][.、]", 1 => "第[一二三][章条] ", 1 => "[✅🔹] ?", 1 => "#{1,3} ", 1 => "\u{F0B7}\t",
        1 => "【", 1 => "\\[[12]\\]", 1 => "2\\.[1-3] ",
    ];
    let words = prop_oneof![
        4 => "[收付款项核对清点登记台账客户网点]{2,14}",
        1 => "岗位职责", 1 => "任职要求", 1 => "招聘人数：[2-9]人", 1 => "联系邮箱: a@b\\.cn", 1 => "[a-z]{2,6}( [a-z]{2,6}){1,6}",
        1 => "C R M", 1 => "招 聘 启 事", 1 => "[核对,;:()清点]{3,9}", 1 => "[*_`<>&#~|\\[\\]{}\\\\]{1,3}核对", 1 => "\u{200B}核\u{202E}对\u{FEFF}",
        1 => "核对；2、清点；3、登记", 1 => "：1、核对；2、清点",
    ];
    let end = prop_oneof![4 => Just(""), 3 => Just("。"), 2 => Just("；"), 2 => Just("："), 1 => Just("】"), 1 => Just("，")];
    let line = ("[ \u{3000}]{0,3}", mark, words, end)
        .prop_map(|(lead, mark, words, end)| format!("{lead}{mark}{words}{end}"));
    proptest::collection::vec(
        (
            line,
            prop_oneof![4 => Just("\n"), 1 => Just("\n\n"), 1 => Just("\r\n"), 1 => Just("\u{B}")],
        ),
        0..14,
    )
    .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_character_is_taken_or_told(text in documents()) {
        for title in [false, true] {
            check_places(&text, &read(&text, Options { format: Format::Plain, title }));
        }
    }

    #[test]
    fn no_characters_panic_or_are_lost(text in any::<String>()) {
        check_places(&text, &read(&text, Options::default()));
        let markdown = Options { format: Format::Markdown, title: false };
        to_markdown(&read(&text, markdown), 2);
    }

    /// Signs and numbers in an order that nobody would write.
    #[test]
    fn no_signs_panic_or_are_lost(text in "[0-9０-９一二三十百千第章条（）()【】《》①②●★l\u{F0D8}IVA-D.、。，；：:;,x#*|>_=~ \u{3000}\t\n岗位职责任职要求人元%-]{0,60}") {
        for format in [Format::Plain, Format::Markdown] {
            let outline = read(&text, Options { format, title: true });
            if format == Format::Plain {
                check_places(&text, &outline);
            }
            to_markdown(&outline, 2);
        }
        let paragraphs: Vec<Paragraph> = text
            .lines()
            .map(|line| Paragraph { text: line, ..Paragraph::default() })
            .collect();
        to_markdown(&read_paragraphs(&paragraphs, Options::default()), 2);
        document_borders(&read(&text, Options::default()));
    }

    #[test]
    fn what_was_written_is_read_again_as_the_same(text in documents()) {
        let first = read(&text, Options::default());
        let written = to_markdown(&first, 2);
        let markdown = Options { format: Format::Markdown, title: false };
        let again = read(&written, markdown);
        prop_assert_eq!(to_markdown(&again, 2), written.clone(), "{}\n{}", text, notation(&first));
        let kinds = |outline: &Outline| shape(outline).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        prop_assert_eq!(kinds(&again), kinds(&first), "{}\n{}", text, written);
    }
}

#[test]
fn work_grows_with_the_length_and_no_faster() {
    let units = [
        "1、",
        "①",
        "岗位职责：",
        "：",
        "；",
        "【",
        "】",
        "（一）",
        "甲,",
        "( ",
        "C R ",
        "招 ",
        "第一条",
        "\u{200B}",
        "a-\n",
        "● 甲\n",
        "一、甲\n",
        "1、甲\n（1）乙\n",
        "“",
        "岗位职责：1、甲；2、乙；",
        "甲 ",
        "A.甲 B.乙 ",
        "=",
        "#",
        "澄江银行在南门设了第一家夜间网点，开到晚\n",
        "\u{F0B7}\t甲\n",
        "甲乙：丙 ",
        "-",
        "\u{202E}甲",
        "9",
        "，",
        "2.1 甲\n",
    ];
    for unit in units {
        let steps = |count: usize| {
            let text = unit.repeat(count);
            read(&text, Options::default()).steps.max(1)
        };
        let (one, two, four) = (steps(4000), steps(8000), steps(16_000));
        assert!(
            two <= one * 2 + 64 && four <= two * 2 + 64,
            "{unit:?}: {one}, {two}, {four}"
        );
    }
}

#[test]
fn a_line_of_a_megabyte_and_ten_thousand_marks_are_read() {
    let line = "澄江".repeat(180_000);
    assert_eq!(read(&line, Options::default()).blocks.len(), 1);
    let marks: String = (1..=10_000)
        .map(|number| format!("{}、甲；", number % 1000))
        .collect();
    assert!(!read(&marks, Options::default()).blocks.is_empty());
    let lines: String = (1..=10_000).map(|_| "●\t甲\n").collect();
    assert_eq!(read(&lines, Options::default()).blocks.len(), 10_000);
    let deep: String = (0..2000)
        .map(|depth| format!("{}- 甲\n", "  ".repeat(depth)))
        .collect();
    let outline = read(
        &deep,
        Options {
            format: Format::Markdown,
            title: false,
        },
    );
    assert!(!to_markdown(&outline, 2).is_empty());
}

#[test]
fn paragraphs_of_a_file_bring_styles_lists_and_cells() {
    let item = |list, level, ordered| Hints {
        list: Some(ListHint {
            list,
            level,
            ordered,
            number: None,
        }),
        ..Hints::default()
    };
    let cell = |row, column| Hints {
        cell: Some(Cell {
            table: 0,
            row,
            column,
        }),
        ..Hints::default()
    };
    let rows: [(&str, Hints); 12] = [
        (
            "澄江银行",
            Hints {
                centred: true,
                bold: true,
                ..Hints::default()
            },
        ),
        (
            "夏季招聘启事",
            Hints {
                centred: true,
                ..Hints::default()
            },
        ),
        (
            "岗位",
            Hints {
                heading: Some(1),
                ..Hints::default()
            },
        ),
        ("柜面组", item(1, 0, true)),
        ("清点尾箱，逐笔核对凭证后双人签字。", item(1, 1, true)),
        ("后台组", item(1, 0, true)),
        ("复核报表，次日上报总行清算中心。", item(1, 1, true)),
        (
            "待遇从优",
            Hints {
                bold: true,
                ..Hints::default()
            },
        ),
        ("面谈时详细说明，不收任何费用。", Hints::default()),
        ("岗位", cell(0, 0)),
        ("人数", cell(0, 1)),
        ("1、柜员", cell(1, 0)),
    ];
    let mut start = 0;
    let paragraphs: Vec<Paragraph> = rows
        .iter()
        .zip(1..)
        .map(|((text, hints), line)| {
            let paragraph = Paragraph {
                text,
                line,
                start,
                hints: *hints,
            };
            start += text.len() as u32 + 1;
            paragraph
        })
        .collect();
    let outline = read_paragraphs(
        &paragraphs,
        Options {
            title: true,
            ..Options::default()
        },
    );
    assert_eq!(
        notation(&outline),
        "title 澄江银行\ntitle 夏季招聘启事\nh1 岗位\nh2 柜面组\n1. 清点尾箱，逐笔核对凭证后双人签字。\nh2 后台组\n\
         1. 复核报表，次日上报总行清算中心。\nh2 待遇从优\np 面谈时详细说明，不收任何费用。\ncell 0,0 岗位\ncell 0,1 人数\ncell 1,0 1、柜员\n"
    );
    assert!(to_markdown(&outline, 2).ends_with("| 岗位 | 人数 |\n| --- | --- |\n| 1、柜员 |  |\n"));
    let source: String = rows.iter().map(|(text, _)| format!("{text}\n")).collect();
    check_places(&source, &outline);
}

#[test]
fn a_bundle_is_parted_where_its_documents_begin() {
    let titles = |text: &str| {
        let borders = document_borders(&read(text, Options::default()));
        borders
            .into_iter()
            .map(|border| border.title)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        titles("第1篇：柜员小结\n账目清楚。\n第2篇：主管小结\n队伍稳定。\n"),
        ["柜员小结", "主管小结"]
    );
    assert_eq!(
        titles("篇一：柜员小结\n账目清楚。\n篇二：主管小结\n队伍稳定。\n"),
        ["柜员小结", "主管小结"]
    );
    assert_eq!(
        titles("半年工作小结（一）\n账目清楚。\n全年工作小结（二）\n队伍稳定。\n"),
        ["半年工作小结", "全年工作小结"]
    );
    assert_eq!(
        titles("述职报告1\n账目清楚。\n述职报告2\n队伍稳定。\n"),
        ["述职报告", "述职报告"]
    );
    assert_eq!(titles("范文一\n账目清楚。\n范文二\n队伍稳定。\n").len(), 2);
    assert_eq!(
        titles("柜员小结\n账目清楚。\n\u{C}主管小结\n队伍稳定。\n\u{C}行长小结\n业绩良好。\n")
            .len(),
        2
    );
    assert!(titles("一、柜员小结\n账目清楚。\n二、主管小结\n队伍稳定。\n").is_empty());
    assert!(titles("第一篇文章写账目。\n后来改写人物。\n").is_empty());
}

#[test]
fn label_lines_are_split_wherever_they_stand() {
    assert_eq!(split_label("招聘人数：2人"), Some(("招聘人数", "2人")));
    assert_eq!(
        split_label("Employer 僱主: Chengjiang Bank"),
        Some(("Employer 僱主", "Chengjiang Bank"))
    );
    assert_eq!(split_label("他想了想，说：好"), None);
}

#[test]
fn reasons_have_names_and_words_of_both_languages() {
    let mut ids: Vec<&str> = Vec::new();
    let all = Reason::ALL
        .iter()
        .map(|reason| (reason.id(), reason.zh(), reason.en()));
    let all = all.chain(
        NotTakenReason::ALL
            .iter()
            .map(|reason| (reason.id(), reason.zh(), reason.en())),
    );
    for (id, zh, en) in all.chain(
        NoteReason::ALL
            .iter()
            .map(|reason| (reason.id(), reason.zh(), reason.en())),
    ) {
        assert!(!zh.is_empty() && en.is_ascii(), "{id}");
        ids.push(id);
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn markdown_shows_the_words_and_no_markup_of_theirs() {
    let outline = read(
        "*重点* [甲](x) <b> `码` 1\\. ~~ ___元\n\n1) 记账\n2) 结账\n",
        Options::default(),
    );
    assert_eq!(
        to_markdown(&outline, 2),
        "\\*重点\\* \\[甲\\](x) \\<b> \\`码\\` 1\\\\. \\~\\~ ___元\n\n1. 记账\n2. 结账\n"
    );
}
