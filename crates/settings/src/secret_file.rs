//! Secrets that are files: `VESTIBULE__TOKENS__ACCESS_SECRET_FILE` names the file of `tokens.access_secret`.

use crate::source::Source;
use crate::variables::variable_of;

/// The keys whose values may be files. Each is, or may carry, a password or a key.
const SECRETS: [&str; 15] = [
    "database.url",
    "database.password",
    "cache.url",
    "mail.url",
    "sms.url",
    "sms.secret",
    "password.breached_url",
    "media.access_key",
    "media.secret_key",
    "tokens.access_secret",
    "tokens.refresh_secret",
    "tokens.former_access_secret",
    "tokens.former_refresh_secret",
    "traces.endpoint",
    "traces.headers",
];

/// What the name of such a variable ends with.
const SUFFIX: &str = "_FILE";

/// The key whose file a variable names.
pub(crate) fn key_of(variable: &str) -> Option<String> {
    let plain = variable.strip_suffix(SUFFIX)?;
    SECRETS.into_iter().find(|key| variable_of(key) == plain).map(str::to_owned)
}

/// The text of the file at a path, without the line breaks at its end. An empty path names no file: the text is empty, or
/// `None` where the plain variable gives one.
///
/// # Errors
/// What is wrong with the file, as the rest of a sentence that begins with the variable. The text is never quoted.
pub(crate) fn read(source: &Source, key: &str, path: &str) -> Result<Option<String>, String> {
    let plain = variable_of(key);
    if path.is_empty() {
        // As the plain variable, which may be given too, where it is empty.
        return Ok((!source.variables.contains_key(&plain)).then(String::new));
    }
    if source.variables.contains_key(&plain) {
        return Err(format!("is given together with {plain}; give one of them"));
    }
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("names a file that cannot be read: {error}"))?;
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err("names a file that is empty".to_owned());
    }
    Ok(Some(secret.to_owned()))
}
