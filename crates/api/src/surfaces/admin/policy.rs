//! The rules of this surface, as data.

use std::time::Duration;

use vestibule_application::policy::{Rotation, SessionPolicy, TokenSubject};
use vestibule_domain::accounts::PasswordPolicy;
use vestibule_settings::{Door, Media, Settings, SurfaceSettings};

use crate::http::middleware::CallLimit;

/// The name of the surface.
pub(super) const NAME: &str = "admin";

/// What access tokens carry in `sub`. Admin contract 4.
pub(super) const SUBJECT: TokenSubject = TokenSubject::UserId;

/// Admin contract, decision 15.
pub(super) const PASSWORD: PasswordPolicy = PasswordPolicy {
    min_chars: 6,
    max_chars: None,
    uppercase: false,
    lowercase: false,
    digit: false,
    special: None,
};

/// The most bytes of a password: decision 15.
pub(super) const LONGEST_PASSWORD: usize = 1024;

/// Admin contract 2.1, decision 13.
pub(super) const HEALTH: CallLimit =
    CallLimit::of_endpoint("admin.health", 10).within(Duration::from_secs(10));

// The published contract knows no other limits. These stop floods and guessing, far above what a client needs; the
// limits per account are those of the use cases.
pub(super) const SIGN_UP: CallLimit = CallLimit::of_endpoint("admin.signup", 200);
pub(super) const ADMIN_SIGN_UP: CallLimit = CallLimit::of_endpoint("admin.admin-signup", 200);
pub(super) const LOG_IN: CallLimit = CallLimit::of_endpoint("admin.login", 300);
pub(super) const REFRESH: CallLimit = CallLimit::of_endpoint("admin.refresh", 600);

/// The rules that the use cases apply for this surface.
#[derive(Debug, Clone, Copy)]
pub(super) struct AdminPolicy {
    pub(super) session: SessionPolicy,
    /// Whether the door `admin_signup` is open.
    pub(super) admin_signup_open: bool,
    /// Whether pictures are kept in a bucket.
    pub(super) has_bucket: bool,
}

impl AdminPolicy {
    /// The published rules, with the configured lives of tokens and the door.
    pub(super) fn new(settings: &Settings) -> Self {
        let &SurfaceSettings { access, refresh, .. } = settings.surfaces.of(NAME);
        Self {
            // Decision 6: the refresh token is not exchanged, so the session is as long.
            session: SessionPolicy {
                surface: NAME,
                subject: SUBJECT,
                access,
                refresh,
                session: refresh,
                rotation: Rotation::Keep,
            },
            admin_signup_open: settings.doors.is_open(Door::AdminSignup),
            has_bucket: matches!(settings.media.location, Media::Bucket { .. }),
        }
    }
}
