//! What the audit trail keeps of each use case.

mod admins;
mod coverage;
mod failed_logins;
mod failures;
mod mobile;
mod operator;
mod origins;
mod people;
mod points;
mod units;
mod watched;

use vestibule_domain::audit::{AuditAction, AuditEvent, AuditFilter};
use vestibule_use_case_tests::UseCases;

const ADA: &str = "ada@example.com";
const ROOT: &str = "root@example.com";

/// The whole trail, oldest first.
async fn trail(app: &UseCases) -> Vec<AuditEvent> {
    let mut repositories = app.deps.store.repositories();
    let mut events = repositories.audit().list(&AuditFilter::default(), None, 1000).await.unwrap();
    events.reverse();
    events
}

/// Those of one action.
async fn of_action(app: &UseCases, action: AuditAction) -> Vec<AuditEvent> {
    trail(app).await.into_iter().filter(|event| event.action == action).collect()
}
