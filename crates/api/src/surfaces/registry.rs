//! The surfaces of this build.

use actix_web::web;
use utoipa::openapi::OpenApi;
use vestibule_application::policy::{ResetPolicy, TokenSubject};
use vestibule_domain::accounts::PasswordPolicy;
use vestibule_settings::{Problems, Settings, Source, SurfaceSection};

use super::{admin, contacts, mobile, points, theater};

/// What the process needs of a surface.
pub struct Surface {
    /// Its name, and how its settings are read.
    pub section: SurfaceSection,
    /// Its rules for new passwords.
    pub password: fn(&Settings) -> PasswordPolicy,
    /// How a password is reset by mail, where the surface does that.
    pub reset: Option<ResetPolicy>,
    /// The path under which the token of a mailed link confirms an address, without a slash at its end, where the
    /// surface has such links.
    pub confirmation: Option<&'static str>,
    /// What its access tokens carry in `sub`.
    pub subject: TokenSubject,
    /// Its OpenAPI document.
    pub document: fn() -> OpenApi,
    /// Mounts it.
    pub mount: fn(&mut web::ServiceConfig, &Settings),
}

/// All of them. A new one is a line here, a folder beside this file, a name of `AccountSurface`, and a section in
/// `config/default.toml`. A path below the prefixes of two of them is the first one's: `/api/email/confirm` is of
/// `contacts`.
pub const SURFACES: [Surface; 5] =
    [theater::SURFACE, contacts::SURFACE, admin::SURFACE, points::SURFACE, mobile::SURFACE];

/// Reads the configuration.
///
/// # Errors
/// Everything that is wrong with it, at once.
pub fn settings(source: &Source) -> Result<Settings, Problems> {
    Settings::load_from(source, &SURFACES.map(|surface| surface.section))
}

/// The variables of the settings that somebody may mean who writes this word.
pub fn variables_named(word: &str) -> Vec<String> {
    Settings::variables_named(word, &SURFACES.map(|surface| surface.section))
}

/// Those that are served.
pub fn served(settings: &Settings) -> impl Iterator<Item = Surface> {
    SURFACES.into_iter().filter(|surface| settings.surfaces.of(surface.section.name).enabled)
}

/// Where the links that confirm an address lead.
pub fn confirmation() -> &'static str {
    SURFACES.iter().find_map(|surface| surface.confirmation).unwrap_or_default()
}

/// What the access tokens of a surface carry in `sub`, whether it is served or not.
pub fn subject_at(name: &str) -> TokenSubject {
    let surface = SURFACES.iter().find(|surface| surface.section.name == name);
    surface.map_or(TokenSubject::Uuid, |surface| surface.subject)
}

#[cfg(test)]
mod tests {
    use vestibule_domain::accounts::AccountSurface;

    use super::*;

    #[test]
    fn an_account_can_come_through_each_surface() {
        let names = SURFACES.map(|surface| surface.section.name);
        assert_eq!(names, AccountSurface::ALL.map(AccountSurface::as_str));
    }
}
