//! What is known of an account, as one JSON document.

use serde_json::{Value, json};
use vestibule_application::accounts::AccountArchive;

use crate::commands::users::{export, sessions};
use crate::commands::{audit, points};

/// The account as an export has it, without the hash of its password; its open sessions, its ledger, what was done to it,
/// and the pictures that should be there.
pub(super) fn json(archive: &AccountArchive, missing: &[String]) -> serde_json::Result<String> {
    let open: Vec<Value> = archive.sessions.iter().map(sessions::json_line).collect();
    let ledger: Vec<Value> = archive.points.iter().map(points::json_line).collect::<Result<_, _>>()?;
    let trail: Vec<Value> = archive.events.iter().map(audit::json_value).collect();
    let json = json!({
        "account": export::fields_without_hash(&archive.whole),
        "sessions": open,
        "points": ledger,
        "audit": trail,
        "missing_pictures": missing,
    });
    Ok(format!("{json:#}\n"))
}
