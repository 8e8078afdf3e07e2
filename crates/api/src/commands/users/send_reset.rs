//! `vestibule users send-reset`.

use anyhow::{Context as _, bail};
use clap::Args;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, SendPasswordResetInput};
use vestibule_application::policy::ResetPolicy;
use vestibule_settings::Settings;

use super::done::{name_of, tell};
use super::target::Target;
use crate::http::language_of;
use crate::surfaces::served;

#[derive(Args)]
pub(in crate::commands) struct SendReset {
    #[command(flatten)]
    target: Target,
    /// The surface whose rules hold for the new password; else the first that is served and mails resets.
    #[arg(long, value_name = "NAME")]
    surface: Option<String>,
}

pub(super) async fn run(
    services: &Services,
    settings: &Settings,
    arguments: &SendReset,
) -> anyhow::Result<()> {
    let SendReset { target, surface } = arguments;
    let policy = policy(settings, surface.as_deref())?;
    let account = target.find(services).await?;
    let input = SendPasswordResetInput {
        administrator: Administrator::operator(),
        account: account.account.id,
        policy,
        language: language_of(settings, policy.surface),
    };
    services.send_password_reset.execute(input).await?;
    let minutes = policy.token_life.as_secs() / 60;
    let sentence = format!(
        "Queued a mail to {} with a link that is good for {minutes} minutes; a running server sends it.",
        name_of(&account)
    );
    let facts = [("surface", policy.surface.into()), ("valid_minutes", minutes.into())];
    tell(target, &account, "reset_queued", facts, &sentence)
}

/// The rules by which the surface resets passwords.
fn policy(settings: &Settings, surface: Option<&str>) -> anyhow::Result<ResetPolicy> {
    let policies: Vec<_> = served(settings).filter_map(|surface| surface.reset).collect();
    let Some(first) = policies.first() else {
        bail!("no surface that is served mails password resets");
    };
    let Some(name) = surface else { return Ok(*first) };
    let wanted = policies.iter().find(|policy| policy.surface == name).copied();
    wanted.with_context(|| {
        let names: Vec<_> = policies.iter().map(|policy| policy.surface).collect();
        format!("--surface: {name:?} is not served or mails no password resets; {} do", names.join(", "))
    })
}
