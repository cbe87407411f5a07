//! Lines that a layout broke become paragraphs again. Enters: cleaned lines. Leaves: lines as their author meant them, and
//! the heads, feet and numbers of pages among what was left out.

use super::characters::{closes, columns, ends_sentence, is_blank, is_chinese, opens};
use super::lines::Line;
use super::marks::{Mark, mark};
use super::model::{Format, NotTaken, Note, Outline};
use super::reasons::{NotTakenReason, NoteReason};
use super::words::{Known, known};
use crate::text::Span;
use std::collections::BTreeMap;

/// The widest line that is looked at when the width of a page is sought.
const WIDEST: usize = 240;
/// Narrower lines say nothing of the width of a page.
const NARROWEST: u32 = 24;

/// Joins what belongs together.
pub(super) fn join(mut lines: Vec<Line>, outline: &mut Outline) -> Vec<Line> {
    if outline.format == Format::Plain {
        leave_out_pages(&mut lines, outline);
    }
    for line in &mut lines {
        line.mark = if line.verbatim {
            None
        } else {
            mark(&line.text.words)
        };
    }
    let page = page_width(&lines);
    outline.wrapped_at = page.map(|page| page.width);
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut last = Shape::default();
    let mut rest = lines.into_iter().peekable();
    while let Some(next) = rest.next() {
        outline.steps += 1;
        let belongs = joined.last().is_some_and(|line| {
            // An empty line of markdown always ends a paragraph. What costs least is asked first: most lines end one too.
            !(outline.format == Format::Markdown && next.parted)
                && next.mark.is_none()
                && (runs_on(line, last, &next)
                    || page.is_some_and(|page| page.breaks(line, last, &next, rest.peek())))
                && may_join(line, &next)
        });
        let shape = Shape {
            width: next.width,
            is_first: !belongs,
            long: belongs && last.long || page.is_some_and(|page| next.width > page.width + 4),
        };
        match joined.last_mut().filter(|_| belongs) {
            Some(line) => append(line, &next, outline),
            None => joined.push(next),
        }
        last = shape;
    }
    for line in joined.iter().filter(|line| line.joined) {
        outline.notes.push(Note {
            place: line.whole(),
            reason: NoteReason::LinesJoined,
        });
    }
    joined
}

/// How the last line of the source looked.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    width: u32,
    is_first: bool,
    long: bool,
}

/// Whether nothing that the two lines say of themselves keeps them apart.
fn may_join(line: &Line, next: &Line) -> bool {
    let (a, b) = (line.hints, next.hints);
    next.mark.is_none()
        && !line.verbatim
        && !next.verbatim
        && a.heading.is_none()
        && b.heading.is_none()
        && b.list.is_none()
        && a.cell.is_none()
        && b.cell.is_none()
        && a.centred == b.centred
        && a.bold == b.bold
        && !stands_alone(&next.text.words)
        && !line
            .mark
            .is_some_and(|mark| matches!(mark.class, super::marks::Class::Hash(_)))
        && !is_heading_alone(&line.text.words)
}

/// Whether words are a heading by themselves; a label line may go on.
fn is_heading_alone(words: &str) -> bool {
    let bare = words.trim_end_matches(['：', ':']);
    (words.starts_with(['【', '〖']) && words.ends_with(['】', '〗']))
        || (bare.len() < 60 && known(bare) == Some(Known::Heading))
}

/// Whether words are a heading or a label by themselves.
fn stands_alone(words: &str) -> bool {
    if words.starts_with(['【', '〖']) {
        return true;
    }
    // Longer words cannot be in the lists; a key stands before the first colon.
    let colon = words
        .char_indices()
        .take(20)
        .find(|(_, c)| matches!(c, '：' | ':'))
        .map(|(at, _)| at);
    match colon {
        Some(at) => known(&words[..at]).is_some(),
        None => words.len() < 60 && known(words) == Some(Known::Heading),
    }
}

/// Whether the words themselves say that the sentence goes on in the next line.
fn runs_on(line: &Line, last: Shape, next: &Line) -> bool {
    let words = &line.text.words;
    let (Some(end), Some(begin)) = (words.chars().next_back(), next.text.words.chars().next())
    else {
        return false;
    };
    if opens(end) {
        return true;
    }
    if ends_sentence(end) || matches!(end, '；' | ';') {
        return false;
    }
    if last.width < NARROWEST {
        return false;
    }
    let tail = words
        .char_indices()
        .rev()
        .nth(160)
        .map_or(words.as_str(), |(at, _)| &words[at..]);
    let open = ['“', '《', '（']
        .into_iter()
        .zip(['”', '》', '）'])
        .any(|(open, close)| {
            tail.rfind(open)
                .is_some_and(|at| !tail[at..].contains(close))
                && next
                    .text
                    .words
                    .find(close)
                    .is_some_and(|at| !next.text.words[..at].contains(open))
        });
    let comma = matches!(end, '，' | '、') || (end == ',' && is_chinese(begin));
    (open && !ends_sentence(end))
        || (closes(begin) && !ends_sentence(end))
        || (comma && !next.parted)
}

