//! `vestibule users import`.

mod account_import;
mod batches;
mod contact;
mod counted;
mod error;
mod fields;
mod lanes;
mod other_system;
mod password;
mod record;
mod report;
#[cfg(test)]
mod round_trip;
mod row_fault;
mod rows;
mod seen_rows;
mod spare;
mod twin_rows;
mod twins;
mod wrapping;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::Args;
use clap::builder::PossibleValuesParser;
use vestibule_sources::{Origin, Source, System};

pub use account_import::AccountImport;
pub use error::AccountImportError;
pub use other_system::OtherSystem;
pub use password::Passwords;
pub use record::LeftBehind;
use report::TerminalReport;
pub use report::{ImportSummary, Report, Step};
pub use row_fault::{BadRow, RowFault, Spared, Unit};
pub use rows::{JsonLines, Row, RowSource, Rows};

use crate::bootstrap::{Application, import_keys};
use crate::commands::given_url;
use crate::commands::output::print_done;
use crate::commands::turns::Turns;
use crate::shutdown;

#[derive(Args)]
pub(in crate::commands) struct Import {
    /// The file, or the files or the folder of another system. docs/migration.md describes our own form,
    /// docs/migration-sources.md those of others.
    #[arg(value_name = "FILE", required_unless_present_any = ["from_database", "from_database_env"])]
    files: Vec<PathBuf>,
    /// What wrote it: `vestibule`, or the name of another system.
    #[arg(long, value_name = "SYSTEM", default_value = OURS, value_parser = systems())]
    from: String,
    /// How the data of any other system is read; docs/migration-sources.md describes such maps.
    #[arg(long, value_name = "MAP", conflicts_with = "from")]
    map: Option<PathBuf>,
    /// The database of the other system: `sqlite:FILE`, `postgres://…`, `mysql://…`.
    #[arg(long, value_name = "URL", conflicts_with = "files")]
    from_database: Option<String>,
    /// The variable that holds the URL of that database, so that its password stands in no list of processes.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["files", "from_database"])]
    from_database_env: Option<String>,
    /// What the data of the other system does not say, such as its time zone; a map names what there is.
    #[arg(long = "option", value_name = "NAME=VALUE", value_parser = option)]
    options: Vec<(String, String)>,
    /// Leave out rows that are bad, in place of importing nothing.
    #[arg(long)]
    skip_bad: bool,
    /// Write nothing, and say what would be done.
    #[arg(long)]
    pub(in crate::commands::users) dry_run: bool,
}

/// Our own form: a JSON object a line, as `vestibule users export` writes it.
const OURS: &str = "vestibule";

fn systems() -> PossibleValuesParser {
    std::iter::once(OURS).chain(vestibule_sources::names().iter().copied()).into()
}

fn option(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("it is NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// What is imported, and how it is called in messages.
fn source(arguments: &Import) -> anyhow::Result<(Arc<dyn RowSource>, String)> {
    let Import { files, from, map, from_database, from_database_env, options, .. } = arguments;
    let is_ours = map.is_none() && from == OURS;
    if is_ours {
        let [file] = files.as_slice() else {
            bail!("{OURS} has one FILE and no database; --from or --map tell of another system")
        };
        if !options.is_empty() {
            bail!("there are no options of {OURS}");
        }
        return Ok((Arc::new(JsonLines::new(file)), file.display().to_string()));
    }
    let system = match map {
        Some(map) => System::Mapped(map.clone()),
        None => System::Named(from.clone()),
    };
    let url = given_url::url(from_database.clone(), from_database_env.clone())?;
    let (origin, called) = if let Some(url) = url {
        (Origin::Database(url), "the database".to_owned())
    } else {
        let names: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        (Origin::Files(files.clone()), names.join(", "))
    };
    let options = options.iter().cloned().collect();
    Ok((Arc::new(OtherSystem::new(Source { system, origin, options })), called))
}

pub(super) async fn run(application: &Application, arguments: &Import) -> anyhow::Result<()> {
    let Import { skip_bad, dry_run, .. } = arguments;
    let settings = &application.settings;
    let import = AccountImport {
        services: &application.services,
        passwords: Passwords::beside(settings.password.bcrypt_cost, import_keys::from_variables()),
        random: application.adapters.deps.random.clone(),
        skip_bad: *skip_bad,
        dry_run: *dry_run,
        turns: Turns::on(&settings.database.location),
    };
    let (source, called) = source(arguments)?;
    let outcome = import.execute(source, shutdown::requested(), &mut TerminalReport::new()).await;
    print_done(outcome.with_context(|| called)?)
}
