//! SQLite on the caller's thread.
//!
//! sqlx gives each connection to SQLite a thread. Every statement is handed over to it and its rows come back one by
//! one, which costs several times what SQLite itself takes for a small statement. Here the caller's thread calls SQLite.
//! That is memory work, as long as two things are seen to:
//!
//! - A read that takes long leaves: SQLite interrupts it, and it begins anew on a connection of sqlx, which has a thread
//!   (`readers.rs`). The next reads of the same text go there at once (`long.rs`).
//! - A writer never waits on the thread: its turn and other processes are waited for by the task (`writer.rs`), and the
//!   disk by a thread of its own (`log_sync.rs`). Where blocking is allowed run statements that have many values or took
//!   long last time, and the log is written back into the file there (`turn.rs`).

mod bind;
mod connection;
mod decode;
mod failure;
mod long;
mod readers;
#[cfg(test)]
mod tests;
mod turn;
mod waits;
mod watch;
mod writer;

pub(in super::super) use connection::Opening;
pub(in crate::db) use decode::OfSqlite;
pub(in super::super) use readers::Readers;
pub(super) use writer::Held;
pub(in super::super) use writer::Writer;
