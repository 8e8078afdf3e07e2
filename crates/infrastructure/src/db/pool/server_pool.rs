//! The connections of this process to a database server.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use futures::future::{BoxFuture, Either, join_all, select};
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{Error, Pool};
use tokio::runtime::{Handle, Id};
use tokio::time::timeout;

use super::driver::Driver;
use super::gathering::Gathering;
use super::home::Home;
use super::shares::Shares;

/// How long a thread waits for one of its own connections before it takes a shared one if that comes sooner.
const ALONE: Duration = Duration::from_millis(20);

/// How long a thread asks for none of its own after it could have none.
const PAUSE: Duration = Duration::from_secs(1);

/// How long several connections may take to end.
const FAREWELL: Duration = Duration::from_secs(1);

/// How long [`ServerPool::count`] waits for one session.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Connections to a server, at most `database.max_connections` in all.
///
/// A connection is driven by the runtime in which it was opened, and each thread that answers requests has a runtime of its
/// own. An answer that arrives in another runtime has to wake the thread that waits for it, which costs a third of the
/// requests (docs/performance.md). So those threads have connections of their own. All others share the rest, and those
/// threads do where their own are in use.
///
/// The runtime of a thread ends before the others do when a server stops, and what was opened there would fail in the
/// hands of others. So nobody takes what belongs to another thread, and shared connections are opened in the runtime of
/// whoever made the pool.
#[derive(Debug)]
pub(in super::super) struct ServerPool<D: Driver> {
    shared: Home<D>,
    shares: Shares,
    own: Arc<RwLock<OwnPools<D>>>,
}

/// The pools of threads.
#[derive(Debug)]
struct OwnPools<D: Driver> {
    pools: Vec<Arc<OwnPool<D>>>,
    /// What the next one is told from others by.
    next: u64,
    is_closed: bool,
}

#[derive(Debug)]
struct OwnPool<D: Driver> {
    number: u64,
    runtime: Id,
    home: Home<D>,
    gathering: Arc<Gathering>,
    /// When it gave an error instead of a connection.
    failed: Mutex<Option<Instant>>,
}

impl<D: Driver> OwnPool<D> {
    fn new(number: u64, pool: Pool<D>) -> Self {
        let home = Home::here(pool);
        Self { number, runtime: home.runtime.id(), home, gathering: Arc::default(), failed: Mutex::default() }
    }

    fn fail(&self) {
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn has_just_failed(&self) -> bool {
        let failed = *self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.is_some_and(|at| at.elapsed() < PAUSE)
    }
}

/// While a thread has this it may have connections of its own.
#[derive(Debug)]
#[must_use]
pub struct OwnConnections {
    _registered: Option<Box<dyn Any + Send + Sync>>,
}

impl OwnConnections {
    /// There are none.
    pub(super) fn none() -> Self {
        Self { _registered: None }
    }
}

struct Registered<D: Driver> {
    number: u64,
    own: Arc<RwLock<OwnPools<D>>>,
}

impl<D: Driver> Drop for Registered<D> {
    fn drop(&mut self) {
        let mut own = self.own.write().unwrap_or_else(PoisonError::into_inner);
        own.pools.retain(|one| one.number != self.number);
    }
}

impl<D: Driver> ServerPool<D> {
    /// With a pool of [`Shares::shared`] connections, whose connections are opened in the runtime of the caller.
    pub(in super::super) fn new(pool: Pool<D>, shares: Shares) -> Self {
        let own = OwnPools { pools: Vec::new(), next: 0, is_closed: false };
        Self { shared: Home::here(pool), shares, own: Arc::new(RwLock::new(own)) }
    }

    /// The pool that all threads share.
    pub(super) fn shared(&self) -> &Pool<D> {
        &self.shared.pool
    }

    /// What is told where all connections are in use that the caller may use.
    pub(super) fn all_in_use(&self) -> String {
        let size = self.shared().size() + self.own_pool().map_or(0, |own| own.home.pool.size());
        if self.shares.each == 0 {
            return format!("all {size} connections were in use");
        }
        format!(
            "all {size} connections were in use that this thread may use, of the {} of database.max_connections",
            self.shares.of_all()
        )
    }

    /// Gives the runtime of the caller connections of its own, if there are enough for all.
    pub(super) fn own_connections(&self) -> OwnConnections {
        let runtime = Handle::current().id();
        let mut own = self.own.write().unwrap_or_else(PoisonError::into_inner);
        own.pools.retain(|one| one.runtime != runtime);
        if self.shares.each == 0 || own.is_closed || own.pools.len() >= self.shares.threads as usize {
            return OwnConnections::none();
        }
        let number = own.next;
        own.next += 1;
        own.pools.push(Arc::new(OwnPool::new(number, self.another(self.shares.each))));
        OwnConnections { _registered: Some(Box::new(Registered { number, own: self.own.clone() })) }
    }

