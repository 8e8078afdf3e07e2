//! The operators' binary: `migration up`, `migration status` and so on.

mod command;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use tracing_subscriber::EnvFilter;
use vestibule_settings::told;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = command::Arguments::parse();
    // Silent but for warnings; `RUST_LOG=sea_orm_migration=info` shows each step.
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_unset| EnvFilter::new("warn,sqlx_postgres::options=off"));
    // The library would complain where standard error fails on standard error, and panic.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    log.log_internal_errors(false).init();
    match command::run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn complain(error: &anyhow::Error) {
    // There is nobody left to tell that this failed.
    let _lost = writeln!(io::stderr(), "error: {}", told(&**error));
}
