//! The secrets of tokens.

use anyhow::Context as _;
use vestibule_domain::ports::SecureRandom;
use vestibule_settings::{DevelopmentSecrets, Settings, TokenSecrets};

/// The configured secrets, or outside production those that are kept in the data folder. In
/// production the settings are not valid without them.
pub(super) fn token_secrets(settings: &Settings, random: &dyn SecureRandom) -> anyhow::Result<TokenSecrets> {
    if let Some(secrets) = settings.tokens.secrets() {
        return Ok(secrets);
    }
    let generated =
        DevelopmentSecrets::load_or_create(&settings.data_folder, || random.token().reveal().to_owned())
            .context("the secrets of development could not be read or made")?;
    Ok(settings.tokens.secrets_or(generated))
}
