//! `vestibule users trash`.

use clap::Args;
use vestibule_application::Services;
use vestibule_application::accounts::OwnerOrAdministrator;
use vestibule_application::trash::TrashAccountInput;
use vestibule_settings::Settings;

use super::done::{name_of, note_other_memory, tell};
use super::target::Target;

#[derive(Args)]
pub(in crate::commands) struct Trash {
    #[command(flatten)]
    target: Target,
    /// Why; any text. It is kept with the account in the trash.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(super) async fn run(services: &Services, settings: &Settings, arguments: Trash) -> anyhow::Result<()> {
    let Trash { target, reason } = arguments;
    let account = target.find(services).await?;
    let who = OwnerOrAdministrator::operator(account.account.uuid);
    services.trash_account.execute(TrashAccountInput { who, reason }).await?;
    note_other_memory(settings);
    tell(&target, &account, "trashed", [], &format!("Moved {} into the trash.", name_of(&account)))
}
