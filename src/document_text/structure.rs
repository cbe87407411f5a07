//! What each line is, decided over the whole text. Enters: lines as their author meant them. Leaves: a role for each:
//! heading, item, clause, label or paragraph. Lines with marks of one kind under one parent are judged together.

use super::characters::{ends_sentence, is_blank, is_chinese};
use super::lines::{Cut, Line};
use super::marks::{Class, mark};
use super::model::Format;
use super::reasons::Reason;
use super::shapes::{is_colon_heading, label, without_ornaments};
use super::words::{Known, known};
use std::collections::{BTreeMap, BTreeSet};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Heading,
    Item,
    Label {
        key: (usize, usize),
        value: (usize, usize),
    },
    Paragraph,
    Cell,
    Verbatim,
}

/// A line with what was decided of it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) line: Line,
    /// The kind of its mark, or of its heading.
    pub(super) class: Option<Class>,
    pub(super) role: Role,
    pub(super) reason: Reason,
    /// Bytes of the words without ornaments around them.
    pub(super) inner: (usize, usize),
    /// Whether markdown makes it an item already.
    is_item: bool,
    /// Which lines of its kind it is judged with.
    group: usize,
    /// Whether what belongs to a heading stands below it.
    content_follows: bool,
    /// Whether that begins with a number of a lower kind.
    deeper_follows: bool,
}

impl Entry {
    /// The words that the mark and the ornaments leave.
    pub(super) fn bare(&self) -> &str {
        self.line
            .text
            .words
            .get(self.inner.0..self.inner.1)
            .unwrap_or("")
    }

    /// Bytes of the mark.
    pub(super) fn mark_length(&self) -> usize {
        self.line.mark.map_or(0, |mark| mark.length)
    }
}

/// Headings without numbers, by what shows them.
const KNOWN: Class = Class::Free(0);
const BRACKETED: Class = Class::Free(1);
const BOLD: Class = Class::Free(2);
const ORNAMENT: Class = Class::Free(3);
const COLON: Class = Class::Free(4);

/// Longer lines are no headings.
const LONGEST: usize = 40;

/// Decides what each line is.
pub(super) fn decide(lines: Vec<Line>, wants_title: bool, format: Format) -> Vec<Entry> {
    let mut entries: Vec<Entry> = lines.into_iter().map(look).collect();
    let is_markdown = |entry: &Entry| {
        let words = entry.line.text.words.as_str();
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        match entry.class {
            Some(Class::Dash(_)) => words[1..].starts_with(' '),
            Some(Class::Digit | Class::DigitParen) => {
                words[digits..].starts_with(". ") || words[digits..].starts_with(") ")
            }
            _ => false,
        }
    };
    if format == Format::Markdown {
        for entry in &mut entries {
            entry.is_item = entry.role == Role::Paragraph && is_markdown(entry);
        }
    }
    share_ornaments(&mut entries);
    if wants_title {
        take_title(&mut entries);
    }
    let groups = group(&mut entries);
    judge(&mut entries, groups);
    merge_free_kinds(&mut entries);
    entries
}

/// A sign that stands before a known heading shows the other short lines behind it as headings too.
fn share_ornaments(entries: &mut [Entry]) {
    let sign = |entry: &Entry| {
        entry
            .line
            .mark
            .map(|mark| mark.class)
            .filter(|class| matches!(class, Class::Bullet(_)))
    };
    let signs: BTreeSet<Class> = entries
        .iter()
        .filter(|entry| entry.reason == Reason::Known)
        .filter_map(sign)
        .collect();
    if signs.is_empty() {
        return;
    }
    for entry in entries {
        let is_short = entry.bare().chars().count() <= 14
            && !entry
                .bare()
                .ends_with(|c| ends_sentence(c) || matches!(c, '；' | '，'));
        if sign(entry).is_some_and(|class| signs.contains(&class))
            && is_short
            && entry.class != Some(KNOWN)
        {
            (entry.role, entry.reason, entry.class) =
                (Role::Heading, Reason::Ornament, Some(ORNAMENT));
            strip_ornaments(entry);
        }
    }
}

