//! What `gangwei init` asks of whoever makes a site. Enters: a reader and a writer, and the answers that flags gave already.
//! Leaves: the answers. Nothing has to be answered: what is skipped stays a placeholder, which no build publishes.

use super::arguments::say;
use crate::diagnostic::{Lang, Sink};
use crate::fields::{Email, FieldValue, Reader, Vocabularies, Web};
use crate::kinds::PLACEHOLDERS;
use crate::text::{SourceFile, Span, fold_char};
use crate::yaml::{Node, Value};
use std::io::{self, BufRead, Write};
use std::sync::Arc;

/// The answers; what was skipped is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answers {
    /// The bank's name.
    pub(super) name: Option<String>,
    /// Its registered name.
    pub(super) legal_name: Option<String>,
    /// Where applications go.
    pub(super) email: Option<String>,
    /// The telephone for questions.
    pub(super) contact: Option<String>,
    /// Where the portal will be.
    pub(super) base_url: Option<String>,
    /// The units that recruit.
    pub(super) units: Vec<String>,
    /// The places of work.
    pub(super) places: Vec<String>,
}

impl Answers {
    /// What the settings state under the name of a placeholder; `None` where the line is left out.
    pub(super) fn setting(&self, name: &str, lang: Lang) -> Option<&str> {
        let (answer, is_needed) = match name {
            "name" => (&self.name, true),
            "legal_name" => (&self.legal_name, false),
            "email" => (&self.email, true),
            "contact" => (&self.contact, false),
            _ => (&self.base_url, true),
        };
        let sample = PLACEHOLDERS.iter().find(|sample| sample.name == name)?;
        // A bank with a name of its own has no registered name or telephone of a sample.
        match answer {
            Some(answer) => Some(answer),
            None if is_needed || self.name.is_none() => Some(say(lang, sample.zh, sample.en)),
            None => None,
        }
    }
}

/// What is wrong with an answer, in the language of the run; `None` where it can be used.
type Fault = Option<String>;

/// Asks for what is not answered yet. The end of the input skips the rest.
pub(super) fn ask(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    mut answers: Answers,
    lang: Lang,
) -> io::Result<Answers> {
    let s = |zh, en| say(lang, zh, en);
    writeln!(
        output,
        "{}",
        s(
            "先问六个问题。不清楚的直接按回车跳过，以后在 gangwei.yaml 里改。",
            "Six questions first. Press Enter to skip one; gangwei.yaml can be changed later."
        )
    )?;
    let mut prompt = Prompt {
        input,
        output,
        lang,
        is_over: false,
    };
    if answers.name.is_none() {
        let question = s("1. 银行的简称", "1. The bank's name");
        answers.name = prompt.line(question, &|_| None)?;
    }
    if answers.legal_name.is_none() {
        let question = s("2. 营业执照上的全称", "2. Its registered name");
        answers.legal_name = prompt.line(question, &|_| None)?;
    }
    if answers.email.is_none() {
        let question = s("3. 收简历的邮箱", "3. The mail address for applications");
        answers.email = prompt.line(question, &|text| email_fault(text, lang))?;
    }
    if answers.contact.is_none() {
        let question = s("4. 招聘咨询电话", "4. The telephone for questions");
        answers.contact = prompt.line(question, &|text| telephone_fault(text, lang))?;
    }
    if answers.base_url.is_none() {
        let question = s(
            "5. 门户上线后的网址，例如 https://hr.wanglan.example/",
            "5. The URL of the portal, such as https://hr.wanglan.example/",
        );
        answers.base_url = prompt.line(question, &|text| url_fault(text, lang))?;
    }
    if answers.units.is_empty() {
        answers.units = prompt.list(s(
            "6. 招聘单位，可以粘贴几行，或用顿号、逗号隔开；空一行结束",
            "6. The units that recruit, separated by commas or on lines of their own; an empty line ends the list",
        ))?;
    }
    if answers.places.is_empty() {
        answers.places = prompt.list(s(
            "   工作地点，写法相同；空一行结束",
            "   The places of work, written alike; an empty line ends the list",
        ))?;
    }
    Ok(answers)
}

/// Where questions are put and answers come from.
struct Prompt<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
    lang: Lang,
    is_over: bool,
}

impl Prompt<'_> {
    /// One line, asked again while something is wrong with it; `None` where it is empty.
    fn line(
        &mut self,
        question: &str,
        fault: &dyn Fn(&str) -> Fault,
    ) -> io::Result<Option<String>> {
        while !self.is_over {
            write!(self.output, "{question}{}", say(self.lang, "：", ": "))?;
            self.output.flush()?;
            let Some(line) = self.read()? else { break };
            let answer = line.trim();
            if answer.is_empty() {
                break;
            }
            match fault(answer) {
                None => return Ok(Some(answer.to_owned())),
                Some(fault) => writeln!(self.output, "   {fault}")?,
            }
        }
        Ok(None)
    }

    /// Lines up to an empty one, taken apart.
    fn list(&mut self, question: &str) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        if self.is_over {
            return Ok(found);
        }
        writeln!(self.output, "{question}{}", say(self.lang, "：", ":"))?;
        self.output.flush()?;
        while let Some(line) = self.read()? {
            if line.trim().is_empty() {
                break;
            }
            add_names(&line, &mut found);
        }
        Ok(found)
    }

    fn read(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        if self.input.read_until(b'\n', &mut line)? == 0 {
            self.is_over = true;
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&line).into_owned()))
    }
}

