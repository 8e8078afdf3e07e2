//! Languages, as settings name them.

use vestibule_domain::messages::Language;
use vestibule_settings::Settings;

/// The language of messages that settings name.
pub fn spoken(language: vestibule_settings::Language) -> Language {
    match language {
        vestibule_settings::Language::English => Language::En,
        vestibule_settings::Language::French => Language::Fr,
    }
}

/// The language of messages to those who ask for none that is served, at the surface of this name.
pub fn language_of(settings: &Settings, surface: &str) -> Language {
    spoken(settings.language_of(surface))
}
