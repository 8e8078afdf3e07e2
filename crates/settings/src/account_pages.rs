//! `[account_pages]`: the pages on which everybody keeps his own account.

use std::time::Duration;

use crate::console::{IDLE, SESSION};
use crate::expect::{duration_within, flag, text};
use crate::reader::Reader;
use crate::sheet::Sheet;
use crate::surfaces::Surfaces;

/// `[account_pages]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountPageSettings {
    /// Whether `/account` is served.
    pub enabled: bool,
    /// The surface whose rules hold for new passwords; `None` is the first that is served.
    pub surface: Option<String>,
    /// How long a session may be idle.
    pub idle: Duration,
    /// How long a session lasts, however often it is used.
    pub session: Duration,
}

impl AccountPageSettings {
    pub(crate) fn read(reader: &mut Reader, surfaces: &Surfaces) -> Self {
        let mut section = reader.section("account_pages");
        let settings = Self {
            enabled: section.required("enabled", flag),
            surface: section.optional("surface", text),
            idle: section.required("idle", duration_within(IDLE)),
            session: section.required("session", duration_within(SESSION)),
        };
        if let Some(surface) = &settings.surface
            && !surfaces.of(surface).enabled
        {
            section.refuse("surface", "must be the name of a surface that is served");
        }
        settings
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("account_pages");
        sheet.flag("enabled", self.enabled);
        match &self.surface {
            Some(surface) => sheet.text("surface", surface),
            None => sheet.absent("surface"),
        }
        sheet.duration("idle", self.idle);
        sheet.duration("session", self.session);
    }
}
