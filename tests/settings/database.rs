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
    // Not the URI that SQLite itself would see.
    assert_eq!(
        url("sqlite://./file:x.db?mode=rwc"),
        location(&[sqlite, ("VESTIBULE__DATABASE__PATH", "file:x.db")])
    );
    assert_eq!(Database::Memory, location(&[("VESTIBULE__DATABASE__KIND", "memory")]));
}

#[test]
fn a_uri_in_the_place_of_a_path_is_refused() {
    for address in ["sqlite:file:x.db", "sqlite://file:x.db?mode=rwc"] {
        let problem = problem(&variables(&[("VESTIBULE__DATABASE__URL", address)]));
        assert!(problem.contains("names a URI of SQLite and has to name a path"), "{problem}");
    }
    let in_memory = "sqlite:file:x?mode=memory";
    assert_eq!(url(in_memory), location(&[("VESTIBULE__DATABASE__URL", in_memory)]));
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
fn an_address_on_a_server_is_taken_whatever_its_scheme_is_called() {
    for (given, taken) in [
        (
            "postgres://me:p%40ss@db.test:5433/v?sslmode=require",
            "postgres://me:p%40ss@db.test:5433/v?sslmode=require",
        ),
        ("postgresql://db.test/v", "postgres://db.test/v"),
        ("postgresql+asyncpg://db.test/v", "postgres://db.test/v"),
        ("postgres:///v?host=/run/postgresql", "postgres:///v?host=/run/postgresql"),
        ("mysql://db.test/v?ssl-mode=VERIFY_CA", "mysql://db.test/v?ssl-mode=VERIFY_CA"),
        ("mariadb://db.test/v", "mysql://db.test/v"),
    ] {
        assert_eq!(url(taken), location(&[("VESTIBULE__DATABASE__URL", given)]));
    }
}

#[test]
fn an_address_that_names_no_database_is_refused() {
    for address in ["postgres://me:hunter2@db.test", "mysql://me:hunter2@db.test/", "mariadb:hunter2"] {
        let problem = problem(&variables(&[("VESTIBULE__DATABASE__URL", address)]));
        assert!(problem.contains("must name a host and a database"), "{problem}");
        assert!(!problem.contains("hunter2"), "{problem}");
    }
}

#[test]
fn the_parts_of_a_server_make_an_address() {
    let kind = |kind| ("VESTIBULE__DATABASE__KIND", kind);
    let name = ("VESTIBULE__DATABASE__NAME", "accounts");
    for (word, scheme) in
        [("postgres", "postgres"), ("postgresql", "postgres"), ("mysql", "mysql"), ("mariadb", "mysql")]
    {
        assert_eq!(url(&format!("{scheme}://vestibule@localhost/accounts")), location(&[kind(word), name]));
    }
    let all = [
        kind("postgres"),
        ("VESTIBULE__DATABASE__HOST", "db.test"),
        ("VESTIBULE__DATABASE__PORT", "5433"),
        ("VESTIBULE__DATABASE__NAME", "a/b ?#%"),
        ("VESTIBULE__DATABASE__USER", "me@here:x/y"),
        ("VESTIBULE__DATABASE__PASSWORD", "p@ss:w/rd?%41[é]"),
    ];
    let Database::Url(address) = location(&all) else { panic!() };
    assert_eq!(
        "postgres://me%40here%3Ax%2Fy:p%40ss%3Aw%2Frd%3F%2541%5B%C3%A9%5D@db.test:5433/a%2Fb%20%3F%23%25",
        address
    );
    let address = location(&[kind("mysql"), name, ("VESTIBULE__DATABASE__HOST", "::1")]);
    assert_eq!(url("mysql://vestibule@[::1]/accounts"), address);
}

#[test]
fn the_password_of_a_server_is_not_shown() {
    let settings = settings(&variables(&[
        ("VESTIBULE__DATABASE__KIND", "mariadb"),
        ("VESTIBULE__DATABASE__NAME", "accounts"),
        ("VESTIBULE__DATABASE__PASSWORD", "hunter2"),
    ]));
    assert!(settings.show().contains(r#"url = "mysql://vestibule:***@localhost/accounts""#));
    assert!(!format!("{settings:?}{}", settings.show()).contains("hunter2"));
}

#[test]
fn parts_that_make_no_address_on_a_server_are_refused() {
    let refused = |given: &[(&str, &str)]| problem(&variables(given));
    let kind = ("VESTIBULE__DATABASE__KIND", "postgres");
    let name = ("VESTIBULE__DATABASE__NAME", "accounts");
    assert!(refused(&[kind]).starts_with("database.name: is missing"));
    for host in ["db.test:5432", "postgres://db.test", "db test", "me@db.test", "db.test/x"] {
        let problem = refused(&[kind, name, ("VESTIBULE__DATABASE__HOST", host)]);
        assert!(problem.contains("must be an IP address or a host name"), "{host}: {problem}");
    }
    assert!(refused(&[kind, name, ("VESTIBULE__DATABASE__PATH", "x")]).contains("for a database server"));
    assert!(refused(&[kind, name, ("VESTIBULE__DATABASE__PORT", "0")]).contains("from 1 to 65535"));
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
