//! The server as a process of its own, for tests that need several, or one to kill. Cargo builds a
//! program for the tests of its own package only, so this is `vestibule` under another name.

use std::process::ExitCode;

fn main() -> ExitCode {
    vestibule::commands::run()
}
