//! Connections, which are kept from one mail to the next.
//!
//! The library's own pool does not fit. Its timeout ends with the TCP handshake (lettre issue 1027). And a
//! conversation that was given up half-way goes back to that pool, where the next mail would take the late answers
//! for its own. Here a conversation owns its connection: the connection is kept only if the conversation ended well,
//! and closed otherwise.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lettre::transport::smtp::client::AsyncSmtpConnection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::conversation::{Step, Trouble, takes_international, within};
use super::limits::SmtpLimits;
use super::server::Server;

/// How many connections there are at most, idle and in use. Further mails wait.
pub(super) const MOST: usize = 8;
/// How long an idle connection is kept. Servers close theirs after some minutes (RFC 5321 §4.5.3.2.7).
const KEPT_FOR: Duration = Duration::from_secs(30);

pub(super) struct Connections {
    server: Server,
    limits: SmtpLimits,
    idle: Mutex<Vec<Idle>>,
    /// A permit for each connection in use. A connection is made only when none is idle, so idle and used ones
    /// together keep to the limit.
    free: Arc<Semaphore>,
    /// What the server announced on the newest connection.
    takes_international: Mutex<Option<bool>>,
}

/// A connection in use. Dropping it closes it and makes room for another.
pub(super) struct Taken {
    pub(super) connection: AsyncSmtpConnection,
    /// Whether it has served a mail before.
    pub(super) is_kept: bool,
    room: Option<OwnedSemaphorePermit>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

impl Connections {
    pub(super) fn to(server: Server, limits: SmtpLimits) -> Self {
        let free = Arc::new(Semaphore::new(MOST));
        Self { server, limits, idle: Mutex::default(), free, takes_international: Mutex::default() }
    }

    /// A living connection: a kept one, if there is one.
    pub(super) async fn take(&self) -> Result<Taken, Trouble> {
        // An error would mean that the semaphore is closed, which nobody does.
        let room = Arc::clone(&self.free).acquire_owned().await.ok();
        while let Some(mut connection) = self.latest() {
            if timeout(self.limits.connect, connection.test_connected()).await == Ok(true) {
                return Ok(Taken { connection, is_kept: true, room });
            }
        }
        self.connect(room).await
    }

    /// A new connection, in place of one that cannot be used any more.
    pub(super) async fn replace(&self, taken: Taken) -> Result<Taken, Trouble> {
        let Taken { connection, room, .. } = taken;
        drop(connection);
        self.connect(room).await
    }

    /// Keeps a connection whose last conversation ended well.
    pub(super) fn keep(&self, taken: Taken) {
        if !taken.connection.has_broken() {
            lock(&self.idle).push(Idle { connection: taken.connection, since: Instant::now() });
        }
    }

    /// Whether the server takes addresses with letters outside ASCII; `None` before the first connection.
    pub(super) fn takes_international(&self) -> Option<bool> {
        *lock(&self.takes_international)
    }

    async fn connect(&self, room: Option<OwnedSemaphorePermit>) -> Result<Taken, Trouble> {
        let connecting = self.server.connect(self.limits.connect);
        let connection = within(self.limits.let_in, Step::LetIn, connecting).await?;
        self.learn(takes_international(&connection));
        Ok(Taken { connection, is_kept: false, room })
    }

    /// Stores what the server announced, and logs it if it has changed.
    fn learn(&self, takes_international: bool) {
        let before = lock(&self.takes_international).replace(takes_international);
        match takes_international {
            _ if before == Some(takes_international) => {}
            true => tracing::info!("the mail server takes addresses with letters outside ASCII (SMTPUTF8)"),
            false => tracing::warn!(
                "the mail server does not take addresses with letters outside ASCII before the @ (SMTPUTF8); \
                 nobody can register with one"
            ),
        }
    }

    fn latest(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = lock(&self.idle);
        idle.retain(|kept| kept.since.elapsed() < KEPT_FOR);
        idle.pop().map(|kept| kept.connection)
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics under a lock that could leave something half changed.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
