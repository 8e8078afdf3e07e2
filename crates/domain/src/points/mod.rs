//! Points: balances, and the ledger of their changes.

mod change;
mod entry;
mod repository;

pub use change::{InvalidPoints, Points, PointsChange, PointsKind};
pub use entry::{EntryId, EntryKind, LedgerSum, PointsEntry};
pub use repository::PointsRepository;
