//! How far something is that takes long, on standard error.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::bootstrap::Progress;

/// A progress bar. It stays hidden where standard error is no terminal.
pub(super) struct MovingBar(Mutex<ProgressBar>);

impl MovingBar {
    pub(super) fn new() -> Self {
        Self(Mutex::new(ProgressBar::hidden()))
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        if let Ok(bar) = self.0.lock() {
            bar.finish_and_clear();
        }
    }
}

impl Progress for MovingBar {
    fn begins(&self, what: &'static str, parts: u64) {
        // Of some things it is not known before how many there are.
        let length = (parts > 0).then_some(parts);
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
        let template = match length {
            Some(_) => "{prefix:10} {wide_bar} {percent:>3} %  {per_sec}  {eta}",
            None => "{prefix:10} {spinner} {human_pos}, {per_sec}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_prefix(what);
        if let Ok(mut last) = self.0.lock() {
            last.finish_and_clear();
            *last = bar;
        }
    }

    fn advances(&self, parts: u64) {
        if let Ok(bar) = self.0.lock() {
            bar.inc(parts);
        }
    }
}
