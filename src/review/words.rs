//! A review in words. Enters: a review and a language. Leaves: markdown for a merge request, for readers who know
//! postings and not git. Every text of the content passes `inert`; the whole stays within what a comment may hold.

use super::compare::Review;
use super::inert::inert;
use super::postings::{BODY, FieldChange, Posting};
use super::quotes::quotes;
use super::size::{self, Size};
use super::targets::LinkChange;
use crate::diagnostic::Lang;
use crate::fields::{FieldType, Record};
use crate::kinds::{Job, KINDS, Shared};
use crate::say;

/// The most characters of a comment; code hosts take 65,536.
const LONGEST: usize = 60_000;
/// The number of items of a list that are visible at once, and that number with the folded ones.
const MOST_LISTED: usize = 10;
const FOLDED: usize = 60;

/// Writes the review as markdown.
pub fn render_markdown(review: &Review, lang: Lang) -> String {
    let mut words = Words {
        lang,
        out: String::new(),
        left: LONGEST,
    };
    words.head(review);
    words.attention(review);
    words.postings(review);
    words.pages(review);
    words.unread(review.unread_pages);
    words.sizes(&review.sizes);
    words.out
}

struct Words {
    lang: Lang,
    out: String,
    left: usize,
}

impl Words {
    fn say(&self, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
        .to_owned()
    }

