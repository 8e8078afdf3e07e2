//! Threads of their own for slow work, so that the threads that answer requests never wait for it.

mod job;
mod priority;
mod threads;
#[cfg(feature = "passwords")]
pub(crate) mod turns;

pub(crate) use threads::{Full, Pool};
