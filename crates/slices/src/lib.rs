//! How long a thread keeps its core where others want it.
//!
//! This is the only crate with unsafe code: no library offers the call.

#[cfg(target_os = "linux")]
mod linux;

use std::time::Duration;

/// Asks for slices of this length for the thread that calls, from 0.1 to 100 ms. The answer is whether it has them.
///
/// Linux has them from 6.12 on, for threads without real-time priority; its own are some milliseconds. Whoever waits is
/// let in when a slice ends: at the next tick of the clock, which comes every 1 to 10 ms, or before if the thread yields
/// (`std::thread::yield_now`). A thread that yields with longer slices gives up the rest of them each time.
#[must_use]
pub fn shorten(slice: Duration) -> bool {
    #[cfg(target_os = "linux")]
    {
        linux::shorten(slice)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = slice;
        false
    }
}
