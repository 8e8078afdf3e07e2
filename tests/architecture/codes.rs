//! Error codes: each is given by something, and each that is no failure is worded by a dialect.

use std::path::Path;

use crate::workspace::{files, root};

/// Codes that every dialect answers by their kind alone.
const BY_KIND: [&str; 7] = [
    "ACCOUNT_NOT_FOUND",
    "FOREIGN_PAGE",
    "FORBIDDEN",
    "PICTURE_NOT_FOUND",
    "RATE_LIMITED",
    "UNAVAILABLE",
    "USERNAME_TAKEN",
];

/// The files that declare codes.
const TABLES: [&str; 3] = [
    "crates/application/src/error/code.rs",
    "crates/api/src/http/code.rs",
    "crates/api/src/surfaces/contacts/code.rs",
];

/// A constant, and whether it names a failure.
fn declared() -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for table in TABLES {
        let text = std::fs::read_to_string(root().join(table)).unwrap();
        for line in text.lines().map(str::trim) {
            let constant = line.strip_prefix("pub const ").or_else(|| line.strip_prefix("pub(super) const "));
            let name = match constant {
                Some(rest) => rest.split_once(": Code").map(|(name, _)| name),
                None if line.contains(" \"") && line.ends_with(';') => {
                    line.split_once(' ').map(|(name, _)| name)
                }
                None => None,
            };
            let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            if let Some(name) = name.filter(is_name) {
                found.push((name.to_owned(), line.contains("Internal")));
            }
        }
    }
    found
}

/// Whether it is a file that words codes.
fn is_dialect(file: &Path) -> bool {
    let path = file.to_string_lossy();
    path.ends_with("dialect.rs") || path.contains("http/fastapi") || path.ends_with("http/plain.rs")
}

/// What is said in the sources that are dialects, or in the others.
fn sources(dialects: bool) -> String {
    let tables: Vec<_> = TABLES.iter().map(|table| root().join(table)).collect();
    ["crates/application/src", "crates/api/src"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), "rs"))
        .filter(|file| !tables.contains(file) && is_dialect(file) == dialects)
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

fn names(text: &str, name: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|word| word == name)
}

/// Whether it is matched as a code, and not the name of a status.
fn words(text: &str, name: &str) -> bool {
    ["code::", "own::"].iter().any(|module| {
        text.split(module).skip(1).any(|rest| {
            rest.strip_prefix(name)
                .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
        })
    })
}

#[test]
fn every_code_is_given_and_worded() {
    let (given, worded) = (sources(false), sources(true));
    let codes = declared();
    assert!(codes.len() > 60, "{}", codes.len());
    for (name, is_failure) in codes {
        assert!(names(&given, &name), "nothing gives {name}");
        let is_left_to_its_kind = is_failure || BY_KIND.contains(&name.as_str());
        assert!(is_left_to_its_kind || words(&worded, &name), "no dialect words {name}");
        assert!(!BY_KIND.contains(&name.as_str()) || !words(&worded, &name), "{name} is worded after all");
    }
}
