//! Turns of threads that compute.

use std::thread;
use std::time::Duration;

/// How long such a thread keeps its core where others want it: the shortest time that Linux has.
const SLICE: Duration = Duration::from_micros(100);

thread_local! {
    static SLICES_ARE_SHORT: bool = vestibule_slices::shorten(SLICE);
}

/// Lets others have the core that this thread computes on, between two pieces of its work. A piece takes less than 0.1 ms.
///
/// A nicer thread goes before this one ([`super::priority`]), yet not at once: the scheduler lets whoever runs finish his
/// slice, which is 3 ms. So a client alone waited that long for an answer of 0.1 ms. Where slices cannot be shortened this
/// does nothing. There it would give up 3 ms each time, and the scheduler would make up for that some other time, so that
/// programs beside this one waited for 50 ms and longer.
pub(crate) fn offer() {
    if SLICES_ARE_SHORT.with(|are_short| *are_short) {
        thread::yield_now();
    }
}