/// What a line shows by itself.
fn look(line: Line) -> Entry {
    let words = line.text.words.as_str();
    let start = line.mark.map_or(0, |mark| mark.length);
    let mut entry = Entry {
        class: line.mark.map(|mark| mark.class),
        role: Role::Paragraph,
        reason: Reason::Plain,
        inner: (start, words.len()),
        is_item: false,
        group: usize::MAX,
        content_follows: false,
        deeper_follows: false,
        line,
    };
    let hints = entry.line.hints;
    if entry.line.verbatim {
        (entry.role, entry.reason, entry.class) = (Role::Verbatim, Reason::Verbatim, None);
        entry.inner.0 = 0;
    } else if hints.cell.is_some() {
        (entry.role, entry.reason, entry.class) = (Role::Cell, Reason::TableCell, None);
        entry.inner.0 = 0;
    } else if let Some(level) = hints.heading {
        (entry.role, entry.reason, entry.class) =
            (Role::Heading, Reason::Style, Some(Class::Style(level)));
    } else if let Some(list) = hints.list {
        entry.class = Some(Class::Word(list.list, list.level));
        entry.inner.0 = 0;
        entry.line.mark = None;
    } else if matches!(entry.class, Some(Class::Hash(_))) {
        (entry.role, entry.reason) = (Role::Heading, Reason::MarkdownHeading);
    } else {
        look_at_words(&mut entry);
    }
    if entry.role == Role::Heading {
        strip_ornaments(&mut entry);
    }
    entry
}

/// What the words show where the file says nothing.
fn look_at_words(entry: &mut Entry) {
    let words = std::mem::take(&mut entry.line.text.words);
    look_at(entry, &words[entry.inner.0..]);
    entry.line.text.words = words;
}

fn look_at(entry: &mut Entry, inner: &str) {
    let forced = entry.line.cut == Cut::Heading;
    let is_numbered = entry.class.is_some_and(|class| !class.is_bullet());
    let (from, to) = without_ornaments(inner);
    let bare = &inner[from..to];
    let known_words = known(bare);
    let ornamented = from > 0;
    let colon = to < inner.len();
    let short = bare.chars().count() <= LONGEST;
    if is_numbered {
        if forced {
            (entry.role, entry.reason) = (Role::Heading, Reason::Known);
        }
    } else if forced
        || (known_words == Some(Known::Heading) && short)
        || (known_words == Some(Known::Either) && (colon || ornamented))
    {
        (entry.role, entry.reason, entry.class) = (Role::Heading, Reason::Known, Some(KNOWN));
    } else if entry.class.is_some() {
        // A bullet: its neighbours decide.
    } else if ornamented
        && inner.starts_with(['【', '〖', '◆', '★', '■', '●', '*', '='])
        && to + 8 >= inner.len()
        && short
        && !bare.is_empty()
    {
        let reason = if inner.starts_with("**") {
            (Reason::Bold, BOLD)
        } else {
            (Reason::Bracketed, BRACKETED)
        };
        (entry.reason, entry.class) = (reason.0, Some(reason.1));
    } else if let Some((key, value)) = label(inner) {
        entry.role = Role::Label { key, value };
        entry.reason = Reason::LabelLine;
    } else if is_colon_heading(inner) {
        (entry.reason, entry.class) = (Reason::Colon, Some(COLON));
    } else if known_words == Some(Known::Either) {
        (entry.reason, entry.class) = (Reason::Known, Some(KNOWN));
    } else if entry.line.hints.bold
        && short
        && !inner.ends_with(ends_sentence)
        && !entry.line.hints.centred
    {
        (entry.reason, entry.class) = (Reason::Bold, Some(BOLD));
    }
}

/// Takes the ornaments off a heading.
fn strip_ornaments(entry: &mut Entry) {
    let start = entry.inner.0;
    let (from, to) = without_ornaments(&entry.line.text.words[start..]);
    if to > from {
        entry.inner = (start + from, start + to);
    }
}

/// The first lines of a text, where they can be nothing but its title.
fn take_title(entries: &mut [Entry]) {
    let count = entries.iter().take(3).take_while(|entry| {
        let words = entry.line.text.words.as_str();
        let is_known = entry.reason == Reason::Known
            || matches!(entry.role, Role::Label { .. }) && !words.starts_with('【');
        let is_plain = entry
            .class
            .is_none_or(|class| matches!(class, Class::Free(_) | Class::Emoji))
            || matches!(entry.class, Some(Class::Hash(1)));
        !is_known
            && is_plain
            && entry.line.width <= 72
            && !words.ends_with(ends_sentence)
            && !words.ends_with(['；', '，', '：', ':'])
            && entry.line.hints.list.is_none()
            && entry.role != Role::Cell
            && entry.role != Role::Verbatim
    });
    let mut count = count.count();
    // More than one line only where the file centres them.
    let centred = entries
        .iter()
        .take(count)
        .take_while(|entry| entry.line.hints.centred)
        .count();
    count = count.min(centred.max(1));
    if entries.len() <= count {
        return;
    }
    for entry in entries.iter_mut().take(count) {
        (entry.role, entry.reason) = (Role::Title, Reason::Title);
        if entry.class != Some(Class::Hash(1)) {
            entry.class = None;
            entry.line.mark = None;
            entry.inner.0 = 0;
        }
    }
}

