//! A store that notes what is written.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::runtime::Handle;
use tracing::Instrument as _;
use vestibule_domain::store::{Repositories, Store, StoreError, UnitOfWork};

use super::Generations;
use super::question::Scope;
use super::watched_repositories::WatchedScope;
use crate::Deps;

/// The store of the use cases. It moves the generation of whatever is written through it, before the write is answered,
/// so no use case can forget to.
pub(crate) struct WatchedStore {
    inner: Arc<dyn Store>,
    generations: Generations,
}

impl WatchedStore {
    /// The same ports, with their store watched where answers are kept.
    pub(crate) fn watch(deps: &Deps, generations: &Generations) -> Deps {
        let mut deps = deps.clone();
        if deps.answers.is_some() {
            deps.store = Arc::new(Self { inner: deps.store.clone(), generations: generations.clone() });
        }
        deps
    }
}

#[async_trait]
impl Store for WatchedStore {
    fn repositories(&self) -> Box<dyn Repositories> {
        let generations = self.generations.clone();
        Box::new(WatchedScope { inner: self.inner.repositories(), notes: Notes::AtOnce(generations) })
    }

    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let inner = self.inner.begin().await?;
        let notes = Notes::AtCommit(self.generations.clone(), HashSet::new());
        Ok(Box::new(WatchedScope { inner, notes }))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }

    async fn probe_writes(&self) -> Result<(), StoreError> {
        self.inner.probe_writes().await
    }
}

/// When the generations of what is written move.
pub(super) enum Notes {
    /// After each write, which takes effect by itself.
    AtOnce(Generations),
    /// After the commit of all writes.
    AtCommit(Generations, HashSet<Scope>),
}

impl Notes {
    /// Something is about to be written, and nobody knows yet whether it succeeds. What is to be moved after it.
    pub(super) fn note(&mut self, scopes: &[Scope]) -> Option<Due> {
        match self {
            Self::AtOnce(generations) => (!scopes.is_empty())
                .then(|| Due { generations: generations.clone(), scopes: scopes.to_owned() }),
            Self::AtCommit(_, noted) => {
                noted.extend(scopes);
                None
            }
        }
    }
}

/// Scopes that move after a write, also after an error: a write whose answer is lost may have taken effect. If whoever
/// waits is dropped, they move all the same.
#[must_use]
pub(super) struct Due {
    generations: Generations,
    scopes: Vec<Scope>,
}

impl Due {
    pub(super) async fn moved_after<T>(mut self, answer: &Result<T, StoreError>) {
        // Given up in favour of another unit of work, it wrote nothing.
        if !matches!(answer, Err(StoreError::Retryable(_))) {
            self.generations.moved(&self.scopes).await;
        }
        self.scopes.clear();
    }
}

impl Drop for Due {
    fn drop(&mut self) {
        let scopes = std::mem::take(&mut self.scopes);
        // Without a runtime the process ends, and nobody is answered.
        if !scopes.is_empty()
            && let Ok(runtime) = Handle::try_current()
        {
            let generations = self.generations.clone();
            runtime.spawn(async move { generations.moved(&scopes).await });
        }
    }
}

#[async_trait]
impl UnitOfWork for WatchedScope<dyn UnitOfWork> {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self { inner, notes } = *self;
        let (generations, scopes) = match notes {
            Notes::AtCommit(generations, noted) if !noted.is_empty() => {
                (generations, noted.into_iter().collect())
            }
            _nothing_noted => return inner.commit().await,
        };
        // In a task of its own, which goes on if whoever waits here is dropped: another request may find what was
        // committed and acknowledge it.
        let commit = async move {
            let due = Due { generations, scopes };
            let committed = inner.commit().await;
            due.moved_after(&committed).await;
            committed
        };
        tokio::spawn(commit.in_current_span())
            .await
            .unwrap_or_else(|panicked| Err(StoreError::Unexpected(Box::new(panicked))))
    }
}
