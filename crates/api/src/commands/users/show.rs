//! `vestibule users show`.

use serde_json::{Map, Value, json};
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, InspectedAccount};
use vestibule_domain::accounts::{EmailAddress, MobileNumber, Username};

use super::set_role::word_of;
use super::target::Target;
use super::text::{at, on_one_line};
use crate::commands::output::print;

pub(super) async fn run(services: &Services, target: &Target) -> anyhow::Result<()> {
    let account = target.find(services).await?;
    let sessions = services.list_sessions.execute(Administrator::operator(), account.account.id).await?;
    let facts = facts(&account, sessions.len());
    if target.json { print(Value::Object(facts)) } else { print(as_text(&facts)) }
}

/// All that is known, in the order in which it is printed.
fn facts(inspected: &InspectedAccount, open_sessions: usize) -> Map<String, Value> {
    let account = &inspected.account;
    let facts = [
        ("id", json!(account.id.0)),
        ("uuid", json!(account.uuid.0)),
        ("email", json!(account.email.as_ref().map(EmailAddress::as_str))),
        ("username", json!(account.username.as_ref().map(Username::as_str))),
        ("display_name", json!(account.display_name)),
        ("mobile", json!(account.mobile.as_ref().map(MobileNumber::as_str))),
        ("phone_number", json!(account.phone_number)),
        ("role", json!(word_of(account.role))),
        ("standing", json!(inspected.standing.as_str())),
        ("points", json!(account.points)),
        ("open_sessions", json!(open_sessions)),
        ("created_at", json!(at(account.created_at))),
        ("updated_at", json!(at(inspected.updated_at))),
        ("email_verified_at", json!(inspected.email_verified_at.map(at))),
        ("deleted_at", json!(inspected.deleted_at.map(at))),
    ];
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn as_text(facts: &Map<String, Value>) -> String {
    let lines = facts.iter().map(|(name, value)| {
        let value = match value {
            Value::Null => "-".to_owned(),
            Value::String(text) => on_one_line(text),
            other => other.to_string(),
        };
        format!("{name:17}  {value}")
    });
    lines.collect::<Vec<_>>().join("\n")
}
