//! `vestibule users`.

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{Context as _, anyhow, bail};
use clap::{Args, Subcommand};
use vestibule_application::accounts::{Administrator, CreateAdminInput};
use vestibule_domain::accounts::{EmailAddress, PasswordPolicy, Username};
use vestibule_settings::{Database, Settings};

use super::output::print_done;
use crate::bootstrap::{Adapters, Application, Purpose};
use crate::http::fastapi::email_words;
use crate::telemetry;

/// The rules for the passwords of administrators, whatever surfaces are served: length, as NIST SP 800-63B §3.1.1 has it.
const PASSWORD: PasswordPolicy = PasswordPolicy {
    min_chars: 12,
    max_chars: None,
    uppercase: false,
    lowercase: false,
    digit: false,
    special: None,
};

#[derive(Subcommand)]
pub(super) enum UsersCommand {
    /// Add an active administrator. The password is asked for, or read from standard input.
    CreateAdmin(CreateAdmin),
}

#[derive(Args)]
pub(super) struct CreateAdmin {
    /// Address.
    #[arg(long)]
    email: String,
    /// The name that identifies at surfaces where people sign in by name.
    #[arg(long)]
    username: Option<String>,
}

pub(super) async fn run(command: UsersCommand, settings: Settings) -> anyhow::Result<()> {
    let UsersCommand::CreateAdmin(arguments) = command;
    if settings.database.location == Database::Memory {
        bail!("with database.url = \"memory\" the account would be gone with this command");
    }
    telemetry::init(&settings.log).context("the log did not start")?;
    let email = EmailAddress::parse(&arguments.email)
        .map_err(|reason| anyhow!(email_words(&reason)))
        .context("--email")?;
    let username = arguments.username.as_deref().map(Username::parse).transpose().context("--username")?;
    let password = PASSWORD.check(&read_password()?).context("the password is too weak")?;

    let adapters = Adapters::connect(&settings, Purpose::Command).await?;
    let application = Application::new(settings, adapters);
    let created = application
        .services
        .create_admin
        .execute(CreateAdminInput {
            administrator: Administrator::operator(),
            email: email.clone(),
            username,
            password,
        })
        .await;
    application.adapters.close().await;
    print_done(format_args!("Created the administrator {email} (id {}).", created?))
}

/// Never from the arguments: those are seen by everyone on the machine.
fn read_password() -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        let password = rpassword::prompt_password("Password: ")?;
        if rpassword::prompt_password("Once more: ")? != password {
            bail!("the two passwords differ");
        }
        return Ok(password);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("no password on standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
