//! The connection and the short circuit behind it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redis::{Cmd, ErrorKind, FromRedisValue, ServerErrorKind};
use tokio::runtime::Handle;
use tokio::sync::Mutex as Turn;

use super::failure::RedisFailure;
use super::link::Link;
use super::options::{RedisOptions, RedisSetupError, Target};

/// One connection for everything. It is made when it is first needed, and again after it was lost.
///
/// A failure begins an outage: nothing is asked for a moment, then one command tries while the others
/// go on failing at once. The outage is over, and said to be, when a command succeeds. So requests do
/// not queue up behind a server that does not answer.
pub struct RedisConnection {
    target: Arc<Target>,
    options: RedisOptions,
    state: Mutex<State>,
    /// Held while connecting, so that a crowd makes one connection.
    connecting: Turn<()>,
    /// Where the connection is driven. Each thread that answers requests has a runtime of its own, and
    /// one that is busy must not hold up the others.
    runtime: Handle,
}

#[derive(Default)]
struct State {
    link: Option<Link>,
    links: u64,
    /// In an outage: when the next command may try.
    retry_at: Option<Instant>,
}

/// What a command gave.
pub(super) struct Answer<T> {
    pub(super) value: T,
    /// Since when the connection is there that gave it.
    pub(super) since: Instant,
}

impl RedisConnection {
    /// Connects when it is first used; fails only if it cannot ever be. To be called in the runtime that
    /// is to drive the connection.
    pub fn new(options: RedisOptions) -> Result<Self, RedisSetupError> {
        let target = Arc::new(options.target()?);
        let runtime = Handle::try_current()?;
        Ok(Self { target, options, state: Mutex::default(), connecting: Turn::new(()), runtime })
    }

    pub(super) async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<Answer<T>, RedisFailure> {
        let mut link = self.link().await?;
        let mut answer = link.query(command, self.options.answer_timeout).await;
        if answer.as_ref().is_err_and(RedisFailure::is_dropped_connection) {
            // The server ends connections that are idle, and that is no outage. What was sent is sent
            // once more: every command may be repeated.
            self.drop_link(&link);
            link = self.link().await?;
            answer = link.query(command, self.options.answer_timeout).await;
        }
        match answer {
            Ok(value) => {
                self.succeeded();
                Ok(Answer { value, since: link.since })
            }
            Err(failure) if is_unknown_script(&failure) => {
                self.succeeded();
                Err(failure)
            }
            Err(failure) => {
                self.drop_link(&link);
                Err(self.failed(failure))
            }
        }
    }

    /// The connection; made, if there is none.
    async fn link(&self) -> Result<Link, RedisFailure> {
        let is_trial = {
            let mut state = self.state();
            match state.retry_at {
                Some(at) if Instant::now() < at => return Err(RedisFailure::Away),
                // Until this one knows more, or was given up, the others do not try.
                Some(_) => state.retry_at = Some(Instant::now() + self.trial()),
                None => {}
            }
            if let Some(link) = &state.link {
                return Ok(link.clone());
            }
            state.retry_at.is_some()
        };
        let _turn = self.connecting.lock().await;
        let number = {
            let mut state = self.state();
            if let Some(link) = &state.link {
                return Ok(link.clone());
            }
            if state.retry_at.is_some() && !is_trial {
                // It failed for the one before in the queue.
                return Err(RedisFailure::Away);
            }
            state.links += 1;
            state.links
        };
        let opening = Link::open(self.target.clone(), number, self.connecting_may_take());
        // The task ends by itself in that time. It does not panic; and a runtime that ends ends all of this.
        let opened = self.runtime.spawn(opening).await.unwrap_or(Err(RedisFailure::Away));
        match opened {
            Ok(link) => {
                self.state().link = Some(link.clone());
                Ok(link)
            }
            Err(failure) => Err(self.failed(failure)),
        }
    }

    fn connecting_may_take(&self) -> Duration {
        match *self.target {
            Target::One(..) => self.options.connect_timeout,
            // Several nodes are asked, one after another if need be.
            Target::Cluster(_) => self.options.connect_timeout * 2,
        }
    }

    fn trial(&self) -> Duration {
        self.connecting_may_take() + self.options.answer_timeout * 2
    }

    /// Forgets a connection, unless another has taken its place already.
    fn drop_link(&self, lost: &Link) {
        self.state().link.take_if(|link| link.number == lost.number);
    }

    fn failed(&self, failure: RedisFailure) -> RedisFailure {
        let next = Instant::now() + self.options.pause;
        if self.state().retry_at.replace(next).is_none() {
            metrics::counter!("vestibule_redis_outages_total").increment(1);
            tracing::warn!(
                error = &failure as &dyn std::error::Error,
                "Redis is away: sessions are read from the database, limits hold for this process alone"
            );
        }
        failure
    }

    fn succeeded(&self) {
        if self.state().retry_at.take().is_some() {
            tracing::info!("Redis is back");
        }
    }

    /// Nothing that runs under the lock panics half-way.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A script that Redis has not kept: it was asked, and answered.
fn is_unknown_script(failure: &RedisFailure) -> bool {
    matches!(failure, RedisFailure::Failed(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript))
}
