//! Where the database is, and what migrations need to know.

use vestibule_settings::{Database, Settings, Source};

use crate::given::{problem, problems, production, settings, variables};

fn location(given: &[(&str, &str)]) -> Database {
    settings(&variables(given)).database.location
}

fn url(url: &str) -> Database {
    Database::Url(url.to_owned())
}

#[test]
fn the_default_is_a_file_in_the_data_folder() {
    assert_eq!(url("sqlite://data/vestibule.db?mode=rwc"), location(&[]));
    assert_eq!(
        url("sqlite:///var/v/vestibule.db?mode=rwc"),
        location(&[("VESTIBULE__DATA_FOLDER", "/var/v")])
    );
}

#[test]
fn an_address_is_taken_as_it_is() {
    for address in ["sqlite://data/x.db?mode=rw", "sqlite:x.db", "sqlite::memory:"] {
        assert_eq!(url(address), location(&[("VESTIBULE__DATABASE__URL", address)]));
    }
    assert_eq!(Database::Memory, location(&[("VESTIBULE__DATABASE__URL", "memory")]));
}

#[test]
fn parts_make_an_address() {
    let sqlite = ("VESTIBULE__DATABASE__KIND", "sqlite");
    assert_eq!(url("sqlite://data/vestibule.db?mode=rwc"), location(&[sqlite]));
    assert_eq!(
        url("sqlite://a/50%25 of%3F %231.db?mode=rwc"),
        location(&[sqlite, ("VESTIBULE__DATABASE__PATH", "a/50% of? #1.db")])
    );
    assert_eq!(Database::Memory, location(&[("VESTIBULE__DATABASE__KIND", "memory")]));
}

#[test]
fn an_address_and_parts_together_are_refused() {
    let problem = problem(&variables(&[
        ("VESTIBULE__DATABASE__URL", "memory"),
        ("VESTIBULE__DATABASE__KIND", "sqlite"),
        ("VESTIBULE__DATABASE__PATH", "x.db"),
    ]));
    assert!(problem.contains("is given together with kind, path"), "{problem}");
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let refused = |given: &[(&str, &str)]| problem(&variables(given));
    let path = ("VESTIBULE__DATABASE__PATH", "x.db");
    assert!(refused(&[path]).contains("has no meaning without database.kind"));
    assert!(refused(&[("VESTIBULE__DATABASE__KIND", "memory"), path]).contains("for a database in memory"));
    let host = ("VESTIBULE__DATABASE__HOST", "localhost");
    assert!(refused(&[("VESTIBULE__DATABASE__KIND", "sqlite"), host]).contains("for SQLite"));
}

#[test]
fn databases_that_will_be_served_are_named() {
    for (word, name) in [("postgres", "PostgreSQL"), ("mysql", "MySQL"), ("mariadb", "MariaDB")] {
        let sentence =
            format!("{name} is not served by this build yet; this build serves \"sqlite\" and \"memory\"");
        assert!(problem(&variables(&[("VESTIBULE__DATABASE__KIND", word)])).ends_with(&sentence));
        let address = format!("{word}://me:hunter2@localhost/db");
        let problem = problem(&variables(&[("VESTIBULE__DATABASE__URL", &address)]));
        assert!(problem.ends_with(&sentence) && !problem.contains("hunter2"), "{problem}");
    }
}

#[test]
fn databases_that_will_not_be_served_are_refused() {
    for word in ["oracle", "oracledb", "mssql", "sqlserver", "mongodb", "mssql+pyodbc"] {
        let problem = problem(&variables(&[("VESTIBULE__DATABASE__KIND", word)]));
        assert!(problem.contains("is not a database that Vestibule serves; this build serves"), "{problem}");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    for address in ["vestibule.db", "sqlite:", "sqlite://", "sqlite://?mode=rwc", "memory:", "sqlite3:x.db"] {
        let problem = problem(&variables(&[("VESTIBULE__DATABASE__URL", address)]));
        assert!(problem.contains("must be \"memory\" or an address"), "{address}: {problem}");
    }
}

#[test]
fn production_does_not_keep_its_data_in_memory() {
    for address in ["memory", "sqlite::memory:", "sqlite://x?mode=memory"] {
        let problem = problem(&production().with("VESTIBULE__DATABASE__URL", address));
        assert!(
            problem.starts_with("database.url (VESTIBULE__DATABASE__URL): must not be in memory"),
            "{problem}"
        );
    }
    let problem = problem(&production().with("VESTIBULE__DATABASE__KIND", "memory"));
    assert!(
        problem.starts_with("database.kind (VESTIBULE__DATABASE__KIND): must not be in memory"),
        "{problem}"
    );
}

#[test]
fn migrating_production_needs_no_secret() {
    let loaded = Settings::load_database_from(&variables(&[("VESTIBULE_ENV", "production")])).unwrap();
    assert!(loaded.environment.is_production() && !loaded.database.migrate_on_start);
    assert_eq!(url("sqlite://data/vestibule.db?mode=rwc"), loaded.database.location);
}

#[test]
fn migrating_does_not_mind_what_is_wrong_elsewhere() {
    let source = variables(&[("VESTIBULE__SERVER__PORT", "x"), ("VESTIBULE__SEVER__PORT", "1")]);
    assert_eq!(2, problems(&source).len());
    assert!(Settings::load_database_from(&source).is_ok());
}

#[test]
fn migrating_minds_what_leaves_the_database_in_doubt() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("local.toml"), "[").unwrap();
    let doubtful = [
        variables(&[("VESTIBULE_ENV", "prod")]),
        variables(&[("VESTIBULE_CONFIG_DIR", "/nowhere/at/all")]),
        variables(&[("VESTIBULE__DATABASE__ULR", "memory")]),
        variables(&[("VESTIBULE__DATABASE", "memory")]),
        variables(&[("VESTIBULE_DATABASE__URL", "memory")]),
        variables(&[("VESTIBULE__DATA_FOLDER", "")]),
        Source::default().in_folder(folder.path()),
    ];
    for source in doubtful {
        assert_eq!(1, Settings::load_database_from(&source).unwrap_err().count(), "{source:?}");
    }
}
