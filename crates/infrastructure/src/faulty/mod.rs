//! A store that fails when a test asks for it.

mod plan;
mod repositories;
mod store;

pub use plan::{CAUSE, Fault};
pub use store::FaultyStore;
