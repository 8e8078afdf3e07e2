//! The log.

mod causes;
mod lines;
mod panics;

use std::fs::File;
use std::io::{self, IsTerminal as _, Write};
use std::sync::OnceLock;
use std::time::Duration;

use tracing::Dispatch;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::field::MakeExt as _;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::debug_fn;
use tracing_subscriber::util::SubscriberInitExt as _;
use vestibule_settings::{LogFormat, LogSettings};

use causes::WithCauses;
pub(crate) use lines::Dropped;
use lines::LogLines;

/// The lines of this process.
static LINES: OnceLock<LogLines> = OnceLock::new();

/// The greatest number of bytes of lines that wait to be written.
const ROOM: usize = 4 << 20;

/// How long the process waits at its end for lines that are not written yet.
const PATIENCE: Duration = Duration::from_secs(1);

/// Starts the log, on standard error. A second call has no effect.
///
/// Logging never waits, because a thread of its own writes the lines. Lines beyond a bound and lines that cannot be
/// written are dropped and counted (see `dropped`).
///
/// # Errors
/// When the thread cannot be started.
pub fn init(settings: &LogSettings) -> io::Result<()> {
    if LINES.get().is_some() {
        return Ok(());
    }
    let lines = LINES.get_or_init(|| LogLines::new(ROOM)).clone();
    lines.write_to(standard_error())?;
    if let Err(error) = dispatch(settings, io::stderr().is_terminal(), lines).try_init() {
        tracing::debug!(error = &error as &dyn std::error::Error, "the log was started before");
    }
    panics::log_them();
    Ok(())
}

/// The layer that turns events into lines. `ansi` colours the lines for people.
pub fn dispatch<W>(settings: &LogSettings, ansi: bool, writer: W) -> Dispatch
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    // The libraries below speak at `info` of every statement or connection, actix-http at `error` of every
    // client that sends nonsense, and the parser of PostgreSQL's addresses tells the values of parameters.
    let filter = format!(
        "{},sqlx=warn,sqlx_postgres::options=off,sea_orm=warn,sea_orm_migration=warn,actix_server=warn,actix_http=off",
        settings.level
    );
    let filter = EnvFilter::builder().parse_lossy(filter);
    // The library would complain on standard error, and panic where that fails.
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).log_internal_errors(false);
    match settings.format {
        LogFormat::Json => builder
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .map_event_format(|lines| WithCauses { lines, are_json: true })
            .finish()
            .into(),
        LogFormat::Pretty => builder
            .compact()
            .with_target(false)
            .with_ansi(ansi)
            // Errors without their causes.
            .fmt_fields(
                debug_fn(|writer, field, value| match field.name() {
                    "message" => write!(writer, "{value:?}"),
                    name => write!(writer, "{name}={value:?}"),
                })
                .delimited(" "),
            )
            .map_event_format(|lines| WithCauses { lines, are_json: false })
            .finish()
            .into(),
    }
}

/// How many lines were dropped so far.
pub(crate) fn dropped() -> Dropped {
    LINES.get().map(LogLines::dropped).unwrap_or_default()
}

/// Writes a line on standard error that is not an event: the last word of a command. Neither a reader who
/// does not read nor one who is gone keeps the process from its end.
pub(crate) fn complain(text: &str) {
    if let Some(lines) = LINES.get() {
        lines.push(format!("{text}\n").into_bytes());
    } else {
        // There is nobody left to tell that this failed.
        let _lost = writeln!(io::stderr(), "{text}");
    }
}

/// Waits a moment for the lines that are not written yet.
pub(crate) fn finish() {
    if let Some(lines) = LINES.get() {
        lines.wait_until_written(PATIENCE);
    }
}

/// A handle of its own: the library's has a lock, under which a stalled write keeps everybody else.
fn standard_error() -> Box<dyn Write + Send> {
    #[cfg(unix)]
    if let Ok(own) = std::os::fd::AsFd::as_fd(&io::stderr()).try_clone_to_owned() {
        return Box::new(File::from(own));
    }
    Box::new(io::stderr())
}
