//! The last check before a publish. Enters: the staged files. Leaves: a fault if the publish would remove too many
//! pages. Nothing of the target has changed at this point.

use super::{Options, Portal};
use crate::diagnostic::{Diagnostic, Sink};
use crate::publish::{Staged, Staging};
use crate::say;

/// Whether a publish would remove more pages than the settings allow; the fault is reported.
pub(super) fn loses_too_much(
    options: &Options,
    portal: &Portal,
    staging: &Staging,
    staged: &[Staged],
    sink: &mut Sink,
) -> bool {
    let percent = portal.source().config.max_removals;
    let online = options.online.as_ref();
    let online = online.map(|comparison| comparison.online.loss(staged));
    let losses = [Some(staging.loss(staged)), online];
    let mut losses = losses.into_iter().flatten();
    let Some(loss) = losses.find(|loss| !options.allow_removals && loss.exceeds(percent)) else {
        return false;
    };
    let named: Vec<&str> = loss.removed.iter().take(5).map(String::as_str).collect();
    let (removed, before, named) = (loss.removed.len(), loss.before, named.join(", "));
    sink.push(
        Diagnostic::error(
            "many-removals",
            say!(
                "这次发布会删去 {before} 个页面里的 {removed} 个，超过了 {percent}%：{named}{}",
                "this publish would remove {removed} of {before} pages, more than {percent} %: {named}{}",
                if removed > 5 { "…" } else { "" }
            ),
        )
        .in_path("content")
        .help(say!(
            "看看 content/ 是否完整；确实要删，就加 --allow-removals 再发布",
            "see whether content/ is whole; if they are meant to go, publish with --allow-removals"
        )),
    );
    true
}
