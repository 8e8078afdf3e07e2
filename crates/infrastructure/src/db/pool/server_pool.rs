//! The connections of this process to a database server.

use std::any::Any;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::{BoxFuture, Either, join_all, select};
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{Database, Error, Pool};
use tokio::runtime::{Handle, Id};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::driver::Driver;
use super::live::give_back;
use super::shares::Shares;

/// How long a thread waits for one of its own connections before it takes a shared one if that comes sooner.
const ALONE: Duration = Duration::from_millis(20);

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
pub(in super::super) struct ServerPool<D: Database> {
    shared: Pool<D>,
    home: Handle,
    shares: Shares,
    own: Arc<RwLock<OwnPools<D>>>,
}

/// The pools of threads.
#[derive(Debug)]
struct OwnPools<D: Database> {
    pools: Vec<OwnPool<D>>,
    /// What the next one is told from others by.
    next: u64,
    is_closed: bool,
}

#[derive(Debug)]
struct OwnPool<D: Database> {
    number: u64,
    runtime: Id,
    pool: Pool<D>,
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

struct Registered<D: Database> {
    number: u64,
    own: Arc<RwLock<OwnPools<D>>>,
}

impl<D: Database> Drop for Registered<D> {
    fn drop(&mut self) {
        let mut own = self.own.write().unwrap_or_else(PoisonError::into_inner);
        own.pools.retain(|one| one.number != self.number);
    }
}

impl<D: Database> Clone for ServerPool<D> {
    fn clone(&self) -> Self {
        Self {
            shared: self.shared.clone(),
            home: self.home.clone(),
            shares: self.shares,
            own: self.own.clone(),
        }
    }
}

impl<D: Driver> ServerPool<D> {
    /// With a pool of [`Shares::shared`] connections, whose connections are opened in the runtime of the caller.
    pub(in super::super) fn new(pool: Pool<D>, shares: Shares) -> Self {
        let own = OwnPools { pools: Vec::new(), next: 0, is_closed: false };
        Self { shared: pool, home: Handle::current(), shares, own: Arc::new(RwLock::new(own)) }
    }

    /// The pool that all threads share.
    pub(super) fn shared(&self) -> &Pool<D> {
        &self.shared
    }

    /// What is told where all connections are in use that the caller may use.
    pub(super) fn all_in_use(&self) -> String {
        let size = self.shared.size() + self.own_pool().map_or(0, |own| own.size());
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
        own.pools.push(OwnPool { number, runtime, pool: self.another(self.shares.each) });
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
        for OwnPool { pool, .. } in pools {
            while let Some(connection) = pool.try_acquire() {
                idle.push(connection.close());
            }
            // It would wait for those in use. It does what is needed before it waits.
            let _ = pool.close().now_or_never();
        }
        let _ = timeout(FAREWELL, join_all(idle)).await;
    }

    /// Waits for open calls, then closes all connections.
    pub(super) async fn close(&self) {
        self.close_own().await;
        self.shared.close().await;
    }

    pub(super) async fn acquire(&self) -> Result<PoolConnection<D>, Error> {
        let here = Handle::current();
        let Some(own) = self.own_pool() else {
            // Before it stops, a thread had its own: see [`ServerPool`].
            if self.shares.each > 0 && here.id() != self.home.id() {
                return self.lent().await;
            }
            return from(self.shared.clone(), self.home.clone()).await;
        };
        let has_to_open = own.num_idle() == 0 && may_open(&own);
        let alone = if has_to_open && self.shared.num_idle() > 0 { Duration::ZERO } else { ALONE };
        let mut first = Box::pin(from(own, here.clone()));
        match timeout(alone, &mut first).await {
            Ok(Ok(connection)) => return Ok(connection),
            Ok(Err(error)) => return self.lent().await.map_err(|second| either(error, second)),
            Err(_elapsed) => {}
        }
        match select(first, self.lent()).await {
            Either::Left((Ok(connection), _)) => Ok(connection),
            Either::Left((Err(error), lent)) => lent.await.map_err(|second| either(error, second)),
            Either::Right((Ok(connection), first)) => {
                // It would be closed if it were being opened or tried now.
                here.spawn(async move {
                    if let Ok(unclaimed) = first.await {
                        give_back(unclaimed).await;
                    }
                });
                Ok(connection)
            }
            Either::Right((Err(error), first)) => first.await.map_err(|second| either(second, error)),
        }
    }

    /// A shared connection for a thread that has its own. It is never opened or tried in the runtime of that thread.
    fn lent(&self) -> BoxFuture<'static, Result<PoolConnection<D>, Error>> {
        Box::pin(by_task(self.shared.clone(), self.home.clone()))
    }

    /// How many connections can be open at the same time, up to `wanted`. They are closed again, because other processes may
    /// need them.
    pub(super) async fn count(&self, wanted: u32) -> u32 {
        // They are opened one after the other, up to the first that is not there at once. Waiting for the rest would hold up
        // other processes.
        let rest = self.shares.of_all().saturating_sub(self.shares.shared);
        let rest = (rest > 0).then(|| self.another(rest));
        let mut given = Vec::new();
        for number in 0..wanted {
            let pool = match &rest {
                Some(rest) if number >= self.shares.shared => rest,
                _ => &self.shared,
            };
            match timeout(AT_ONCE, from(pool.clone(), self.home.clone())).await {
                Ok(Ok(connection)) => given.push(connection),
                Ok(Err(_)) | Err(_) => break,
            }
        }
        let count = given.len();
        // The server is told, because it might log a lost connection otherwise.
        let _ = timeout(FAREWELL, join_all(given.into_iter().map(PoolConnection::close))).await;
        if let Some(rest) = rest {
            let _ = timeout(FAREWELL, rest.close()).await;
        }
        u32::try_from(count).unwrap_or(wanted)
    }

    fn own_pool(&self) -> Option<Pool<D>> {
        if self.shares.each == 0 {
            return None;
        }
        let runtime = Handle::current().id();
        let own = self.own.read().unwrap_or_else(PoisonError::into_inner);
        own.pools.iter().find(|one| one.runtime == runtime).map(|one| one.pool.clone())
    }

    /// A pool of the same kind, in which no connection is open.
    fn another(&self, connections: u32) -> Pool<D> {
        let server = (*self.shared.connect_options()).clone();
        self.shared.options().clone().max_connections(connections).connect_lazy_with(server)
    }
}

/// The error to tell of two: that the thread's own pool was closed is none.
fn either(own: Error, shared: Error) -> Error {
    if matches!(own, Error::PoolClosed) { shared } else { own }
}

fn may_open<D: Database>(pool: &Pool<D>) -> bool {
    pool.size() < pool.options().get_max_connections()
}

/// A connection of a pool, from a task of its runtime if it may have to be opened.
async fn from<D: Driver>(pool: Pool<D>, runtime: Handle) -> Result<PoolConnection<D>, Error> {
    if pool.num_idle() > 0 || !may_open(&pool) {
        return pool.acquire().await;
    }
    by_task(pool, runtime).await
}

/// A connection of a pool, from a task of its runtime. Whoever has no time to wait for it leaves it to the next one.
async fn by_task<D: Driver>(pool: Pool<D>, runtime: Handle) -> Result<PoolConnection<D>, Error> {
    let (teller, told) = oneshot::channel();
    runtime.spawn(async move {
        if let Err(Ok(unclaimed)) = teller.send(pool.acquire().await) {
            give_back(unclaimed).await;
        }
    });
    // Neither does the task panic, nor does anybody abort it: the runtime has ended, and so has all of this.
    told.await.unwrap_or(Err(Error::PoolClosed))
}
