//! The rules of this surface, as data.

use std::time::Duration;

use vestibule_application::policy::{
    MailProof, RegistrationPolicy, ResetPolicy, Rotation, SessionPolicy, TokenSubject,
};
use vestibule_domain::accounts::PasswordPolicy;
use vestibule_settings::{Door, Settings, SurfaceSettings};

use crate::http::middleware::CallLimit;

/// The name of the surface.
pub(super) const NAME: &str = "theater";

/// What access tokens carry in `sub`. Theater contract 3.
pub(super) const SUBJECT: TokenSubject = TokenSubject::Uuid;
const DAY: Duration = Duration::from_hours(24);

/// Theater contract 1.5.
pub const PASSWORD: PasswordPolicy = PasswordPolicy {
    min_chars: 8,
    max_chars: None,
    uppercase: true,
    lowercase: true,
    digit: true,
    special: Some("@$!%*?#&"),
};

// The published contract knows no limits. These stop floods and guessing, far above what a client
// needs; the limits per account and recipient are those of the use cases.
pub(super) const REGISTER: CallLimit = CallLimit::of_endpoint("theater.register", 200);
pub(super) const ACTIVATE: CallLimit = CallLimit::of_endpoint("theater.activate", 200);
pub(super) const REQUEST_RESET: CallLimit = CallLimit::of_endpoint("theater.request-reset", 60);
pub(super) const COMPLETE_RESET: CallLimit = CallLimit::of_endpoint("theater.complete-reset", 60);
pub(super) const LOG_IN: CallLimit = CallLimit::of_endpoint("theater.login", 300);
pub(super) const REFRESH: CallLimit = CallLimit::of_endpoint("theater.refresh", 600);

/// Theater contract 2.3.
pub(super) const RESET: ResetPolicy = ResetPolicy { surface: NAME, token_life: DAY };

/// The rules that the use cases apply for this surface.
#[derive(Debug, Clone, Copy)]
pub(super) struct TheaterPolicy {
    pub(super) registration: RegistrationPolicy,
    pub(super) reset: ResetPolicy,
    pub(super) session: SessionPolicy,
    /// Whether the door `catalogue_writes` is open.
    pub(super) catalogue_writes_open: bool,
}

impl TheaterPolicy {
    /// The published rules, with the configured lives of tokens and the door.
    pub(super) fn new(settings: &Settings) -> Self {
        let &SurfaceSettings { access, refresh, .. } = settings.surfaces.of(NAME);
        Self {
            // Theater contract 2.1 and decision 2.
            registration: RegistrationPolicy {
                activation_life: DAY,
                activation_interval: Duration::from_mins(1),
                proof: MailProof::Token,
            },
            reset: RESET,
            // Theater contract 2.6: the refresh token is not exchanged, so the session is as long.
            session: SessionPolicy {
                surface: NAME,
                subject: SUBJECT,
                access,
                refresh,
                session: refresh,
                rotation: Rotation::Keep,
            },
            catalogue_writes_open: settings.doors.is_open(Door::CatalogueWrites),
        }
    }
}
