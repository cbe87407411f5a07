//! The addresses of a site: every output it has, in order, and the path of each.

use super::{Extras, FILES, FileOutput, Scope};
use crate::site::{Board, Site, attachment_path, document_folder, in_edition, static_path};

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
    /// A page that leads from a former address to the present one.
    Redirect(usize),
    /// The search page.
    Search,
    /// A posting's poster as a picture that telephones save.
    PosterPng(usize),
    /// A posting's poster for printing.
    PosterSvg(usize),
    /// A file for job boards.
    Board(Board),
    /// A declared file: its place in `FILES`, and the list or document that it is made for.
    File(usize, usize),
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
            Address::Redirect(index) => site.redirects[*index].0.clone(),
            Address::PosterPng(index) => site.poster_path(*index, "png"),
            Address::PosterSvg(index) => site.poster_path(*index, "svg"),
            Address::Search => "search/index.html".to_owned(),
            Address::Board(board) => board.file().to_owned(),
            Address::File(file, subject) => FILES[*file].path(site, *subject),
        }
    }
}

/// Every address of an edition, in a fixed order: the files that pages need come before the pages. The files that all
/// editions share are the source edition's.
pub fn addresses(site: &Site, extras: &Extras) -> Vec<Address> {
    let is_source = site.config.segment.is_empty();
    let mut all: Vec<Address> = Vec::new();
    if is_source {
        all.extend(extras.assets.iter().cloned().map(Address::Asset));
    }
    // The large files come first. If a worker began one last, all others would wait for it.
    all.extend(Board::ALL.map(Address::Board));
    if is_source {
        all.extend((0..site.static_files.len()).map(Address::Static));
        all.extend((0..site.attachments.len()).map(Address::Attachment));
    }
    all.extend([Address::Home, Address::NotFound, Address::Search]);
    all.extend((0..site.documents.len()).map(Address::Document));
    for &index in &extras.posters {
        all.extend([Address::PosterPng(index), Address::PosterSvg(index)]);
    }
    all.extend((0..site.redirects.len()).map(Address::Redirect));
    for (index, list) in site.lists.iter().enumerate() {
        all.extend((1..=list.page_count()).map(|page| Address::List(index, page)));
    }
    for (place, file) in FILES.iter().enumerate() {
        if is_source || file.scope != Scope::Portal {
            let subjects = (file.subjects)(site, extras).into_iter();
            all.extend(subjects.map(|subject| Address::File(place, subject)));
        }
    }
    all
}

impl FileOutput {
    /// The path in the edition, for a list or a document.
    fn path(&self, site: &Site, subject: usize) -> String {
        let folder = match self.scope {
            Scope::Portal | Scope::Edition => {
                return self.name.replace('*', &subject.to_string());
            }
            Scope::List => site.lists[subject].folder.clone(),
            Scope::Document => document_folder(&site.documents[subject].document.id),
        };
        format!("{folder}/{}", self.name)
    }
}

/// The declaration of the output that lies at a path, as far as the path tells.
pub fn declared(path: &str) -> Option<&'static FileOutput> {
    let own = in_edition(path);
    let name = own.rsplit('/').next().unwrap_or(own);
    FILES
        .iter()
        .find(|file| match (file.scope, file.name.split_once('*')) {
            (Scope::Portal, _) => file.name == path,
            (Scope::Edition, None) => file.name == own,
            (Scope::Edition, Some((head, tail))) => {
                let number = own
                    .strip_prefix(head)
                    .and_then(|rest| rest.strip_suffix(tail));
                number.is_some_and(|number| number.parse::<usize>().is_ok())
            }
            (Scope::List | Scope::Document, _) => own.contains('/') && file.name == name,
        })
}
