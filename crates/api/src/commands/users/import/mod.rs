//! `vestibule users import`.

mod account_import;
mod batches;
mod contact;
mod error;
mod fields;
mod pace;
mod password;
mod record;
mod report;
mod row_fault;
mod rows;
mod twins;
mod wrapping;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use vestibule_settings::{Database, Settings};

pub use account_import::AccountImport;
pub use error::AccountImportError;
pub use password::Passwords;
pub use record::LeftBehind;
use report::TerminalReport;
pub use report::{ImportSummary, Report, Step};
pub use row_fault::{BadRow, RowFault};
pub use rows::{JsonLines, Row, RowSource, Rows};

use crate::bootstrap::{Application, import_keys};
use crate::commands::output::print_done;
use crate::shutdown;

#[derive(Args)]
pub(in crate::commands) struct Import {
    /// The file; docs/migration.md describes it.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What wrote it.
    #[arg(long, value_name = "SYSTEM", value_enum, default_value_t = From::Vestibule)]
    from: From,
    /// Leave out rows that are bad, in place of importing nothing.
    #[arg(long)]
    skip_bad: bool,
    /// Write nothing, and say what would be done.
    #[arg(long)]
    dry_run: bool,
}

/// What accounts come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    /// Our own form: a JSON object a line, as `vestibule users export` writes it.
    Vestibule,
}

/// How long SQLite is left to others between two batches. A process that waits for its lock looks at it ten times a
/// second at the least.
const SQLITE_REST: Duration = Duration::from_millis(150);

pub(super) async fn run(application: &Application, arguments: &Import) -> anyhow::Result<()> {
    let Import { file, from: From::Vestibule, skip_bad, dry_run } = arguments;
    let settings = &application.settings;
    let import = AccountImport {
        services: &application.services,
        passwords: Passwords::beside(settings.password.bcrypt_cost, import_keys::from_variables()),
        random: application.adapters.deps.random.clone(),
        skip_bad: *skip_bad,
        dry_run: *dry_run,
        rest: rest(settings),
    };
    let source = Arc::new(JsonLines::new(file));
    let outcome = import.execute(source, shutdown::requested(), &mut TerminalReport::new()).await;
    print_done(outcome.with_context(|| format!("{}", file.display()))?)
}

fn rest(settings: &Settings) -> Duration {
    match &settings.database.location {
        Database::Url(url) if url.starts_with("sqlite") => SQLITE_REST,
        // On a server nobody waits for rows that are new.
        _ => Duration::ZERO,
    }
}
