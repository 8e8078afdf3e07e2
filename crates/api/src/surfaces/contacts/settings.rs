//! What `[surfaces.contacts]` has beside the keys of every surface.

use std::sync::Arc;

use vestibule_domain::contacts::TimeZone;
use vestibule_settings::expect::{list, number, parsed};
use vestibule_settings::{OwnKeys, Section, Sheet};

use crate::http::parse_origin;

/// The fewest characters of a password: contacts contract 2.9.
pub(super) const SHORTEST_PASSWORD: usize = 6;
/// The most characters of a password that can be set.
const LONGEST_PASSWORD: usize = 1024;

/// The rules of the surface `contacts` that an operator may change.
#[derive(Debug)]
pub(super) struct ContactsSettings {
    /// Greatest length of a new password, in characters; 10 is published.
    pub(super) password_max: usize,
    /// Whose day today is, where birthdays are counted from it.
    pub(super) time_zone: TimeZone,
    /// Origins whose pages may call the surface: scheme, host and port, as browsers write them.
    pub(super) cors_origins: Vec<String>,
}

impl ContactsSettings {
    pub(super) fn read(section: &mut Section<'_>) -> Arc<dyn OwnKeys> {
        Arc::new(Self {
            password_max: section.required("password_max", number(SHORTEST_PASSWORD..=LONGEST_PASSWORD)),
            time_zone: section.required("time_zone", parsed(parse_zone)),
            cors_origins: section.required("cors_origins", list(parse_origin)),
        })
    }
}

fn parse_zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::parse(name).map_err(|_unknown| {
        "must be a time zone by its IANA name, such as \"Europe/Kyiv\" or \"UTC\"".to_owned()
    })
}

impl OwnKeys for ContactsSettings {
    fn show(&self, sheet: &mut Sheet) {
        sheet.number("password_max", self.password_max);
        sheet.text("time_zone", self.time_zone.name());
        sheet.list("cors_origins", self.cors_origins.iter().cloned());
    }
}