/// The width of a page, and where its lines begin.
#[derive(Debug, Clone, Copy)]
struct Page {
    width: u32,
    margin: u32,
}

impl Page {
    /// Whether the page's width broke a paragraph between two lines.
    fn breaks(self, line: &Line, last: Shape, next: &Line, behind: Option<&Line>) -> bool {
        let Some(end) = line.text.words.chars().next_back() else {
            return false;
        };
        if next.parted || next.indent > self.margin + 1 {
            return false;
        }
        let stops = ends_sentence(end) || matches!(end, '；' | ';' | '：' | ':');
        if last.width > self.width + 4 || last.long {
            return !stops && (next.width > self.width || last.long || next.width * 2 > self.width);
        }
        // A first line has lost the two characters by which it stood in.
        let needed = last.width + unit(&next.text.words);
        let plain = line.mark.is_none() && super::shapes::label(&line.text.words).is_none();
        let slack = match last.is_first {
            true if plain && line.indent <= self.margin => 5,
            true => 1,
            false => 6,
        };
        if stops {
            let begins = next.width + 3 <= self.width && next.width + 7 >= self.width;
            return last.width + 2 >= self.width && !begins && !matches!(end, '；' | ';');
        }
        if needed + slack >= self.width {
            return true;
        }
        self.heading_goes_on(line, last, next, behind)
    }

    /// Whether a numbered heading was too long for its line: a short line goes on, and a section begins below it.
    fn heading_goes_on(self, line: &Line, last: Shape, next: &Line, behind: Option<&Line>) -> bool {
        let short = |width: u32| width + 8 < self.width;
        let begins =
            behind.is_none_or(|line| line.mark.is_some() || (line.width * 4 >= self.width * 3));
        let stops = next
            .text
            .words
            .ends_with(|c| ends_sentence(c) || matches!(c, '，' | ',' | '；' | ';'));
        line.mark.is_some_and(is_heading_mark)
            && last.is_first
            && short(last.width)
            && last.width * 2 > self.width
            && short(next.width)
            && !stops
            && begins
            && behind.is_some()
    }
}

fn is_heading_mark(mark: Mark) -> bool {
    mark.class.is_numeric() || matches!(mark.class, super::marks::Class::Decimal(_))
}

/// Columns of the smallest part of words that a line break leaves whole.
fn unit(words: &str) -> u32 {
    let mut taken = 0;
    for (index, c) in words.chars().enumerate() {
        let is_word = c.is_ascii_graphic() && !is_blank(c);
        if index > 0 && !is_word && !closes(c) {
            break;
        }
        taken += columns(c);
        if taken > 24 {
            break;
        }
    }
    taken
}

/// The width at which most lines were broken, if that is how the text was made.
fn page_width(lines: &[Line]) -> Option<Page> {
    let mut counts = [0u32; WIDEST + 1];
    let (mut latin, mut wide) = (0, 0);
    for line in lines
        .iter()
        .filter(|line| line.hints.cell.is_none() && !line.verbatim && line.width >= NARROWEST)
    {
        if let Some(count) = counts.get_mut(line.width as usize) {
            *count += 1;
            wide += 1;
            latin += u32::from(line.text.words.len() == line.width as usize);
        }
    }
    let window = if latin * 2 > wide { 12 } else { 5 };
    let (mut best, mut most, mut sum) = (0, 0, 0);
    for end in 0..=WIDEST {
        sum += counts[end];
        if end >= window {
            sum -= counts[end - window];
        }
        if sum >= most && sum > 0 && counts[end] > 0 {
            (best, most) = (end, sum);
        }
    }
    let below: u32 = counts[..=(best + 4).min(WIDEST)].iter().sum();
    if most < 3 || most * 5 < below * 2 {
        return None;
    }
    let (best, window) = (u32::try_from(best).ok()?, u32::try_from(window).ok()?);
    // Most full lines must break off inside a sentence, before a line that no mark begins.
    let (mut cut, mut full, mut margin) = (0, 0, u32::MAX);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if line.width > best || line.width + window <= best || line.hints.cell.is_some() {
            continue;
        }
        full += 1;
        margin = margin.min(line.indent);
        let stops = line
            .text
            .words
            .ends_with(|c| ends_sentence(c) || matches!(c, '；' | ';' | '：' | ':'));
        cut += u32::from(!stops && !next.parted && next.mark.is_none() && may_join(line, next));
    }
    (cut >= 3 && cut * 5 >= full * 3).then_some(Page {
        width: best,
        margin,
    })
}

