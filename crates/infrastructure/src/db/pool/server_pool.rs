//! The connections of this process to a database server.

use std::any::Any;
use std::pin::pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use futures::future::{BoxFuture, join_all};
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{Database, Error, Pool};
use tokio::runtime::{Handle, Id};
use tokio::time::timeout;

use super::shares::Shares;

/// How long a thread waits for one of its own connections before it takes a shared one, too.
const ALONE: Duration = Duration::from_millis(20);

/// How long several connections may take to end.
const FAREWELL: Duration = Duration::from_secs(1);

/// How long [`ServerPool::count`] waits for one session.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Connections to a server, at most `database.max_connections` in all.
///
/// A connection is driven by the runtime in which it was opened, and each thread that answers requests has a runtime of its
/// own. An answer that arrives in another runtime has to wake the thread that waits for it, which costs more than the rest
/// of a small query. So those threads have connections of their own (docs/performance.md). All others, and those that have
/// waited for one of their own, share the rest.
///
/// The runtime of a thread ends before the others do when a server stops, and what was opened there would fail in the
/// hands of others. So no thread takes what belongs to another one, and shared connections are opened in the runtime of
/// whoever made the pool.
#[derive(Debug)]
pub(in super::super) struct ServerPool<D: Database> {
    shared: Pool<D>,
    home: Handle,
    shares: Shares,
    own: OwnPools<D>,
}

type OwnPools<D> = Arc<RwLock<Vec<(Id, Pool<D>)>>>;

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
    runtime: Id,
    own: OwnPools<D>,
}

impl<D: Database> Drop for Registered<D> {
    fn drop(&mut self) {
        let mut own = self.own.write().unwrap_or_else(PoisonError::into_inner);
        own.retain(|(runtime, _)| *runtime != self.runtime);
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

impl<D: Database> ServerPool<D> {
    /// With a pool of [`Shares::shared`] connections, whose connections are opened in the runtime of the caller.
    pub(in super::super) fn new(pool: Pool<D>, shares: Shares) -> Self {
        Self { shared: pool, home: Handle::current(), shares, own: Arc::default() }
    }

    /// The pool that all threads share.
    pub(super) fn shared(&self) -> &Pool<D> {
        &self.shared
    }

    /// How many connections there are.
    pub(super) fn size(&self) -> u32 {
        let own = self.own.read().unwrap_or_else(PoisonError::into_inner);
        self.shared.size() + own.iter().map(|(_, pool)| pool.size()).sum::<u32>()
    }

    /// Gives the runtime of the caller connections of its own, if there are enough for all.
    pub(super) fn own_connections(&self) -> OwnConnections {
        if self.shares.each == 0 {
            return OwnConnections::none();
        }
        let runtime = Handle::current().id();
        let mut own = self.own.write().unwrap_or_else(PoisonError::into_inner);
        if own.iter().any(|(id, _)| *id == runtime) {
            return OwnConnections::none();
        }
        own.push((runtime, self.another(self.shares.each)));
        OwnConnections { _registered: Some(Box::new(Registered { runtime, own: self.own.clone() })) }
    }

    /// Closes the connections that threads have of their own, as long as their runtimes are there for it. Who asks from now
    /// on is given shared ones.
    pub(super) async fn close_own(&self) {
        let own = std::mem::take(&mut *self.own.write().unwrap_or_else(PoisonError::into_inner));
        // What is in use is closed when it is given back.
        let _ = timeout(FAREWELL, join_all(own.iter().map(|(_, pool)| pool.close()))).await;
    }

    /// Waits for open calls, then closes all connections.
    pub(super) async fn close(&self) {
        self.close_own().await;
        self.shared.close().await;
    }

    pub(super) async fn acquire(&self) -> Result<PoolConnection<D>, Error> {
        let own = self.own_pool();
        let here = Handle::current();
        let (first, runtime) = own.as_ref().map_or((&self.shared, &self.home), |own| (own, &here));
        let mut first = pin!(from(first, runtime));
        if own.is_none() {
            return first.await;
        }
        match timeout(ALONE, &mut first).await {
            // The server stops.
            Ok(Err(Error::PoolClosed)) => self.lent().await,
            Ok(found) => found,
            Err(_elapsed) => tokio::select! {
                biased;
                found = first => match found {
                    Err(Error::PoolClosed) => self.lent().await,
                    found => found,
                },
                found = self.lent() => found,
            },
        }
    }

    /// A shared connection for a thread that has its own. On the heap, because it is hardly ever needed.
    fn lent(&self) -> BoxFuture<'_, Result<PoolConnection<D>, Error>> {
        Box::pin(from(&self.shared, &self.home))
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
            match timeout(AT_ONCE, from(pool, &self.home)).await {
                Ok(Ok(connection)) => given.push(connection),
                Ok(Err(_)) | Err(_) => break,
            }
        }
        let count = given.len();
        // The server is told, because it might log a lost connection otherwise.
        let _ = timeout(FAREWELL, join_all(given.into_iter().map(PoolConnection::close))).await;
        u32::try_from(count).unwrap_or(wanted)
    }

    fn own_pool(&self) -> Option<Pool<D>> {
        if self.shares.each == 0 {
            return None;
        }
        let runtime = Handle::current().id();
        let own = self.own.read().unwrap_or_else(PoisonError::into_inner);
        own.iter().find(|(id, _)| *id == runtime).map(|(_, pool)| pool.clone())
    }

    /// A pool of the same kind, in which no connection is open.
    fn another(&self, connections: u32) -> Pool<D> {
        let server = (*self.shared.connect_options()).clone();
        self.shared.options().clone().max_connections(connections).connect_lazy_with(server)
    }
}

/// A connection of a pool, from a task of its runtime if it may have to be opened. Whoever has no time to wait for it leaves
/// it to the next one.
async fn from<D: Database>(pool: &Pool<D>, runtime: &Handle) -> Result<PoolConnection<D>, Error> {
    let may_open = pool.num_idle() == 0 && pool.size() < pool.options().get_max_connections();
    if !may_open {
        return pool.acquire().await;
    }
    let pool = pool.clone();
    // Neither does the task panic, nor does anybody abort it: the runtime has ended, and so has all of this.
    runtime.spawn(async move { pool.acquire().await }).await.unwrap_or(Err(Error::PoolClosed))
}
