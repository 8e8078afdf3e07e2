//! `vestibule config`.

use std::process::ExitCode;

use clap::Subcommand;
use vestibule_settings::Settings;

#[derive(Subcommand)]
pub(super) enum ConfigCommand {
    /// Name everything that is wrong with the configuration.
    Check,
    /// Print the effective configuration; secrets are left out.
    Show,
}

pub(super) fn run(command: &ConfigCommand) -> ExitCode {
    match (Settings::load(), command) {
        (Ok(_), ConfigCommand::Check) => println!("The configuration is good."),
        (Ok(settings), ConfigCommand::Show) => print!("{}", settings.show()),
        (Err(problems), _) => {
            eprintln!("{problems}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
