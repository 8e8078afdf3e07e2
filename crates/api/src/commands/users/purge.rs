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
    /// Refuses to run where the command can neither ask nor skip the question.
    pub(super) fn may_go_on(&self) -> anyhow::Result<()> {
        if !self.yes && !io::stdin().is_terminal() {
            bail!(
                "a purge cannot be undone, and there is no terminal to ask at; --yes goes on without asking"
            );
        }
        Ok(())
    }
}

pub(super) async fn run(services: &Services, arguments: &Purge) -> anyhow::Result<()> {
    let Purge { target, yes } = arguments;
    let account = target.find(services).await?;
    let name = name_of(&account);
    if !matches!(account.standing, Standing::InTrash | Standing::BeingRemoved) {
        bail!("{name} is not in the trash, where `vestibule users trash` moves it first");
    }
    if !yes {
        let question = format!("Remove {name} for good, with all that belongs to it? This cannot be undone.");
        // Standard output is for what was done.
        let answer = confirmed(&question, io::stdin().lock(), &mut io::stderr().lock());
        if !answer.context("the terminal could not be asked")? {
            bail!("nothing was removed");
        }
    }
    let input =
        RemoveAccountInput { administrator: Administrator::operator(), account: account.account.uuid };
    services.remove_account.execute(input).await?;
    tell(target, &account, "purged", [], &format!("Removed {name} for good."))
}
