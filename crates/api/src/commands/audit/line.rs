//! How an event is printed.

use std::fmt::Write as _;

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use vestibule_domain::audit::AuditEvent;

/// A line for a person: the time, the action, and what else is known, as `name=value`.
pub(super) fn text_line(event: &AuditEvent) -> String {
    let mut line = format!("{}  {}", at(event), event.action);
    let actor = match event.actor.account() {
        Some(account) => account.0.to_string(),
        None => event.actor.kind().to_owned(),
    };
    let facts = [
        ("times", (event.times > 1).then(|| event.times.to_string())),
        ("account", event.account.map(|account| account.0.to_string())),
        ("by", Some(actor)),
        ("surface", Some(event.surface.clone())),
        ("client", event.client.clone()),
        ("request", event.request.map(|request| request.simple().to_string())),
        ("details", event.details.clone()),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            // Writing to a String cannot fail.
            let _ = write!(line, "  {name}={value}");
        }
    }
    line
}

/// The same as a JSON object of which every key is there.
pub(super) fn json_line(event: &AuditEvent) -> String {
    json_value(event).to_string()
}

/// The same as a value.
fn json_value(event: &AuditEvent) -> Value {
    let details = event.details.as_deref().map(serde_json::from_str::<Value>);
    json!({
        "id": event.id.0,
        "at": at(event),
        "action": event.action.as_str(),
        "times": event.times,
        "account": event.account.map(|account| account.0),
        "actor_kind": event.actor.kind(),
        "actor": event.actor.account().map(|account| account.0),
        "surface": event.surface,
        "client": event.client,
        // As the header `x-request-id` and the log have it.
        "request": event.request.map(|request| request.simple().to_string()),
        "details": details.and_then(Result::ok).unwrap_or(Value::Null),
    })
}

fn at(event: &AuditEvent) -> String {
    event.at.format(&Rfc3339).unwrap_or_else(|_year_out_of_range| event.at.to_string())
}
