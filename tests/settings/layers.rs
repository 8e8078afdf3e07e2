//! Which layer wins.

use std::time::Duration;

use vestibule_settings::{Environment, LogFormat, Posture, Source};

use crate::given::{problem, settings, variables};

#[test]
fn nothing_at_all_is_development() {
    let settings = settings(&Source::default());
    assert_eq!(Environment::Development, settings.environment);
    assert_eq!(Posture::Documented, settings.posture);
    assert!(settings.database.migrate_on_start && settings.features.sample_data);
    assert_eq!("http://127.0.0.1:8000", settings.server.public_url);
}

#[test]
fn the_test_environment_keeps_its_data_apart() {
    let settings = settings(&variables(&[("VESTIBULE_ENV", "test")]));
    assert_eq!("data/test", settings.data_folder.to_str().unwrap());
    assert_eq!("sqlite://data/test/vestibule.db?mode=rwc", settings.database.location.to_string());
    assert!(settings.database.migrate_on_start && !settings.features.sample_data);
}

#[test]
fn production_is_hardened_and_logs_for_machines() {
    let settings = settings(&crate::given::production());
    assert_eq!(Posture::Hardened, settings.posture);
    assert_eq!(LogFormat::Json, settings.log.format);
    assert!(!settings.database.migrate_on_start && !settings.features.sample_data);
}

#[test]
fn another_environment_is_refused() {
    for word in ["prod", "Production", ""] {
        let problem = problem(&variables(&[("VESTIBULE_ENV", word)]));
        assert_eq!("VESTIBULE_ENV: is not an environment; allowed: development, test, production", problem);
    }
}

#[test]
fn each_layer_overrides_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("development.toml"),
        "[server]\nport = 1\nworkers = 1\nhost = \"::1\"\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("local.toml"), "[server]\nport = 2\nworkers = 2\n").unwrap();
    let source = variables(&[("VESTIBULE__SERVER__PORT", "3")]).in_folder(folder.path());
    let server = settings(&source).server;
    assert_eq!(("::1", 2, 3), (server.host.as_str(), server.workers, server.port));
    assert_eq!(Duration::from_secs(30), server.request_timeout);
}

#[test]
fn the_file_of_another_environment_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("production.toml"), "[server]\nport = 1\n").unwrap();
    assert_eq!(8000, settings(&Source::default().in_folder(folder.path())).server.port);
}

#[test]
fn the_usual_folder_need_not_exist() {
    assert_eq!(8000, settings(&Source::default().in_folder("/nowhere/at/all")).server.port);
}

#[test]
fn a_folder_that_is_named_must_exist() {
    let problem = problem(&variables(&[("VESTIBULE_CONFIG_DIR", "/nowhere/at/all")]));
    assert_eq!("VESTIBULE_CONFIG_DIR: names a folder that does not exist", problem);
}

#[test]
fn a_folder_that_is_named_is_read_in_place_of_the_usual_one() {
    let (usual, named) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(usual.path().join("local.toml"), "[server]\nport = 1\n").unwrap();
    std::fs::write(named.path().join("local.toml"), "[server]\nport = 2\n").unwrap();
    let source =
        variables(&[("VESTIBULE_CONFIG_DIR", named.path().to_str().unwrap())]).in_folder(usual.path());
    assert_eq!(2, settings(&source).server.port);
}

#[test]
fn every_file_in_the_config_folder_loads() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../config");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        // Only the names of environments and `local` are read: any file is tried as `local.toml`.
        let copy = tempfile::tempdir().unwrap();
        std::fs::copy(&path, copy.path().join("local.toml")).unwrap();
        let source = match stem.as_str() {
            "production" | "default" => crate::given::production(),
            _ => Source::default(),
        };
        let source =
            if stem == "default" { source.with("VESTIBULE__MAIL__TRANSPORT", "smtp") } else { source };
        let loaded = vestibule::surfaces::settings(&source.in_folder(copy.path()));
        assert!(loaded.is_ok(), "{}:\n{}", path.display(), loaded.unwrap_err());
        files.push(stem);
    }
    for expected in ["default", "development", "test", "production"] {
        assert!(files.iter().any(|file| file == expected), "{expected}.toml is missing");
    }
}

#[test]
fn a_file_whose_name_is_no_environment_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["default.toml", "production.toml", "local.toml", ".hidden.toml", "notes.md"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    let warnings = || settings(&Source::default().in_folder(folder.path())).warnings().to_vec();
    assert_eq!(warnings(), Vec::<String>::new());
    for name in ["prodution.toml", "staging.toml", "Test.TOML"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    let [test, near, other] = warnings().try_into().unwrap();
    let is_about = |warning: &str, end: &str| assert!(warning.ends_with(end), "{warning}");
    is_about(
        &test,
        "Test.TOML is not read; the files here are development.toml, test.toml, production.toml and local.toml",
    );
    is_about(&near, "prodution.toml is not read; did you mean production.toml?");
    is_about(
        &other,
        "staging.toml is not read; the files here are development.toml, test.toml, production.toml and local.toml",
    );
}

#[test]
fn a_file_that_is_not_toml_is_named_with_its_line_but_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("local.toml"), "[tokens]\naccess_secret = \"hunter2\n").unwrap();
    let problem = problem(&Source::default().in_folder(folder.path()));
    assert!(problem.contains("local.toml: is not TOML, line 2: "), "{problem}");
    assert!(!problem.contains("hunter2"), "{problem}");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("local.toml")).unwrap();
    let problem = problem(&Source::default().in_folder(folder.path()));
    assert!(problem.contains("local.toml: cannot be read: "), "{problem}");
}
