//! SQLite on the caller's thread.
//!
//! sqlx gives each connection to SQLite a thread. Every statement is handed over to it and its rows come back one by
//! one, which costs several times what SQLite itself takes for a small statement. Here the caller's thread calls SQLite.
//! That is memory work, as long as two things are seen to:
//!
//! - A read that takes long leaves: SQLite interrupts it, and it begins anew on a connection of sqlx, which has a thread
//!   (`readers.rs`). The next reads of the same text go there at once (`long.rs`).
//! - A writer never waits on the thread: its turn and other processes are waited for by the task (`writer.rs`), and the
//!   disk by a thread of its own (`log_sync.rs`). Statements that have many values or took long last time run on another
//!   thread of the writer (`own_thread.rs`), which also writes the log back into the file (`turn.rs`).
//!
//! While there are many reads, a thread holds the lock that each of them would take and give back (`read_lock.rs`).
//!
//! A page that is not in the system's cache comes from the disk while the caller's thread waits. While a disk does not
//! answer, reads go to the threads of sqlx, as soon as one of them has waited for long (`readers.rs`).

mod bind;
mod connection;
mod decode;
mod failure;
mod long;
mod own_thread;
mod read_lock;
mod readers;
mod statistics;
#[cfg(test)]
mod tests;
mod turn;
mod waits;
mod watch;
mod writer;

pub(in super::super) use connection::Opening;
pub(in crate::db) use decode::OfSqlite;
pub(in super::super) use read_lock::ReadLock;
pub(in super::super) use readers::Readers;
pub(super) use writer::Held;
pub(in super::super) use writer::Writer;