/// Adds the next line of a paragraph.
fn append(line: &mut Line, next: &Line, outline: &mut Outline) {
    let end = line.text.words.chars().next_back().unwrap_or(' ');
    let begin = next.text.words.chars().next().unwrap_or(' ');
    let source_end = line
        .text
        .runs
        .last()
        .map_or(0, |run| run.source.end as usize);
    let lower = |words: &str, at: usize| {
        words
            .chars()
            .rev()
            .nth(at)
            .is_some_and(|c| c.is_ascii_lowercase())
    };
    if end == '-'
        && lower(&line.text.words, 1)
        && lower(&line.text.words, 2)
        && begin.is_ascii_lowercase()
        && !is_compound(&line.text.words)
    {
        let whole = line.text.words.len() - 1;
        outline.not_taken.push(NotTaken {
            place: line.place(whole..whole + 1),
            reason: NotTakenReason::Hyphen,
        });
        line.text.words.truncate(whole);
        if let Some(run) = line.text.runs.last_mut() {
            run.source.end -= 1;
        }
    } else if end.is_ascii()
        && begin.is_ascii()
        && end != '-'
        && end != '/'
        && !closes(begin)
        && !opens(end)
    {
        line.text
            .push_changed(" ", Span::new(source_end, source_end + 1));
    }
    line.text.append(&next.text);
    line.width += next.width;
    line.joined = true;
}

/// Whether a hyphen belongs to the word: long-term.
fn is_compound(words: &str) -> bool {
    const FIRST: [&str; 24] = [
        "long", "short", "well", "self", "non", "full", "part", "high", "low", "cross", "follow",
        "on", "off", "in", "pre", "post", "anti", "multi", "mid", "real", "top", "front", "back",
        "third",
    ];
    let word = words.trim_end_matches('-');
    let word = &word[word
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| at + 1)
        .min(word.len())..];
    FIRST.contains(&word)
}

/// Leaves out rules, and the numbers, heads and feet of pages.
fn leave_out_pages(lines: &mut Vec<Line>, outline: &mut Outline) {
    let numbers: Vec<bool> = lines
        .iter()
        .map(|line| is_page_number(&line.text.words))
        .collect();
    let mut repeated: BTreeMap<&str, u32> = BTreeMap::new();
    let beside = |index: usize| {
        numbers.get(index + 1) == Some(&true)
            || index.checked_sub(1).is_some_and(|index| numbers[index])
    };
    for (_, line) in lines.iter().enumerate().filter(|(index, _)| beside(*index)) {
        *repeated.entry(line.text.words.as_str()).or_default() += 1;
    }
    let reasons: Vec<Option<NotTakenReason>> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let words = line.text.words.as_str();
            let head = beside(index)
                && line.width <= 60
                && !words.ends_with(ends_sentence)
                && (is_issue(words) || repeated.get(words).is_some_and(|&count| count > 1));
            match () {
                () if numbers[index] => Some(NotTakenReason::PageNumber),
                () if head => Some(NotTakenReason::RunningHead),
                () if is_rule(words) => Some(NotTakenReason::Rule),
                () => None,
            }
        })
        .collect();
    let mut index = 0;
    let mut removed = false;
    lines.retain_mut(|line| {
        let reason = reasons[index];
        index += 1;
        if let Some(reason) = reason {
            outline.not_taken.push(NotTaken {
                place: line.whole(),
                reason,
            });
            removed = reason != NotTakenReason::Rule;
            return false;
        }
        // A page ends inside a sentence: the next one goes on with it.
        line.parted &= !std::mem::take(&mut removed);
        true
    });
}

/// A line of signs: `======`.
fn is_rule(words: &str) -> bool {
    const SIGNS: &str = "-=_*—–~·.…─━═＝－#+ ";
    words.starts_with(|c| SIGNS.contains(c))
        && words.chars().nth(2).is_some()
        && words.chars().all(|c| SIGNS.contains(c))
        && !words.chars().all(|c| matches!(c, '_' | ' ' | '…' | '.'))
}

/// — 3 —, 第3页, 3/12, Page 3 of 12.
fn is_page_number(words: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '·' | '－' | '~' | ' ');
    let begins = |c: char| dash(c) || c.is_ascii_digit() || matches!(c, '第' | '共' | 'P' | 'p');
    if words.len() > 40
        || !words.starts_with(begins)
        || !words.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let inner = words.trim_matches(dash);
    let enclosed =
        words.starts_with(dash) && words.ends_with(dash) && words.len() > inner.len() + 1;
    if enclosed && inner.len() <= 4 && inner.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let bare: String = words
        .chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace())
        .collect();
    matches!(
        bare.to_ascii_lowercase().as_str(),
        "第页"
            | "第頁"
            | "第页共页"
            | "第頁共頁"
            | "第页/共页"
            | "共页第页"
            | "共页，第页"
            | "第页，共页"
            | "page"
            | "pageof"
    )
}

/// The head of a journal: 2026年第5期, Vol. 3.
fn is_issue(words: &str) -> bool {
    let issue = words
        .find('第')
        .is_some_and(|at| words[at..].contains('期'));
    issue || words.contains("Vol.") || words.contains("No.")
}
