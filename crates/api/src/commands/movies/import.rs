//! `vestibule movies import`.

use std::future::Future;
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, bail};
use clap::Args;
use vestibule_application::Services;
use vestibule_application::catalogue::{ImportMoviesError, KnownNames};
use vestibule_domain::ports::Clock;
use vestibule_settings::{Database, Settings};

use super::super::output::print_done;
use super::super::pace::Pace;
use super::super::turns::Turns;
use super::batches::{Batch, Batches};
use super::csv_file::CsvFileError;
use super::form::{DateOrder, Form, NamedEncoding, Told, look};
use super::lanes::{Lanes, Read, Run};
use super::movie_file::MovieFile;
use super::report::{ImportSummary, Report, Step, TerminalReport};
use super::row::Rules;
use super::row_fault::RowFault;
use crate::bootstrap::{Adapters, Application, Purpose};
use crate::{shutdown, telemetry};

#[derive(Args)]
pub(crate) struct ImportCommand {
    /// The file; docs/movies-import.md describes it. Its separator and its encoding are found out.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Leave out rows that are bad, in place of importing nothing.
    #[arg(long)]
    skip_bad: bool,
    /// Read dates such as 03/02/2001 as day/month/year (dmy) or month/day/year (mdy). Without it they are
    /// month-first, and a file with a date such as 25/04/2001 is refused.
    #[arg(long, value_name = "ORDER")]
    dates: Option<DateOrder>,
    /// Read the file in this encoding, for example windows-1250 or macintosh, unless it begins with a byte order
    /// mark.
    #[arg(long, value_name = "NAME")]
    encoding: Option<NamedEncoding>,
}

pub(crate) async fn run(command: &ImportCommand, settings: Settings) -> anyhow::Result<()> {
    if settings.database.location == Database::Memory {
        bail!("with database.url = \"memory\" the movies would be gone with this command");
    }
    telemetry::init(&settings.log).context("the log did not start")?;
    let place = || format!("{}", command.file.display());
    // Before the database is opened, which may make or migrate it.
    let file = MovieFile::At(command.file.clone());
    size(&file).with_context(place)?;
    file.reader().map_err(unreadable).with_context(place)?;
    let adapters = Adapters::connect(&settings, Purpose::ImportMovies).await?;
    let application = Application::new(settings, adapters);
    let import = MovieImport {
        services: &application.services,
        latest_year: latest_year(&*application.adapters.deps.clock),
        skip_bad: command.skip_bad,
        told: Told { dates: command.dates, encoding: command.encoding },
        turns: Turns::of_movies_on(&application.settings.database.location),
    };
    let outcome = import.execute(&file, shutdown::requested(), &mut TerminalReport::new()).await;
    application.close().await;
    print_done(outcome.with_context(place)?)
}

/// The last year that a movie may be of: the next one (theater contract, decision 5).
pub fn latest_year(clock: &dyn Clock) -> i32 {
    clock.now().year() + 1
}

/// The rows of the first batch.
pub const FIRST_BATCH: u64 = Pace::FIRST as u64;

/// The import of a file.
pub struct MovieImport<'a> {
    /// The use cases.
    pub services: &'a Services,
    /// The last year that a movie may be of.
    pub latest_year: i32,
    /// Whether bad rows are left out. Otherwise one bad row means that nothing is written.
    pub skip_bad: bool,
    /// What is said of the file.
    pub told: Told,
    /// How others come to write.
    pub turns: Turns,
}

/// Why a file was not imported, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum MovieImportError {
    /// It cannot be gone through a second time.
    #[error("only a file can be imported, since it is read more than once; write the rows into one")]
    NoFile,
    /// It cannot be read.
    #[error("the file cannot be read{}", behind(*added))]
    File {
        /// Movies added before.
        added: u64,
        /// Why.
        #[source]
        cause: CsvFileError,
    },
    /// A slashed date is day-first, so it is not known how the others are meant.
    #[error(
        "line {line} has the date {date:?}, so not all slashed dates are month-first (MM/DD/YYYY), and it is not \
         certain what the others mean; nothing was imported. Say how they are to be read: --dates dmy or --dates mdy"
    )]
    AmbiguousDates {
        /// The line.
        line: u64,
        /// The date.
        date: String,
    },
    /// Rows are bad, and nothing was written.
    #[error("{bad} of {rows} rows are bad; nothing was imported. Without them: --skip-bad")]
    BadRows {
        /// Rows of the file.
        rows: u64,
        /// Bad ones.
        bad: u64,
    },
    /// It was good at first.
    #[error("the file changed while it was imported; {added} movies were added")]
    Changed {
        /// Movies added before.
        added: u64,
    },
    /// Nothing was left to import.
    #[error("all {rows} rows are bad; nothing was imported")]
    NothingGood {
        /// Rows of the file.
        rows: u64,
    },
    /// On request.
    #[error("stopped after {added} movies were added; the same command once more completes the import")]
    Stopped {
        /// Movies added before.
        added: u64,
    },
    /// The catalogue did not take them.
    #[error("the import broke off after {added} movies were added; the same command once more completes it")]
    Catalogue {
        /// Movies added before.
        added: u64,
        /// Why.
        #[source]
        cause: ImportMoviesError,
    },
}

impl MovieImportError {
    /// With how many movies were added before.
    fn after(mut self, total: u64) -> Self {
        match &mut self {
            Self::File { added, .. }
            | Self::Changed { added }
            | Self::Stopped { added }
            | Self::Catalogue { added, .. } => *added = total,
            Self::NoFile | Self::AmbiguousDates { .. } | Self::BadRows { .. } | Self::NothingGood { .. } => {}
        }
        self
    }
}

