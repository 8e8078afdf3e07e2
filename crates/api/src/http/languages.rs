//! The languages of the settings.

use vestibule_domain::messages::Language;
use vestibule_settings::Settings;

/// Turns a language of the settings into that of the domain.
pub fn spoken(language: vestibule_settings::Language) -> Language {
    match language {
        vestibule_settings::Language::English => Language::En,
        vestibule_settings::Language::French => Language::Fr,
    }
}

/// The language of messages at the surface of this name, for clients that ask for no language that is served.
pub fn language_of(settings: &Settings, surface: &str) -> Language {
    spoken(settings.language_of(surface))
}
