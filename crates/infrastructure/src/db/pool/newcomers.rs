//! New connections on which the server does not answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// For how long a new connection that was given up explains why there is none: longer than a call waits for one.
const RECENTLY: Duration = Duration::from_secs(15);

/// Why a call got no connection.
#[derive(Debug, thiserror::Error)]
#[error(
    "the database accepts connections and does not answer on new ones; if a pooler stands in between, its pool \
     (default_pool_size of PgBouncer) is smaller than database.max_connections of all processes together"
)]
pub(in super::super) struct Unanswered;

/// Whether new connections are answered on. A pooler lets a client in before it has a session for it, and then lets
/// the first statement wait.
#[derive(Debug)]
pub(in super::super) struct Newcomers {
    given_up: Mutex<Option<Instant>>,
    /// A shorter wait was cut off by whoever waited, and says nothing of the server.
    telling: Duration,
}

impl Newcomers {
    /// For a pool whose callers wait so long.
    pub(in super::super) fn new(patience: Duration) -> Self {
        Self { given_up: Mutex::default(), telling: patience / 2 }
    }

    /// Begins the wait for the first answer on a new connection.
    pub(in super::super) fn wait(self: &Arc<Self>) -> FirstAnswer {
        FirstAnswer { newcomers: Arc::clone(self), since: Instant::now(), is_there: false }
    }

    /// What kept a call waiting, if it was this.
    pub(super) fn reason(&self) -> Option<Unanswered> {
        let given_up = *self.given_up.lock().unwrap_or_else(PoisonError::into_inner);
        given_up.is_some_and(|at| at.elapsed() < RECENTLY).then_some(Unanswered)
    }
}

/// The wait for the first answer on a new connection. Dropped before, the connection was given up.
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
