//! Dumps: `pg_dump` (COPY blocks or INSERTs), `mysqldump`, and `.dump` of SQLite.

mod bytes;
mod copy;
mod dump;
mod functions;
mod literal;
mod words;

pub(crate) use bytes::Bytes;
pub(crate) use dump::read;