    fn line(&mut self, text: &str) {
        self.left = self.left.saturating_sub(text.chars().count() + 1);
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// What is said where all files are the same; the check may find something new all the same, such as a name that cannot
    /// be published.
    fn no_file_changes(&self, review: &Review) -> String {
        if review.findings.iter().any(|found| !found.is_empty()) {
            self.say(
                "网页和别的文件都没有变，但检查新发现了问题，见下面。",
                "No page and no other file changes, but the check finds something new; see below.",
            )
        } else {
            self.say(
                "没有变化：两边的文件完全一样。",
                "Nothing changes: all files are the same.",
            )
        }
    }

    fn head(&mut self, review: &Review) {
        let title = self.say(
            "## 发布后，门户会有这些变化",
            "## What will change on the portal",
        );
        self.line(&title);
        let (old, new) = (inert(&review.old), inert(&review.new));
        let day: Option<String> = review
            .as_of
            .as_ref()
            .map(|time| time.chars().take(10).collect());
        let day = inert(&day.unwrap_or_default());
        let sides = match (self.lang, day.is_empty()) {
            (Lang::Zh, false) => format!("从 {old} 到 {new}，岗位的状态按 {day} 计算。"),
            (Lang::Zh, true) => format!("从 {old} 到 {new}。"),
            (Lang::En, false) => {
                format!("From {old} to {new}, with the postings as they stand on {day}.")
            }
            (Lang::En, true) => format!("From {old} to {new}."),
        };
        self.line(&format!("\n{sides}\n"));
        let counts = [
            (
                review.opened.len(),
                "新开 {n} 个岗位",
                "{n} posting opens",
                "{n} postings open",
            ),
            (
                review.changed.len(),
                "改动 {n} 个岗位",
                "{n} posting changes",
                "{n} postings change",
            ),
            (
                review.closed.len(),
                "截止或撤下 {n} 个岗位",
                "{n} posting closes",
                "{n} postings close",
            ),
            (
                review.exposed.len(),
                "{n} 篇内容变为人人可见",
                "{n} document becomes public",
                "{n} documents become public",
            ),
            (
                review.moved.len(),
                "{n} 个网址换了地方",
                "{n} address moves",
                "{n} addresses move",
            ),
            (
                review.vanished.len(),
                "{n} 个网址会打不开",
                "{n} address stops working",
                "{n} addresses stop working",
            ),
            (
                review.broken_links.len(),
                "{n} 处链接会断",
                "{n} link breaks",
                "{n} links break",
            ),
            (
                review.added_pages.len(),
                "新增 {n} 个其他页面",
                "{n} other page is new",
                "{n} other pages are new",
            ),
            (
                review.changed_pages.len(),
                "改动 {n} 个其他页面",
                "{n} other page changes",
                "{n} other pages change",
            ),
            (
                review.files.len(),
                "附件等文件变动 {n} 个",
                "{n} attached or other file changes",
                "{n} attached or other files change",
            ),
        ];
        let said: Vec<String> = counts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, zh, one, many)| {
                let en = if *count == 1 { one } else { many };
                self.say(zh, en).replace("{n}", &count.to_string())
            })
            .collect();
        let text = match (said.is_empty(), review.files_changed) {
            (false, _) => {
                self.say("**", "**") + &said.join(&self.say("，", ", ")) + &self.say("。**", ".**")
            }
            (true, 0) => self.no_file_changes(review),
            (true, _) if review.files_seen == 0 => self.say(
                "岗位和其他内容都没有变，只有外观或程序用的文件不同。",
                "No posting and no other document changes; only looks or files for programs do.",
            ),
            (true, _) => self
                .say(
                    "没有发现岗位、其他内容、链接和附件的变动，但有 {n} 个网页不一样：可能是外观、页眉页脚、列表或译本变了，请看一看。",
                    "No change of a posting, another document, a link or an attached file was found, but {n} pages differ: their looks, headers, footers, lists or another edition may have changed. Have a look.",
                )
                .replace("{n}", &review.files_seen.to_string()),
        };
        self.line(&text);
        if review.errors > 0 {
            let text = match self.lang {
                Lang::Zh => format!(
                    "\n> 注意：新的内容有 {} 处错误，改好以前不会发布。",
                    review.errors
                ),
                Lang::En => format!(
                    "\n> Note: the new content has {} errors; nothing is published before they are repaired.",
                    review.errors
                ),
            };
            self.line(&text);
        }
    }

    /// Writes the changes that a reviewer must not miss.
    fn attention(&mut self, review: &Review) {
        let exposed = review.exposed.iter().map(|document| {
            let why = if document.was_internal {
                self.say("原来只给行内看", "was internal")
            } else {
                self.say(
                    "这一类内容通常只给行内看",
                    "this kind is internal as a rule",
                )
            };
            item(&document.title, &[inert(&document.address), why])
        });
        let exposed: Vec<String> = exposed.collect();
        self.list(
            "变为人人可见的内容",
            "Documents that become public",
            "请确认可以公开。",
            "Make sure that everybody may see them.",
            &exposed,
        );
        let vanished = review.vanished.iter().map(|page| {
            let address = inert(&page.address);
            let rest = match &page.now_at {
                Some(now) => match self.lang {
                    Lang::Zh => format!("同名的新页面在 {}；在新文档里写上“旧地址”，旧网址就会转过去", inert(now)),
                    Lang::En => format!("a new page with this title is at {}; write the former address under `aliases` and it leads there", inert(now)),
                },
                None => self.say("没有别的页面接替", "nothing takes its place"),
            };
            item(&page.title, &[address, rest])
        });
        let vanished: Vec<String> = vanished.collect();
        self.list(
            "会打不开的网址",
            "Addresses that stop working",
            "候选人收藏过、转发过的这些网址以后找不到页面。",
            "Whoever kept or shared them will find no page.",
            &vanished,
        );
        let broken = review.broken_links.iter().map(|link| {
            let (page, target) = (inert(&link.page), inert(&link.target));
            match self.lang {
                Lang::Zh => format!("- {page} 里的链接指向 {target}，那里已经没有页面"),
                Lang::En => format!("- {page} links {target}, where no page is left"),
            }
        });
        let broken: Vec<String> = broken.collect();
        self.list("会断的链接", "Links that break", "", "", &broken);
        let findings = review.findings.iter().flatten().map(|found| {
            let place = match found.line {
                Some(line) => format!("{}:{line}", inert(&found.file)),
                None => inert(&found.file),
            };
            format!(
                "- {place} · {} · {}",
                inert(&found.message),
                inert(&found.code)
            )
        });
        let findings: Vec<String> = findings.collect();
        self.list(
            "新出现的检查提示",
            "New findings of the check",
            "",
            "",
            &findings,
        );
    }

    fn postings(&mut self, review: &Review) {
        let opened: Vec<String> = review.opened.iter().map(|one| self.posting(one)).collect();
        self.list("新开的岗位", "Postings that open", "", "", &opened);
        let changed = review.changed.iter().map(|one| {
            let mut text = item(&one.posting.title, &[inert(&one.posting.id)]);
            for field in &one.fields {
                if let Some(change) = self.change(field) {
                    text.push_str("\n  - ");
                    text.push_str(&change);
                }
                self.links(&field.links, &mut text);
            }
            text
        });
        let changed: Vec<String> = changed.collect();
        self.list("改动的岗位", "Postings that change", "", "", &changed);
        let closed = review.closed.iter().map(|one| {
            let page = if one.page_stays {
                self.say("页面还在，写明不再招聘", "its page stays and says so")
            } else {
                self.say("页面也撤下", "its page goes too")
            };
            item(&one.posting.title, &[inert(&one.posting.id), page])
        });
        let closed: Vec<String> = closed.collect();
        self.list("截止或撤下的岗位", "Postings that close", "", "", &closed);
    }

    fn pages(&mut self, review: &Review) {
        let moved = review.moved.iter().map(|page| {
            let (from, to) = (inert(&page.from), inert(&page.to));
            item(&page.title, &[format!("{from} → {to}")])
        });
        let moved: Vec<String> = moved.collect();
        self.list(
            "换了地方的网址",
            "Addresses that move",
            "旧网址会自动转到新网址。",
            "The former address leads to the new one.",
            &moved,
        );
        let noun = |kind: &str| {
            let kind = KINDS.iter().find(|known| known.name == kind);
            kind.map_or(String::new(), |kind| {
                kind.noun_text().get(self.lang).to_owned()
            })
        };
        let added = review.added_pages.iter();
        let added: Vec<String> = added
            .map(|page| item(&page.title, &[noun(&page.kind), inert(&page.address)]))
            .collect();
        let changed = review.changed_pages.iter().map(|page| {
            let mut text = item(&page.title, &[noun(&page.kind), inert(&page.address)]);
            for fact in page.facts.iter().take(MOST_LISTED) {
                let change = self.old_and_new(fact.old.as_deref(), fact.new.as_deref());
                text.push_str(&format!(
                    "\n  - {}{}{change}",
                    inert(&fact.name),
                    self.say("：", ": ")
                ));
            }
            self.links(&page.links, &mut text);
            text
        });
        let changed: Vec<String> = changed.collect();
        self.list("其他新页面", "Other new pages", "", "", &added);
        self.list(
            "其他改动的页面",
            "Other pages that change",
            "",
            "",
            &changed,
        );
        let files = review.files.iter().map(|file| file.in_words(self.lang));
        let files: Vec<String> = files.collect();
        self.list(
            "附件和其他原样发布的文件",
            "Attached files and others that are published as they are",
            "",
            "",
            &files,
        );
    }

    /// Links that lead elsewhere, below what they belong to.
    fn links(&self, links: &[LinkChange], text: &mut String) {
        for link in links.iter().take(MOST_LISTED) {
            text.push_str(&format!("\n  - {}", link.in_words(self.lang)));
        }
        if let Some(more) = links
            .len()
            .checked_sub(MOST_LISTED)
            .filter(|more| *more > 0)
        {
            let more = say!("还有 {more} 处链接变了", "{more} more links change");
            text.push_str(&format!("\n  - {}", more.get(self.lang)));
        }
    }

    fn unread(&mut self, count: usize) {
        if count > 0 {
            let text = say!(
                "\n另有 {count} 个页面的文件也不同，太多了，没有逐个读；多半是外观变了。",
                "\nThe files of {count} more pages differ too; they are too many to be read one by one, and probably only look different."
            );
            self.line(text.get(self.lang));
        }
    }

    fn posting(&self, posting: &Posting) -> String {
        let facts = posting.facts.iter();
        let facts = facts.map(|(key, value)| {
            format!(
                "{}{}{}",
                self.label(key),
                self.say("：", ": "),
                inert(value)
            )
        });
        let mut parts = vec![inert(&posting.id)];
        parts.extend(facts);
        item(&posting.title, &parts)
    }

    /// The name that authors write for a field.
    fn label(&self, key: &str) -> String {
        let field = Job::FIELDS
            .iter()
            .chain(Shared::FIELDS)
            .find(|field| field.key == key);
        match (self.lang, field) {
            (Lang::Zh, Some(field)) => field.zh.to_owned(),
            _ => inert(&key.replace('_', " ")),
        }
    }

    /// A value as authors write it: the Chinese word of a fixed set's value in a Chinese comment.
    fn word(&self, key: &str, value: &str) -> String {
        let field = Job::FIELDS.iter().find(|field| field.key == key);
        let choices = match field.map(|field| field.ty) {
            Some(FieldType::Choice(choices)) if self.lang == Lang::Zh => choices,
            _ => &[],
        };
        let choice = choices.iter().find(|choice| choice.id == value);
        choice.map_or(value, |choice| choice.zh).to_owned()
    }

    /// The line of a field that differs; `None` where only links of the text differ.
    fn change(&self, change: &FieldChange) -> Option<String> {
        if change.field != BODY {
            let value = |value: &Option<String>| {
                value.as_ref().map(|value| self.word(&change.field, value))
            };
            let (old, new) = (value(&change.old), value(&change.new));
            let change_text = self.old_and_new(old.as_deref(), new.as_deref());
            return Some(format!(
                "{}{}{change_text}",
                self.label(&change.field),
                self.say("：", ": ")
            ));
        }
        let quotes = quotes(&change.edits);
        match (quotes.is_empty(), change.edits.is_empty()) {
            (true, false) => None,
            (true, true) => Some(self.say("正文有改动", "the text changes")),
            (false, _) => Some(self.say("正文：", "text: ") + &quotes.join(&self.say("；", "; "))),
        }
    }

    fn old_and_new(&self, old: Option<&str>, new: Option<&str>) -> String {
        let value = |text: &str| {
            if text.trim().is_empty() {
                self.say("（空）", "(empty)")
            } else {
                inert(text)
            }
        };
        match (old, new, self.lang) {
            (Some(old), Some(new), Lang::Zh) => format!("从“{}”改为“{}”", value(old), value(new)),
            (Some(old), Some(new), Lang::En) => {
                format!("“{}” becomes “{}”", value(old), value(new))
            }
            (None, Some(new), Lang::Zh) => format!("新写上“{}”", value(new)),
            (None, Some(new), Lang::En) => format!("“{}” is new", value(new)),
            (Some(old), None, Lang::Zh) => format!("删去“{}”", value(old)),
            (Some(old), None, Lang::En) => format!("“{}” is gone", value(old)),
            (None, None, _) => String::new(),
        }
    }

    /// A section with its items: some visible at once, more folded, the rest counted.
    fn list(&mut self, zh: &str, en: &str, note_zh: &str, note_en: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let heading = format!(
            "\n### {}{}",
            self.say(zh, en),
            match self.lang {
                Lang::Zh => format!("（{}）", items.len()),
                Lang::En => format!(" ({})", items.len()),
            }
        );
        self.line(&heading);
        let note = self.say(note_zh, note_en);
        if !note.is_empty() {
            self.line(&format!("\n{note}"));
        }
        self.line("");
        let mut listed = 0;
        let mut is_folded = false;
        for item in items.iter().take(FOLDED) {
            if item.chars().count() + 400 > self.left {
                break;
            }
            if listed == MOST_LISTED {
                is_folded = true;
                let more = items.len() - MOST_LISTED;
                let summary = match self.lang {
                    Lang::Zh => format!("\n<details><summary>还有 {more} 个</summary>\n"),
                    Lang::En => format!("\n<details><summary>{more} more</summary>\n"),
                };
                self.line(&summary);
            }
            self.line(item);
            listed += 1;
        }
        let unlisted = items.len() - listed;
        if unlisted > 0 {
            let text = match self.lang {
                Lang::Zh => {
                    format!("- 另有 {unlisted} 个没有列出，全部见 gangwei diff --format json")
                }
                Lang::En => format!(
                    "- {unlisted} more are not listed; `gangwei diff --format json` has them all"
                ),
            };
            self.line(&text);
        }
        if is_folded {
            self.line("\n</details>");
        }
    }

    fn sizes(&mut self, sizes: &[Size]) {
        let (whole, rows) = size::in_words(sizes, self.lang);
        self.line(&format!("\n<details><summary>{whole}</summary>\n"));
        for row in rows {
            self.line(&format!("- {row}"));
        }
        self.line("\n</details>");
    }
}

/// One line of a list: a title in bold, then what belongs to it.
fn item(title: &str, parts: &[String]) -> String {
    let mut text = format!("- **{}**", inert(title));
    for part in parts.iter().filter(|part| !part.is_empty()) {
        text.push_str(" · ");
        text.push_str(part);
    }
    text
}
