//! `vestibule users purge`.

use std::io::{self, IsTerminal as _};

use anyhow::{Context as _, bail};
use clap::Args;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, Standing};
use vestibule_application::trash::RemoveAccountInput;

use super::done::{name_of, tell};
use super::prompt::confirmed;
use super::target::Target;

#[derive(Args)]
pub(in crate::commands) struct Purge {
    #[command(flatten)]
    target: Target,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

impl Purge {
    pub(super) fn may_go_on(&self) -> anyhow::Result<()> {
        can_be_confirmed("a purge", self.yes)
    }
}

/// Refuses to run where the command can neither ask nor skip the question.
pub(super) fn can_be_confirmed(what: &str, yes: bool) -> anyhow::Result<()> {
    if !yes && !io::stdin().is_terminal() {
        bail!("{what} cannot be undone, and there is no terminal to ask at; --yes goes on without asking");
    }
    Ok(())
}

/// Asks whether an account may go for good, unless the operator said yes before.
pub(super) fn confirm_removal(name: &str, yes: bool) -> anyhow::Result<()> {
    if yes {
        return Ok(());
    }
    let question = format!("Remove {name} for good, with all that belongs to it? This cannot be undone.");
    // Standard output is for what was done.
    let answer = confirmed(&question, io::stdin().lock(), &mut io::stderr().lock());
    if !answer.context("the terminal could not be asked")? {
        bail!("nothing was removed");
    }
    Ok(())
}

pub(super) async fn run(services: &Services, arguments: &Purge) -> anyhow::Result<()> {
    let Purge { target, yes } = arguments;
    let account = target.find(services).await?;
    let name = name_of(&account);
    if !matches!(account.standing, Standing::InTrash | Standing::BeingRemoved) {
        bail!("{name} is not in the trash, where `vestibule users trash` moves it first");
    }
    confirm_removal(&name, *yes)?;
    let input =
        RemoveAccountInput { administrator: Administrator::operator(), account: account.account.uuid };
    services.remove_account.execute(input).await?;
    tell(target, &account, "purged", [], &format!("Removed {name} for good."))
}
