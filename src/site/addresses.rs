//! The addresses of a site: every output it has, in order, and the path of each.

use super::{
    Board, Server, Site, State, attachment_path, servers, sitemap_part_path, sitemap_parts,
    static_path,
};
use crate::kinds::Document;

/// One output of a site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// A file of the theme, by its path.
    Asset(String),
    /// A file of `static/`.
    Static(usize),
    /// A file beside documents.
    Attachment(usize),
    /// The home page.
    Home,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// A document's page.
    Document(usize),
    /// A page of a list, from 1.
    List(usize, usize),
    /// The Atom feed of a list, or of all postings.
    Atom(Option<usize>),
    /// The JSON feed of a list, or of all postings.
    JsonFeed(Option<usize>),
    /// The calendar of a list.
    ListCalendar(usize),
    /// The calendar of a posting or campaign.
    Calendar(usize),
    /// A page that leads from a former address to the present one.
    Redirect(usize),
    /// The search page.
    Search,
    /// A posting's poster as a picture that telephones save.
    PosterPng(usize),
    /// A posting's poster for printing.
    PosterSvg(usize),
    /// `sitemap.xml`
    Sitemap,
    /// One of the sitemaps that `sitemap.xml` lists where a portal is too large for one, from 1.
    SitemapPart(usize),
    /// `robots.txt`
    Robots,
    /// A file for job boards.
    Board(Board),
    /// `changes.json`
    Changes,
    /// `llms.txt`
    Llms,
    /// `build.json`
    BuildInfo,
    /// Headers for a web server.
    Headers(Server),
}

impl Address {
    /// The output's path.
    pub fn path(&self, site: &Site) -> String {
        match self {
            Address::Asset(_) | Address::Static(_) | Address::Attachment(_) => {
                self.path_in_edition(site)
            }
            _ => format!("{}{}", site.config.segment, self.path_in_edition(site)),
        }
    }

    fn path_in_edition(&self, site: &Site) -> String {
        let feed = |list: &Option<usize>, name: &str| match list {
            Some(index) => format!("{}/{name}", site.lists[*index].folder),
            None => name.to_owned(),
        };
        match self {
            Address::Asset(path) => path.clone(),
            Address::Static(index) => static_path(&site.static_files[*index].path).to_owned(),
            Address::Attachment(index) => {
                attachment_path(&site.attachments[*index].path).to_owned()
            }
            Address::Home => "index.html".to_owned(),
            Address::NotFound => "404.html".to_owned(),
            Address::Document(index) => site.document_path(&site.documents[*index].document.id),
            Address::List(index, page) => site.lists[*index].page_path(*page),
            Address::Atom(list) => feed(list, "feed.xml"),
            Address::JsonFeed(list) => feed(list, "feed.json"),
            Address::ListCalendar(index) => format!("{}/calendar.ics", site.lists[*index].folder),
            Address::Calendar(index) => calendar_path(site, &site.documents[*index].document),
            Address::Redirect(index) => site.redirects[*index].0.clone(),
            Address::PosterPng(index) => site.poster_path(*index, "png"),
            Address::PosterSvg(index) => site.poster_path(*index, "svg"),
            Address::Search => "search/index.html".to_owned(),
            Address::Sitemap => "sitemap.xml".to_owned(),
            Address::SitemapPart(part) => sitemap_part_path(*part),
            Address::Robots => "robots.txt".to_owned(),
            Address::Board(board) => board.file().to_owned(),
            Address::Changes => "changes.json".to_owned(),
            Address::Llms => "llms.txt".to_owned(),
            Address::BuildInfo => "build.json".to_owned(),
            Address::Headers(server) => server.path().to_owned(),
        }
    }
}

/// Whether a document has a calendar of its own: a posting or campaign with any day at all, until it is archived.
pub fn has_calendar(site: &Site, index: usize) -> bool {
    let placed = &site.documents[index];
    let kind = placed.document.body.as_kind();
    let window = kind.window();
    placed.document.id.kind.applies
        && placed.state != State::Archived
        && (window.closes.is_some()
            || window.opens.is_some()
            || kind.steps().iter().any(|step| step.date.is_some()))
}

/// The output path of a document's calendar, in its edition.
pub fn calendar_path(site: &Site, document: &Document) -> String {
    let page = site.document_path(&document.id);
    format!("{}calendar.ics", page.trim_end_matches("index.html"))
}

/// What an edition publishes that does not follow from its documents alone.
#[derive(Debug, Default)]
pub struct Extras {
    /// Paths of the theme's files.
    pub assets: Vec<String>,
    /// Documents that have a poster.
    pub posters: Vec<usize>,
    /// Whether the changes since an earlier output are asked for.
    pub has_changes: bool,
}

/// Every address of an edition, in a fixed order: what pages need stands before them. What all editions share is the
/// source edition's.
pub fn addresses(site: &Site, extras: &Extras) -> Vec<Address> {
    let is_source = site.config.segment.is_empty();
    let mut all: Vec<Address> = Vec::new();
    if is_source {
        all.extend(extras.assets.iter().cloned().map(Address::Asset));
    }
    // Where they are made whole, no worker should be left alone with them at the end.
    all.extend(Board::ALL.map(Address::Board));
    if is_source {
        all.extend((0..site.static_files.len()).map(Address::Static));
        all.extend((0..site.attachments.len()).map(Address::Attachment));
    }
    all.extend([Address::Home, Address::NotFound, Address::Search]);
    all.extend((0..site.documents.len()).map(Address::Document));
    let dated = (0..site.documents.len()).filter(|&index| has_calendar(site, index));
    all.extend(dated.map(Address::Calendar));
    for &index in &extras.posters {
        all.extend([Address::PosterPng(index), Address::PosterSvg(index)]);
    }
    all.extend((0..site.redirects.len()).map(Address::Redirect));
    for (index, list) in site.lists.iter().enumerate() {
        all.extend((1..=list.page_count()).map(|page| Address::List(index, page)));
        if list.has_feed() {
            all.extend([Address::Atom(Some(index)), Address::JsonFeed(Some(index))]);
        }
        if list.has_calendar() {
            all.push(Address::ListCalendar(index));
        }
    }
    all.extend([Address::Atom(None), Address::JsonFeed(None)]);
    all.extend([Address::Sitemap, Address::Llms]);
    all.extend((1..=sitemap_parts(site)).map(Address::SitemapPart));
    if is_source {
        all.extend([Address::Robots, Address::BuildInfo]);
        all.extend(extras.has_changes.then_some(Address::Changes));
        all.extend(servers(site).map(Address::Headers));
    }
    all
}
