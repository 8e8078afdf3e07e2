//! The rules of this surface, as data.

use std::time::Duration;

use vestibule_application::policy::{CodePolicy, Rotation, SessionPolicy, TokenSubject};
use vestibule_domain::accounts::PasswordPolicy;
use vestibule_domain::ports::Limit;
use vestibule_settings::{Door, Settings, SurfaceSettings};

use crate::http::middleware::CallLimit;

/// The name of the surface.
pub(super) const NAME: &str = "mobile";

/// What access tokens carry in `sub`. Mobile contract, decision 13.
pub(super) const SUBJECT: TokenSubject = TokenSubject::Identity;

/// Decision 11.
pub(super) const PASSWORD: PasswordPolicy = PasswordPolicy {
    min_chars: 8,
    max_chars: None,
    uppercase: false,
    lowercase: false,
    digit: false,
    special: None,
};
/// The most bytes of a new password (decision 11).
pub(super) const LONGEST_PASSWORD: usize = 1024;

/// Logins to one account (decision 8).
pub(super) const LOGINS_PER_ACCOUNT: Limit = Limit::per_minute(10);
/// Logins of one client (decision 8).
pub(super) const LOG_IN: CallLimit = CallLimit::of_endpoint("mobile.login", 10);
// The published contract knows no limits. These stop floods and guessing, far above what a client needs.
pub(super) const REGISTER: CallLimit = CallLimit::of_endpoint("mobile.register", 200);
pub(super) const ACTIVATE: CallLimit = CallLimit::of_endpoint("mobile.activate", 200);
pub(super) const REFRESH: CallLimit = CallLimit::of_endpoint("mobile.refresh", 600);
pub(super) const CHANGE_PASSWORD: CallLimit = CallLimit::of_endpoint("mobile.change-password", 200);

/// The rules that the use cases apply for this surface.
#[derive(Debug, Clone, Copy)]
pub(super) struct MobilePolicy {
    pub(super) session: SessionPolicy,
    /// The codes that are sent by SMS.
    pub(super) code: CodePolicy,
    /// The algorithm of tokens, by its registered name.
    pub(super) algorithm: &'static str,
    /// Whether the door `mobile_activation` is open.
    pub(super) activation_open: bool,
    /// Whether the door `user_directory` is open.
    pub(super) directory_open: bool,
}

impl MobilePolicy {
    /// The published rules, with the configured lives of tokens and the doors.
    pub(super) fn new(settings: &Settings) -> Self {
        let &SurfaceSettings { access, refresh, .. } = settings.surfaces.of(NAME);
        Self {
            // Mobile contract 2.4: the refresh token is not exchanged, so the session is as long.
            session: SessionPolicy {
                surface: NAME,
                subject: SUBJECT,
                access,
                refresh,
                session: refresh,
                rotation: Rotation::Keep,
            },
            // Decision 5.
            code: CodePolicy { life: Duration::from_mins(10), tries: 5, per_recipient: Limit::per_minute(1) },
            algorithm: settings.tokens.algorithm.as_str(),
            activation_open: settings.doors.is_open(Door::MobileActivation),
            directory_open: settings.doors.is_open(Door::UserDirectory),
        }
    }
}
