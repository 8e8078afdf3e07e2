//! The command line.

mod announcement;
mod at_once;
mod audit;
mod backup;
mod completions;
mod config;
pub mod contacts;
mod copy;
mod export_file;
pub(crate) mod formula;
mod given_url;
mod healthcheck;
pub mod mail;
mod manual;
pub mod movies;
mod moving_bar;
mod openapi;
mod output;
mod pace;
pub mod points;
mod refused_arguments;
mod serve;
pub mod turns;
pub mod users;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use tokio::runtime::Runtime;
use vestibule_application::audit::Origin;
use vestibule_settings::{Problems, Settings, Source, told, whereabouts};

use contacts::ContactsCommand;
use mail::MailCommand;
use movies::MoviesCommand;
use points::PointsCommand;

use crate::telemetry;

/// Vestibule: accounts for small teams, behind published REST contracts.
#[derive(Parser)]
#[command(
    name = "vestibule",
    version,
    after_help = "Configuration: config/*.toml and variables VESTIBULE__SECTION__KEY; see docs/configuration.md."
)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server; the default.
    Serve,
    /// Look at the configuration.
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Manage accounts.
    #[command(subcommand)]
    Users(users::UsersCommand),
    /// Read what was done to accounts.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Look after address books.
    #[command(subcommand)]
    Contacts(ContactsCommand),
    /// Fill the catalogue, and write it out.
    #[command(subcommand)]
    Movies(MoviesCommand),
    /// Look at balances and their ledger.
    #[command(subcommand)]
    Points(PointsCommand),
    /// Copy everything into another database, and pictures into another place.
    Copy(copy::Copy),
    /// Write the database and its pictures into one file, beside a running server.
    Backup(backup::BackUp),
    /// Restore such a file where there are no data.
    Restore(backup::Restore),
    /// Try out mail.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Print the OpenAPI documents.
    Openapi(openapi::OpenapiCommand),
    /// Ask a running server whether it is ready; for containers.
    Healthcheck,
    /// Print the script by which a shell completes commands and options.
    Completions(completions::Completions),
    /// Write the man pages.
    Manual(manual::Manual),
}

/// How long work may go on at the end that nobody waits for any more, such as the look-up of a name by a resolver that is
/// silent.
const LETTING_GO: Duration = Duration::from_secs(1);

/// Runs the command that the arguments name, in a runtime of its own. The exit code is 0 for success, 1 for failure, 2 for
/// arguments that make no sense.
pub fn run() -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            telemetry::complain(&format!("Error: the runtime did not start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(run_command());
    runtime.shutdown_timeout(LETTING_GO);
    code
}

async fn run_command() -> ExitCode {
    let command = match CommandLine::try_parse() {
        Ok(line) => line.command.unwrap_or(Command::Serve),
        Err(error) => return refused_arguments::refuse(&error),
    };
    let outcome = match command {
        Command::Config(command) => match crate::surfaces::settings(&Source::process()) {
            Err(problems) => return refuse_configuration(&problems, ""),
            Ok(settings) => {
                if matches!(command, config::ConfigCommand::Check) {
                    tell_whereabouts(&settings);
                }
                config::run(&command, &settings)
            }
        },
        Command::Openapi(command) => openapi::run(&command),
        Command::Completions(command) => completions::run(&command),
        Command::Manual(command) => manual::run(&command),
        Command::Movies(MoviesCommand::Generate(command)) => movies::run_generate(&command),
        Command::Serve
        | Command::Users(_)
        | Command::Audit(_)
        | Command::Contacts(_)
        | Command::Movies(_)
        | Command::Points(_)
        | Command::Copy(_)
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Mail(_)
        | Command::Healthcheck => match crate::surfaces::settings(&Source::process()) {
            Err(problems) => return refuse_configuration(&problems, "The configuration cannot be used:\n"),
            Ok(settings) => match command {
                Command::Users(command) => {
                    if matches!(command, users::UsersCommand::CreateAdmin(_)) {
                        tell_whereabouts(&settings);
                    }
                    Origin::COMMAND.scope(Box::pin(users::run(command, settings))).await
                }
                Command::Audit(command) => Box::pin(audit::run(command, settings)).await,
                Command::Contacts(command) => {
                    Origin::COMMAND.scope(Box::pin(contacts::run(command, settings))).await
                }
                Command::Copy(command) => Box::pin(copy::run(command, settings)).await,
                Command::Backup(command) => Box::pin(backup::back_up(command, settings)).await,
                Command::Restore(command) => Box::pin(backup::restore(command, settings)).await,
                Command::Points(command) => Box::pin(points::run(command, settings)).await,
                Command::Movies(MoviesCommand::Import(command)) => {
                    Box::pin(movies::run_import(&command, settings)).await
                }
                Command::Movies(MoviesCommand::Export(command)) => {
                    Box::pin(movies::run_export(&command, settings)).await
                }
                Command::Mail(MailCommand::Test(command)) => mail::run_test(&command, &settings).await,
                Command::Mail(MailCommand::Preview(command)) => mail::run_preview(&command, &settings),
                Command::Healthcheck => healthcheck::run(&settings).await,
                _ => Box::pin(serve::run(settings)).await,
            },
        },
    };
    let code = match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            telemetry::complain(&format!("Error: {}", told(&*error)));
            ExitCode::FAILURE
        }
    };
    telemetry::finish();
    code
}

/// Tells where a command acts before it does, on standard error: an environment that was not passed on looks like
/// development.
fn tell_whereabouts(settings: &Settings) {
    telemetry::complain(&whereabouts(settings.environment, Some(&settings.database.location)));
}

/// Tells what is wrong with a configuration, after where the command would have acted: an environment that was not passed
/// on, or was, may be what is wrong.
fn refuse_configuration(problems: &Problems, heading: &str) -> ExitCode {
    if let Some(line) = problems.whereabouts() {
        telemetry::complain(line);
    }
    for warning in problems.warnings() {
        telemetry::complain(&format!("warning: {warning}"));
    }
    telemetry::complain(&format!("{heading}{problems}"));
    ExitCode::FAILURE
}
