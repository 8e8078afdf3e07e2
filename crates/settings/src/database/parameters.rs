//! What stands behind the `?` of an address. The drivers pass over what they do not know, so that a misspelt `sslmode`
//! would leave certificates unchecked, and one of them logs its value.

use url::form_urlencoded;

use super::kinds::Server;

/// A parameter: its names, and its values where they are words.
type Parameter = (&'static [&'static str], &'static [&'static str]);

const POSTGRES: &[Parameter] = &[
    (&["sslmode", "ssl-mode"], &["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]),
    (&["sslrootcert", "ssl-root-cert", "ssl-ca"], &[]),
    (&["sslcert", "ssl-cert"], &[]),
    (&["sslkey", "ssl-key"], &[]),
    (&["statement-cache-capacity"], &[]),
    (&["host"], &[]),
    (&["hostaddr"], &[]),
    (&["port"], &[]),
    (&["dbname"], &[]),
    (&["user"], &[]),
    (&["password"], &[]),
    (&["application_name"], &[]),
    (&["options"], &[]),
];

const MYSQL: &[Parameter] = &[
    (&["ssl-mode", "sslmode"], &["disabled", "preferred", "required", "verify_ca", "verify_identity"]),
    (&["ssl-ca", "sslca"], &[]),
    (&["ssl-cert", "sslcert"], &[]),
    (&["ssl-key", "sslkey"], &[]),
    (&["charset"], &[]),
    (&["collation"], &[]),
    (&["statement-cache-capacity"], &[]),
    (&["socket"], &[]),
    (&["timezone", "time-zone"], &[]),
];

const SQLITE: &[Parameter] = &[
    (&["mode"], &["ro", "rw", "rwc", "memory"]),
    (&["cache"], &["private", "shared"]),
    (&["immutable"], &["true", "1", "false", "0"]),
    (&["vfs"], &[]),
];

/// Refuses parameters that the driver of a server does not know. The problem names no value.
pub(super) fn of_server(server: Server, query: &str) -> Result<(), String> {
    let known = match server {
        Server::Postgres => POSTGRES,
        Server::MySql => MYSQL,
    };
    check(known, query, str::to_ascii_lowercase)
}

/// Refuses parameters that the driver of SQLite does not know.
pub(super) fn of_file(query: &str) -> Result<(), String> {
    check(SQLITE, query, str::to_owned)
}

fn check(known: &[Parameter], query: &str, folded: impl Fn(&str) -> String) -> Result<(), String> {
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        // `options[lock_timeout]`, of PostgreSQL.
        let name = name.split('[').next().unwrap_or_default();
        let Some((names, values)) = known.iter().find(|(names, _)| names.contains(&name)) else {
            let names: Vec<&str> = known.iter().filter_map(|(names, _)| names.first().copied()).collect();
            return Err(format!("has a parameter after ? that is not known; known are {}", names.join(", ")));
        };
        if !values.is_empty() && !values.contains(&folded(&value).as_str()) {
            let name = names.first().copied().unwrap_or_default();
            return Err(format!(
                "has a {name} after ? that is none; it must be one of {}",
                values.join(", ")
            ));
        }
    }
    Ok(())
}
