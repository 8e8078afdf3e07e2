//! What a store has in the end, without what differs from run to run.

use std::collections::BTreeMap;

use vestibule_domain::accounts::{AccountId, EmailAddress};
use vestibule_domain::audit::{AuditAction, AuditFilter};
use vestibule_tests::TestApp;

/// What is counted in one row by all surfaces.
const COUNTED: [AuditAction; 3] =
    [AuditAction::LogInFailed, AuditAction::LogInRefused, AuditAction::PasswordResetRequested];

/// The accounts with their sessions and balances, the ledger, and what the audit trail counts, a line each.
pub(super) async fn of(app: &TestApp) -> Vec<String> {
    let mut repositories = app.deps.store.repositories();
    let mut lines = Vec::new();
    for name in ["ada", "bob", "eve", "pia", "max", "root"] {
        let email = EmailAddress::parse(&format!("{name}@example.com")).unwrap();
        let account = repositories.accounts().by_email(&email).await.unwrap().unwrap();
        let sessions = repositories.sessions().open(account.id).await.unwrap().len();
        let details = &account.details;
        lines.push(format!(
            "{name}: {} {:?} {:?} {:?} active {} verified {} let in {} deleted {} by {} points {} sessions {sessions}",
            account.id,
            details.username.as_ref().map(vestibule_domain::accounts::Username::as_str),
            details.mobile.as_ref().map(vestibule_domain::accounts::MobileNumber::as_str),
            details.role,
            details.is_active,
            details.email_verified_at.is_some(),
            details.activated_at.is_some(),
            details.deleted_at.is_some(),
            details.updated_by.is_some(),
            details.points,
        ));
        for entry in repositories.points().history(account.id, None, 100).await.unwrap() {
            let (kind, points, after) = (entry.kind.name(), entry.points.get(), entry.balance_after);
            let by_owner = entry.actor == Some(account.id);
            lines.push(format!("{name}: {kind} {points} to {after} own {by_owner} of {}", entry.account));
        }
    }
    for sum in repositories.points().sums(AccountId(0), 100).await.unwrap() {
        lines.push(format!("ledger: {} {} {}", sum.account, sum.balance, sum.entries));
    }
    let mut counts: BTreeMap<(String, &str), u64> = BTreeMap::new();
    let mut origins: BTreeMap<String, u64> = BTreeMap::new();
    for event in repositories.audit().list(&AuditFilter::default(), None, 10_000).await.unwrap() {
        *counts.entry((event.action.to_string(), event.actor.kind())).or_default() += event.times;
        // A row that counts is of the surface that came first.
        if !event.action.known().is_some_and(|action| COUNTED.contains(&action)) {
            *origins.entry(format!("{} at {}", event.action, event.surface)).or_default() += 1;
        }
    }
    lines.extend(counts.into_iter().map(|(key, times)| format!("{key:?}: {times}")));
    lines.extend(origins.into_iter().map(|(key, times)| format!("{key}: {times}")));
    lines
}
