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
        ConfigCommand::Check => {
            let warnings = settings.warnings().iter().map(|warning| format!("warning: {warning}\n"));
            print(format_args!("{}The configuration is good.", warnings.collect::<String>()))
        }
        ConfigCommand::Show => print(settings.show().trim_end()),
    }
}
