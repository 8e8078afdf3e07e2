//! The rules of the console, as data.

use std::time::Duration;

use vestibule_application::policy::{ResetPolicy, Rotation, SessionPolicy, TokenSubject};
use vestibule_domain::messages::Language;
use vestibule_settings::Settings;

use crate::browser::cookie::CookieRules;
use crate::browser::origin::origin_of;
use crate::http::middleware::CallLimit;
use crate::http::{language_of, spoken};
use crate::surfaces::served;

/// The name under which sessions and the audit trail know the console.
pub(crate) const NAME: &str = "console";

// Far above what a person needs; the limits per account and of wrong passwords are those of the use cases.
pub(super) const SIGN_IN: CallLimit = CallLimit::of_endpoint("console.login", 60);
pub(super) const WRITES: CallLimit = CallLimit::of_endpoint("console.writes", 300);

/// How many accounts, entries of the trash or events a page has.
pub(super) const PAGE: u16 = 25;

/// What the pages need to know of the settings.
#[derive(Debug, Clone)]
pub(super) struct ConsolePolicy {
    pub(super) session: SessionPolicy,
    /// Whether browsers on this machine alone are served.
    pub(super) loopback_only: bool,
    /// Whether every browser comes over https: from other machines in production, where the public address is https.
    pub(super) https_alone: bool,
    /// Scheme, host and port of `server.public_url`.
    pub(super) public_origin: String,
    /// The language for those who ask for none that is served.
    pub(super) language: Language,
    /// How passwords are reset, at the first surface that is served and does so, and the language of its mails.
    pub(super) reset: Option<(ResetPolicy, Language)>,
    /// How long an account stays in the trash; `None` is for ever.
    pub(super) trash: Option<Duration>,
}

impl ConsolePolicy {
    pub(super) fn new(settings: &Settings) -> Self {
        let (console, server) = (&settings.console, &settings.server);
        let reset = served(settings).find_map(|surface| surface.reset);
        Self {
            session: SessionPolicy {
                surface: NAME,
                subject: TokenSubject::Uuid,
                access: console.idle,
                // It never leaves the server.
                refresh: console.session,
                session: console.session,
                rotation: Rotation::Keep,
            },
            loopback_only: settings.environment.is_production() && !console.on_network,
            https_alone: settings.environment.is_production() && console.on_network,
            public_origin: origin_of(&server.public_url),
            language: spoken(settings.mail.default_language),
            reset: reset.map(|reset| (reset, language_of(settings, reset.surface))),
            trash: settings.retention.trashed_accounts,
        }
    }

    pub(super) fn cookie(&self) -> CookieRules<'_> {
        CookieRules {
            secure: "__Host-vestibule-console",
            plain: "vestibule-console",
            https_alone: self.https_alone,
            public_origin: &self.public_origin,
        }
    }
}
