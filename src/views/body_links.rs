//! Addresses for the links of one document's body, and names for its blanks. Enters: the site and a document. Leaves:
//! the link targets and labels that the markdown writer needs.

use super::Views;
use crate::blanks::Template;
use crate::kinds::Document;
use crate::markdown::{Links, Target};
use crate::site::{LinkTarget, find_picture, find_target};
use std::borrow::Cow;

/// Addresses for the links of one document's body.
pub(super) struct BodyLinks<'a> {
    /// The site.
    pub views: &'a Views<'a>,
    /// The document.
    pub document: &'a Document,
    /// The compiled report, which names its blanks.
    pub template: Option<Template>,
}

impl Links for BodyLinks<'_> {
    fn link(&self, target: &str) -> Target {
        let views = self.views;
        match find_target(views.site, self.document, target) {
            LinkTarget::Document(index, anchor) => Target::Address(format!(
                "{}{anchor}",
                views.document_url(&views.site.documents[index].document)
            )),
            LinkTarget::File(path) => {
                if views.site.has_attachment(&path) {
                    Target::Address(views.shared_link(crate::site::attachment_path(&path)))
                } else {
                    Target::Inert
                }
            }
            LinkTarget::AsWritten if target.trim().starts_with('/') => {
                Target::Address(views.portal_link(target.trim()))
            }
            LinkTarget::AsWritten => Target::Address(target.trim().to_owned()),
            LinkTarget::Hidden | LinkTarget::Nowhere => Target::Inert,
        }
    }

    fn picture(&self, target: &str) -> Target {
        // Pictures come from the portal itself: the content security policy of its pages blocks those of other hosts.
        match find_picture(self.views.site, self.document, target) {
            LinkTarget::Nowhere => Target::Inert,
            _ => self.link(target),
        }
    }

    fn blank_label(&self, number: usize) -> Cow<'_, str> {
        let word = self.views.text("blank");
        match self
            .template
            .as_ref()
            .and_then(|template| template.blanks.get(number))
        {
            Some(blank) => Cow::Owned(format!("{word}{}{}", self.views.text("colon"), blank.label)),
            None => Cow::Borrowed(word),
        }
    }
}
