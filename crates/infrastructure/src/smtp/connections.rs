//! Connections, kept from one mail to the next.
//!
//! The library has a pool of its own, which does not fit: its timeout ends with the TCP handshake
//! (lettre issue 1027), and a conversation given up halfway goes back to its pool, where the next mail
//! would take the late answers for its own. Here a conversation owns its connection: only one that ended
//! well brings it back, and every other end closes it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::server::Server;

/// How many connections there are at most, kept ones and those in use. A mail beyond waits for one.
const MOST: usize = 8;
/// For how long. Servers close them after some minutes (RFC 5321 §4.5.3.2.7).
const KEPT_FOR: Duration = Duration::from_secs(30);

pub(super) struct Connections {
    server: Server,
    idle: Mutex<Vec<Idle>>,
    /// One for each connection that may be in use. A new one is made only when none is idle, so that
    /// both kinds together keep to the limit.
    free: Arc<Semaphore>,
}

/// A connection in use. Dropped, it is closed and makes room for another.
pub(super) struct Taken {
    pub(super) connection: AsyncSmtpConnection,
    _room: Option<OwnedSemaphorePermit>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

impl Connections {
    pub(super) fn to(server: Server) -> Self {
        Self { server, idle: Mutex::default(), free: Arc::new(Semaphore::new(MOST)) }
    }

    /// A connection that is alive, a kept one if there is one. Takes as long as the server likes.
    pub(super) async fn take(&self) -> Result<Taken, Error> {
        // An error would mean that the semaphore is closed, which nobody does.
        let room = Arc::clone(&self.free).acquire_owned().await.ok();
        while let Some(mut connection) = self.latest() {
            if connection.test_connected().await {
                return Ok(Taken { connection, _room: room });
            }
        }
        let connection = self.server.connect().await?;
        Ok(Taken { connection, _room: room })
    }

    /// Keeps a connection whose last conversation ended well.
    pub(super) fn keep(&self, taken: Taken) {
        if !taken.connection.has_broken() {
            self.lock().push(Idle { connection: taken.connection, since: Instant::now() });
        }
    }

    fn latest(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.lock();
        idle.retain(|kept| kept.since.elapsed() < KEPT_FOR);
        idle.pop().map(|kept| kept.connection)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Idle>> {
        // Nothing panics under the lock that could leave the list half changed.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
