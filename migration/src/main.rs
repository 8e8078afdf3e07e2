//! The operators' binary: `migration up`, `migration status` and so on.

mod command;
mod completions;
mod manual;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use tracing_subscriber::EnvFilter;
use vestibule_settings::told;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = command::Arguments::parse();
    // Only warnings are shown; `RUST_LOG=sea_orm_migration=info` shows each step.
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_unset| EnvFilter::new("warn,sqlx_postgres::options=off"));
    // If writing to standard error fails, the library would report that on standard error and panic.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    log.log_internal_errors(false).init();
    match command::run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("error: {}", told(&*error)));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line on standard error.
fn tell(line: &str) {
    // If this fails, nobody is left to be told.
    let _lost = writeln!(io::stderr(), "{line}");
}
