//! Views: the values that templates get. Enters: the site and one of its documents or lists. Leaves: plain values with
//! words, dates and links already resolved. Kinds build their views through `Views` and so know no addresses.
//!
//! ```text
//! Site + Texts (words of an edition's interface) ──> Views
//! Views + a document, list or address
//!   ├─ Views::row       ──> RowView         a line of a list
//!   ├─ view_document, body_view ──> View    `doc` of a template; `views/kinds/` adds what one kind needs
//!   ├─ view_list, view_home     ──> View
//!   └─ document_page, list_page, .. ──> PageView   what every page has: title, links, alternates
//! (Field, DisplayValue) ──Views::words, data, details──> words, plain text, DetailView
//! View = a value of the template engine (value.rs); pages/ fills templates with it
//! ```

pub mod absolute;
mod alternates;
mod body_links;
mod fields;
mod format;
pub use format::salary as salary_text;
mod json_ld;
mod kinds;
mod list_view;
mod page_view;
mod pages;
mod redline;
mod rows;
mod search_facets;
pub mod texts;
mod value;

pub use alternates::view_alternates;
pub use kinds::body_view;
pub use list_view::{list_title, view_home, view_list};

use body_links::BodyLinks;
use list_view::{breadcrumbs, list_feed};
pub use page_view::{PageView, PosterView, SearchView, SiteView, view_document, view_site};
pub use pages::{document_page, home_page, list_page, not_found_page, redirect_page, search_page};
pub use redline::RedlineView;
pub use rows::RowView;
pub use search_facets::{SEARCH_FACETS, SearchFacetView, facet_of, is_facet};

use crate::fields::{
    ChoiceValue, Day, EntryRef, Experience, Headcount, Moment, Salary, VocabularyName,
};
use crate::kinds::{Document, Reference};
use crate::markdown;
use crate::site::{ResolvedDocument, Site, State, Transitions, static_path, transitions};
use crate::text::Span;
use crate::views::texts::Texts;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

pub use value::{Rows, View};

/// A date for people and for machines.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// `2026-11-21`, or a date-time with offset.
    pub iso: String,
    /// `2026年11月21日`
    pub text: String,
}

/// A link to a page of the portal.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// The words.
    pub title: String,
    /// The address.
    pub url: String,
    /// A sentence more, where there is one.
    pub summary: String,
}

/// An entry of a vocabulary.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its list.
    pub url: String,
    /// A place's street address, with its postal code.
    pub address: Option<String>,
}

/// A value from a fixed set.
#[derive(Debug, Clone, Serialize)]
pub struct WordView {
    /// Its id, English.
    pub id: &'static str,
    /// Its name in the interface's language.
    pub name: String,
}

/// When a document that is not over changes its state: exact times with the offset of the site's zone, so that a
/// browser in any zone shows the same.
#[derive(Debug, Serialize)]
pub struct TransitionsView {
    /// It opens; nothing where it has.
    pub open: Option<String>,
    /// It begins to be closing soon.
    pub soon: Option<String>,
    /// It is over.
    pub end: Option<String>,
}

/// Resolves everything that views need.
#[derive(Debug, Clone, Copy)]
pub struct Views<'a> {
    /// The site.
    pub site: &'a Site,
    /// The interface texts.
    pub texts: &'a Texts,
    /// Rows that are already filled in, by document.
    pub rows: &'a Rows,
    /// The posters of postings, by the document's place.
    pub posters: &'a BTreeMap<usize, PosterView>,
}

impl<'a> Views<'a> {
    /// Views of a site that show neither rows of lists nor posters.
    pub fn plain(site: &'a Site, texts: &'a Texts) -> Views<'a> {
        static NO_ROWS: Rows = Rows::none();
        static NO_POSTERS: BTreeMap<usize, PosterView> = BTreeMap::new();
        Views {
            site,
            texts,
            rows: &NO_ROWS,
            posters: &NO_POSTERS,
        }
    }
}

