//! Arguments that make no sense.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::surfaces::variables_named;
use crate::telemetry;

/// Prints what is wrong, or the help that was asked for. An argument that is called like a setting is answered with the
/// variable that sets it.
pub(super) fn refuse(error: &clap::Error) -> ExitCode {
    // If this fails, nobody is left to be told.
    let _lost = error.print();
    if let Some(hint) = hint(error) {
        telemetry::complain(&hint);
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(u8::MAX))
}

fn hint(error: &clap::Error) -> Option<String> {
    if error.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let word = argument.trim_start_matches('-').split('=').next().unwrap_or_default();
    let variables = variables_named(word);
    (!variables.is_empty()).then(|| {
        format!(
            "\nSettings are variables and files, and no arguments: {}=… (docs/configuration.md)",
            variables.join("=… or ")
        )
    })
}
