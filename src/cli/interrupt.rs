//! Ctrl-C, and being told to end. Enters: the signal. Leaves: a target without leftovers, one line, and exit code 130, as
//! shells expect it.

use super::terminal::error_line;
use crate::diagnostic::Lang;
use crate::publish::tidy_up;

/// What shells expect of a program that Ctrl-C ended.
const STOPPED: i32 = 130;

/// Watches for signals from here on. Where the system gives none, a run ends as it always did.
#[expect(
    clippy::disallowed_methods,
    reason = "a signal ends the run wherever it is; everything has been tidied up by then"
)]
pub(super) fn watch(lang: Lang) {
    let stop = move || {
        if tidy_up() {
            // Everything is published: the run says so and ends by itself.
            return;
        }
        error_line(match lang {
            Lang::Zh => "\n已停止，门户还是原来的样子；没有做完的已经清理。",
            Lang::En => {
                "\nStopped; the portal is as it was, and what was not finished has been cleared away."
            }
        });
        std::process::exit(STOPPED);
    };
    let _ = ctrlc::set_handler(stop);
}
