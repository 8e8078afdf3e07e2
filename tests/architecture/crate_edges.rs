//! What each crate may depend on. A new edge is a decision: it fails here until it has its place in the list.

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use crate::workspace::root;

/// The dependencies of one crate of the workspace, all of them and no others.
struct Edges {
    /// The crate.
    name: &'static str,
    /// Crates of this workspace.
    ours: &'static [&'static str],
    /// Crates of others, a family a line.
    others: &'static [&'static [&'static str]],
    /// Crates of others for its unit tests alone.
    tests: &'static [&'static str],
}

const EDGES: [Edges; 11] = [
    // No I/O and no technology: what computes, and what texts, times and ids are made of.
    Edges {
        name: "vestibule-domain",
        ours: &[],
        others: &[
            &["async-trait", "serde", "thiserror"],
            &["idna", "jiff", "time", "unicode-normalization", "unicode-properties", "uuid"],
            // Digests of secrets, compared in constant time.
            &["sha2", "subtle"],
            // Behind the feature `mocks`, which tests alone turn on.
            &["mockall"],
        ],
        tests: &["proptest"],
    },
    // Password hashes of other systems: it knows neither the domain nor a store.
    Edges {
        name: "vestibule-hashes",
        ours: &[],
        others: &[
            &["base64", "hex", "serde_json", "subtle", "thiserror"],
            &["stringprep", "unicode-normalization"],
            // Functions for passwords.
            &["argon2", "bcrypt", "pbkdf2", "scrypt", "sha-crypt", "yescrypt"],
            // What those are made of, and older systems too.
            &["aes", "ctr", "hmac", "md-5", "md4", "sha1", "sha2", "streebog"],
        ],
        tests: &["proptest"],
    },
    // The one crate with unsafe code.
    Edges { name: "vestibule-slices", ours: &[], others: &[&["libc"]], tests: &["rustix"] },
    // As little as the domain. Of tokio it has the locks and signals that tasks share, and neither timers nor I/O.
    Edges {
        name: "vestibule-application",
        ours: &["vestibule-domain"],
        others: &[
            // The first for the store that notes what is written.
            &["async-trait", "futures", "serde_json", "thiserror", "time", "uuid"],
            &["tokio"],
            &["tracing"],
        ],
        tests: &[],
    },
    Edges {
        name: "vestibule-infrastructure",
        ours: &["vestibule-domain", "vestibule-hashes", "vestibule-slices"],
        others: &[
            &[
                "async-trait",
                "base64",
                "futures",
                "serde",
                "serde_json",
                "thiserror",
                "time",
                "tokio",
                "uuid",
            ],
            &["metrics", "tracing"],
            // Databases.
            &["rusqlite", "sea-orm", "sea-query-sqlx", "sqlx", "sqlx-core", "unicode-normalization"],
            // Cryptography.
            &["aws-lc-rs", "bcrypt", "blowfish", "getrandom", "jsonwebtoken", "sha2", "subtle"],
            // Mail and SMS.
            &["askama", "idna", "lettre", "minijinja", "percent-encoding", "reqwest", "url"],
            // Cache, pictures, objects.
            &["foldhash", "image", "moka", "moxcms", "object_store", "redis", "zune-jpeg"],
            // Backups.
            &["tar"],
            // Checksums of copies and backups as text.
            &["hex"],
            // Priorities of threads.
            &["rustix"],
        ],
        tests: &["futures", "proptest", "tempfile", "tokio"],
    },
    Edges {
        name: "vestibule-settings",
        ours: &[],
        others: &[&["config", "ipnet", "percent-encoding", "sha2", "thiserror", "toml", "url"]],
        tests: &[],
    },
    // Reads the data of other systems, and knows nothing of ours but the form of an account that is imported.
    Edges {
        name: "vestibule-sources",
        ours: &[],
        others: &[
            &["base64", "chardetng", "jiff", "serde", "serde_json", "thiserror", "time", "toml", "uuid"],
            // Rows of joined tables, which may be more than fit in memory.
            &["tempfile"],
            // Behind the feature `databases`.
            &["futures", "sqlx", "tokio"],
        ],
        tests: &["bcrypt", "proptest", "sqlx", "tempfile", "time", "tokio"],
    },
    Edges {
        name: "migration",
        ours: &["vestibule-settings"],
        others: &[
            &["anyhow", "async-trait", "time", "tokio", "tracing", "tracing-subscriber"],
            // The command line.
            &["clap", "clap_complete", "clap_mangen"],
            &["sea-orm-migration", "sqlx"],
            // How names were compared when a change was made.
            &["unicode-normalization"],
        ],
        tests: &["tempfile"],
    },
    Edges {
        name: "vestibule",
        ours: &[
            "migration",
            "vestibule-application",
            "vestibule-domain",
            "vestibule-hashes",
            "vestibule-infrastructure",
            "vestibule-settings",
            "vestibule-sources",
        ],
        others: &[
            &[
                "anyhow",
                "async-trait",
                "base64",
                "bytes",
                "futures",
                "serde",
                "serde_json",
                "thiserror",
                "time",
                "uuid",
            ],
            &["tokio", "tokio-util"],
            // HTTP.
            &["actix-multipart", "actix-web", "askama", "percent-encoding", "socket2"],
            &["url", "utoipa", "utoipa-swagger-ui"],
            // Charts.
            &["plotters"],
            // The command line.
            &["clap", "clap_complete", "clap_mangen", "indicatif", "rpassword"],
            // Tables.
            &["chardetng", "csv", "encoding_rs", "tempfile"],
            // Address books.
            &["calcard", "zip"],
            // Logs and counters.
            &["metrics", "metrics-exporter-prometheus", "procfs", "tracing", "tracing-subscriber"],
            // Traces.
            &["opentelemetry", "opentelemetry-http", "opentelemetry-otlp", "opentelemetry_sdk"],
            &["http", "reqwest", "tracing-opentelemetry"],
        ],
        tests: &["proptest"],
    },
    // Quick to build: see inner_loop.rs.
    Edges {
        name: "vestibule-use-case-tests",
        ours: &["vestibule-application", "vestibule-domain", "vestibule-infrastructure"],
        others: &[&["async-trait", "futures", "serde", "serde_json", "time", "tokio", "uuid"]],
        tests: &["mockall"],
    },
    Edges {
        name: "vestibule-tests",
        ours: &[
            "migration",
            "vestibule",
            "vestibule-application",
            "vestibule-domain",
            "vestibule-infrastructure",
            "vestibule-settings",
            "vestibule-sources",
            "vestibule-use-case-tests",
        ],
        others: &[
            &["base64", "futures", "serde", "serde_json", "time", "tokio", "uuid"],
            &["tempfile", "tracing", "tracing-subscriber"],
            // Services and clients of ours, looked at from outside.
            &["aws-lc-rs", "jsonwebtoken", "mail-parser", "redis", "reqwest", "sea-orm", "thirtyfour"],
            &["opentelemetry-proto", "prost"],
            // The tree.
            &["cargo_metadata", "serde_norway"],
            // Archives of ours, looked into.
            &["zip"],
        ],
        tests: &[],
    },
];

