//! A pool and the runtime that drives its connections.

use std::sync::Arc;

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{Error, Pool};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::timeout;

use super::driver::Driver;
use super::live::give_back;

/// A pool whose connections are driven by one runtime, in which they are opened.
///
/// A connection is opened by a task, so that whoever has no time to wait for it leaves it to the next one.
#[derive(Debug)]
pub(super) struct Home<D: Driver> {
    pub(super) pool: Pool<D>,
    pub(super) runtime: Handle,
    /// As many tasks as connections. Nobody may be left who waits for them, and more would wait before those who do.
    tasks: Arc<Semaphore>,
}

impl<D: Driver> Home<D> {
    /// In the runtime of the caller.
    pub(super) fn here(pool: Pool<D>) -> Self {
        let tasks = Arc::new(Semaphore::new(pool.options().get_max_connections() as usize));
        Self { pool, runtime: Handle::current(), tasks }
    }

    /// Whether a connection can be had only by opening one.
    pub(super) fn has_to_open(&self) -> bool {
        self.pool.num_idle() == 0 && self.pool.size() < self.pool.options().get_max_connections()
    }

    /// A connection, for those whose runtime this is.
    pub(super) async fn acquire(&self) -> Result<PoolConnection<D>, Error> {
        if self.has_to_open()
            && let Ok(task) = Arc::clone(&self.tasks).try_acquire_owned()
        {
            return self.by_task(task).await;
        }
        self.pool.acquire().await
    }

    /// A connection, for those in another runtime. None is opened or tried there.
    pub(super) async fn lend(&self) -> Result<PoolConnection<D>, Error> {
        let lent = async {
            let task = Arc::clone(&self.tasks).acquire_owned().await.map_err(|_closed| Error::PoolClosed)?;
            self.by_task(task).await
        };
        let patience = self.pool.options().get_acquire_timeout();
        timeout(patience, lent).await.unwrap_or(Err(Error::PoolTimedOut))
    }

    async fn by_task(&self, task: OwnedSemaphorePermit) -> Result<PoolConnection<D>, Error> {
        let (mut teller, told) = oneshot::channel();
        let only_waits = !self.has_to_open();
        let (pool, runtime) = (self.pool.clone(), self.runtime.clone());
        self.runtime.spawn(async move {
            let found = tokio::select! {
                biased;
                found = pool.acquire() => found,
                // What is being opened is for the next one, and a place in the queue is for nobody.
                () = teller.closed(), if only_waits => return,
            };
            drop(task);
            // What nobody takes is dropped here, or in the channel.
            drop(teller.send(found.map(|connection| Found { connection: Some(connection), runtime })));
        });
        // Neither does the task panic, nor does anybody abort it: the runtime has ended, and so has all of this.
        let found = told.await.unwrap_or(Err(Error::PoolClosed))?;
        found.take().ok_or(Error::PoolClosed)
    }
}

/// A connection on the way to whoever asked for it, which is given back if he does not wait any more.
struct Found<D: Driver> {
    connection: Option<PoolConnection<D>>,
    runtime: Handle,
}

impl<D: Driver> Found<D> {
    fn take(mut self) -> Option<PoolConnection<D>> {
        self.connection.take()
    }
}

impl<D: Driver> Drop for Found<D> {
    fn drop(&mut self) {
        if let Some(unclaimed) = self.connection.take() {
            self.runtime.spawn(give_back(unclaimed));
        }
    }
}
