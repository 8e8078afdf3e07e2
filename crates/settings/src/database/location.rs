//! The database's address: given whole as `url`, or in parts, or neither.

use std::path::Path;

use super::Database;
use super::kinds::{self, Kind};
use super::parameters;
use super::server::{self, Parts};
use crate::expect::{parsed, text};
use crate::reader::Section;

/// The keys that can be given in place of an address. All but the first two describe a database server.
const PARTS: [&str; 7] = ["kind", "path", "host", "port", "name", "user", "password"];

pub(super) fn read(section: &mut Section<'_>, data_folder: &Path) -> Database {
    let url = section.optional("url", parsed(parse_url));
    let kind = section.optional("kind", parsed(kinds::parse));
    let path = section.optional("path", text);
    let parts = Parts::read(section);
    refuse_mixture(section, kind);
    let location = match (url, kind) {
        (Some(url), _) => url,
        (None, Some(Kind::Memory)) => Database::Memory,
        (None, Some(Kind::Server(server))) => parts.address(server, section),
        (None, Some(Kind::Sqlite) | None) => match path {
            Some(path) => sqlite(&path),
            None => sqlite(&data_folder.join("vestibule.db").to_string_lossy()),
        },
    };
    refuse_forgetful(section, &location);
    location
}

/// Refuses an address that is given twice, and parts that do not belong together.
fn refuse_mixture(section: &mut Section<'_>, kind: Option<Kind>) {
    let given: Vec<&str> = PARTS.into_iter().filter(|part| section.is_given(part)).collect();
    if section.is_given("url") && !given.is_empty() {
        let parts = given.join(", ");
        section.refuse("url", format!("is given together with {parts}; give either the url or its parts"));
        return;
    }
    if !section.sound(&["url", "kind"]) {
        return;
    }
    for part in given.into_iter().filter(|part| *part != "kind") {
        let sentence = match kind {
            None => "has no meaning without database.kind",
            Some(Kind::Memory) => "has no meaning for a database in memory",
            Some(Kind::Sqlite) if part != "path" => "has no meaning for SQLite, which only has a path",
            Some(Kind::Server(_)) if part == "path" => "has no meaning for a database server",
            Some(Kind::Sqlite | Kind::Server(_)) => continue,
        };
        section.refuse(part, sentence);
    }
}

/// Refuses a database in memory in production, where data must outlive the process.
fn refuse_forgetful(section: &mut Section<'_>, location: &Database) {
    let is_forgetful = match location {
        Database::Memory => true,
        Database::Url(url) => {
            url.starts_with("sqlite:") && (url.contains(":memory:") || url.contains("mode=memory"))
        }
    };
    if is_forgetful && section.environment().is_production() && section.sound(&["url", "kind", "path"]) {
        let key = if section.is_given("kind") { "kind" } else { "url" };
        section.refuse(key, "must not be in memory in production: everything would be lost at the next stop");
    }
}

fn parse_url(url: &str) -> Result<Database, String> {
    const ALLOWED: &str = "must be \"memory\" or an address, such as \"sqlite://data/vestibule.db?mode=rwc\"";
    if url == "memory" {
        return Ok(Database::Memory);
    }
    let (scheme, rest) = url.split_once(':').ok_or_else(|| ALLOWED.to_owned())?;
    match kinds::parse(scheme)? {
        Kind::Server(server) => server::parse(server, url),
        Kind::Sqlite if scheme == "sqlite" && has_path(rest) => {
            if is_uri(rest.trim_start_matches("//")) && !rest.contains("mode=memory") {
                return Err(
                    "names a URI of SQLite and has to name a path, as in \"sqlite://data/v.db\"".to_owned()
                );
            }
            parameters::of_file(rest.split_once('?').map_or("", |(_, query)| query))?;
            Ok(Database::Url(url.to_owned()))
        }
        Kind::Sqlite | Kind::Memory => Err(ALLOWED.to_owned()),
    }
}

/// Whether SQLite itself would take a path for a URI, which nobody else does.
fn is_uri(path: &str) -> bool {
    path.starts_with("file:")
}

fn has_path(rest: &str) -> bool {
    let path = rest.trim_start_matches("//").split('?').next();
    path.is_some_and(|path| !path.trim().is_empty())
}

/// The address of a database file. The driver decodes `%`, and takes what follows `?` for parameters.
fn sqlite(path: &str) -> Database {
    if path == ":memory:" {
        return Database::Url("sqlite::memory:".to_owned());
    }
    let folder = if is_uri(path) { "./" } else { "" };
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    Database::Url(format!("sqlite://{folder}{path}?mode=rwc"))
}