/// Lines of one kind under one parent.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    members: Vec<usize>,
}

/// An open group.
struct Open {
    class: Class,
    group: usize,
    last: u32,
}

/// Finds which lines belong together, and adopts numbers typed in another form into their list.
fn group(entries: &mut [Entry]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut previous: Option<usize> = None;
    for index in 0..entries.len() {
        let entry = &entries[index];
        let definite =
            entry.role == Role::Heading && entry.class.is_none_or(|class| !is_counted(class));
        if entry.role == Role::Title {
            previous = None;
            continue;
        }
        let Some(class) = entry.class.filter(|class| !definite && is_counted(*class)) else {
            let ends = definite || matches!(entry.class, Some(Class::Free(_) | Class::Article));
            if let Some(before) = previous {
                let top = matches!(entry.class, Some(Class::Style(_) | Class::Hash(_)));
                entries[before].content_follows |= !top;
            }
            if ends {
                open.clear();
            }
            previous = Some(index);
            continue;
        };
        let number = entry.line.mark.and_then(|mark| mark.number).or(entry
            .line
            .hints
            .list
            .and_then(|list| list.number));
        if entry.is_item {
            // Markdown makes it an item already: it is content of what stands above, and opens nothing.
            if let Some(before) = previous {
                entries[before].content_follows = true;
                entries[before].deeper_follows = true;
            }
            settle(&mut entries[index], false);
            previous = Some(index);
            continue;
        }
        let own = class;
        let (class, at, restarts) = place_of(class, number, &open);
        entries[index].class = Some(class);
        let deeper = if let Some(at) = at {
            open.truncate(at + 1);
            if restarts {
                groups.push(Group::default());
                open[at].group = groups.len() - 1;
            }
            open[at].last = if class != own && own == Class::Roman {
                open[at].last + 1
            } else {
                number.unwrap_or(0)
            };
            false
        } else {
            while open.last().is_some_and(|top| {
                top.class > class
                    && !is_below(class, top.class)
                    && !matches!(top.class, Class::Decimal(_))
            }) {
                open.pop();
            }
            let deeper = open.last().is_some_and(|top| {
                previous.is_some_and(|before| entries[before].group == top.group)
            });
            groups.push(Group::default());
            open.push(Open {
                class,
                group: groups.len() - 1,
                last: number.unwrap_or(0),
            });
            deeper
        };
        let group = open.last().map_or(0, |open| open.group);
        groups[group].members.push(index);
        entries[index].group = group;
        if let Some(before) = previous {
            let after_free = entries[before]
                .class
                .is_some_and(|class| matches!(class, Class::Free(_)));
            let after_plain = entries[before].group == usize::MAX;
            // Lines such as 2.1 have no place of their own among the others: any list belongs to them.
            let is_decimal = |class: Option<Class>| matches!(class, Some(Class::Decimal(_)));
            let deeper = deeper || (is_decimal(entries[before].class) && !is_decimal(Some(class)));
            entries[before].content_follows |= deeper || after_free || after_plain;
            entries[before].deeper_follows |= deeper;
        }
        previous = Some(index);
    }
    groups
}

/// Whether lines of a kind are judged together.
fn is_counted(class: Class) -> bool {
    !matches!(
        class,
        Class::Style(_) | Class::Hash(_) | Class::Free(_) | Class::Article | Class::Reference
    )
}

/// Bullets stand below any number.
fn is_below(class: Class, top: Class) -> bool {
    class.is_bullet() && !top.is_bullet()
}

/// Where a mark stands among the open groups: its kind, the group, and whether the numbering begins again.
fn place_of(class: Class, number: Option<u32>, open: &[Open]) -> (Class, Option<usize>, bool) {
    if let Some(at) = open.iter().rposition(|open| open.class == class) {
        let restarts =
            number == Some(1) && open[at].last > 1 || (number == Some(1) && open[at].last == 1);
        let sloppy = number.is_some_and(|number| number > 1 && open[at].last + 1 != number);
        let other = sloppy
            .then(|| adopting(class, number, &open[at + 1..]))
            .flatten();
        return match other {
            Some(other) => (open[at + 1 + other].class, Some(at + 1 + other), false),
            None => (class, Some(at), restarts),
        };
    }
    // I is also the ninth letter, where H stands before it.
    let letter = match (class, number) {
        (Class::Roman, Some(1)) => 9,
        (Class::Roman, Some(5)) => 22,
        (Class::Roman, Some(10)) => 24,
        _ => 0,
    };
    let letters = open
        .iter()
        .rposition(|open| open.class == Class::Letter && open.last + 1 == letter);
    if let Some(at) = letters {
        return (Class::Letter, Some(at), false);
    }
    match adopting(class, number, open) {
        Some(at) => (open[at].class, Some(at), false),
        None => (class, None, false),
    }
}

