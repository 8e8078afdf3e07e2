//! `vestibule users erase`.

use clap::Args;
use serde_json::json;
use vestibule_application::Services;
use vestibule_application::trash::Erasure;
use vestibule_settings::Settings;

use super::done::{name_of, note_other_memory, tell};
use super::purge::{can_be_confirmed, confirm_removal};
use super::target::Target;
use super::text::at;
use crate::commands::output::counted;

#[derive(Args)]
pub(in crate::commands) struct Erase {
    #[command(flatten)]
    target: Target,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

impl Erase {
    pub(super) fn may_go_on(&self) -> anyhow::Result<()> {
        can_be_confirmed("an erasure", self.yes)
    }
}

pub(super) async fn run(services: &Services, settings: &Settings, arguments: &Erase) -> anyhow::Result<()> {
    let Erase { target, yes } = arguments;
    let account = target.find(services).await?;
    let name = name_of(&account);
    confirm_removal(&name, *yes)?;
    let erasure = services.erase_account.execute(account.account.uuid).await?;
    note_other_memory(settings);
    let Erasure { at: gone_at, kinds, pictures, pictures_wait } = erasure;
    let removed = json!({
        "profiles": kinds.profiles,
        "contacts": kinds.contacts,
        "points_entries": kinds.points_entries,
        "sessions": kinds.sessions,
        "refresh_tokens": kinds.refresh_tokens,
        "idempotency_keys": kinds.idempotency_keys,
        "verification_codes": kinds.verification_codes,
        "sent_messages": kinds.sent_messages,
        "pictures": pictures,
    });
    let sentence = format!(
        "Erased {name}: {}, {}, {}, {}. The audit trail has the certificate.",
        counted(kinds.contacts, "contact", "contacts"),
        counted(pictures, "picture", "pictures"),
        counted(kinds.sessions, "session", "sessions"),
        counted(kinds.points_entries, "entry of the ledger", "entries of the ledger")
    );
    let certificate = [
        ("erased_at", at(gone_at).into()),
        ("by", "operator".into()),
        ("removed", removed),
        ("pictures_wait", pictures_wait.into()),
    ];
    tell(target, &account, "erased", certificate, &sentence)
}
