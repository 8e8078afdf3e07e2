//! The log, and traces.

mod causes;
mod lines;
mod panics;
pub(crate) mod traces;

use std::fs::File;
use std::io::{self, IsTerminal as _, Write};
use std::sync::OnceLock;
use std::time::Duration;

use tracing::{Dispatch, Subscriber};
use tracing_subscriber::field::MakeExt as _;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::debug_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry};
use vestibule_settings::{LogFormat, LogSettings, TraceSettings};

use causes::WithCauses;
pub(crate) use lines::Dropped;
use lines::LogLines;
use traces::{REQUESTS, TraceLayer};

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
pub fn init(settings: &LogSettings) -> anyhow::Result<()> {
    start(settings, None)
}

/// Starts the log, and has requests followed at a collector, if there is one. It belongs into a runtime.
///
/// # Errors
/// As [`init`], and when no calls can be made to the collector. Whether it is there does not matter.
pub fn init_with_traces(settings: &LogSettings, traces: &TraceSettings) -> anyhow::Result<()> {
    start(settings, traces::layer(traces)?)
}

fn start(settings: &LogSettings, traces: Option<TraceLayer>) -> anyhow::Result<()> {
    if LINES.get().is_some() {
        return Ok(());
    }
    let lines = LINES.get_or_init(|| LogLines::new(ROOM)).clone();
    lines.write_to(standard_error())?;
    let ansi = io::stderr().is_terminal();
    let log = match traces {
        None => dispatch(settings, ansi, lines),
        Some(traces) => Registry::default()
            .with(traces)
            .with(line_layer(settings, ansi, lines).with_filter(filter(settings)))
            .into(),
    };
    if let Err(error) = log.try_init() {
        tracing::debug!(error = &error as &dyn std::error::Error, "the log was started before");
    }
    panics::log_them();
    Ok(())
}

/// What turns events into lines. `ansi` colours the lines for people.
pub fn dispatch<W>(settings: &LogSettings, ansi: bool, writer: W) -> Dispatch
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    Registry::default().with(line_layer(settings, ansi, writer)).with(filter(settings)).into()
}

/// What is worth a line.
fn filter(settings: &LogSettings) -> EnvFilter {
    // The libraries below speak at `info` of every statement or connection, actix-http at `error` of every
    // client that sends nonsense, and the parser of PostgreSQL's addresses tells the values of parameters.
    let filter = format!(
        "{},sqlx=warn,sqlx_postgres::options=off,sea_orm=warn,sea_orm_migration=warn,actix_server=warn,actix_http=off,\
         {REQUESTS}=off",
        settings.level
    );
    EnvFilter::builder().parse_lossy(filter)
}

/// The layer that writes the lines.
fn line_layer<S, W>(settings: &LogSettings, ansi: bool, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    // The library would complain on standard error, and panic where that fails.
    let layer = tracing_subscriber::fmt::layer().with_writer(writer).log_internal_errors(false);
    match settings.format {
        LogFormat::Json => layer
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .map_event_format(|lines| WithCauses { lines, are_json: true })
            .boxed(),
        LogFormat::Pretty => layer
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
            .boxed(),
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

/// Waits a moment for the traces that are not delivered yet, and for the lines that are not written yet.
pub(crate) fn finish() {
    traces::finish(PATIENCE);
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
