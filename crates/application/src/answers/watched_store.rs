//! A store that notes what is written.

use std::sync::Arc;

use async_trait::async_trait;
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
    pub(crate) fn watch(deps: &Deps) -> Deps {
        let mut deps = deps.clone();
        if deps.answers.is_some() {
            let generations = Generations::new(deps.cache.clone(), deps.ids.clone());
            deps.store = Arc::new(Self { inner: deps.store.clone(), generations });
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
        let notes = Notes::AtCommit(self.generations.clone(), Vec::new());
        Ok(Box::new(WatchedScope { inner, notes }))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }

    async fn probe_writes(&self) -> Result<(), StoreError> {
        self.inner.probe_writes().await
    }
}

/// When the generations of what was written move.
pub(super) enum Notes {
    /// After each write, which takes effect by itself.
    AtOnce(Generations),
    /// After the commit of all writes.
    AtCommit(Generations, Vec<Scope>),
}

impl Notes {
    /// Something was written, or perhaps: after an error nobody knows.
    pub(super) async fn written(&mut self, scopes: &[Scope]) {
        match self {
            Self::AtOnce(generations) => generations.moved(scopes).await,
            Self::AtCommit(_, noted) => {
                for scope in scopes {
                    if !noted.contains(scope) {
                        noted.push(*scope);
                    }
                }
            }
        }
    }
}

#[async_trait]
impl UnitOfWork for WatchedScope<dyn UnitOfWork> {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self { inner, notes } = *self;
        let committed = inner.commit().await;
        // Also after an error: a commit whose answer is lost may have taken effect.
        if let Notes::AtCommit(generations, noted) = notes {
            generations.moved(&noted).await;
        }
        committed
    }
}
