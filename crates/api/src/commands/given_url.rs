//! URLs that may hold a password.

use anyhow::{Context as _, bail};

/// The URL that was given, itself or by the variable that holds it.
pub(in crate::commands) fn url(
    given: Option<String>,
    variable: Option<String>,
) -> anyhow::Result<Option<String>> {
    let Some(name) = variable else { return Ok(given) };
    let url = std::env::var(&name).with_context(|| format!("the variable {name} does not hold a URL"))?;
    if url.is_empty() {
        bail!("the variable {name} is empty");
    }
    Ok(Some(url))
}
