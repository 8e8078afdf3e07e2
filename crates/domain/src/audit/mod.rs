//! What was done to accounts: by whom, from where, when.

mod action;
mod actor;
mod event;
mod recorded_action;
mod repository;

pub use action::{AuditAction, UnknownAction};
pub use actor::AuditActor;
pub use event::{AuditEvent, AuditEventId};
pub use recorded_action::RecordedAction;
pub use repository::{AuditFilter, AuditPosition, AuditRepository};
