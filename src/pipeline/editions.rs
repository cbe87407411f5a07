//! The stage of the pipeline that makes editions: the site in other scripts, with the texts that authors wrote for
//! them.

use super::Portal;
use crate::diagnostic::Sink;
use crate::files::SourcePath;
use crate::kinds::{Config, Document};
use crate::pages::Templates;
use crate::pages::theme::Theme;
use crate::site::{
    Converters, Override, Site, convert_config, convert_document, lay_over, link_bodies,
    report_ambiguities, site_in_edition,
};
use crate::text::Language;
use crate::views::texts::Texts;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// A theme, and for each edition its texts and the templates compiled with them. `None` after a faulty template: it is
/// reported for the first edition only, which is enough.
pub(super) fn compile_theme(root: &Path, config: &Config, sink: &mut Sink) -> Option<Compiled> {
    let theme = Arc::new(Theme::load(root, config, sink));
    let editions = config.editions.iter().map(|language| {
        let texts = theme.texts(*language, sink);
        let templates = Templates::compile(&theme, &texts, sink)?;
        Some((templates, texts))
    });
    let editions: Option<Vec<(Templates, Texts)>> = editions.collect();
    Some((theme.clone(), editions?))
}

/// See `compile_theme`.
type Compiled = (Arc<Theme>, Vec<(Templates, Texts)>);

/// The site in another script, with the texts that authors wrote for it.
fn convert_site(
    source: &Site,
    language: Language,
    overrides: &[Override],
    sink: &mut Sink,
) -> Site {
    let own = source.config.language;
    let mut converters = converters(source, language);
    let mut vocabularies = source.vocabularies.clone();
    if let Some(converter) = converters.from(own) {
        vocabularies.convert_texts(&|text| converter.convert(text).into_owned());
    }
    converters.learn_names(&source.vocabularies, &vocabularies);
    let mut documents: Vec<Document> = source
        .documents
        .par_iter()
        .map(|resolved| convert_document(&resolved.document, own, &converters))
        .collect();
    for over in overrides.iter().filter(|over| over.language == language) {
        if let Some(index) = source.find_path(&over.of) {
            lay_over(&mut documents[index], over, &source.vocabularies, sink);
        }
    }
    let config = convert_config(&source.config, &converters);
    site_in_edition(source, config, vocabularies, documents)
}

fn converters(source: &Site, language: Language) -> Converters {
    let own = source.config.language;
    let languages = source
        .documents
        .iter()
        .map(|resolved| resolved.document.language(own));
    Converters::new(
        language,
        std::iter::once(own).chain(languages),
        &source.config.glossary,
    )
}

/// The site in every edition, the source first. A file that only the texts of one edition link is copied too, once, so
/// all of them list it.
pub(super) fn link_editions(
    source: Site,
    overrides: &[Override],
    files: &[SourcePath],
    sink: &mut Sink,
) -> Vec<Site> {
    let paths = overrides.iter().map(|over| over.source.path.as_str());
    let paths: BTreeSet<&str> = paths.collect();
    let is_own = |document: &&Document| paths.contains(document.source.path.as_str());
    let languages = source.config.editions.clone();
    let mut sites = vec![source];
    let mut attachments: BTreeSet<SourcePath> = sites[0].attachments.iter().cloned().collect();
    for language in languages.into_iter().skip(1) {
        let edition = convert_site(&sites[0], language, overrides, sink);
        let documents = edition.documents.iter();
        let documents = documents.map(|resolved| resolved.document.as_ref());
        attachments.extend(link_bodies(&edition, documents.filter(is_own), files, sink));
        sites.push(edition);
    }
    for site in &mut sites {
        site.attachments = attachments.iter().cloned().collect();
    }
    sites
}

/// Reports the characters that the conversions into all editions had to guess.
pub fn report_conversions(portal: &Portal, sink: &mut Sink) {
    let source = portal.source();
    for language in source.config.editions.iter().skip(1) {
        report_ambiguities(source, &converters(source, *language), sink);
    }
}
