//! The commands of the binary.

use std::io::{self, Write as _};

use anyhow::{Context as _, bail, ensure};
use clap::{Parser, Subcommand};
use migration::{DatabaseConnection, Step, connect};
use time::OffsetDateTime;
use vestibule_settings::{Database, MigrationSettings, Problems, Settings, whereabouts};

use crate::completions::{self, Completions};
use crate::manual::{self, Manual};
use crate::tell;

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
    #[command(flatten)]
    Schema(SchemaCommand),
    /// Print the script by which a shell completes commands and options
    Completions(Completions),
    /// Write the man pages
    Manual(Manual),
}

/// A command that acts on the database.
#[derive(Debug, Subcommand)]
enum SchemaCommand {
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
    Status {
        /// Fail if one is pending
        #[arg(long)]
        check: bool,
    },
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

impl SchemaCommand {
    /// Whether the command destroys data that nobody agreed to lose.
    fn lacks_consent(&self) -> bool {
        match self {
            Self::Up { .. } | Self::Status { .. } => false,
            Self::Down { consent, .. } | Self::Fresh { consent } | Self::Refresh { consent } => !consent.yes,
        }
    }
}

/// Runs the command.
pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Schema(command) => migrate(command).await,
        Command::Completions(command) => completions::run(&command),
        Command::Manual(command) => manual::run(&command),
    }
}

/// Runs a command on the database, and prints what the database looks like then.
async fn migrate(command: SchemaCommand) -> anyhow::Result<()> {
    let settings = Settings::load_database().map_err(refused)?;
    tell(&whereabouts(settings.environment, Some(&settings.database.location)));
    let Database::Url(url) = &settings.database.location else {
        bail!("database.url is \"memory\": there is nothing to migrate");
    };
    ensure!(
        !(settings.environment.is_production() && command.lacks_consent()),
        "this destroys data, and VESTIBULE_ENV is production: add --yes if that is what you want"
    );
    if let SchemaCommand::Status { check } = command
        && connect::is_still_to_be_made(url).with_context(|| cannot("be opened", &settings))?
    {
        let history = migration::status_of_nothing();
        print(&report(&settings, &[], &history)).context("standard output could not be written")?;
        return refuse_pending(check, &history);
    }
    let db = connect::connect(url).await.with_context(|| cannot("be opened", &settings))?;
    let before = match command {
        // Of a database whose tables are all dropped, nothing has to be understood.
        SchemaCommand::Fresh { .. } => Vec::new(),
        _ => migration::status(&db).await.with_context(|| cannot("be read", &settings))?,
    };
    let done = execute(&command, &db).await.with_context(|| cannot("be migrated", &settings));
    let after = migration::status(&db).await.with_context(|| cannot("be read", &settings));
    db.close().await.with_context(|| cannot("be closed", &settings))?;
    done?;
    let after = after?;
    warn_of_newer(&after);
    let report = report(&settings, &before, &after);
    print(&report).with_context(|| {
        format!("the work is done, but standard output could not be written; it was:\n{report}")
    })?;
    refuse_pending(matches!(command, SchemaCommand::Status { check: true }), &after)
}

/// Fails if that is asked for and a change is pending.
fn refuse_pending(check: bool, history: &[Step]) -> anyhow::Result<()> {
    let pending = migration::lacking(history).len();
    ensure!(!check || pending == 0, "{pending} pending");
    Ok(())
}

/// Tells where the command would have acted, before what is wrong with the configuration.
fn refused(problems: Problems) -> anyhow::Error {
    if let Some(line) = problems.whereabouts() {
        tell(line);
    }
    for warning in problems.warnings() {
        tell(&format!("warning: {warning}"));
    }
    anyhow::Error::from(problems).context("the configuration is not valid")
}

fn warn_of_newer(history: &[Step]) {
    let newer = migration::newer(history);
    if !newer.is_empty() {
        tracing::warn!(
            "a newer release migrated the database, and this one can run beside that: {}",
            newer.join(", ")
        );
    }
}

async fn execute(command: &SchemaCommand, db: &DatabaseConnection) -> Result<(), migration::DbErr> {
    match command {
        SchemaCommand::Up { steps: None } => migration::up(db).await,
        SchemaCommand::Up { steps: Some(steps) } => migration::up_by(db, *steps).await,
        SchemaCommand::Down { steps, .. } => migration::down_by(db, *steps).await,
        SchemaCommand::Status { .. } => Ok(()),
        SchemaCommand::Fresh { .. } => migration::fresh(db).await,
        SchemaCommand::Refresh { .. } => migration::refresh(db).await,
    }
}

fn cannot(what: &str, settings: &MigrationSettings) -> String {
    format!("the database {} cannot {what}", settings.database.location)
}

/// A table with a line for each migration, then a line for all.
fn report(settings: &MigrationSettings, before: &[Step], after: &[Step]) -> String {
    let was_applied = |name: &str| before.iter().any(|step| step.name == name && step.is_applied());
    let rows: Vec<[String; 3]> = after
        .iter()
        .map(|step| {
            let state = match step {
                Step { is_newer: true, .. } => "newer than this binary",
                step if step.is_applied() && was_applied(&step.name) => "applied",
                step if step.is_applied() => "applied now",
                step if was_applied(&step.name) => "pending now",
                _ => "pending",
            };
            [step.name.clone(), state.to_owned(), step.applied_at.map(shown).unwrap_or_default()]
        })
        .collect();
    let heads = ["migration", "state", "applied at (UTC)"].map(str::to_owned);
    let table: Vec<[String; 3]> = std::iter::once(heads).chain(rows).collect();
    let width = |of: fn(&[String; 3]) -> &String| table.iter().map(|row| of(row).len()).max().unwrap_or(0);
    let (names, states) = (width(|[name, _, _]| name), width(|[_, state, _]| state));
    let mut report = String::new();
    for [name, state, applied_at] in &table {
        report.push_str(format!("{name:names$}  {state:states$}  {applied_at}").trim_end());
        report.push('\n');
    }
    let newer = migration::newer(after).len();
    let applied = after.iter().filter(|step| step.is_applied()).count() - newer;
    let pending = after.len() - applied - newer;
    report.push_str(&told_in_all(settings, applied, pending, newer));
    report
}

fn told_in_all(settings: &MigrationSettings, applied: usize, pending: usize, newer: usize) -> String {
    let newer = if newer == 0 { String::new() } else { format!(", {newer} newer than this binary") };
    format!("{}: {applied} applied, {pending} pending{newer}", settings.database.location)
}

/// To the second, in UTC.
fn shown(time: OffsetDateTime) -> String {
    let (date, clock) = (time.date(), time.time());
    format!("{date} {:02}:{:02}:{:02}", clock.hour(), clock.minute(), clock.second())
}

/// Prints on standard output.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}")?;
    output.flush()
}