/// The crates of the workspace with everything that they depend on.
fn packages() -> Vec<Package> {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap().packages
}

/// What `package` depends on for its code, for its tests, or for its build script.
fn found(package: &Package, kind: DependencyKind) -> BTreeSet<&str> {
    let of_kind = package.dependencies.iter().filter(|dependency| dependency.kind == kind);
    of_kind.map(|dependency| &*dependency.name).collect()
}

#[test]
fn every_crate_has_its_list() {
    let listed = EDGES.map(|edges| edges.name);
    let without: Vec<_> =
        packages().into_iter().filter(|package| !listed.contains(&package.name.as_str())).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn every_crate_depends_on_what_is_listed_for_it_and_on_nothing_else() {
    let packages = packages();
    let mut wrong = Vec::new();
    for Edges { name, ours, others, tests } in EDGES {
        let package = packages.iter().find(|package| package.name.as_str() == name).unwrap();
        let code = ours.iter().chain(others.iter().copied().flatten()).copied().collect();
        let tests = tests.iter().copied().collect();
        for (kind, listed) in [
            (DependencyKind::Normal, code),
            (DependencyKind::Development, tests),
            (DependencyKind::Build, BTreeSet::new()),
        ] {
            let found = found(package, kind);
            wrong.extend(found.difference(&listed).map(|new| format!("{name} → {new} is not listed")));
            wrong.extend(listed.difference(&found).map(|old| format!("{name} → {old} is there no more")));
        }
    }
    assert!(wrong.is_empty(), "EDGES in tests/architecture/crate_edges.rs:\n{}", wrong.join("\n"));
}
