//! The server and its commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    vestibule::commands::run()
}
