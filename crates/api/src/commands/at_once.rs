//! Units of work that are under way at the same time.

use std::pin::pin;

use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt as _};

/// Units of work of an import, up to so many at once. Each way to wait goes on with them, and tells of those that ended.
pub(super) struct AtOnce<'l, O> {
    most: usize,
    under_way: FuturesUnordered<BoxFuture<'l, O>>,
}

impl<'l, O> AtOnce<'l, O> {
    pub(super) fn new(most: usize) -> Self {
        Self { most, under_way: FuturesUnordered::new() }
    }

    /// Begins a unit of work.
    pub(super) fn begin(&mut self, unit: impl Future<Output = O> + Send + 'l) {
        self.under_way.push(Box::pin(unit));
    }

    /// Waits until another one may begin.
    pub(super) async fn have_room<E>(
        &mut self,
        mut is_over: impl FnMut(O) -> Result<(), E>,
    ) -> Result<(), E> {
        while self.under_way.len() >= self.most
            && let Some(ended) = self.under_way.next().await
        {
            is_over(ended)?;
        }
        Ok(())
    }

    /// Does something while the units of work go on.
    pub(super) async fn beside<T, E>(
        &mut self,
        work: impl Future<Output = Result<T, E>>,
        mut is_over: impl FnMut(O) -> Result<(), E>,
    ) -> Result<T, E> {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                Some(ended) = self.under_way.next() => is_over(ended)?,
            }
        }
    }

    /// Waits until all have ended. The error is the first one.
    pub(super) async fn end<E>(&mut self, mut is_over: impl FnMut(O) -> Result<(), E>) -> Result<(), E> {
        let mut outcome = Ok(());
        while let Some(ended) = self.under_way.next().await {
            outcome = outcome.and(is_over(ended));
        }
        outcome
    }
}
