//! Ctrl-C and signals that end the program. Enters: the signal. Leaves: a target without temporary files, one line, and
//! exit code 130.

use super::terminal::error_line;
use crate::diagnostic::Lang;
use crate::publish::tidy_up;

/// The exit code that shells expect of a program that Ctrl-C ended.
const EXIT_CODE: i32 = 130;

/// Handles signals from now on. If the system allows no handler, a signal ends the program directly.
#[expect(
    clippy::disallowed_methods,
    reason = "a signal may come at any moment, and `tidy_up` has cleaned up before the exit"
)]
pub(super) fn watch(lang: Lang) {
    let stop = move || {
        if tidy_up() {
            // The publish is complete: the run prints its report and ends by itself.
            return;
        }
        error_line(match lang {
            Lang::Zh => "\n已停止，门户还是原来的样子；没有做完的已经清理。",
            Lang::En => {
                "\nStopped; the portal is unchanged, and unfinished files have been removed."
            }
        });
        std::process::exit(EXIT_CODE);
    };
    let _ = ctrlc::set_handler(stop);
}
