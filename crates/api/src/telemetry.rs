//! The log.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;
use vestibule_settings::{LogFormat, LogSettings};

/// Starts the log, on standard error. A second call has no effect.
pub fn init(settings: &LogSettings) {
    // The libraries below speak at `info` of every statement or connection, actix-http at `error` of every
    // client that sends nonsense.
    let filter = format!(
        "{},sqlx=warn,sea_orm=warn,sea_orm_migration=warn,actix_server=warn,actix_http=off",
        settings.level
    );
    let filter = EnvFilter::builder().parse_lossy(filter);
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match settings.format {
        LogFormat::Json => {
            builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
        }
        LogFormat::Pretty => {
            builder.compact().with_target(false).with_ansi(std::io::stderr().is_terminal()).try_init()
        }
    };
    if let Err(error) = started {
        tracing::debug!(error, "the log was started before");
    }
}
