//! New connections whose first statement the server does not answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long an unanswered new connection counts as the reason for having no connection. It is longer than a call
/// waits for one.
const RECENTLY: Duration = Duration::from_secs(15);

/// Why a call got no connection.
#[derive(Debug, thiserror::Error)]
#[error(
    "the database accepts connections and does not answer on new ones; if a pooler stands in between, its pool \
     (default_pool_size of PgBouncer) is smaller than database.max_connections of all processes together"
)]
pub(in super::super) struct Unanswered;

/// Records whether the server answers on new connections. A pooler accepts a client before it has a session for it,
/// and lets the client's first statement wait.
#[derive(Debug)]
pub(in super::super) struct Newcomers {
    given_up: Mutex<Option<Instant>>,
    /// Waits shorter than this were cut off by the caller, and say nothing about the server.
    telling: Duration,
}

impl Newcomers {
    /// For a pool whose callers wait this long.
    pub(in super::super) fn new(patience: Duration) -> Self {
        Self { given_up: Mutex::default(), telling: patience / 2 }
    }

    /// Begins the wait for the first answer on a new connection.
    pub(in super::super) fn wait(self: &Arc<Self>) -> FirstAnswer {
        FirstAnswer { newcomers: Arc::clone(self), since: Instant::now(), is_there: false }
    }

    /// The reason for a long wait, if unanswered new connections are the reason.
    pub(super) fn reason(&self) -> Option<Unanswered> {
        let given_up = *self.given_up.lock().unwrap_or_else(PoisonError::into_inner);
        given_up.is_some_and(|at| at.elapsed() < RECENTLY).then_some(Unanswered)
    }
}

/// The wait for the first answer on a new connection. If it is dropped before, the connection was given up.
pub(in super::super) struct FirstAnswer {
    newcomers: Arc<Newcomers>,
    since: Instant,
    is_there: bool,
}

impl FirstAnswer {
    pub(in super::super) fn arrived(mut self) {
        self.is_there = true;
    }
}

impl Drop for FirstAnswer {
    fn drop(&mut self) {
        if !self.is_there && self.since.elapsed() < self.newcomers.telling {
            return;
        }
        let given_up = (!self.is_there).then(Instant::now);
        *self.newcomers.given_up.lock().unwrap_or_else(PoisonError::into_inner) = given_up;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_connection_without_an_answer_is_a_reason() {
        let newcomers = Arc::new(Newcomers::new(Duration::ZERO));
        assert!(newcomers.reason().is_none());
        drop(newcomers.wait());
        assert!(newcomers.reason().unwrap().to_string().contains("database.max_connections"));
    }

    #[test]
    fn an_answer_on_a_new_connection_ends_it() {
        let newcomers = Arc::new(Newcomers::new(Duration::ZERO));
        drop(newcomers.wait());
        newcomers.wait().arrived();
        assert!(newcomers.reason().is_none());
    }

    #[test]
    fn a_caller_who_hung_up_tells_nothing_of_the_server() {
        let newcomers = Arc::new(Newcomers::new(Duration::from_secs(5)));
        drop(newcomers.wait());
        assert!(newcomers.reason().is_none());
    }
}
