//! URLs that may hold a password.

use anyhow::bail;

/// The URL that was given, itself or by the variable that holds it.
pub(in crate::commands) fn url(
    given: Option<String>,
    variable: Option<String>,
) -> anyhow::Result<Option<String>> {
    let Some(name) = variable else { return Ok(given) };
    // The error of the standard library would repeat what the variable holds.
    let Some(url) = std::env::var_os(&name).and_then(|url| url.into_string().ok()) else {
        bail!("the variable {name} does not hold a URL");
    };
    if url.is_empty() {
        bail!("the variable {name} is empty");
    }
    Ok(Some(url))
}
