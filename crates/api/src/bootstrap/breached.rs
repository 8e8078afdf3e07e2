//! Breached passwords, by configuration.

use std::sync::Arc;

use anyhow::Context as _;
use vestibule_application::policy::{BreachedPolicy, BreachedScope};
use vestibule_domain::ports::BreachedPasswords;
use vestibule_infrastructure::breached::{RangeClient, RangeSettings, TopPasswords};
use vestibule_settings::{Breached, BreachedUnreachable, PasswordSettings};

/// The list that is compiled in, and the service if one is named.
pub(super) fn passwords(settings: &PasswordSettings) -> anyhow::Result<Arc<dyn BreachedPasswords>> {
    let Some(url) = &settings.breached_url else {
        return Ok(Arc::new(TopPasswords));
    };
    let service = RangeSettings { url: url.reveal(), timeout: settings.breached_timeout };
    let client =
        RangeClient::new(service).context("breached passwords cannot be looked up with these settings")?;
    Ok(Arc::new(client))
}

pub(super) fn policy(settings: &PasswordSettings) -> BreachedPolicy {
    BreachedPolicy {
        scope: match settings.breached {
            Breached::Admins => BreachedScope::Admins,
            Breached::Everyone => BreachedScope::Everyone,
            Breached::Off => BreachedScope::Nobody,
        },
        accepts_unknown: settings.breached_unreachable == BreachedUnreachable::Accept,
    }
}
