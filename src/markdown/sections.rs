//! The plain text of a body, section by section, for search. Enters: a body. Leaves: for each heading, and for what
//! stands before the first, the text below it; blocks are parted by line ends, so that no word runs over a border.

use super::events::Events;
use super::mask::{BLANK, PLAIN_BLANK, mask};
use super::{Profile, find_blanks};
use pulldown_cmark::{Event, Tag, TagEnd};

/// The texts of a body: before the first heading, then below each heading in order.
pub fn section_texts(text: &str, profile: Profile) -> Vec<String> {
    let blanks = find_blanks(text, profile.blanks);
    let masked = mask(text, &blanks, profile);
    // The mark of a blank is put in by `mask`, or written as an entity.
    let may_be_blank = !blanks.is_empty() || memchr::memchr(b'&', text.as_bytes()).is_some();
    // A mark that no blank stands for is an entity's.
    let plain_blank = if blanks.is_empty() { "" } else { PLAIN_BLANK };
    let mut sections = Vec::new();
    // Filled section by section and copied at its end: texts are kept until all are indexed, without room to spare.
    let mut section = String::with_capacity(text.len());
    let mut in_heading = false;
    for (event, _) in Events::new(&masked, profile) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                sections.push(section.trim_end().to_owned());
                section.clear();
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Text(words) | Event::Code(words) if !in_heading => {
                if may_be_blank {
                    section.push_str(&words.replace(BLANK, plain_blank));
                } else {
                    section.push_str(&words);
                }
            }
            Event::SoftBreak if !in_heading => push(&mut section, ' '),
            Event::HardBreak if !in_heading => push(&mut section, '\n'),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::CodeBlock
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => push(&mut section, '\n'),
            _ => {}
        }
    }
    sections.push(section.trim_end().to_owned());
    sections
}

/// Adds a border, unless one stands there.
fn push(section: &mut String, border: char) {
    if !section.is_empty() && !section.ends_with('\n') {
        section.push(border);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Blanks;

    #[test]
    fn text_stands_below_its_heading_and_blocks_are_parted() {
        let text = "前言\n\n## 职责\n\n- 贷前\n- 贷后**管理**\n\n## 待遇\n\n|a|b|\n|-|-|\n|1|2|\n";
        assert_eq!(
            section_texts(text, Profile::new(Blanks::None, true)),
            ["前言", "贷前\n贷后管理", "a\nb\n1\n2"]
        );
    }

    #[test]
    fn what_stands_left_and_right_of_a_blank_does_not_become_one_word() {
        let text = "新增贷款XX万元，比去年__。";
        assert_eq!(
            section_texts(text, Profile::new(Blanks::All, true)),
            ["新增贷款____万元，比去年____。"]
        );
    }
}
