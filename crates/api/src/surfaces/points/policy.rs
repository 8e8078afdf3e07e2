//! The rules of this surface, as data.

use std::time::Duration;

use vestibule_application::policy::{CodePolicy, RecoveryPolicy, Rotation, SessionPolicy, TokenSubject};
use vestibule_domain::accounts::PasswordPolicy;
use vestibule_domain::messages::Language;
use vestibule_domain::ports::Limit;
use vestibule_settings::{Door, Posture, Settings, SurfaceSettings};

use super::settings::{EVERY_ORIGIN, PointsSettings};
use crate::http::middleware::{CallLimit, CorsOrigins};

/// The name of the surface.
pub(super) const NAME: &str = "points";

/// What access tokens carry in `sub`. Points contract 5.
pub(super) const SUBJECT: TokenSubject = TokenSubject::Uuid;

// Points contract, decision 9.
pub(super) const SEND_CODE: CallLimit = CallLimit::of_endpoint("points.send_code", 10);
pub(super) const LOG_IN: CallLimit = CallLimit::of_endpoint("points.login", 10);
pub(super) const EMAIL_EXIST: CallLimit = CallLimit::of_endpoint("points.email_exist", 10);
pub(super) const LOGINS_PER_ACCOUNT: Limit = Limit::per_minute(10);
const CODES_PER_RECIPIENT: Limit = Limit::per_minute(3);

/// The greatest length of any password, in bytes: points contract, decision 8.
pub(super) const LONGEST_PASSWORD: usize = 1024;

/// Points contract §4.
const PASSWORD: PasswordPolicy = PasswordPolicy {
    min_chars: 8,
    max_chars: Some(LONGEST_PASSWORD),
    uppercase: true,
    lowercase: true,
    digit: true,
    special: None,
};

/// The rules that the use cases apply for this surface.
#[derive(Debug, Clone)]
pub(super) struct PointsPolicy {
    pub(super) session: SessionPolicy,
    pub(super) codes: CodePolicy,
    pub(super) recovery: RecoveryPolicy,
    pub(super) password: PasswordPolicy,
    /// The language of mail to those who ask for none that is served.
    pub(super) language: Language,
    /// Whether the answer to a request for a code has the code: a door.
    pub(super) tells_codes: bool,
    /// Whether people may add points to their own balance: a door.
    pub(super) is_self_credit_open: bool,
    /// Pages of these may call.
    pub(super) origins: CorsOrigins,
}

impl PointsPolicy {
    /// The published rules, with what an operator may change of them.
    pub(super) fn new(settings: &Settings) -> Self {
        let section = settings.surfaces.of(NAME);
        let &SurfaceSettings { access, .. } = section;
        let own = section.own::<PointsSettings>();
        let is_open = |door| settings.doors.is_open(door);
        Self {
            // Decision 10. There is no refresh: a session is as long as its only token.
            session: SessionPolicy {
                surface: NAME,
                subject: SUBJECT,
                access,
                refresh: access,
                session: access,
                rotation: Rotation::Keep,
            },
            // Decision 4.
            codes: CodePolicy { life: Duration::from_mins(10), tries: 5, per_recipient: CODES_PER_RECIPIENT },
            // Decision 5.
            recovery: RecoveryPolicy {
                token_life: Duration::from_mins(5),
                asks_for_proof: !is_open(Door::RecoveryToken),
            },
            password: PASSWORD,
            language: own.and_then(|own| own.language).unwrap_or(Language::Fr),
            tells_codes: is_open(Door::VerificationCodeInResponse),
            is_self_credit_open: is_open(Door::SelfCredit),
            origins: origins(own.and_then(|own| own.cors_origins.as_deref()), settings.posture),
        }
    }
}

/// Decision 11.
fn origins(named: Option<&[String]>, posture: Posture) -> CorsOrigins {
    match named {
        None if posture == Posture::Documented => CorsOrigins::Any,
        None => CorsOrigins::default(),
        Some(named) if named.iter().any(|origin| origin == EVERY_ORIGIN) => CorsOrigins::Any,
        Some(named) => CorsOrigins::new(named),
    }
}
