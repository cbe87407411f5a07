//! Rendering: a pure function from the site and an address to the bytes of an output.
//! This is the only module that knows the template engine.
//!
//! ```text
//! themes/default + theme/ of the site ──Theme::load──> Theme of ThemeFile, Asset
//! Theme + Texts ──Templates::compile──> Templates (compiled, with the texts in them)
//! Theme + Templates + Posters + PreviousJobs ──> Renderer, one for each edition
//! Renderer::render(Site, Address) ──> Output { path, bytes }
//! Renderer::posting(..) ──> PostingPage { page: Output, entries of jobs.json and jobs.xml }
//! an error of the engine ──> EngineReport ──> TemplateMessage ──> Diagnostic
//! ```

mod fault;
mod tags;
pub mod theme;
mod wording;
mod words;

use crate::diagnostic::{ContentFaults, Sink};
use crate::files::load_bytes;
use crate::kinds::Job;
use crate::outputs::{Address, Extras, FILES, Making, PreviousJobs};
use crate::pages::theme::Theme;
use crate::posters::Posters;
use crate::site::{Board, Site};
use crate::views::texts::Texts;
use crate::views::{self, PageView, Rows, View, Views};
use anyhow::{Context as _, Result};
use fault::{Filling, Sources};
use std::sync::Arc;
use tags::check_tags;
use tera::{Context, ErrorKind, Tera};

/// One file of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its path in the output folder.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A posting's entries in the files for job boards, in the order of `Board::ALL`.
pub type Entries = [Vec<u8>; 2];

/// A posting's page, and its entries in the files for job boards.
#[derive(Debug)]
pub struct PostingPage {
    /// The page.
    pub page: Output,
    /// The entries.
    pub entries: Entries,
}

/// The compiled templates of a theme, with the texts of one edition.
pub struct Templates(Tera);

impl Templates {
    /// Compiles the templates. Every fault names its place; `None` after any.
    pub fn compile(theme: &Theme, texts: &Texts, sink: &mut Sink) -> Option<Templates> {
        let sources = Sources::new(theme, texts);
        let ready = sources.ready();
        let mut own = Sink::default();
        if theme.is_own {
            check_tags(theme, &mut own);
            // Each template is added alone, because the engine reports only the first error of several.
            for (name, text) in ready
                .iter()
                .filter(|(name, _)| !name.starts_with("default/"))
            {
                let error = engine().add_raw_template(name, text).err();
                let error = error.filter(|e| matches!(e.kind(), ErrorKind::SyntaxError(_)));
                for fault in error.map_or(Vec::new(), |error| sources.report(&error, None)) {
                    own.push(fault);
                }
            }
        }
        let mut tera = engine();
        let fault = if own.blocks(false) {
            None
        } else {
            tera.set_fallback_prefixes(["default/"])
                .and_then(|()| {
                    tera.add_raw_templates(ready.iter().map(|(name, text)| (*name, text)))
                })
                .err()
        };
        for fault in fault.map_or(Vec::new(), |error| sources.report(&error, None)) {
            own.push(fault);
        }
        let is_good = !own.blocks(false);
        sink.absorb(own);
        is_good.then_some(Templates(tera))
    }
}

/// The engine as all templates are compiled by it.
fn engine() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml"]);
    tera.register_filter("fill", fill);
    tera
}

/// Renders the outputs of an edition; made once for it, shared by all workers.
#[derive(Debug)]
pub struct Renderer {
    tera: Arc<Tera>,
    theme: Arc<Theme>,
    texts: Texts,
    rows: Rows,
    posters: Posters,
    previous: Option<PreviousJobs>,
}

