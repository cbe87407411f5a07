//! Values as the template engine takes them, and the rows of lists, each filled in once.

use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use tera::{Context, Tera};

/// A value as templates see it.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct View(tera::Value);

impl View {
    /// The view of a serialisable value.
    pub fn of<T: Serialize>(value: &T) -> View {
        View(tera::Value::from_serializable(value))
    }

    /// Nothing.
    pub fn none() -> View {
        View(tera::Value::none())
    }

    /// A map of views, shared and not copied.
    pub fn map(views: impl Iterator<Item = (&'static str, View)>) -> View {
        let values: tera::value::Map = views.map(|(key, view)| (key.into(), view.0)).collect();
        View(tera::Value::from(values))
    }

    /// The value that the template engine takes.
    pub fn into_value(self) -> tera::Value {
        self.0
    }

    /// A list of views, shared and not copied.
    pub fn list(views: Vec<View>) -> View {
        View(tera::Value::from(
            views.into_iter().map(|view| view.0).collect::<Vec<_>>(),
        ))
    }

    /// Two map views in one; the second wins.
    #[must_use]
    pub fn and(self, other: View) -> View {
        match (self.0.into_map(), other.0.into_map()) {
            (Some(mut map), Some(more)) => {
                map.extend(more);
                View(tera::Value::from(map))
            }
            (map, more) => View(map.or(more).map_or(tera::Value::none(), tera::Value::from)),
        }
    }

    /// A map view with one more key, whose view is shared and not copied.
    #[must_use]
    pub fn with(self, key: &'static str, view: View) -> View {
        match self.0.into_map() {
            Some(mut map) => {
                map.insert(key.into(), view.0);
                View(tera::Value::from(map))
            }
            None => view,
        }
    }
}

/// The row of every document that was asked for, made once, since a dozen lists hold the same posting.
#[derive(Debug)]
pub struct Rows {
    cells: Vec<OnceLock<View>>,
    /// The templates, and the interface's language, which the row's partial may ask for.
    partial: Option<(Arc<Tera>, &'static str)>,
}

impl Rows {
    /// For a view that shows no rows.
    pub const fn none() -> Rows {
        Rows {
            cells: Vec::new(),
            partial: None,
        }
    }

    /// An empty store of rows for that many documents.
    pub fn new(count: usize, tera: Arc<Tera>, language: &'static str) -> Rows {
        Rows {
            cells: (0..count).map(|_| OnceLock::new()).collect(),
            partial: Some((tera, language)),
        }
    }

    /// The row of a document, made now if it is the first time. Its `html` is the partial `row.html` filled in.
    pub fn get(&self, index: usize, make: impl FnOnce() -> View) -> View {
        self.cells[index]
            .get_or_init(|| self.rendered(make()))
            .clone()
    }

    fn rendered(&self, row: View) -> View {
        let Some((tera, language)) = &self.partial else {
            return row;
        };
        let mut context = Context::new();
        context.insert_value("row", row.0.clone());
        context.insert("page", &BTreeMap::from([("language", language)]));
        // A faulty partial leaves no HTML; the list then includes the partial itself, which reports the fault.
        let html = match tera.render("partials/row.html", &context) {
            Ok(html) => tera::Value::from(html),
            Err(_) => tera::Value::none(),
        };
        row.with("html", View(html))
    }
}
