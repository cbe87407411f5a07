//! The content lines of iCalendar (RFC 5545, section 3.1). Enters: components with their properties. Leaves: lines that
//! end with both marks, folded after 75 bytes, with text values escaped (section 3.3.11).

/// The most bytes of a line without its end.
const LINE: usize = 75;

/// One component, such as an event, with its properties in the order in which they were added.
#[derive(Debug)]
pub(super) struct Component {
    name: &'static str,
    lines: Vec<String>,
    parts: Vec<Component>,
}

impl Component {
    /// A component without properties: `VEVENT`.
    pub(super) fn new(name: &'static str) -> Component {
        Component {
            name,
            lines: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Adds a property whose value is in a notation of its own: a moment, an address. `name` may carry parameters:
    /// `DTSTART;VALUE=DATE`.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        self.lines.push(format!("{name}:{value}"));
    }

    /// Adds a property whose value is a text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\\' | ',' | ';' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                _ => escaped.push(c),
            }
        }
        self.value(name, &escaped);
    }

    /// Adds a component inside this one, behind the properties.
    pub(super) fn push(&mut self, part: Component) {
        self.parts.push(part);
    }

    /// The bytes of a file that holds this component.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = String::new();
        self.write(&mut out);
        out.into_bytes()
    }

    fn write(&self, out: &mut String) {
        fold(&format!("BEGIN:{}", self.name), out);
        self.lines.iter().for_each(|line| fold(line, out));
        self.parts.iter().for_each(|part| part.write(out));
        fold(&format!("END:{}", self.name), out);
    }
}

/// Writes a line. A line that is too long continues on the next one, after a blank.
fn fold(line: &str, out: &mut String) {
    let mut rest = line;
    let mut room = LINE;
    while rest.len() > room {
        let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
        out.push_str(head);
        out.push_str("\r\n ");
        rest = tail;
        room = LINE - 1;
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_between_characters_and_reads_as_it_was_written() {
        for length in 0..200 {
            let text = "岗a位".repeat(length);
            let mut folded = String::new();
            fold(&text, &mut folded);
            assert!(folded.ends_with("\r\n"));
            assert!(folded.lines().all(|line| line.len() <= LINE), "{folded}");
            assert_eq!(folded.replace("\r\n ", "").trim_end(), text);
        }
    }

    #[test]
    fn marks_that_part_values_are_escaped_in_texts_alone() {
        let mut event = Component::new("VEVENT");
        event.text("SUMMARY", "甲, 乙; 丙\\丁\n戊");
        event.value("URL", "https://a.example/?a=1,2;3");
        assert_eq!(
            String::from_utf8(event.to_bytes()).expect("UTF-8"),
            "BEGIN:VEVENT\r\nSUMMARY:甲\\, 乙\\; 丙\\\\丁\\n戊\r\nURL:https://a.example/?a=1,2;3\r\nEND:VEVENT\r\n"
        );
    }
}
