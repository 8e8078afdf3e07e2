//! `config/default.toml` and `docs/configuration.md` name every key.

use vestibule::surfaces::SURFACES;
use vestibule_settings::Door;

const DEFAULTS: &str = include_str!("../../config/default.toml");
const REFERENCE: &str = include_str!("../../docs/configuration.md");

/// Every key of the defaults, also those that are commented out.
pub(crate) fn keys() -> Vec<String> {
    let mut section = "";
    let mut keys = Vec::new();
    for line in DEFAULTS.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        }
        let line = line.strip_prefix("# ").unwrap_or(line);
        let Some((name, _)) = line.split_once(" = ") else {
            continue;
        };
        if name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            keys.push(if section.is_empty() { name.to_owned() } else { format!("{section}.{name}") });
        }
    }
    keys
}

#[test]
fn the_reference_has_every_key_with_its_variable() {
    for key in keys() {
        let variable = format!("VESTIBULE__{}", key.replace('.', "__").to_uppercase());
        assert!(
            REFERENCE.contains(&format!("\n| `{key}` | `{variable}` |")),
            "{key} is not in docs/configuration.md"
        );
    }
}

#[test]
fn the_reference_has_no_key_that_is_gone() {
    let keys = keys();
    for row in REFERENCE.lines().filter(|line| line.contains("| `VESTIBULE__")) {
        let key = row.split('`').nth(1).unwrap();
        assert!(keys.iter().any(|known| known == key), "{key} is not in config/default.toml");
    }
}

#[test]
fn every_key_of_the_defaults_is_explained() {
    let lines: Vec<&str> = DEFAULTS.lines().collect();
    for (before, line) in lines.iter().zip(lines.iter().skip(1)) {
        let is_key =
            line.trim_start_matches("# ").split_once(" = ").is_some_and(|(name, _)| !name.contains(' '));
        assert!(!is_key || before.starts_with("# "), "no comment above: {line}");
    }
}

#[test]
fn every_surface_and_door_has_its_defaults() {
    let keys = keys();
    let has = |key: String| assert!(keys.contains(&key), "{key} is not in config/default.toml");
    for surface in SURFACES {
        for key in ["enabled", "access", "refresh", "language"] {
            has(format!("surfaces.{}.{key}", surface.section.name));
        }
    }
    for door in Door::ALL {
        has(format!("doors.{}", door.key()));
        let is_known = SURFACES.iter().any(|surface| surface.section.name == door.surface());
        assert!(is_known, "{} is a door of {}", door.key(), door.surface());
    }
}
