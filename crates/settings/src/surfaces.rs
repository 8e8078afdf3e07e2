//! `[surfaces.<name>]`: the published contracts that the server answers. The surfaces themselves say which there are, and
//! which keys their sections have beside those of every surface.

use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use crate::Language;
use crate::expect::{choice, duration, flag};
use crate::reader::{Reader, Section};
use crate::sheet::Sheet;

/// The values of the keys that only one surface has.
pub trait OwnKeys: Any + Debug + Send + Sync {
    /// Writes the keys in the order of `config/default.toml`.
    fn show(&self, sheet: &mut Sheet);
}

/// Reads the keys that only one surface has.
pub type ReadOwnKeys = fn(&mut Section<'_>) -> Arc<dyn OwnKeys>;

/// How the section of one surface is read.
#[derive(Debug, Clone, Copy)]
pub struct SurfaceSection {
    /// The name of the surface: `theater` of `[surfaces.theater]`.
    pub name: &'static str,
    /// Reads the keys of the surface's own. `None` if it has none.
    pub own: Option<ReadOwnKeys>,
}

/// `[surfaces]`.
#[derive(Debug, Clone)]
pub struct Surfaces(Vec<SurfaceSettings>);

/// `[surfaces.<name>]`.
#[derive(Debug, Clone)]
pub struct SurfaceSettings {
    name: &'static str,
    /// Whether the surface is served.
    pub enabled: bool,
    /// Lifetime of an access token.
    pub access: Duration,
    /// Lifetime of a refresh token, longer than that of an access token.
    pub refresh: Duration,
    /// Language of messages to clients that ask for no language that is served. `None` means `mail.default_language`.
    /// See [`Settings::language_of`](crate::Settings::language_of).
    pub language: Option<Language>,
    own: Option<Arc<dyn OwnKeys>>,
}

/// The settings of a surface that is not in the build.
const ABSENT: &SurfaceSettings = &SurfaceSettings {
    name: "",
    enabled: false,
    access: Duration::ZERO,
    refresh: Duration::ZERO,
    language: None,
    own: None,
};

impl SurfaceSettings {
    /// The values of the keys that only this surface has.
    pub fn own<T: OwnKeys>(&self) -> Option<&T> {
        let own: &dyn Any = self.own.as_deref()?;
        own.downcast_ref()
    }

    fn read(reader: &mut Reader, surface: &SurfaceSection) -> Self {
        let mut section = reader.section(&format!("surfaces.{}", surface.name));
        let settings = Self {
            name: surface.name,
            enabled: section.required("enabled", flag),
            access: section.required("access", duration),
            refresh: section.required("refresh", duration),
            language: section.optional("language", choice),
            own: surface.own.map(|read| read(&mut section)),
        };
        if settings.access >= settings.refresh && section.sound(&["access", "refresh"]) {
            section.refuse("refresh", format!("must be longer than {}", section.key("access")));
        }
        settings
    }
}

impl Surfaces {
    /// The settings of one surface. A surface that is not in the build counts as disabled.
    pub fn of(&self, name: &str) -> &SurfaceSettings {
        self.0.iter().find(|surface| surface.name == name).unwrap_or(ABSENT)
    }

    pub(crate) fn read(reader: &mut Reader, surfaces: &[SurfaceSection]) -> Self {
        Self(surfaces.iter().map(|surface| SurfaceSettings::read(reader, surface)).collect())
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        for surface in &self.0 {
            sheet.section(&format!("surfaces.{}", surface.name));
            sheet.flag("enabled", surface.enabled);
            sheet.duration("access", surface.access);
            sheet.duration("refresh", surface.refresh);
            match surface.language {
                Some(language) => sheet.text("language", language.as_str()),
                None => sheet.absent("language"),
            }
            if let Some(own) = &surface.own {
                own.show(sheet);
            }
        }
    }
}
