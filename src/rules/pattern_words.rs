//! What is wrong with a regular expression of a rule, in words. Enters: a pattern that does not compile. Leaves: the reason
//! in both languages, with the place in the pattern.

use crate::diagnostic::Text;
use crate::say;
use regex_syntax::ast::ErrorKind;

/// Why a pattern cannot be read; nothing where it can.
pub(super) fn syntax_fault(pattern: &str) -> Option<Text> {
    let (what, offset) = match regex_syntax::parse(pattern).err()? {
        regex_syntax::Error::Parse(error) => (syntax(error.kind()), error.span().start.offset),
        regex_syntax::Error::Translate(error) => (class(), error.span().start.offset),
        _ => (other(), 0),
    };
    let place = pattern.get(..offset).unwrap_or_default().chars().count() + 1;
    let mut text = say!(
        "第 {place} 个字起，{}",
        "from character {place} on, {}",
        what.zh
    );
    text.en = format!("from character {place} on, {}", what.en);
    Some(text)
}

/// What is said of a pattern that is too large.
pub(super) fn too_large() -> Text {
    say!(
        "编译出来太大；减少重复的次数，或拆成几条",
        "it is too large when compiled; repeat fewer times, or make several of it"
    )
}

fn syntax(kind: &ErrorKind) -> Text {
    use ErrorKind as K;
    match kind {
        K::GroupUnclosed => say!("左括号没有对应的右括号", "a bracket is not closed"),
        K::GroupUnopened => say!("右括号没有对应的左括号", "a bracket closes nothing"),
        K::ClassUnclosed => say!("方括号没有写完", "a square bracket is not closed"),
        K::ClassRangeInvalid | K::ClassRangeLiteral | K::ClassEscapeInvalid => {
            say!("方括号里的范围不对", "a range in square brackets is wrong")
        }
        K::RepetitionMissing => say!(
            "? * + {{}} 前面没有可以重复的字",
            "there is nothing to repeat before ? * + or {{}}"
        ),
        K::RepetitionCountInvalid
        | K::RepetitionCountDecimalEmpty
        | K::RepetitionCountUnclosed
        | K::DecimalEmpty
        | K::DecimalInvalid => say!("花括号里的次数不对", "the count in braces is wrong"),
        K::EscapeUnrecognized => say!(
            "反斜杠后面的字没有特别的意思，去掉反斜杠",
            "the character after the backslash has no meaning of its own; take the backslash away"
        ),
        K::EscapeUnexpectedEof => say!(
            "末尾的反斜杠后面没有字",
            "nothing follows the backslash at the end"
        ),
        K::EscapeHexEmpty | K::EscapeHexInvalid | K::EscapeHexInvalidDigit => {
            say!("字符的编码不对", "the code of a character is wrong")
        }
        K::UnicodeClassInvalid => class(),
        K::UnsupportedBackreference => say!(
            "不能用反向引用（\\1）",
            "references back (\\1) cannot be used"
        ),
        K::UnsupportedLookAround => say!(
            "不能用前后查看（(?=…)、(?!…)、(?<=…)）；“不算”的写进 unless",
            "looking around ((?=…), (?!…), (?<=…)) cannot be used; write what is no finding into `unless`"
        ),
        K::NestLimitExceeded(_) => say!("括号套得太深", "brackets are nested too deeply"),
        K::GroupNameDuplicate { .. }
        | K::GroupNameEmpty
        | K::GroupNameInvalid
        | K::GroupNameUnexpectedEof => {
            say!("括号的名字不对", "the name of a bracket is wrong")
        }
        K::FlagDanglingNegation
        | K::FlagDuplicate { .. }
        | K::FlagRepeatedNegation { .. }
        | K::FlagUnexpectedEof
        | K::FlagUnrecognized => say!("(? 后面的写法不对", "what follows (? is wrong"),
        _ => other(),
    }
}

fn class() -> Text {
    say!("没有这类字符", "there is no such class of characters")
}

fn other() -> Text {
    say!("写法不对", "the spelling is wrong")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_slip_has_words_and_a_place() {
        for (pattern, zh, place) in [
            ("限男(性", "左括号", 3),
            ("限男性)", "右括号", 4),
            ("[限男", "方括号", 1),
            ("*男", "重复", 1),
            ("男{a}", "次数", 3),
            ("男\\限", "反斜杠", 2),
            ("(?=男)", "前后查看", 1),
            ("(男)\\1", "反向引用", 4),
            ("\\p{Nothing}", "这类字符", 1),
            ("[z-a]", "范围", 2),
        ] {
            let fault = syntax_fault(pattern).expect(pattern);
            assert!(fault.zh.contains(zh), "{pattern}: {}", fault.zh);
            assert!(
                fault.zh.contains(&format!("第 {place} 个字")),
                "{pattern}: {}",
                fault.zh
            );
            assert!(!fault.zh.contains("error"), "{}", fault.zh);
        }
        assert!(syntax_fault("限男性?").is_none());
    }
}
