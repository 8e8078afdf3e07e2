//! `vestibule config`.

use clap::Subcommand;
use vestibule_settings::Settings;

use super::output::print;

#[derive(Subcommand)]
pub(super) enum ConfigCommand {
    /// Name everything that is wrong with the configuration.
    Check,
    /// Print the effective configuration; secrets are left out.
    Show,
}

pub(super) fn run(command: &ConfigCommand, settings: &Settings) -> anyhow::Result<()> {
    match command {
        ConfigCommand::Check => print("The configuration is good."),
        ConfigCommand::Show => print(settings.show().trim_end()),
    }
}
