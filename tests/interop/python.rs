//! Python with the packages of `python/requirements.txt`.

use std::process::Command;

use vestibule_tests::service;

/// One of the programs in `python`.
pub(crate) fn python(program: &str) -> Command {
    let mut command = Command::new(service("jwt_python"));
    command.arg("-I").arg(format!("{}/interop/python/{program}.py", env!("CARGO_MANIFEST_DIR")));
    command
}
