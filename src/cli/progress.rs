//! Progress on a terminal. Enters: how far the work is. Leaves: one line on the error output that comes after the first
//! second and is gone at the end; nothing at all where that output is no terminal.

use crate::diagnostic::Lang;
use crate::pipeline::Work;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What takes less time than this needs no progress.
const SILENT: Duration = Duration::from_secs(1);
/// How often the line is drawn again.
const TICK: Duration = Duration::from_millis(100);

/// The line; it goes with the value.
pub(super) struct ProgressLine {
    bar: ProgressBar,
    work: Arc<Mutex<Option<Work>>>,
}

impl ProgressLine {
    /// Begins to count the time.
    pub(super) fn start(lang: Lang) -> ProgressLine {
        let line = ProgressLine {
            bar: ProgressBar::new_spinner(),
            work: Arc::default(),
        };
        // Draws nothing where the error output is no terminal; then nothing need tick either.
        if line.bar.is_hidden() {
            return line;
        }
        let work = line.work.clone();
        let draw = move |state: &ProgressState, out: &mut dyn Write| {
            let work = *work.lock().unwrap_or_else(PoisonError::into_inner);
            let (done, total) = (state.pos(), state.len().unwrap_or(0));
            let _ = out.write_str(&words(state.elapsed(), lang, work, done, total));
        };
        if let Ok(style) = ProgressStyle::with_template("{line}") {
            line.bar.set_style(style.with_key("line", draw));
        }
        line.bar.enable_steady_tick(TICK);
        line
    }

    /// So many are made, of so many.
    pub(super) fn show(&self, work: Work, done: usize, total: usize) {
        if self.bar.is_hidden() {
            return;
        }
        *self.work.lock().unwrap_or_else(PoisonError::into_inner) = Some(work);
        self.bar.set_length(total as u64);
        self.bar.set_position(done as u64);
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What the line says.
fn words(elapsed: Duration, lang: Lang, work: Option<Work>, done: u64, total: u64) -> String {
    if elapsed < SILENT {
        return String::new();
    }
    let what = match (lang, work) {
        (Lang::Zh, None) => return "正在读内容……".to_owned(),
        (Lang::En, None) => return "Reading the content …".to_owned(),
        (Lang::Zh, Some(Work::Posters)) => "海报",
        (Lang::En, Some(Work::Posters)) => "Posters",
        (Lang::Zh, Some(Work::Files)) => "文件",
        (Lang::En, Some(Work::Files)) => "Files",
    };
    format!("{what} {done}/{total}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_in_the_first_second_and_then_how_far_the_work_is() {
        let after = |milliseconds, work| {
            let elapsed = Duration::from_millis(milliseconds);
            words(elapsed, Lang::En, work, 3, 40)
        };
        assert_eq!(after(999, None), "");
        assert_eq!(after(999, Some(Work::Files)), "");
        assert_eq!(after(1_000, None), "Reading the content …");
        assert_eq!(after(1_000, Some(Work::Posters)), "Posters 3/40");
        assert_eq!(after(60_000, Some(Work::Files)), "Files 3/40");
    }
}
