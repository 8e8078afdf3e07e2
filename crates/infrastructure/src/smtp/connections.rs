//! Connections, kept from one mail to the next.
//!
//! The library has a pool of its own, which does not fit: its timeout ends with the TCP handshake
//! (lettre issue 1027), and a conversation given up halfway goes back to its pool, where the next mail
//! would take the late answers for its own. Here a conversation owns its connection: only one that ended
//! well brings it back, and every other end closes it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;

use super::server::Server;

/// How many connections are kept; more may be in use.
const KEPT: usize = 8;
/// For how long. Servers close them after some minutes (RFC 5321 §4.5.3.2.7).
const KEPT_FOR: Duration = Duration::from_secs(30);

pub(super) struct Connections {
    server: Server,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

impl Connections {
    pub(super) fn to(server: Server) -> Self {
        Self { server, idle: Mutex::default() }
    }

    /// A connection that is alive, a kept one if there is one. Takes as long as the server likes.
    pub(super) async fn take(&self) -> Result<AsyncSmtpConnection, Error> {
        while let Some(mut connection) = self.latest() {
            if connection.test_connected().await {
                return Ok(connection);
            }
        }
        self.server.connect().await
    }

    /// Keeps a connection whose last conversation ended well.
    pub(super) fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.lock();
        if idle.len() < KEPT && !connection.has_broken() {
            idle.push(Idle { connection, since: Instant::now() });
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
