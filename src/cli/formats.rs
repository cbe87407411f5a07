//! The formats of `gangwei check` for other programs. Enters: sorted diagnostics and the folder of the site. Leaves: the
//! text for standard output. Paths in it begin where the command was run, as repositories need them, and are never
//! absolute.

use crate::diagnostic::{
    Diagnostic, FaultPage, Lang, render_github, render_gitlab, render_json, render_sarif,
};
use std::path::{Component, Path};

/// The names that `--format` takes; the first is for people and not rendered here.
pub(super) const FORMATS: [&str; 5] = ["text", "json", "sarif", "github", "gitlab"];

/// Renders diagnostics in a format; `None` for the text that people read. `pages` are asked for only where a format
/// describes the codes.
pub(super) fn render(
    format: &str,
    diagnostics: &[Diagnostic],
    site: &Path,
    pages: impl FnOnce() -> Vec<FaultPage>,
    lang: Lang,
) -> Option<String> {
    let base = || site_base(site);
    match format {
        "json" => Some(render_json(diagnostics, lang)),
        "sarif" => Some(render_sarif(diagnostics, &pages(), &base(), lang)),
        "github" => Some(render_github(diagnostics, &base(), lang)),
        "gitlab" => Some(render_gitlab(diagnostics, &base(), lang)),
        _ => None,
    }
}

/// The site's folder as seen from the current one, empty or with `/` at its end; empty where it lies elsewhere.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the environment for all others"
)]
fn site_base(site: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    base_below(site, &here)
}

fn base_below(site: &Path, here: &Path) -> String {
    let below = if site.is_absolute() {
        site.strip_prefix(here).unwrap_or(Path::new(""))
    } else {
        site
    };
    let mut base = String::new();
    for part in below.components() {
        match part {
            Component::Normal(name) => {
                base.push_str(&name.to_string_lossy());
                base.push('/');
            }
            Component::CurDir => {}
            _ => return String::new(),
        }
    }
    base
}

#[cfg(test)]
mod tests {
    use super::base_below;
    use std::path::Path;

    #[test]
    fn a_site_below_the_current_folder_has_a_base_and_any_other_none() {
        let base = |site: &str| base_below(Path::new(site), Path::new("/srv/bank"));
        assert_eq!(base("."), "");
        assert_eq!(base("./hr/portal/"), "hr/portal/");
        assert_eq!(base("/srv/bank/hr"), "hr/");
        assert_eq!(base("/srv/bank"), "");
        assert_eq!(base("/elsewhere/site"), "");
        assert_eq!(base("../site"), "");
    }
}
