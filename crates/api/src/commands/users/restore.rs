//! `vestibule users restore`.

use vestibule_application::Services;
use vestibule_application::accounts::Administrator;
use vestibule_application::trash::RestoreAccountInput;

use super::done::{name_of, tell};
use super::target::Target;

pub(super) async fn run(services: &Services, target: &Target) -> anyhow::Result<()> {
    let account = target.find(services).await?;
    let input =
        RestoreAccountInput { administrator: Administrator::operator(), account: account.account.uuid };
    services.restore_account.execute(input).await?;
    tell(target, &account, "restored", [], &format!("Took {} out of the trash.", name_of(&account)))
}
