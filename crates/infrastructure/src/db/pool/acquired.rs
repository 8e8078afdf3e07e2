//! A connection that a call has, counted.

use std::fmt;
use std::ops::{Deref, DerefMut};

use metrics::Gauge;
use sea_orm::DbErr;

use super::connection::Connection;
use crate::metered::UnderWay;

/// What is counted of the connections of a process, over all its pools.
#[derive(Clone)]
pub(super) struct Usage {
    in_use: Gauge,
    waits: Gauge,
}

impl Usage {
    pub(super) fn new() -> Self {
        Self {
            in_use: metrics::gauge!("vestibule_database_connections_in_use"),
            waits: metrics::gauge!("vestibule_database_connection_waits"),
        }
    }

    /// A call waits for a connection, until this is dropped.
    pub(super) fn wait(&self) -> UnderWay {
        UnderWay::begin(&self.waits)
    }

    /// A call has a connection.
    pub(super) fn acquired(&self, connection: Connection) -> Acquired {
        Acquired { connection, _in_use: UnderWay::begin(&self.in_use) }
    }
}

impl fmt::Debug for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Usage")
    }
}

pub(super) struct Acquired {
    connection: Connection,
    _in_use: UnderWay,
}

impl Acquired {
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        self.connection.commit().await
    }
}

impl Deref for Acquired {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Acquired {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}
