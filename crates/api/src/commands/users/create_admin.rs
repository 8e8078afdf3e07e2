//! `vestibule users create-admin`.

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, CreateAdminInput};
use vestibule_domain::accounts::{EmailAddress, PasswordPolicy, Username};

use crate::commands::output::print_done;
use crate::http::fastapi::email_words;

/// The rules for the passwords of administrators, whatever surfaces are served: length, as NIST SP 800-63B §3.1.1 has it.
const PASSWORD: PasswordPolicy = PasswordPolicy {
    min_chars: 12,
    max_chars: None,
    uppercase: false,
    lowercase: false,
    digit: false,
    special: None,
};

#[derive(Args)]
pub(in crate::commands) struct CreateAdmin {
    /// Address.
    #[arg(long)]
    email: String,
    /// The name that identifies at surfaces where people sign in by name.
    #[arg(long)]
    username: Option<String>,
}

/// Reads and checks the arguments and the password.
pub(super) fn read(arguments: &CreateAdmin) -> anyhow::Result<CreateAdminInput> {
    let email = EmailAddress::parse(&arguments.email)
        .map_err(|reason| anyhow!(email_words(&reason)))
        .context("--email")?;
    let username = arguments.username.as_deref().map(Username::parse).transpose().context("--username")?;
    let password = PASSWORD.check(&read_password()?).context("the password is too weak")?;
    Ok(CreateAdminInput { administrator: Administrator::operator(), email, username, password })
}

pub(super) async fn run(services: &Services, input: CreateAdminInput) -> anyhow::Result<()> {
    let email = input.email.clone();
    let created = services.create_admin.execute(input).await?;
    print_done(format_args!("Created the administrator {email} (id {created})."))
}

/// Reads the password. It is never an argument, because everyone on the machine sees arguments.
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
