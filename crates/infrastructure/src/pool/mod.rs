//! Slow work on a few threads of its own, so that what answers requests never waits for it.

mod job;
mod threads;

pub(crate) use threads::{Full, Pool};
