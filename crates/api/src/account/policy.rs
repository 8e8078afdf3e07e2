//! The rules of the account pages, as data.

use std::time::Duration;

use time::OffsetDateTime;
use vestibule_application::policy::{ResetPolicy, Rotation, SessionPolicy, TokenSubject};
use vestibule_domain::accounts::PasswordPolicy;
use vestibule_domain::messages::Language;
use vestibule_settings::Settings;

use crate::browser::cookie::CookieRules;
use crate::browser::origin::origin_of;
use crate::browser::times::Moment;
use crate::http::middleware::CallLimit;
use crate::http::spoken;
use crate::surfaces::{SURFACES, served};

/// The name under which sessions and the audit trail know the account pages.
pub(crate) const NAME: &str = "account";

// Far above what a person needs; the limits per account and of wrong passwords are those of the use cases.
pub(super) const SIGN_IN: CallLimit = CallLimit::of_endpoint("account.login", 60);
pub(super) const FORGOT_PASSWORD: CallLimit = CallLimit::of_endpoint("account.forgot-password", 60);
pub(super) const WRITES: CallLimit = CallLimit::of_endpoint("account.writes", 300);

/// What the pages need to know of the settings.
#[derive(Debug, Clone)]
pub(super) struct AccountPolicy {
    pub(super) session: SessionPolicy,
    /// Whether every browser comes over https: in production, where the public address is https.
    https_alone: bool,
    /// Scheme, host and port of `server.public_url`.
    pub(super) public_origin: String,
    /// The language for those who ask for none that is served.
    pub(super) language: Language,
    /// The rules for new passwords: those of one surface.
    pub(super) passwords: PasswordPolicy,
    /// How passwords are reset at the surfaces that are served and do so, the first of them for accounts of others.
    pub(super) resets: Vec<ResetPolicy>,
    /// How long an account stays in the trash; `None` is for ever.
    pub(super) trash: Option<Duration>,
}

impl AccountPolicy {
    pub(super) fn new(settings: &Settings) -> Self {
        let pages = &settings.account_pages;
        Self {
            session: SessionPolicy {
                surface: NAME,
                subject: TokenSubject::Uuid,
                access: pages.idle,
                // It never leaves the server.
                refresh: pages.session,
                session: pages.session,
                rotation: Rotation::Keep,
            },
            https_alone: settings.environment.is_production(),
            public_origin: origin_of(&settings.server.public_url),
            language: spoken(settings.mail.default_language),
            passwords: passwords(settings),
            resets: served(settings).filter_map(|surface| surface.reset).collect(),
            trash: settings.retention.trashed_accounts,
        }
    }

    pub(super) fn cookie(&self) -> CookieRules<'_> {
        CookieRules {
            secure: "__Host-vestibule-account",
            plain: "vestibule-account",
            https_alone: self.https_alone,
            public_origin: &self.public_origin,
        }
    }

    /// When an account goes for good that is in the trash since then; `None` for never.
    pub(super) fn end_of_trash(&self, since: OffsetDateTime) -> Option<Moment> {
        let life = time::Duration::try_from(self.trash?).ok()?;
        since.checked_add(life).map(Moment::from)
    }
}

/// The rules of the surface that the setting names, else of the first that is served.
fn passwords(settings: &Settings) -> PasswordPolicy {
    let [first, ..] = SURFACES;
    let named = settings.account_pages.surface.as_deref();
    let is_chosen = |name: &str| named.is_none_or(|named| named == name);
    let surface = served(settings).find(|surface| is_chosen(surface.section.name)).unwrap_or(first);
    (surface.password)(settings)
}

#[cfg(test)]
mod tests {
    use vestibule_settings::Source;

    use super::*;

    fn policy(pairs: &[(&str, &str)]) -> AccountPolicy {
        let source = pairs.iter().fold(Source::default(), |source, (key, value)| source.with(key, *value));
        AccountPolicy::new(&crate::surfaces::settings(&source).unwrap())
    }

    #[test]
    fn new_passwords_are_judged_by_the_first_surface_that_is_served_or_by_that_which_is_named() {
        let of = |name: &str| {
            let settings = crate::surfaces::settings(&Source::default()).unwrap();
            let surface = SURFACES.into_iter().find(|surface| surface.section.name == name).unwrap();
            (surface.password)(&settings)
        };
        assert_eq!(policy(&[]).passwords, of("theater"));
        assert_eq!(policy(&[("VESTIBULE__SURFACES__THEATER__ENABLED", "false")]).passwords, of("contacts"));
        assert_eq!(policy(&[("VESTIBULE__ACCOUNT_PAGES__SURFACE", "mobile")]).passwords, of("mobile"));
    }
}
