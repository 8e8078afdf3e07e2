//! `vestibule users`.

mod archive;
mod create_admin;
mod done;
mod end_sessions;
mod erase;
pub mod export;
pub mod import;
mod list;
mod prompt;
mod purge;
mod restore;
mod send_reset;
mod sessions;
mod set_role;
mod show;
mod target;
mod text;
mod trash;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use vestibule_settings::{Database, Settings};

pub(crate) use self::archive::{ZipFile, write as write_archive};
pub(super) use self::done::name_of;
use self::target::Target;
pub(super) use self::target::parse_account;
pub(super) use self::text::on_one_line;
use crate::bootstrap::{self, Adapters, Application, Purpose};
use crate::telemetry;

#[derive(Subcommand)]
pub(super) enum UsersCommand {
    /// Add an active administrator. The password is asked for, or read from standard input.
    CreateAdmin(create_admin::CreateAdmin),
    /// Write all accounts out, those in the trash too.
    Export(export::Export),
    /// Add the accounts of a file.
    Import(import::Import),
    /// List the accounts that are not in the trash, oldest first.
    List(list::List),
    /// Show all that is known of an account, in the trash too.
    Show(Target),
    /// Move an account into the trash. Its sessions end.
    Trash(trash::Trash),
    /// Take an account out of the trash.
    Restore(Target),
    /// Remove an account in the trash for good, with all that belongs to it.
    Purge(purge::Purge),
    /// Write all that an account has into a zip file: its owner's data.
    Archive(archive::Archive),
    /// Remove an account for good, wherever it is, and certify what was removed.
    Erase(erase::Erase),
    /// Give an account another role.
    SetRole(set_role::SetRole),
    /// Mail an account the link with which its owner sets a new password.
    SendReset(send_reset::SendReset),
    /// List the open sessions of an account, newest first.
    Sessions(Target),
    /// End all sessions of an account. Its owner can log in again.
    EndSessions(Target),
}

pub(super) async fn run(command: UsersCommand, mut settings: Settings) -> anyhow::Result<()> {
    if settings.database.location == Database::Memory {
        match command {
            UsersCommand::CreateAdmin(_) => {
                bail!("with database.url = \"memory\" the account would be gone with this command")
            }
            _ => bail!("with database.url = \"memory\" there are no accounts but those of a running server"),
        }
    }
    telemetry::init(&settings.log).context("the log did not start")?;
    // What can be refused without the database, and a password that is asked for, come first.
    let new_admin = match &command {
        UsersCommand::CreateAdmin(arguments) => Some(create_admin::read(arguments)?),
        UsersCommand::Purge(arguments) => {
            arguments.may_go_on()?;
            None
        }
        UsersCommand::Erase(arguments) => {
            arguments.may_go_on()?;
            None
        }
        UsersCommand::Archive(arguments) => {
            arguments.may_go_on()?;
            None
        }
        UsersCommand::Export(arguments) => {
            arguments.may_go_on()?;
            None
        }
        _ => None,
    };
    let is_tried_on_nothing = matches!(&command, UsersCommand::Import(arguments) if arguments.dry_run)
        && bootstrap::is_still_to_be_made(&settings.database.location);
    if is_tried_on_nothing && settings.database.migrate_on_start {
        // As empty as the database that an import would make.
        settings.database.location = Database::Memory;
    }
    let purpose = match &command {
        UsersCommand::Import(_) if is_tried_on_nothing => Purpose::Command,
        UsersCommand::CreateAdmin(_) => Purpose::Add,
        UsersCommand::Import(_) => Purpose::ImportAccounts,
        _ => Purpose::Command,
    };
    let adapters = Adapters::connect(&settings, purpose).await?;
    let application = Application::new(settings, adapters);
    let done = match new_admin {
        Some(input) => create_admin::run(&application.services, input).await,
        None => execute(command, &application).await,
    };
    application.close().await;
    done
}

async fn execute(command: UsersCommand, application: &Application) -> anyhow::Result<()> {
    let (services, settings) = (&*application.services, &application.settings);
    match command {
        // `run` has done it.
        UsersCommand::CreateAdmin(_) => Ok(()),
        UsersCommand::Export(arguments) => export::run(services, &arguments).await,
        UsersCommand::Import(arguments) => import::run(application, &arguments).await,
        UsersCommand::List(arguments) => list::run(services, &arguments).await,
        UsersCommand::Show(target) => show::run(services, &target).await,
        UsersCommand::Trash(arguments) => trash::run(services, settings, arguments).await,
        UsersCommand::Restore(target) => restore::run(services, &target).await,
        UsersCommand::Purge(arguments) => purge::run(services, &arguments).await,
        UsersCommand::Archive(arguments) => Box::pin(archive::run(application, &arguments)).await,
        UsersCommand::Erase(arguments) => erase::run(services, settings, &arguments).await,
        UsersCommand::SetRole(arguments) => set_role::run(services, settings, &arguments).await,
        UsersCommand::SendReset(arguments) => send_reset::run(services, settings, &arguments).await,
        UsersCommand::Sessions(target) => sessions::run(services, &target).await,
        UsersCommand::EndSessions(target) => end_sessions::run(services, settings, &target).await,
    }
}