/// The names of a pasted list, each once.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    add_names(text, &mut found);
    found
}

fn add_names(text: &str, found: &mut Vec<String>) {
    let parts = text.split(['、', '，', ',', ';', '；', '\n', '\r', '\t']);
    for name in parts.map(str::trim).filter(|name| !name.is_empty()) {
        if !found.iter().any(|other| other == name) {
            found.push(name.to_owned());
        }
    }
}

/// What the settings would say of a mail address.
pub(super) fn email_fault(text: &str, lang: Lang) -> Fault {
    fault_of::<Email>(text, lang)
}

/// What the settings would say of the portal's address.
pub(super) fn url_fault(text: &str, lang: Lang) -> Fault {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return Some(
            say(
                lang,
                "网址从 https:// 写起，例如 https://hr.wanglan.example/",
                "write it from https:// on, such as https://hr.wanglan.example/",
            )
            .to_owned(),
        );
    }
    fault_of::<Web>(text, lang)
}

/// The fewest digits of a telephone number.
const LEAST_DIGITS: usize = 3;

/// Whether a text is a telephone number, as people write it.
pub(super) fn telephone_fault(text: &str, lang: Lang) -> Fault {
    let folded = || text.chars().map(fold_char);
    let digits = folded().filter(char::is_ascii_digit).count();
    let is_number = folded().all(|c| c.is_ascii_digit() || "+-() /转".contains(c));
    if is_number && digits >= LEAST_DIGITS {
        return None;
    }
    let advice = say(
        lang,
        "电话只写数字和短横，例如 010-5550-0123",
        "a telephone number has digits and hyphens, such as 2555-0123",
    );
    Some(advice.to_owned())
}

/// The first fault of a value, as the settings would report it.
fn fault_of<T: FieldValue>(text: &str, lang: Lang) -> Fault {
    let file = Arc::new(SourceFile {
        path: "gangwei.yaml".to_owned(),
        text: text.to_owned(),
    });
    let node = Node {
        span: Span::new(0, text.len()),
        value: Value::Scalar(text.to_owned()),
    };
    let (vocabularies, mut sink) = (Vocabularies::default(), Sink::default());
    T::read(&node, &mut Reader::new(&file, &vocabularies, &mut sink));
    let fault = sink.into_sorted().into_iter().next()?;
    let advice = fault.help.or(fault.label);
    let advice = advice.map(|advice| format!("{}{}", say(lang, "；", "; "), advice.get(lang)));
    Some(format!(
        "{}{}",
        fault.message.get(lang),
        advice.unwrap_or_default()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str, given: Answers, lang: Lang) -> (Answers, String) {
        let mut shown = Vec::new();
        let answers = ask(&mut typed.as_bytes(), &mut shown, given, lang).expect("memory");
        (answers, String::from_utf8(shown).expect("UTF-8"))
    }

    #[test]
    fn every_question_is_answered_or_skipped_and_a_wrong_answer_is_asked_again() {
        let typed = "望澜银行\n\n没有\nzhaopin@wanglan.example\n打电话\n021-5550-0100\nhr.wanglan.example\nhttps://hr.wanglan.example/\n总行、上海分行\n 北京分行\n\n上海；北京\n";
        let (answers, shown) = asked(typed, Answers::default(), Lang::Zh);
        assert_eq!(answers.name.as_deref(), Some("望澜银行"));
        assert_eq!(answers.legal_name, None);
        assert_eq!(answers.email.as_deref(), Some("zhaopin@wanglan.example"));
        assert_eq!(answers.contact.as_deref(), Some("021-5550-0100"));
        assert_eq!(
            answers.base_url.as_deref(),
            Some("https://hr.wanglan.example/")
        );
        assert_eq!(answers.units, ["总行", "上海分行", "北京分行"]);
        assert_eq!(answers.places, ["上海", "北京"]);
        assert_eq!(shown.matches("3. 收简历的邮箱").count(), 2, "{shown}");
        assert_eq!(shown.matches("4. ").count(), 2, "{shown}");
        assert_eq!(shown.matches("5. ").count(), 2, "{shown}");
    }

    #[test]
    fn what_flags_answered_is_not_asked_and_the_end_of_the_input_skips_the_rest() {
        let given = Answers {
            name: Some("Harbour Bank".to_owned()),
            ..Answers::default()
        };
        let (answers, shown) = asked("Harbour Bank Limited\n", given.clone(), Lang::En);
        assert!(!shown.contains("1. "), "{shown}");
        assert!(!shown.contains("5. "), "{shown}");
        let wanted = Answers {
            legal_name: Some("Harbour Bank Limited".to_owned()),
            ..given
        };
        assert_eq!(answers, wanted);
    }

    #[test]
    fn a_bank_of_its_own_name_has_no_sample_of_what_may_be_left_out() {
        let mut answers = Answers::default();
        for sample in PLACEHOLDERS {
            assert_eq!(answers.setting(sample.name, Lang::Zh), Some(sample.zh));
        }
        answers.name = Some("望澜银行".to_owned());
        assert_eq!(answers.setting("legal_name", Lang::Zh), None);
        assert_eq!(answers.setting("contact", Lang::Zh), None);
        assert_eq!(
            answers.setting("email", Lang::Zh),
            Some("recruitment@example.com")
        );
    }
}
