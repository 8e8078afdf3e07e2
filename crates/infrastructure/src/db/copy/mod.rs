//! Copying everything from one database to another, of whatever kind each is.
//!
//! What is copied is read from the schemas, so that no table can be forgotten. Rows go in the order of their primary
//! keys, batch by batch, each batch in a transaction: so a copy that was cut off goes on behind the last key that the
//! target has. Until everything was compared, the target carries a mark (`marker.rs`) that servers and commands refuse.

mod cell;
mod compare;
mod error;
mod kind;
mod marker;
mod place;
mod plan;
mod references;
mod run;
mod side;
mod table;

pub use compare::Difference;
pub use error::CopyError;
#[cfg(feature = "backup")]
pub(crate) use marker::TABLE as MARK;
pub use marker::is_unfinished_copy;
pub use place::CopyPlace;
pub use run::{Copied, CopiedTable, CopyReport, CopyStep, CopyTarget, copy, inspect};
pub use table::tables;