/// The open group that expects this number, though it is typed in another form: 1) and then (2).
fn adopting(class: Class, number: Option<u32>, open: &[Open]) -> Option<usize> {
    let number = number.filter(|number| *number > 1)?;
    let digits = |class: Class| {
        matches!(
            class,
            Class::Digit | Class::DigitComma | Class::DigitParen | Class::DigitBracket
        )
    };
    let last = open.len().checked_sub(1)?;
    (digits(class) && digits(open[last].class) && open[last].last + 1 == number).then_some(last)
}

/// Whether a line could be a heading by its looks.
fn looks_like_heading(entry: &Entry) -> bool {
    let bare = entry.bare().trim_end_matches(is_blank);
    let count = bare.chars().take(LONGEST + 1).count();
    let limit = match entry.class {
        Some(class) if class.is_bullet() => 14,
        Some(class) if class >= Class::Digit => 32,
        _ => LONGEST,
    };
    let is_latin = bare.is_ascii();
    if count == 0
        || (!is_latin && count > limit)
        || (is_latin && bare.split_whitespace().count() > 12)
    {
        return false;
    }
    let Some(end) = bare.chars().next_back() else {
        return false;
    };
    if matches!(end, '；' | ';' | '，' | ',' | '、') {
        return false;
    }
    let body = &bare[..bare.len() - end.len_utf8()];
    if body.contains(['。', '；']) {
        return false;
    }
    match end {
        '。' => count <= 26 && entry.content_follows,
        '：' | ':' => !body.contains(['：', ':']) && label(body).is_none(),
        '.' => is_latin && count < 40,
        _ => !body.contains(['：']) || body.chars().count() < 24 && label(bare).is_none(),
    }
}

/// Decides for each group whether its lines are headings.
fn judge(entries: &mut [Entry], groups: Vec<Group>) {
    let mut votes: BTreeMap<Class, i32> = BTreeMap::new();
    let mut verdicts: Vec<Option<bool>> = Vec::with_capacity(groups.len());
    for group in &groups {
        let verdict = judge_group(entries, group);
        if let (Some(verdict), Some(class)) = (
            verdict,
            group
                .members
                .first()
                .and_then(|&first| entries[first].class),
        ) && group.members.len() > 1
        {
            *votes.entry(class).or_default() += if verdict { 1 } else { -1 };
        }
        verdicts.push(verdict);
    }
    for (group, verdict) in groups.into_iter().zip(verdicts) {
        let class = group
            .members
            .first()
            .and_then(|&first| entries[first].class);
        let by_vote = class
            .and_then(|class| votes.get(&class))
            .is_some_and(|&vote| vote > 0);
        let is_heading = verdict.unwrap_or(by_vote);
        for &index in &group.members {
            let entry = &mut entries[index];
            // A number such as 2.1 says by itself where it belongs.
            let alone = matches!(class, Some(Class::Decimal(_)));
            let by_itself = alone && looks_like_heading(entry) && entry.content_follows;
            settle(entry, by_itself || (is_heading && !alone));
        }
    }
    for entry in entries.iter_mut() {
        settle_others(entry);
    }
}

/// Whether a group's lines are headings; none where one line alone does not tell.
fn judge_group(entries: &[Entry], group: &Group) -> Option<bool> {
    let first = &entries[*group.members.first()?];
    let class = first.class?;
    if matches!(class, Class::Part | Class::Chapter | Class::Section) {
        return Some(true);
    }
    let likely = |entry: &Entry| {
        looks_like_heading(entry) && entry.content_follows || entry.role == Role::Heading
    };
    let count = group
        .members
        .iter()
        .filter(|&&index| likely(&entries[index]))
        .count();
    let all = group.members.len();
    if class.is_bullet() {
        let deeper = group
            .members
            .iter()
            .all(|&index| entries[index].deeper_follows || entries[index].role == Role::Heading);
        let plain = all > 1 || class == Class::Emoji;
        return Some(count == all && (plain || deeper));
    }
    if all == 1 {
        return match () {
            () if count == 0 => Some(false),
            () if class <= Class::HanBracket
                || first.deeper_follows
                || first.role == Role::Heading =>
            {
                Some(true)
            }
            () => None,
        };
    }
    Some(count * 2 > all)
}

