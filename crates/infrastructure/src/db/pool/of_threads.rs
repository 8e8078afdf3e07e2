//! What threads have of a pool for themselves.

use std::sync::Arc;

use super::gathering::Gathering;
use super::pools::{Connections, Pool};
use super::server_pool::OwnConnections;

impl Pool {
    /// Gives the thread of the caller connections of its own to a server, until what is answered is dropped.
    pub(in super::super) fn own_connections(&self) -> OwnConnections {
        match &self.connections {
            Connections::Sqlite(_) => OwnConnections::none(),
            Connections::Postgres(pool) => pool.own_connections(),
            Connections::MySql(pool) => pool.own_connections(),
        }
    }

    /// What the thread of the caller reads, where reads are sent together.
    pub(super) fn gathering(&self) -> Option<Arc<Gathering>> {
        match &self.connections {
            Connections::Postgres(pool) => pool.gathering(),
            Connections::Sqlite(_) | Connections::MySql(_) => None,
        }
    }

    /// Closes the connections that threads have of their own.
    pub(in super::super) async fn close_own_connections(&self) {
        match &self.connections {
            Connections::Sqlite(_) => {}
            Connections::Postgres(pool) => pool.close_own().await,
            Connections::MySql(pool) => pool.close_own().await,
        }
    }

    /// Discards shared connections that threads may have opened, which have ended with them.
    pub(in super::super) fn discard_of_threads(&self) {
        let are_there = match &self.connections {
            Connections::Sqlite(_) => false,
            Connections::Postgres(pool) => pool.is_all_shared(),
            Connections::MySql(pool) => pool.is_all_shared(),
        };
        if are_there {
            self.freshness.refuse_all_now();
        }
    }
}
