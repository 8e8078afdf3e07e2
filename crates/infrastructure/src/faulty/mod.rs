//! A store that fails on request, for tests of what happens then.

mod plan;
mod repositories;
mod store;

pub use plan::{CAUSE, Fault};
pub use store::FaultyStore;