/// Settles a line whose group has been judged.
fn settle(entry: &mut Entry, is_heading: bool) {
    let Some(class) = entry.class else { return };
    let sentence = entry.bare().chars().take(61).count() > 60
        || entry.bare().trim_end_matches('。').contains('。');
    if ((is_heading && !sentence) || entry.role == Role::Heading) && !entry.is_item {
        entry.role = Role::Heading;
        if class.is_bullet() {
            (entry.reason, entry.class) = (Reason::Ornament, Some(ORNAMENT));
        } else if entry.reason != Reason::Known {
            entry.reason = Reason::Numbered;
        }
        strip_ornaments(entry);
        return;
    }
    match class {
        Class::Part | Class::Chapter | Class::Section | Class::Decimal(_) => {
            entry.reason = Reason::Clause;
        }
        Class::Letter | Class::SmallLetter => {
            (entry.role, entry.reason) = (Role::Item, Reason::LetteredItem);
        }
        Class::Word(..) => (entry.role, entry.reason) = (Role::Item, Reason::WordList),
        _ if class.is_bullet() => (entry.role, entry.reason) = (Role::Item, Reason::MarkedItem),
        _ => (entry.role, entry.reason) = (Role::Item, Reason::NumberedItem),
    }
}

/// Settles a line without a group.
fn settle_others(entry: &mut Entry) {
    if entry.role != Role::Paragraph || entry.group != usize::MAX {
        return;
    }
    match entry.class {
        Some(Class::Article) => {
            let is_heading = entry.content_follows
                && looks_like_heading(entry)
                && entry.bare().chars().count() <= 16
                && !entry.bare().ends_with(ends_sentence);
            entry.reason = if is_heading {
                Reason::Numbered
            } else {
                Reason::Clause
            };
            if is_heading {
                entry.role = Role::Heading;
                strip_ornaments(entry);
            }
        }
        Some(Class::Reference) => entry.reason = Reason::Reference,
        Some(Class::Free(_)) => {
            let is_chinese_or_latin = entry
                .bare()
                .contains(|c: char| is_chinese(c) || c.is_alphanumeric());
            if entry.content_follows && is_chinese_or_latin {
                entry.role = Role::Heading;
                strip_ornaments(entry);
            } else {
                (entry.class, entry.reason) = (None, Reason::Plain);
            }
        }
        _ => {}
    }
}

/// Ways to show a heading without a number are one way where known words are shown in each of them.
fn merge_free_kinds(entries: &mut [Entry]) {
    let mut merged = [true, false, false, false, true];
    let shows = |entry: &Entry| -> Option<usize> {
        let words = entry.line.text.words.as_str();
        let start = words.chars().next()?;
        match () {
            () if matches!(start, '【' | '〖') => Some(1),
            () if entry.line.hints.bold || words.starts_with("**") => Some(2),
            () if !start.is_alphanumeric() => Some(3),
            () => None,
        }
    };
    for entry in entries
        .iter()
        .filter(|entry| entry.role == Role::Heading && entry.class == Some(KNOWN))
    {
        if let Some(kind) = shows(entry) {
            merged[kind] = true;
        }
    }
    for entry in entries
        .iter_mut()
        .filter(|entry| entry.role == Role::Heading)
    {
        if let Some(Class::Free(kind)) = entry.class
            && merged.get(kind as usize) == Some(&true)
        {
            entry.class = Some(KNOWN);
        }
    }
}

/// Whether the words of numbered headings are known ones, so that known headings without a number stand beside them.
pub(super) fn beside_known(entries: &[Entry]) -> Option<Class> {
    let mut counts: BTreeMap<Class, (u32, u32)> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.role == Role::Heading) {
        if let Some(class) = entry
            .class
            .filter(|class| class.is_numeric() || matches!(class, Class::Style(_) | Class::Hash(_)))
        {
            let count = counts.entry(class).or_default();
            count.0 += 1;
            let bare = entry.bare();
            let inner = mark(bare).map_or(bare, |mark| &bare[mark.length..]);
            count.1 += u32::from(known(inner).is_some());
        }
    }
    counts
        .into_iter()
        .find(|(_, (all, known))| known * 2 >= *all && *known > 0)
        .map(|(class, _)| class)
}
