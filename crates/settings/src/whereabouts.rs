//! What a command is about to work on.

use crate::database::Database;
use crate::environment::Environment;

/// A line that a command prints before it acts, so that an operator whose environment was lost sees it in time. The
/// database is shown without its password, if it is known.
pub fn whereabouts(environment: Environment, database: Option<&Database>) -> String {
    match database {
        Some(database) => format!("environment: {environment}, database: {database}"),
        None => format!("environment: {environment}"),
    }
}