impl<'a> Views<'a> {
    /// An interface text.
    pub fn text(&self, key: &str) -> &'a str {
        self.texts.get(key)
    }

    /// The mark between the parts of an enumeration.
    pub fn comma(&self) -> &'a str {
        self.text("comma")
    }

    /// A day.
    pub fn day(&self, day: Day) -> DateView {
        DateView {
            iso: day.iso(),
            text: format::day(day, self.texts),
        }
    }

    /// A day or an exact time.
    pub fn moment(&self, moment: &Moment) -> DateView {
        match moment {
            Moment::Day(day) => self.day(*day),
            Moment::Exact(time, _) => format::exact(*time, &self.site.config.time_zone, self.texts),
        }
    }

    /// Whether a day is over at the build's moment.
    pub fn is_past(&self, day: Day) -> bool {
        day.end(&self.site.config.time_zone) <= self.site.now
    }

    /// A value of a fixed set, in the interface's language.
    pub fn word<C: ChoiceValue>(&self, group: &str, value: C) -> WordView {
        let choice = C::CHOICES[value.index()];
        WordView {
            id: choice.id,
            name: self
                .texts
                .find(&format!("{group}.{}", choice.id))
                .unwrap_or(choice.zh)
                .to_owned(),
        }
    }

    /// A link to an output path.
    pub fn link(&self, output_path: &str) -> String {
        self.site.config.link(output_path)
    }

    /// A link to an output path that all editions share: a file of `static/`, or one beside documents.
    pub fn shared_link(&self, output_path: &str) -> String {
        self.site.config.shared_link(output_path)
    }

    /// The link to an address of the portal that an author wrote out, `/jobs/?sort=new`: in this edition, unless a file
    /// that all editions share lies there.
    pub fn portal_link(&self, written: &str) -> String {
        let config = &self.site.config;
        // Addresses of the portal are in normal form NFC, however the author's system writes them.
        let path: String = written.trim_start_matches('/').nfc().collect();
        let file = path.split(['?', '#']).next().unwrap_or("");
        let is_file = |found: &crate::files::SourcePath| static_path(&found.path) == file;
        let is_shared = self.site.static_files.iter().any(is_file)
            || self.site.has_attachment(&format!("content/{file}"))
            || config
                .editions
                .iter()
                .any(|edition| file.split('/').next() == Some(edition.segment().as_str()));
        let segment = if is_shared { "" } else { &config.segment };
        config.base_url.written_link(&format!("{segment}{path}"))
    }

    /// The address of a document's page.
    pub fn document_url(&self, document: &Document) -> String {
        self.link(&self.site.document_path(&document.id))
    }

    /// A document as a link.
    pub fn document_link(&self, index: usize) -> LinkView {
        let document = &self.site.documents[index].document;
        LinkView {
            title: document.shared.title.clone(),
            url: self.document_url(document),
            summary: document.summary().to_owned(),
        }
    }

    /// A vocabulary entry with its list's address.
    pub fn entry(&self, vocabulary: VocabularyName, entry: &EntryRef) -> EntryView {
        let known = self.site.vocabularies.get(vocabulary).entry(&entry.id);
        let address = known.and_then(|known| {
            let street = known.address.clone()?;
            Some(match &known.postcode {
                Some(postcode) => format!("{street} {postcode}"),
                None => street,
            })
        });
        EntryView {
            id: entry.id.clone(),
            name: entry.name.clone(),
            url: self.link(&format!("{}/{}/index.html", vocabulary.folder(), entry.id)),
            address,
        }
    }

    /// The link to a document that another names; `None` where this build does not show it.
    pub fn reference(&self, (kind, reference): (&str, &Reference)) -> Option<LinkView> {
        self.site
            .find(kind, &reference.id)
            .map(|index| self.document_link(index))
    }

    /// The grade that a posting names: its name, and its place on the ladder's page.
    pub fn grade(&self, document: &Document) -> Option<LinkView> {
        let index = self.site.find(document.id.kind.name, &document.id.id)?;
        let (ladder, id) = self.site.documents[index].grade.as_ref()?;
        let ladder_document = &self.site.documents[*ladder].document;
        let grade = ladder_document.body.ladder()?.grade(id)?;
        Some(LinkView {
            title: grade.name.clone(),
            url: format!("{}#{}", self.document_url(ladder_document), grade.id),
            summary: ladder_document.shared.title.clone(),
        })
    }

    /// How many are wanted, in words.
    pub fn headcount(&self, headcount: &Headcount) -> String {
        format::headcount(headcount, self.texts)
    }

    /// Years of work, in words.
    pub fn experience(&self, experience: &Experience) -> String {
        format::experience(experience, self.texts)
    }

    /// Pay, in words.
    pub fn salary(&self, salary: &Salary) -> String {
        format::salary(salary, self.texts)
    }

    /// The HTML of a document's body, as its kind reads it.
    pub fn body_html(&self, index: usize) -> String {
        let document = &self.site.documents[index].document;
        body_view(&document.body).body_html(document, self)
    }

    /// The body as HTML.
    pub fn markdown(&self, document: &Document) -> String {
        self.markdown_part(document, document.body_span)
    }

    /// A part of the body as HTML.
    pub fn markdown_part(&self, document: &Document, part: Span) -> String {
        let links = BodyLinks {
            views: self,
            document,
            template: document.body.as_kind().template(document),
        };
        let start = document.body_span.start;
        let anchors: Vec<String> = document
            .outline
            .headings
            .iter()
            .filter(|heading| part.range().contains(&((start + heading.start) as usize)))
            .map(|heading| heading.id.clone())
            .collect();
        markdown::render(
            &document.source.text[part.range()],
            document.profile,
            &anchors,
            &links,
        )
    }

    /// A line of markdown as HTML, without a paragraph around it.
    pub fn markdown_inline(&self, text: &str, document: &Document) -> String {
        let links = BodyLinks {
            views: self,
            document,
            template: None,
        };
        markdown::render_inline(text, document.profile, &links)
    }

    /// How many blanks a report has.
    pub fn blank_count(&self, document: &Document) -> usize {
        document.outline.blank_count
    }

    /// The state of a document in the words of its kind; `None` for a kind that does not open, close or lapse.
    pub fn state(&self, resolved: &ResolvedDocument) -> Option<WordView> {
        let kind = resolved.document.body.as_kind();
        let window = kind.window();
        let group = if kind.validity().is_some() {
            "validity"
        } else {
            "state"
        };
        let has_state = group == "validity"
            || window.closes.is_some()
            || window.opens.is_some()
            || resolved.state == State::Withdrawn;
        has_state.then(|| self.word(group, resolved.state))
    }

    /// The moments at which a document changes its state; `None` if it is over or never changes.
    ///
    /// Only its own dates count, since its successor may not be published yet.
    pub fn transitions(&self, resolved: &ResolvedDocument) -> Option<TransitionsView> {
        let config = &self.site.config;
        let Transitions { open, soon, end } = transitions(&resolved.document, config, None);
        let open = open.filter(|open| *open > self.site.now);
        let exact = |time: Timestamp| format::exact(time, &config.time_zone, self.texts).iso;
        (resolved.state.is_listed() && (open.is_some() || end.is_some())).then(|| TransitionsView {
            open: open.map(exact),
            soon: soon.map(exact),
            end: end.map(exact),
        })
    }
}
