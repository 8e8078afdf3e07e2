//! How long a request has waited for its body.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use actix_web::dev::Payload;
use tokio::time::Instant;

use super::pace::Slowness;

/// Measures how long a request waits for its body. The body and the middleware around it share the clock.
#[derive(Default)]
pub(in crate::http::middleware) struct BodyClock {
    /// The time of waits that are over.
    waited: Cell<Duration>,
    waiting: Cell<Option<Wait>>,
    given_up: Cell<Option<Slowness>>,
    rest: RefCell<Option<Payload>>,
}

/// A wait for the next bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    since: Instant,
    /// When the body is given up.
    pub until: Instant,
    /// Why the body is given up then.
    pub slowness: Slowness,
}

impl BodyClock {
    /// Whether the request waits for its body at this moment. A body that nobody went on reading is not waited for
    /// beyond the time that it had.
    pub(in crate::http::middleware) fn is_waiting(&self) -> bool {
        self.waiting.get().is_some_and(|wait| Instant::now() < wait.until)
    }

    /// How long the request has waited for its body so far.
    pub(in crate::http::middleware) fn waited(&self) -> Duration {
        let unfinished = self
            .waiting
            .get()
            .map(|wait| wait.until.min(Instant::now()).saturating_duration_since(wait.since));
        self.waited.get().saturating_add(unfinished.unwrap_or_default())
    }

    /// Why the body was given up, if it was.
    pub(in crate::http::middleware) fn given_up(&self) -> Option<Slowness> {
        self.given_up.get()
    }

    /// The wait for the next bytes, which begins now unless it has begun, and whether it has.
    pub(super) fn wait(&self, patience: impl FnOnce(Duration) -> (Duration, Slowness)) -> (Wait, bool) {
        if let Some(wait) = self.waiting.get() {
            return (wait, false);
        }
        let since = Instant::now();
        let (left, slowness) = patience(self.waited.get());
        let wait = Wait { since, until: since + left, slowness };
        self.waiting.set(Some(wait));
        (wait, true)
    }

    /// Ends the wait: bytes came, or nobody waits for them any more.
    pub(super) fn go_on(&self) {
        self.waited.set(self.waited());
        self.waiting.set(None);
    }

    pub(super) fn give_up(&self, slowness: Slowness) {
        self.go_on();
        self.given_up.set(Some(slowness));
    }

    /// Keeps the part of the body that was not read.
    pub(super) fn keep(&self, rest: Payload) {
        self.rest.replace(Some(rest));
    }

    /// Takes the part of the body that was kept.
    pub(super) fn rest(&self) -> Option<Payload> {
        self.rest.take()
    }
}
