//! `vestibule users end-sessions`.

use vestibule_application::Services;
use vestibule_application::accounts::Administrator;
use vestibule_application::sessions::EndSessionsInput;
use vestibule_settings::Settings;

use super::done::{name_of, note_other_memory, tell};
use super::target::Target;
use crate::commands::output::counted;

pub(super) async fn run(services: &Services, settings: &Settings, target: &Target) -> anyhow::Result<()> {
    let account = target.find(services).await?;
    let input = EndSessionsInput { administrator: Administrator::operator(), account: account.account.id };
    let ended = services.end_sessions.execute(input).await?;
    if ended > 0 {
        note_other_memory(settings);
    }
    let sentence = match ended {
        0 => format!("{} had no open session.", name_of(&account)),
        1 => format!("Ended the session of {}.", name_of(&account)),
        _ => format!("Ended {} of {}.", counted(ended, "session", "sessions"), name_of(&account)),
    };
    tell(target, &account, "sessions_ended", [("ended_sessions", ended.into())], &sentence)
}
