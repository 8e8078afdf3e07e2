//! The commands of the binary.

use std::io::{self, Write as _};

use anyhow::{Context as _, bail, ensure};
use clap::{Parser, Subcommand};
use migration::{DatabaseConnection, Step, connect};
use vestibule_settings::{Database, MigrationSettings, Settings};

/// Brings the database of a Vestibule server up to date, or takes changes back.
///
/// It reads the same configuration as the server: `config/*.toml` and the variables VESTIBULE_….
#[derive(Debug, Parser)]
#[command(name = "migration", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Apply pending migrations
    Up {
        /// How many at the most; all without it
        #[arg(short = 'n', value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        steps: Option<u32>,
    },
    /// Take the last migrations back; the data in them is lost
    Down {
        /// How many
        #[arg(
            short = 'n', value_name = "N", default_value_t = 1,
            value_parser = clap::value_parser!(u32).range(1..)
        )]
        steps: u32,
        #[command(flatten)]
        consent: Consent,
    },
    /// List all migrations, and which are applied
    Status,
    /// Drop every table, then apply all migrations; all data is lost
    Fresh {
        #[command(flatten)]
        consent: Consent,
    },
    /// Take all migrations back, then apply them again; all data is lost
    Refresh {
        #[command(flatten)]
        consent: Consent,
    },
}

#[derive(Debug, clap::Args)]
struct Consent {
    /// Lose the data in production too
    #[arg(long)]
    yes: bool,
}

impl Command {
    /// Whether the command destroys data that nobody agreed to lose.
    fn lacks_consent(&self) -> bool {
        match self {
            Self::Up { .. } | Self::Status => false,
            Self::Down { consent, .. } | Self::Fresh { consent } | Self::Refresh { consent } => !consent.yes,
        }
    }
}

/// Runs the command and prints what the database looks like then.
pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let command = arguments.command;
    let settings = Settings::load_database().context("the configuration is not valid")?;
    let Database::Url(url) = &settings.database.location else {
        bail!("database.url is \"memory\": there is nothing to migrate");
    };
    ensure!(
        !(settings.environment.is_production() && command.lacks_consent()),
        "this destroys data, and VESTIBULE_ENV is production: add --yes if that is what you want"
    );
    let db = connect::connect(url).await.with_context(|| cannot("be opened", &settings))?;
    let before = migration::status(&db).await.with_context(|| cannot("be read", &settings))?;
    let done = execute(&command, &db).await.with_context(|| cannot("be migrated", &settings));
    let after = migration::status(&db).await.with_context(|| cannot("be read", &settings));
    db.close().await.with_context(|| cannot("be closed", &settings))?;
    done?;
    let report = report(&settings, &before, &after?);
    print(&report).with_context(|| {
        format!("the work is done, but standard output could not be written; it was:\n{report}")
    })
}

async fn execute(command: &Command, db: &DatabaseConnection) -> Result<(), migration::DbErr> {
    match command {
        Command::Up { steps: None } => migration::up(db).await,
        Command::Up { steps: Some(steps) } => migration::up_by(db, *steps).await,
        Command::Down { steps, .. } => migration::down_by(db, *steps).await,
        Command::Status => Ok(()),
        Command::Fresh { .. } => migration::fresh(db).await,
        Command::Refresh { .. } => migration::refresh(db).await,
    }
}

fn cannot(what: &str, settings: &MigrationSettings) -> String {
    format!("the database {} cannot {what}", settings.database.location)
}

/// One line per migration, then a line for all.
fn report(settings: &MigrationSettings, before: &[Step], after: &[Step]) -> String {
    let mut report = String::new();
    for (before, after) in before.iter().zip(after) {
        let state = if after.is_applied { "applied" } else { "pending" };
        let note = if before.is_applied == after.is_applied { "" } else { "  (now)" };
        for part in [state, "  ", &after.name, note, "\n"] {
            report.push_str(part);
        }
    }
    let applied = after.iter().filter(|step| step.is_applied).count();
    let pending = after.len() - applied;
    report + &format!("{}: {applied} applied, {pending} pending", settings.database.location)
}

fn print(report: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{report}")?;
    output.flush()
}
