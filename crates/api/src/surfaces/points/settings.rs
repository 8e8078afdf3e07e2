//! The keys of `[surfaces.points]` beside those of every surface.

use std::sync::Arc;

use vestibule_settings::expect::list;
use vestibule_settings::{OwnKeys, Section, Sheet};

use crate::http::parse_origin;

/// The word for every origin.
pub(super) const EVERY_ORIGIN: &str = "*";

/// The rules of the surface `points` that an operator may change.
#[derive(Debug)]
pub(super) struct PointsSettings {
    /// Origins whose pages may call the surface, or `*`. Without it the posture decides.
    pub(super) cors_origins: Option<Vec<String>>,
}

impl PointsSettings {
    pub(super) fn read(section: &mut Section<'_>) -> Arc<dyn OwnKeys> {
        Arc::new(Self { cors_origins: section.optional("cors_origins", list(parse_origin_or_every)) })
    }
}

impl OwnKeys for PointsSettings {
    fn show(&self, sheet: &mut Sheet) {
        match &self.cors_origins {
            Some(origins) => sheet.list("cors_origins", origins.iter().cloned()),
            None => sheet.absent("cors_origins"),
        }
    }
}

fn parse_origin_or_every(text: &str) -> Result<String, String> {
    if text == EVERY_ORIGIN {
        return Ok(text.to_owned());
    }
    parse_origin(text).map_err(|allowed| format!("{allowed}, or \"*\" for every origin"))
}
