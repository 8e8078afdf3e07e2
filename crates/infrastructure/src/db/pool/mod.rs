//! The pool of connections, which keeps doubtful connections from being used again.
//!
//! The driver's pool takes every connection back, whatever was done with it. The driver raises its count of
//! transactions only after the server's answer. So a `BEGIN` whose future was dropped leaves a connection inside a
//! transaction that nobody knows of, and later writes on it are acknowledged and never committed. SQLite ends a
//! transaction by itself when the disk is full. Then the driver's count is one too high, and every later transaction
//! is a savepoint that is never committed.
//!
//! A file of SQLite is reached without the driver (`direct`).
//!
//! Here a connection goes back only when it is known to be in autocommit: after its last call was answered, or after
//! a rollback that was answered (`live.rs`). Every other connection is closed.

mod acquired;
mod by_key;
mod connection;
mod direct;
mod driver;
mod faults;
mod freshness;
mod gathering;
mod home;
mod kept_text;
mod live;
mod log_sync;
mod newcomers;
mod of_threads;
mod outage;
mod pools;
mod reads_by_key;
mod rows;
mod server_pool;
mod shares;
mod statements;
mod traced;
mod unit;

pub(super) use by_key::ByKey;
pub(super) use direct::{Opening, ReadLock, Readers, Writer};
pub(super) use driver::Driver;
pub(super) use faults::Fault;
pub(super) use freshness::Freshness;
pub(super) use kept_text::KeptText;
pub(super) use log_sync::{LogSync, to_disk};
pub(super) use newcomers::Newcomers;
pub(super) use outage::why_not_opened;
pub(super) use pools::{IntoPool, Pool, Pools, pool_options};
pub(super) use rows::{Columns, Places, row};
pub use server_pool::OwnConnections;
pub(super) use server_pool::ServerPool;
pub(super) use shares::Shares;
pub(super) use statements::{Done, Statements};
pub(super) use unit::{Together, Unit};
