//! Exam items in markdown: `## 单选题` opens a section, `### 1. 题干` an item, `- [x] A. …` an option,
//! `答案：错` the answer, `> 解析：…` the explanation. Enters: a document's body. Leaves: items and faults.

use crate::fields::Reader;
use crate::kinds::Document;
use crate::say;
use crate::text::{Span, fold};

/// The type of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemType {
    /// 判断题
    TrueFalse,
    /// 单选题
    Single,
    /// 多选题
    Multiple,
    /// 填空题
    Blank,
}

impl ItemType {
    /// The id used in data and texts.
    pub fn id(self) -> &'static str {
        match self {
            ItemType::TrueFalse => "true_false",
            ItemType::Single => "single",
            ItemType::Multiple => "multiple",
            ItemType::Blank => "blank",
        }
    }

    fn from_title(title: &str) -> Option<ItemType> {
        match fold(title).trim_start_matches(|c: char| "一二三四五六、. ".contains(c)) {
            title if title.starts_with("判断题") || title.starts_with("true") => {
                Some(ItemType::TrueFalse)
            }
            title
                if title.starts_with("单选题")
                    || title.starts_with("单项选择题")
                    || title.starts_with("single") =>
            {
                Some(ItemType::Single)
            }
            title
                if title.starts_with("多选题")
                    || title.starts_with("多项选择题")
                    || title.starts_with("multiple") =>
            {
                Some(ItemType::Multiple)
            }
            title if title.starts_with("填空题") || title.starts_with("fill") => {
                Some(ItemType::Blank)
            }
            _ => None,
        }
    }
}

/// Items of one type.
#[derive(Debug)]
pub struct ExamSection {
    /// The type.
    pub item_type: ItemType,
    /// The heading as written.
    pub title: String,
    /// Its items, in order.
    pub items: Vec<ExamItem>,
}

/// One question.
#[derive(Debug)]
pub struct ExamItem {
    /// The number as written.
    pub number: String,
    /// The question, as markdown.
    pub stem: String,
    /// The options.
    pub options: Vec<AnswerOption>,
    /// The right answer: letters, or words.
    pub answer: String,
    /// Why, as markdown.
    pub explanation: Option<String>,
    /// The bytes of the item's heading.
    pub span: Span,
    /// The bytes of a second line with an answer.
    pub second_answer: Option<Span>,
}

/// One thing to choose.
#[derive(Debug)]
pub struct AnswerOption {
    /// A, B, C …
    pub letter: char,
    /// Its wording, as markdown.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
}

/// The part of the body above the first section.
pub fn introduction(document: &Document) -> Span {
    let body = document.body_span;
    let end = lines(document)
        .find(|(_, line)| line.starts_with("## "))
        .map_or(body.end as usize, |(at, _)| at);
    Span::new(body.start as usize, end)
}

/// Each line of the body with the byte it begins at.
fn lines(document: &Document) -> impl Iterator<Item = (usize, &str)> {
    let mut at = document.body_span.start as usize;
    document.source.text[document.body_span.range()]
        .split_inclusive('\n')
        .map(move |line| {
            let start = at;
            at += line.len();
            (start, line.trim_end())
        })
}

/// Reads the items out of a document's body. What is no item is left out here and reported by `check_items`.
pub fn parse_items(document: &Document) -> Vec<ExamSection> {
    let mut sections: Vec<ExamSection> = Vec::new();
    // The part that the current line continues: the stem, an option, the explanation, or nothing.
    let mut open = OpenPart::Nothing;
    for (at, line) in lines(document) {
        if let Some(title) = line.strip_prefix("## ") {
            open = OpenPart::Nothing;
            if let Some(item_type) = ItemType::from_title(title) {
                sections.push(ExamSection {
                    item_type,
                    title: title.trim().to_owned(),
                    items: Vec::new(),
                });
            }
            continue;
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        if let Some(heading) = line.strip_prefix("### ") {
            let (number, stem) = split_number(heading.trim());
            section.items.push(ExamItem {
                number,
                stem,
                options: Vec::new(),
                answer: String::new(),
                explanation: None,
                span: Span::new(at, at + line.len()),
                second_answer: None,
            });
            open = OpenPart::Stem;
            continue;
        }
        let Some(item) = section.items.last_mut() else {
            continue;
        };
        open = read_line(item, (at, line), open);
    }
    for section in &mut sections {
        for item in &mut section.items {
            if item.answer.is_empty() {
                item.answer = item
                    .options
                    .iter()
                    .filter(|option| option.right)
                    .map(|option| option.letter)
                    .collect();
            }
        }
    }
    sections
}

#[derive(Clone, Copy)]
enum OpenPart {
    Nothing,
    Stem,
    Option,
    Explanation,
}

/// Takes a line of an item, and the byte it begins at.
fn read_line(item: &mut ExamItem, (at, whole): (usize, &str), open: OpenPart) -> OpenPart {
    let line = whole.trim();
    if line.is_empty() {
        return OpenPart::Nothing;
    }
    if let Some((right, rest)) = option_mark(line) {
        let (letter, text) = split_letter(rest, item.options.len());
        item.options.push(AnswerOption {
            letter,
            text,
            right,
        });
        return OpenPart::Option;
    }
    if let Some(answer) = after_word(line, &["答案", "标准答案", "answer"]) {
        if item.answer.is_empty() {
            answer.clone_into(&mut item.answer);
        } else {
            let span = Span::new(at, at + whole.len());
            item.second_answer.get_or_insert(span);
        }
        return OpenPart::Nothing;
    }
    if let Some(quoted) = line.strip_prefix('>') {
        let quoted = quoted.trim();
        let text = after_word(quoted, &["解析", "explanation"]).unwrap_or(quoted);
        match &mut item.explanation {
            Some(explanation) => {
                explanation.push('\n');
                explanation.push_str(text);
            }
            None => item.explanation = Some(text.to_owned()),
        }
        return OpenPart::Explanation;
    }
    let grown = match open {
        OpenPart::Option => item.options.last_mut().map(|option| &mut option.text),
        OpenPart::Explanation => item.explanation.as_mut(),
        OpenPart::Stem | OpenPart::Nothing if item.options.is_empty() && item.answer.is_empty() => {
            Some(&mut item.stem)
        }
        OpenPart::Stem | OpenPart::Nothing => None,
    };
    if let Some(text) = grown {
        text.push('\n');
        text.push_str(line);
    }
    open
}

/// `- [x] A. …` gives whether it is right, and what follows the box.
fn option_mark(line: &str) -> Option<(bool, &str)> {
    let rest = line.strip_prefix(['-', '*', '+'])?.trim_start();
    let rest = rest.strip_prefix('[')?;
    let (mark, rest) = rest.split_at_checked(1)?;
    let rest = rest.strip_prefix(']')?;
    match mark {
        "x" | "X" => Some((true, rest.trim())),
        " " => Some((false, rest.trim())),
        _ => None,
    }
}

/// `A. 甲` gives the letter and the wording; without a letter the next one serves.
fn split_letter(text: &str, index: usize) -> (char, String) {
    let next = u8::try_from(index).map_or('Z', |index| char::from(b'A' + index.min(25)));
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(letter @ 'A'..='Z'), Some(mark)) if ".．、:：)）".contains(mark) => {
            (letter, chars.as_str().trim().to_owned())
        }
        _ => (next, text.to_owned()),
    }
}

