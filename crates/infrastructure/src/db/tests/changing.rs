//! Changes of others at a chosen moment.

use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, Statement};

use crate::db::SeaStore;
use crate::db::pool::{Columns, Done, Statements};

/// A connection beside which somebody changes something right before a query.
pub(in crate::db) struct Changing<'a> {
    store: &'a SeaStore,
    change: &'a str,
    before: usize,
    queries: AtomicUsize,
}

impl<'a> Changing<'a> {
    /// `before` is the number of the queries before that one.
    pub(in crate::db) fn new(store: &'a SeaStore, change: &'a str, before: usize) -> Self {
        Self { store, change, before, queries: AtomicUsize::new(0) }
    }

    /// Fails if the query was never made.
    pub(in crate::db) fn assert_changed(self) {
        assert!(self.queries.into_inner() > self.before, "the change came too late");
    }
}

impl Statements for Changing<'_> {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Sqlite
    }

    async fn execute_raw(&self, statement: Statement) -> Result<Done, DbErr> {
        self.store.pools.writer.execute_raw(statement).await
    }

    async fn rows_of<T: Columns>(&self, statement: Statement) -> Result<Vec<T>, DbErr> {
        if self.queries.fetch_add(1, Ordering::Relaxed) == self.before {
            self.store.connection().execute_unprepared(self.change).await?;
        }
        self.store.pools.reader.rows_of(statement).await
    }
}
