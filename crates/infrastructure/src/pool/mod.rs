//! Threads of their own for slow work, so that the threads that answer requests never wait for it.

mod job;
mod priority;
mod threads;

pub(crate) use threads::{Full, Pool};
