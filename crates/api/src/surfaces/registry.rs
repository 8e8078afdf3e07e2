//! The surfaces of this build.

use actix_web::web;
use utoipa::openapi::OpenApi;
use vestibule_domain::accounts::PasswordPolicy;
use vestibule_settings::{Settings, SurfaceSettings, Surfaces};

use super::{contacts, theater};

/// What the process needs of a surface.
pub struct Surface {
    /// Its name: `theater` of `[surfaces.theater]`.
    pub name: &'static str,
    /// What every surface has in its section of the settings.
    pub settings: fn(&Surfaces) -> &SurfaceSettings,
    /// Its rules for new passwords.
    pub password: fn(&Settings) -> PasswordPolicy,
    /// The path under which the token of a mailed link confirms an address, without a slash at its end, where the
    /// surface has such links.
    pub confirmation: Option<&'static str>,
    /// Its OpenAPI document.
    pub document: fn() -> OpenApi,
    /// Mounts it.
    pub mount: fn(&mut web::ServiceConfig, &Settings),
}

/// All of them. A new one is a line here, a folder beside this file, and a section in `config/default.toml`.
pub const SURFACES: [Surface; 2] = [theater::SURFACE, contacts::SURFACE];

/// Those that are served.
pub fn served(settings: &Settings) -> impl Iterator<Item = Surface> {
    SURFACES.into_iter().filter(|surface| (surface.settings)(&settings.surfaces).enabled)
}

/// Where the links that confirm an address lead.
pub fn confirmation() -> &'static str {
    SURFACES.iter().find_map(|surface| surface.confirmation).unwrap_or_default()
}
