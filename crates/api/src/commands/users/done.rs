//! Telling what a command did.

use serde_json::{Map, Value, json};
use vestibule_application::accounts::InspectedAccount;
use vestibule_application::sessions::OWN_STATES_OVER;
use vestibule_settings::{Cache, Settings};

use super::target::Target;
use super::text::or_dash;
use crate::commands::output::print_done;
use crate::telemetry;

/// An account as a sentence names it.
pub(in crate::commands) fn name_of(account: &InspectedAccount) -> String {
    let account = &account.account;
    format!("{} (id {})", or_dash(account.shown_name.as_deref()), account.id)
}

/// Prints what was done: a sentence for a person, or JSON with a word and further values for a script.
pub(super) fn tell(
    target: &Target,
    account: &InspectedAccount,
    done: &'static str,
    facts: impl IntoIterator<Item = (&'static str, Value)>,
    sentence: &str,
) -> anyhow::Result<()> {
    if !target.json {
        return print_done(sentence);
    }
    let mut told = Map::new();
    told.insert("done".to_owned(), done.into());
    told.insert("id".to_owned(), account.account.id.0.into());
    told.insert("uuid".to_owned(), json!(account.account.uuid.0));
    told.extend(facts.into_iter().map(|(name, value)| (name.to_owned(), value)));
    print_done(Value::Object(told))
}

/// Warns on standard error that a running server may use old states of sessions for a while, if it keeps them in its
/// own memory.
pub(super) fn note_other_memory(settings: &Settings) {
    if settings.cache.location == Cache::Memory {
        telemetry::complain(&format!(
            "Note: with cache.url = \"memory\" a server that runs may accept access tokens as before for up to {} s. \
             With Redis it does not.",
            OWN_STATES_OVER.as_secs()
        ));
    }
}
