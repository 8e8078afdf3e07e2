//! The secrets of tokens.

use anyhow::Context as _;
use vestibule_domain::ports::SecureRandom;
use vestibule_settings::{DevelopmentSecrets, Settings, TokenSecrets, keep_private_file};

/// The configured secrets, or outside production those that are kept in the data folder. In
/// production the settings are not valid without them.
pub(super) fn token_secrets(settings: &Settings, random: &dyn SecureRandom) -> anyhow::Result<TokenSecrets> {
    if let Some(secrets) = settings.tokens.secrets() {
        return Ok(secrets);
    }
    let path = DevelopmentSecrets::path(&settings.data_folder);
    match keep_private_file(&path) {
        Ok(false) => {}
        Ok(true) => tracing::warn!(
            path = %path.display(),
            "others could read this file; from now on its owner alone can. Delete it to have new secrets made"
        ),
        Err(error) => tracing::warn!(
            path = %path.display(),
            error = &error as &dyn std::error::Error,
            "others may be able to read this file, and that cannot be changed"
        ),
    }
    let generated =
        DevelopmentSecrets::load_or_create(&settings.data_folder, || random.token().reveal().to_owned())
            .context("the secrets of development could not be read or made")?;
    Ok(settings.tokens.secrets_or(generated))
}
