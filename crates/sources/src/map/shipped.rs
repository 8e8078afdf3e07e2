//! The maps that are shipped.

use std::path::Path as FilePath;

use super::Map;
use crate::OpenError;

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        /// The names of the maps that are shipped.
        pub(crate) const NAMES: &[&str] = &[$($name),*];

        /// The text of a map.
        fn text(name: &str) -> Option<&'static str> {
            match name {
                $($name => Some(include_str!(concat!("../../maps/", $name, ".toml"))),)*
                _ => None,
            }
        }
    };
}

shipped![
    "points",
    "contacts",
    "admin",
    "theater",
    "mobile",
    "auth0",
    "better-auth",
    "django",
    "firebase",
    "flask-security",
    "keycloak",
    "laravel",
    "pocketbase",
    "supabase",
    "wordpress",
];

/// Finds a map that is shipped, or reads one of the operator's.
pub(crate) fn load(system: &crate::System) -> Result<Map, OpenError> {
    match system {
        crate::System::Named(name) => {
            let text = text(name).ok_or_else(|| OpenError::UnknownName(name.clone()))?;
            parse(name, text)
        }
        crate::System::Mapped(file) => {
            let shown = file.display().to_string();
            let text = std::fs::read_to_string(file as &FilePath)
                .map_err(|error| OpenError::map(&shown, error.to_string()))?;
            parse(&shown, &text)
        }
    }
}

fn parse(name: &str, text: &str) -> Result<Map, OpenError> {
    let map: Map = toml::from_str(text).map_err(|error| OpenError::map(name, error.to_string().trim()))?;
    super::check::check(&map).map_err(|reason| OpenError::map(name, reason))?;
    Ok(map)
}
