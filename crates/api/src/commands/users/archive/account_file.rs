//! What is known of an account, as one JSON document.

use serde_json::{Value, json};
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, InspectedAccount, NamedAccount};
use vestibule_application::audit::ListAuditEventsInput;
use vestibule_domain::accounts::import::WholeAccount;
use vestibule_domain::audit::{AuditEvent, AuditFilter};

use crate::commands::users::{export, sessions};
use crate::commands::{audit, points};

/// How many events are read at once.
const PART: u64 = 500;

/// The account as an export has it, without the hash of its password; its open sessions, its ledger, what was done to it,
/// and the pictures that should be there.
pub(super) async fn json(
    services: &Services,
    account: &InspectedAccount,
    whole: &WholeAccount,
    missing: &[String],
) -> anyhow::Result<String> {
    let operator = Administrator::operator();
    let open = services.list_sessions.execute(operator, account.account.id).await?;
    let open: Vec<Value> = open.iter().map(sessions::json_line).collect();
    let json = json!({
        "account": export::fields_without_hash(whole),
        "sessions": open,
        "points": ledger(services, account).await?,
        "audit": trail(services, account).await?,
        "missing_pictures": missing,
    });
    Ok(format!("{json:#}\n"))
}

/// The entries of the ledger, the newest first.
async fn ledger(services: &Services, account: &InspectedAccount) -> anyhow::Result<Vec<Value>> {
    let named = NamedAccount::Uuid(account.account.uuid);
    let (mut entries, mut before) = (Vec::new(), None);
    loop {
        let part = services.show_points_history.execute(Administrator::operator(), &named, before).await?;
        let Some(last) = part.last() else { return Ok(entries) };
        before = Some(last.id);
        for entry in &part {
            entries.push(points::json_line(entry)?);
        }
    }
}

/// What was done to the account, the newest first.
async fn trail(services: &Services, account: &InspectedAccount) -> anyhow::Result<Vec<Value>> {
    let filter = AuditFilter { account: Some(account.account.uuid), ..AuditFilter::default() };
    let (mut events, mut after) = (Vec::new(), None);
    loop {
        let administrator = Administrator::operator();
        let input = ListAuditEventsInput { administrator, filter, after, limit: PART };
        let part = services.list_audit_events.execute(input).await?;
        after = part.last().map(AuditEvent::position);
        events.extend(part.iter().map(audit::json_value));
        if (part.len() as u64) < PART {
            return Ok(events);
        }
    }
}