impl Renderer {
    /// For one edition, with its posters and, where the changes since an earlier output are asked for, the postings of
    /// that output.
    pub fn new(
        site: &Site,
        (templates, texts): (Templates, Texts),
        theme: Arc<Theme>,
        posters: Posters,
        previous: Option<PreviousJobs>,
    ) -> Renderer {
        let asset = |name: &str| {
            let asset = theme.assets.get(name);
            asset.map_or(String::new(), |asset| site.config.shared_link(&asset.path))
        };
        let search = views::SearchView {
            url: site.config.link("search/index.html"),
            base: site.config.link("search/"),
            reader: asset("search.js"),
            pinyin: asset("search-pinyin.js"),
            page_script: asset("search-page.js"),
            portable: site.config.base_url.is_portable(),
            facets: views::Views::plain(site, &texts).search_facets(),
        };
        let assets = theme
            .assets
            .iter()
            .map(|(name, asset)| (name.clone(), site.config.shared_link(&asset.path)))
            .collect();
        let scripts = theme
            .scripts
            .iter()
            .map(|name| site.config.shared_link(&theme.assets[name].path))
            .collect();
        let site_view = views::view_site(site, &texts, assets, scripts, search);
        let mut tera = templates.0;
        let global = tera.global_context();
        global.insert("site", &site_view);
        global.insert("t", &texts.nested());
        let tera = Arc::new(tera);
        let rows = Rows::new(
            site.documents.len(),
            tera.clone(),
            site.config.language.tag(),
        );
        Renderer {
            tera,
            theme,
            texts,
            rows,
            posters,
            previous,
        }
    }

    /// The posters of the edition.
    pub fn posters(&self) -> &Posters {
        &self.posters
    }

    /// The parts of the edition that do not follow from its documents alone.
    pub fn extras(&self) -> Extras {
        Extras {
            assets: self.theme.asset_paths().map(str::to_owned).collect(),
            posters: self.posters.documents().collect(),
            has_changes: self.previous.is_some(),
        }
    }

