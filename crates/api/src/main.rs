//! The server and its commands.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    vestibule::commands::run().await
}