/// `21. 题干` gives the number and the stem.
fn split_number(heading: &str) -> (String, String) {
    let digits = heading.len()
        - heading
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let rest = heading[digits..]
        .trim_start_matches(['.', '．', '、', ':', '：', ')', '）'])
        .trim();
    (heading[..digits].to_owned(), rest.to_owned())
}

/// The text after `答案：`.
fn after_word<'a>(line: &'a str, words: &[&str]) -> Option<&'a str> {
    let (head, tail) = line.split_once(['：', ':'])?;
    words.contains(&fold(head).as_str()).then(|| tail.trim())
}

/// Reports items that cannot be answered.
pub fn check_items(document: &Document, reader: &mut Reader) {
    let sections = parse_items(document);
    if sections.iter().all(|section| section.items.is_empty()) {
        reader.error(
            "no-items",
            document.head,
            say!("题库里没有题目", "the exam bank has no items"),
            Some(say!(
                "正文用“## 单选题”开一节，用“### 1. 题干”写一道题",
                "open a section with `## 单选题` and an item with `### 1. …`"
            )),
        );
    }
    for section in &sections {
        for item in &section.items {
            if let Some(span) = item.second_answer {
                reader.error(
                    "second-answer",
                    span,
                    say!(
                        "题目{}写了两个答案",
                        "item {} has two answers",
                        item.number
                    ),
                    Some(say!(
                        "一道题只写一行“答案：……”；是下一道题的，在它上面写“### 2. 题干”，井号后面空一格",
                        "an item has one line `答案：…`; if this is the next item's, put a heading like `### 2. …`, with a space after the signs, above it"
                    )),
                );
            }
            let right = item.options.iter().filter(|option| option.right).count();
            let (message, help) = match section.item_type {
                ItemType::TrueFalse
                    if !["对", "错", "正确", "错误", "√", "×", "true", "false"]
                        .contains(&fold(&item.answer).as_str()) =>
                {
                    (
                        say!(
                            "判断题{}没有答案",
                            "true/false item {} has no answer",
                            item.number
                        ),
                        say!(
                            "题干下面写一行“答案：对”或“答案：错”",
                            "write a line `答案：对` or `答案：错` below it"
                        ),
                    )
                }
                ItemType::Blank if item.answer.is_empty() => (
                    say!("填空题{}没有答案", "item {} has no answer", item.number),
                    say!(
                        "题干下面写一行“答案：……”",
                        "write a line `答案：…` below it"
                    ),
                ),
                ItemType::Single if right != 1 => (
                    say!(
                        "单选题{}标了{right}个正确选项",
                        "single-choice item {} has {right} right options",
                        item.number
                    ),
                    say!(
                        "正确的那一项写成“- [x] A. ……”，只标一个",
                        "mark exactly one option with `- [x]`"
                    ),
                ),
                ItemType::Multiple if right == 0 => (
                    say!(
                        "多选题{}没有正确选项",
                        "multiple-choice item {} has no right option",
                        item.number
                    ),
                    say!(
                        "正确的选项写成“- [x] A. ……”",
                        "mark the right options with `- [x]`"
                    ),
                ),
                _ => continue,
            };
            reader.error("item-without-answer", item.span, message, Some(help));
        }
    }
}