    /// The templates' sources.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.theme
            .templates
            .iter()
            .map(|(_, file)| file.text.as_str())
    }

    /// Whether the site has a theme of its own.
    pub fn has_own_theme(&self) -> bool {
        self.theme.is_own
    }

    /// The interface texts.
    pub fn texts(&self) -> &crate::views::texts::Texts {
        &self.texts
    }

    /// Makes one output.
    pub fn render(&self, site: &Site, address: &Address) -> Result<Output> {
        let views = self.views(site);
        let path = address.path(site);
        // An address that the renderer cannot fill would otherwise be published as an empty file.
        let missing = || format!("nothing is there to publish as {path}");
        let bytes = match address {
            Address::Home => self.page(
                "home.html",
                &views::home_page(&views),
                None,
                Some(views::view_home(&views)?),
            )?,
            Address::NotFound => self.page(
                "not-found.html",
                &views::not_found_page(&views),
                None,
                Some(views::view_home(&views)?),
            )?,
            Address::Search => self.page("search.html", &views::search_page(&views), None, None)?,
            Address::Document(index) => self.document(&views, *index, &views.body_html(*index))?,
            Address::List(index, page) => {
                let list = views::view_list(&views, *index, *page)?;
                self.page(
                    "list.html",
                    &views::list_page(&views, *index, *page),
                    None,
                    Some(list),
                )?
            }
            Address::PosterPng(index) => {
                let poster = self.posters.poster(*index)?;
                poster.map(|poster| poster.png).with_context(missing)?
            }
            Address::PosterSvg(index) => {
                let poster = self.posters.poster(*index)?;
                poster.map(|poster| poster.svg).with_context(missing)?
            }
            Address::Redirect(index) => self.page(
                "redirect.html",
                &views::redirect_page(&views, *index),
                None,
                None,
            )?,
            Address::Board(board) => board.whole(&views)?,
            Address::File(file, subject) => {
                let assets: Vec<String> = self.theme.asset_paths().map(str::to_owned).collect();
                let making = Making {
                    views,
                    assets: &assets,
                    previous: self.previous.as_ref(),
                    fill: &|template, name, view| self.fill_one(template, name, view),
                };
                (FILES[*file].make)(&making, *subject)?
            }
            Address::Asset(path) => self
                .theme
                .assets
                .values()
                .find(|asset| asset.path == *path)
                .map(|asset| asset.bytes.clone())
                .with_context(missing)?,
            Address::Attachment(index) => load_bytes(&site.attachments[*index].disk)?,
            Address::Static(index) => load_bytes(&site.static_files[*index].disk)?,
        };
        let is_made = !matches!(
            address,
            Address::Asset(_)
                | Address::Attachment(_)
                | Address::Static(_)
                | Address::PosterPng(_)
                | Address::PosterSvg(_)
        );
        let bytes = if is_made {
            relativised(site, &path, bytes)
        } else {
            bytes
        };
        Ok(Output { path, bytes })
    }

    /// The beginning of a file for job boards, before the entries.
    pub fn before(&self, site: &Site, board: Board) -> Vec<u8> {
        let before = board.before(&self.views(site)).into_bytes();
        relativised(site, board.file(), before)
    }

    /// The page of a posting and its entries in the files for job boards; its body is made once for all three. `place` is
    /// its place in those files.
    pub fn posting(
        &self,
        site: &Site,
        place: usize,
        index: usize,
        job: &Job,
    ) -> Result<PostingPage> {
        let views = self.views(site);
        let body = views.body_html(index);
        let path = Address::Document(index).path(site);
        let bytes = relativised(site, &path, self.document(&views, index, &body)?);
        let entry = |board: Board| {
            let entry = board.entry(&views, place, index, job, &body)?;
            Ok::<_, anyhow::Error>(relativised(site, board.file(), entry))
        };
        let [json, xml] = Board::ALL.map(entry);
        let entries = [json?, xml?];
        let page = Output { path, bytes };
        Ok(PostingPage { page, entries })
    }

    fn views<'a>(&'a self, site: &'a Site) -> Views<'a> {
        Views {
            site,
            texts: &self.texts,
            rows: &self.rows,
            posters: self.posters.views(),
        }
    }

    fn page(
        &self,
        template: &str,
        page: &PageView,
        doc: Option<View>,
        list: Option<View>,
    ) -> Result<Vec<u8>> {
        let mut context = Context::new();
        context.insert("page", page);
        for (name, view) in [("doc", doc), ("list", list)] {
            context.insert_value(name, view.map_or(tera::Value::none(), View::into_value));
        }
        self.fill_template(template, &context)
    }

    fn fill_template(&self, template: &str, context: &Context) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(template, context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => {
                let sources = Sources::new(&self.theme, &self.texts);
                let filling = Filling {
                    engine: &self.tera,
                    template,
                    context,
                };
                let faults = sources.report(&error, Some(filling));
                Err(ContentFaults(faults).into())
            }
        }
    }

    fn document(&self, views: &Views, index: usize, body: &str) -> Result<Vec<u8>> {
        let document = &views.site.documents[index].document;
        self.page(
            &format!("{}.html", document.id.kind.name),
            &views::document_page(views, index, body),
            Some(views::view_document(views, index, body)?),
            None,
        )
    }

    /// A template filled in with one named value.
    fn fill_one(&self, template: &str, name: &'static str, view: View) -> Result<Vec<u8>> {
        let mut context = Context::new();
        context.insert_value(name, view.into_value());
        self.fill_template(template, &context)
    }
}

/// An output, or a piece of one, whose addresses are made relative in a portable portal.
fn relativised(site: &Site, path: &str, bytes: Vec<u8>) -> Vec<u8> {
    let base = &site.config.base_url;
    if base.is_portable() {
        base.relativise(path, bytes)
    } else {
        bytes
    }
}

/// `{{ t.list.count | fill(n=3) }}` puts values into a text's `{n}`.
#[expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the template engine asks for a function of this type"
)]
fn fill(text: &str, values: tera::Kwargs, _: &tera::State) -> tera::TeraResult<String> {
    Ok(crate::views::texts::fill(text, |wanted| {
        let value = values
            .iter()
            .find(|(name, _)| name.as_str() == Some(wanted));
        value.map(|(_, value)| value.to_string())
    }))
}
