//! The trash: accounts that were removed and may come back.

mod entry;
mod repository;

pub use entry::{TrashEntry, TrashId};
pub use repository::{DueRemoval, RemovedKinds, RemovedRows, TrashPlace, TrashRepository};
