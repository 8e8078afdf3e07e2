//! The rules of this surface, as data.

use std::time::Duration;

use vestibule_application::policy::{
    MailProof, RegistrationPolicy, ResetPolicy, Rotation, SessionPolicy, TokenSubject,
};
use vestibule_domain::accounts::PasswordPolicy;
use vestibule_settings::{Settings, SurfaceSettings};

use super::settings::{ContactsSettings, SHORTEST_PASSWORD};
use crate::http::middleware::{CallLimit, CorsOrigins};

/// The name of the surface.
pub(super) const NAME: &str = "contacts";

/// What access tokens carry in `sub`. Contacts contract, decision 11.
pub(super) const SUBJECT: TokenSubject = TokenSubject::Address;

// Contacts contract 1.5.
pub(super) const ROOT: CallLimit = CallLimit::of_path(5);
pub(super) const TWO: CallLimit = CallLimit::of_path(2);
pub(super) const TEN: CallLimit = CallLimit::of_path(10);

/// Contacts contract 2.9.
pub(super) const PUBLISHED_PASSWORD: PasswordPolicy = PasswordPolicy {
    min_chars: SHORTEST_PASSWORD,
    max_chars: Some(10),
    uppercase: false,
    lowercase: false,
    digit: false,
    special: None,
};

/// How long a person stays signed in who refreshes again and again.
const SESSION: Duration = Duration::from_hours(30 * 24);

/// Contacts contract, decision 9.
pub(super) const RESET: ResetPolicy = ResetPolicy { surface: NAME, token_life: Duration::from_mins(30) };

/// The rules that the use cases apply for this surface.
#[derive(Debug, Clone)]
pub(super) struct ContactsPolicy {
    pub(super) registration: RegistrationPolicy,
    pub(super) reset: ResetPolicy,
    pub(super) session: SessionPolicy,
    /// The rules for new passwords.
    pub(super) password: PasswordPolicy,
    /// Pages of these may call.
    pub(super) origins: CorsOrigins,
}

impl ContactsPolicy {
    /// The published rules, with what an operator may change of them.
    pub(super) fn new(settings: &Settings) -> Self {
        let section = settings.surfaces.of(NAME);
        let &SurfaceSettings { access, refresh, .. } = section;
        let own = section.own::<ContactsSettings>();
        Self {
            // Contacts contract 3 and decision 7.
            registration: RegistrationPolicy {
                activation_life: Duration::from_hours(7 * 24),
                activation_interval: Duration::from_mins(1),
                proof: MailProof::Link,
            },
            reset: RESET,
            // Decisions 10 and 11.
            session: SessionPolicy {
                surface: NAME,
                subject: SUBJECT,
                access,
                refresh,
                session: SESSION.max(refresh),
                rotation: Rotation::Rotate { grace: Duration::from_secs(10) },
            },
            password: PasswordPolicy {
                max_chars: own.map_or(PUBLISHED_PASSWORD.max_chars, |own| Some(own.password_max)),
                ..PUBLISHED_PASSWORD
            },
            origins: own.map_or_else(CorsOrigins::default, |own| CorsOrigins::new(&own.cors_origins)),
        }
    }
}
