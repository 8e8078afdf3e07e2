//! Arrows point inward.

use std::collections::BTreeMap;

use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::workspace::root;

/// What each crate of the workspace may know of the others.
const ARROWS: [(&str, &[&str]); 8] = [
    ("vestibule-domain", &[]),
    ("vestibule-application", &["vestibule-domain"]),
    ("vestibule-infrastructure", &["vestibule-domain"]),
    ("vestibule-settings", &[]),
    ("migration", &["vestibule-settings"]),
    (
        "vestibule",
        &[
            "migration",
            "vestibule-application",
            "vestibule-domain",
            "vestibule-infrastructure",
            "vestibule-settings",
        ],
    ),
    (
        "vestibule-tests",
        &[
            "migration",
            "vestibule",
            "vestibule-application",
            "vestibule-domain",
            "vestibule-infrastructure",
            "vestibule-settings",
            "vestibule-use-case-tests",
        ],
    ),
    ("vestibule-use-case-tests", &["vestibule-application", "vestibule-domain", "vestibule-infrastructure"]),
];

/// Technology that the inner crates must not name.
const OUTSIDE: [&str; 12] = [
    "actix-web",
    "aws-lc-rs",
    "bcrypt",
    "config",
    "jsonwebtoken",
    "lettre",
    "moka",
    "reqwest",
    "sea-orm",
    "sea-orm-migration",
    "sqlx",
    "utoipa",
];

fn dependencies() -> BTreeMap<String, Vec<String>> {
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap();
    metadata
        .packages
        .iter()
        .map(|package| {
            let names = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind == DependencyKind::Normal)
                .map(|dependency| dependency.name.clone())
                .collect();
            (package.name.to_string(), names)
        })
        .collect()
}

#[test]
fn every_crate_depends_on_inner_crates_only() {
    let dependencies = dependencies();
    assert_eq!(dependencies.len(), ARROWS.len(), "a crate without a rule");
    for (name, allowed) in ARROWS {
        let own: Vec<_> = dependencies[name]
            .iter()
            .filter(|dependency| dependencies.contains_key(*dependency))
            .filter(|dependency| !allowed.contains(&dependency.as_str()))
            .collect();
        assert!(own.is_empty(), "{name} must not depend on {own:?}");
    }
}

#[test]
fn domain_and_application_name_no_technology() {
    let dependencies = dependencies();
    for name in ["vestibule-domain", "vestibule-application"] {
        let named: Vec<_> =
            dependencies[name].iter().filter(|other| OUTSIDE.contains(&other.as_str())).collect();
        assert!(named.is_empty(), "{name} must not depend on {named:?}");
    }
}
