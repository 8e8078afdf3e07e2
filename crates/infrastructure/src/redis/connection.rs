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
/// A failure begins an outage. For a moment Redis is not asked at all. Then one command tries, while all others still
/// fail at once. The outage ends, and is logged as ended, when a command succeeds. So requests do not queue up behind
/// a server that does not answer.
pub struct RedisConnection {
    target: Arc<Target>,
    options: RedisOptions,
    state: Mutex<State>,
    /// Held while connecting, so that many callers at once make one connection.
    connecting: Turn<()>,
    /// The runtime that drives the connection. Each thread that answers requests has a runtime of its own, and a busy
    /// one must not hold up the others.
    runtime: Handle,
}

#[derive(Default)]
struct State {
    link: Option<Link>,
    links: u64,
    /// The time at which the next command may try; only during an outage.
    retry_at: Option<Instant>,
}

/// The answer to a command.
pub(super) struct Answer<T> {
    pub(super) value: T,
    /// When the connection was made that gave the answer.
    pub(super) since: Instant,
}

impl RedisConnection {
    /// Checks the options. The connection itself is made when it is first needed, and driven by the runtime that
    /// calls this.
    pub fn new(options: RedisOptions) -> Result<Self, RedisSetupError> {
        let target = Arc::new(options.target()?);
        let runtime = Handle::try_current()?;
        Ok(Self { target, options, state: Mutex::default(), connecting: Turn::new(()), runtime })
    }

    pub(super) async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<Answer<T>, RedisFailure> {
        let mut link = self.link().await?;
        let mut answer = link.query(command, self.options.answer_timeout).await;
        if answer.as_ref().is_err_and(RedisFailure::is_dropped_connection) {
            // The server ends idle connections, which is not an outage. The command is sent again. So every command has
            // to be one that may be carried out twice, the second time late; the client of a cluster does the same.
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

    /// The connection, which is made if there is none.
    async fn link(&self) -> Result<Link, RedisFailure> {
        let is_trial = {
            let mut state = self.state();
            match state.retry_at {
                Some(at) if Instant::now() < at => return Err(RedisFailure::Away),
                // Until this trial has ended or was given up, no other command tries.
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
                // The caller before in the queue has just failed.
                return Err(RedisFailure::Away);
            }
            state.links += 1;
            state.links
        };
        let opening = Link::open(self.target.clone(), number, self.connecting_may_take());
        // The task ends within that time. It does not panic, and a runtime that ends stops all of this.
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
            // Several nodes may be asked, one after another.
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

    /// Nothing under the lock panics half-way.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether Redis does not have the script any more. It was reached and answered, so this is not an outage.
fn is_unknown_script(failure: &RedisFailure) -> bool {
    matches!(failure, RedisFailure::Failed(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript))
}