/// What was done before it went wrong.
fn behind(added: u64) -> String {
    if added == 0 { String::new() } else { format!(" to its end; {added} movies were added") }
}

impl MovieImport<'_> {
    /// Imports the file, batch by batch. When asked to stop it does so after the batch under way.
    pub async fn execute(
        &self,
        file: &MovieFile,
        stop: impl Future<Output = ()>,
        report: &mut dyn Report,
    ) -> Result<ImportSummary, MovieImportError> {
        let began = Instant::now();
        let bytes = size(file)?;
        let mut stop = std::pin::pin!(stop);
        let form = tokio::select! {
            biased;
            () = &mut stop => return Err(MovieImportError::Stopped { added: 0 }),
            form = form(file, self.told) => form?,
        };
        let rules = Rules { form, latest_year: self.latest_year };
        // Bad rows need no check where they are left out, but slashed dates do where nobody says how to read them.
        let unchecked = self.skip_bad && form.dates.is_some();
        let steps: &[Step] = if unchecked { &[Step::Import] } else { &[Step::Check, Step::Import] };
        let mut summary = ImportSummary::default();
        for step in steps {
            report.begins(*step, bytes);
            let gone_through = self.go_through(file, rules, *step, &mut stop, report).await;
            report.ends();
            summary = gone_through?;
        }
        summary.took = began.elapsed();
        summary.form = form;
        if summary.rows > 0 && summary.bad == summary.rows {
            return Err(MovieImportError::NothingGood { rows: summary.rows });
        }
        Ok(summary)
    }

    async fn go_through(
        &self,
        file: &MovieFile,
        rules: Rules,
        step: Step,
        asked_to_stop: &mut (impl Future<Output = ()> + Unpin),
        report: &mut dyn Report,
    ) -> Result<ImportSummary, MovieImportError> {
        let mut lanes = Lanes::new(&self.services.import_movies, self.turns);
        let mut run = Run::new(report);
        let reading = Batches::of(file, rules, step == Step::Import);
        let gone_through = self.take_all(reading, step, asked_to_stop, &mut lanes, &mut run).await;
        // What is under way ends all the same, and is counted.
        let ended = lanes.end(&mut run).await;
        gone_through.and(ended).map_err(|error| error.after(run.summary.added))?;
        match (step, run.summary.bad) {
            (Step::Check, bad @ 1..) if !self.skip_bad => {
                Err(MovieImportError::BadRows { rows: run.summary.rows, bad })
            }
            _ => Ok(run.summary),
        }
    }

    async fn take_all(
        &self,
        mut reading: Batches,
        step: Step,
        asked_to_stop: &mut (impl Future<Output = ()> + Unpin),
        lanes: &mut Lanes<'_>,
        run: &mut Run<'_>,
    ) -> Result<(), MovieImportError> {
        let mut known = KnownNames::default();
        loop {
            lanes.have_room(run).await?;
            let rows = lanes.rows() as u64;
            let reads = async {
                tokio::select! {
                    biased;
                    () = &mut *asked_to_stop => Err(MovieImportError::Stopped { added: 0 }),
                    batch = reading.next(rows) => Ok(batch),
                }
            };
            let batch = match lanes.beside(reads, run).await? {
                // What is good before a place that cannot be read is imported.
                Err(_unreadable) if step == Step::Check && self.skip_bad => return Ok(()),
                batch => batch.map_err(|cause| MovieImportError::File { added: 0, cause })?,
            };
            let Some(batch) = batch else { return Ok(()) };
            refuse_day_first(&batch, step)?;
            if step == Step::Import || !self.skip_bad {
                batch.bad.iter().for_each(|row| run.report.bad_row(row));
            }
            if step == Step::Import && !self.skip_bad && !batch.bad.is_empty() {
                return Err(MovieImportError::Changed { added: 0 });
            }
            run.summary.rows += batch.rows;
            run.summary.bad += batch.bad.len() as u64;
            if batch.movies.is_empty() {
                run.advances(batch.bytes);
            } else {
                let read = Read { rows: batch.rows, bytes: batch.bytes };
                lanes.add(batch.movies, read, &mut known, run).await?;
            }
        }
    }
}

/// A day-first date refuses the whole file.
fn refuse_day_first(batch: &Batch, step: Step) -> Result<(), MovieImportError> {
    let found = batch.bad.iter().find_map(|row| match &row.fault {
        RowFault::DayFirst { value } => Some((row.line, value)),
        _ => None,
    });
    match (found, step) {
        (None, _) => Ok(()),
        (Some((line, date)), Step::Check) => {
            Err(MovieImportError::AmbiguousDates { line, date: date.clone() })
        }
        (Some(_), Step::Import) => Err(MovieImportError::Changed { added: 0 }),
    }
}

/// The form of the file.
async fn form(file: &MovieFile, told: Told) -> Result<Form, MovieImportError> {
    let file = file.clone();
    let look = move || look(BufReader::with_capacity(64 * 1024, file.reader()?), &told);
    let looked = tokio::task::spawn_blocking(look).await;
    let looked = looked.map_err(|died| io::Error::other(died).into()).and_then(|looked| looked);
    looked.map_err(|cause| MovieImportError::File { added: 0, cause })
}

fn unreadable(error: io::Error) -> MovieImportError {
    MovieImportError::File { added: 0, cause: error.into() }
}

/// The size of the file in bytes.
fn size(file: &MovieFile) -> Result<u64, MovieImportError> {
    let metadata = match file.metadata() {
        Err(_) if file.is_dash() => return Err(MovieImportError::NoFile),
        metadata => metadata.map_err(unreadable)?,
    };
    if metadata.is_file() { Ok(metadata.len()) } else { Err(MovieImportError::NoFile) }
}
