//! Panics, in the log.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, PanicHookInfo};

/// Sends panics to the log. The standard library would write them itself and wait for the reader.
pub(super) fn log_them() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(tracing::field::display);
        let backtrace = Backtrace::capture();
        // It was asked for with RUST_BACKTRACE.
        let backtrace =
            (backtrace.status() == BacktraceStatus::Captured).then(|| tracing::field::display(&backtrace));
        tracing::error!(place, backtrace, "panicked: {}", message(panic));
    }));
}

fn message<'p>(panic: &'p PanicHookInfo<'_>) -> &'p str {
    panic.payload_as_str().unwrap_or("(no text)")
}
