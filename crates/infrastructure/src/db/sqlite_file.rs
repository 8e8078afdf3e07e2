//! The file that a SQLite URL names.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;

/// As many links as Linux follows.
const LINKS: usize = 40;

/// Whether a URL names a database in memory.
pub(crate) fn is_in_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
}

/// How the file of a URL is opened.
///
/// SQLite follows links, and keeps its log beside the file that they lead to. So links are followed here, or else the
/// log that this code brings to disk and keeps private would be another one. The file need not exist.
///
/// # Errors
/// If the URL is none. A path that begins with `file:` is a URI to SQLite and a path to everybody else, and is refused.
pub(crate) fn sqlite_options(url: &str) -> Result<SqliteConnectOptions, String> {
    let options = SqliteConnectOptions::from_str(url).map_err(|error| error.to_string())?;
    if is_in_memory(url) {
        return Ok(options);
    }
    let named = options.get_filename();
    if named.to_str().is_some_and(|named| named.starts_with("file:")) {
        return Err("it names a URI of SQLite, and has to name a path".to_owned());
    }
    let file = followed(named);
    Ok(options.filename(file))
}

fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        // A link is relative to its own folder. An absolute target takes the place of the whole.
        path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    path
}