    /// Closes the connections that threads have of their own, as long as their runtimes are there for it. What is in use is
    /// closed when it is given back, and who asks from now on is given shared ones.
    pub(super) async fn close_own(&self) {
        let pools = {
            let mut own = self.own.write().unwrap_or_else(PoisonError::into_inner);
            own.is_closed = true;
            std::mem::take(&mut own.pools)
        };
        let mut idle = Vec::new();
        for own in pools {
            while let Some(connection) = own.home.pool.try_acquire() {
                idle.push(connection.close());
            }
            // Waits for those in use.
            self.shared.runtime.spawn(async move { own.home.pool.close().await });
        }
        let _ = timeout(FAREWELL, join_all(idle)).await;
    }

    /// Whether threads share all connections, and may have opened some.
    pub(super) fn is_all_shared(&self) -> bool {
        self.shares.each == 0
    }

    /// Waits for open calls, then closes all connections.
    pub(super) async fn close(&self) {
        self.close_own().await;
        self.shared().close().await;
    }

    pub(super) async fn acquire(&self) -> Result<PoolConnection<D>, Error> {
        let Some(own) = self.own_pool() else {
            let is_at_home = Handle::current().id() == self.shared.runtime.id();
            // A thread that is about to end opens nothing.
            let lends = !is_at_home && (self.shares.each > 0 || self.is_closed());
            return if lends { self.lent().await } else { self.shared.acquire().await };
        };
        if own.has_just_failed() && own.home.pool.num_idle() == 0 {
            return self.lent().await;
        }
        let is_sooner = own.home.has_to_open() && self.shared().num_idle() > 0;
        let mut first = Box::pin(own.home.acquire());
        let alone = if is_sooner { None } else { timeout(ALONE, &mut first).await.ok() };
        let (found, lent) = match alone {
            Some(found) => (found, None),
            None => match select(first, self.lent()).await {
                Either::Left((found, lent)) => (found, Some(lent)),
                Either::Right((Ok(connection), _)) => return Ok(connection),
                Either::Right((Err(error), first)) => return first.await.map_err(|own| either(own, error)),
            },
        };
        let Err(error) = found else { return found };
        if own.home.has_to_open() {
            own.fail();
        }
        lent.unwrap_or_else(|| self.lent()).await.map_err(|shared| either(error, shared))
    }

    /// A shared connection for a thread that has its own. On the heap, because it is hardly ever needed.
    fn lent(&self) -> BoxFuture<'_, Result<PoolConnection<D>, Error>> {
        Box::pin(self.shared.lend())
    }

    /// How many connections can be open at the same time, up to `wanted`. They are closed again, because other processes may
    /// need them.
    pub(super) async fn count(&self, wanted: u32) -> u32 {
        // They are opened one after the other, up to the first that is not there at once. Waiting for the rest would hold up
        // other processes.
        let rest = self.shares.of_all().saturating_sub(self.shares.shared);
        let rest = (rest > 0).then(|| Home::here(self.another(rest)));
        let mut given = Vec::new();
        for number in 0..wanted {
            let home = match &rest {
                Some(rest) if number >= self.shares.shared => rest,
                _ => &self.shared,
            };
            match timeout(AT_ONCE, home.acquire()).await {
                Ok(Ok(connection)) => given.push(connection),
                Ok(Err(_)) | Err(_) => break,
            }
        }
        let count = given.len();
        // The server is told, because it might log a lost connection otherwise.
        let _ = timeout(FAREWELL, join_all(given.into_iter().map(PoolConnection::close))).await;
        if let Some(rest) = rest {
            let _ = timeout(FAREWELL, rest.pool.close()).await;
        }
        u32::try_from(count).unwrap_or(wanted)
    }

    /// What the thread of the caller reads, if it has connections of its own.
    pub(super) fn gathering(&self) -> Option<Arc<Gathering>> {
        self.own_pool().map(|own| own.gathering.clone())
    }

    fn is_closed(&self) -> bool {
        self.own.read().unwrap_or_else(PoisonError::into_inner).is_closed
    }

    fn own_pool(&self) -> Option<Arc<OwnPool<D>>> {
        if self.shares.each == 0 {
            return None;
        }
        let runtime = Handle::current().id();
        let own = self.own.read().unwrap_or_else(PoisonError::into_inner);
        own.pools.iter().find(|one| one.runtime == runtime).cloned()
    }

    /// A pool of the same kind, in which no connection is open.
    fn another(&self, connections: u32) -> Pool<D> {
        let server = (*self.shared().connect_options()).clone();
        self.shared().options().clone().max_connections(connections).connect_lazy_with(server)
    }
}

/// The error to tell of two: that the thread's own pool was closed is none.
fn either(own: Error, shared: Error) -> Error {
    if matches!(own, Error::PoolClosed) { shared } else { own }
}
