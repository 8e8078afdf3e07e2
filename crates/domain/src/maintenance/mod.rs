//! Work that servers do besides answering.

mod chore;
mod lease_repository;

pub use chore::Chore;
pub use lease_repository::ChoreLeaseRepository;
