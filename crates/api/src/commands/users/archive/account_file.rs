//! What is known of an account, as one JSON document.

use serde_json::{Value, json};
use vestibule_application::accounts::{AccountArchive, ArchivedActor, ArchivedEntry, ArchivedEvent};

use crate::commands::users::text::at;
use crate::commands::users::{export, sessions};

/// The account as an export has it, without the hash of its password; its open sessions, its ledger, what was done to it,
/// and the pictures that should be there.
pub(super) fn json(archive: &AccountArchive, missing: &[String]) -> String {
    let open: Vec<Value> = archive.sessions.iter().map(sessions::json_line).collect();
    let ledger: Vec<Value> = archive.points.iter().map(entry).collect();
    let trail: Vec<Value> = archive.events.iter().map(event).collect();
    let json = json!({
        "account": export::fields_without_hash(&archive.whole),
        "sessions": open,
        "points": ledger,
        "audit": trail,
        "missing_pictures": missing,
    });
    format!("{json:#}\n")
}

/// An entry with the keys of `vestibule points history`, and with `actor_kind`.
fn entry(entry: &ArchivedEntry) -> Value {
    let is_own = entry.by == Some(ArchivedActor::Owner);
    json!({
        "id": entry.id.0,
        "at": at(entry.created_at),
        "kind": entry.kind.name(),
        "points": entry.points.get(),
        "balance_after": entry.balance_after,
        "actor_kind": entry.by.map(kind),
        "actor": is_own.then_some(entry.account.0),
        "reason": entry.reason,
        "idempotency_key_sha256": entry.idempotency_key.map(|key| key.to_hex()),
    })
}

/// An event with the keys of `vestibule audit list`.
fn event(event: &ArchivedEvent) -> Value {
    let details = event.details.as_deref().map(serde_json::from_str::<Value>);
    json!({
        "id": event.id.0,
        "at": at(event.at),
        "action": event.action.as_str(),
        "times": event.times,
        "account": event.account.0,
        "actor_kind": kind(event.by),
        "actor": (event.by == ArchivedActor::Owner).then_some(event.account.0),
        "surface": event.surface,
        "client": event.client,
        "request": event.request.map(|request| request.simple().to_string()),
        "details": details.and_then(Result::ok).unwrap_or(Value::Null),
    })
}

/// The word for who did it. The owner has that of the audit trail, and the id beside it.
fn kind(actor: ArchivedActor) -> &'static str {
    match actor {
        ArchivedActor::Owner => "account",
        ArchivedActor::Staff => "staff",
        ArchivedActor::Anonymous => "anonymous",
        ArchivedActor::Operator => "operator",
        ArchivedActor::System => "system",
    }
}
