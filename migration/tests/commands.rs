//! The binary, as an operator calls it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::path::Path;
use std::process::{Command, Output};

use sea_orm_migration::sea_orm::ConnectionTrait as _;

/// Calls the binary in a folder, with nothing of the caller's environment but what is given.
fn migration(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_migration"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// What is said of where a command acts, where nothing is set.
const WHEREABOUTS: &str = "environment: development, database: sqlite://data/vestibule.db?mode=rwc\n";

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_operator_goes_up_and_down() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = migration(folder.path(), arguments, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert_eq!(err(&output), WHEREABOUTS);
        out(&output)
    };
    let up = run(&["up", "-n", "2"]);
    assert!(up.starts_with("migration  "), "{up}");
    assert_eq!(state(&up, "m20261120_001_user_groups"), "applied now");
    assert_eq!(state(&up, "m20261120_003_user_profiles"), "pending");
    assert!(folder.path().join("data/vestibule.db").is_file());
    assert!(run(&["up"]).ends_with(", 0 pending\n"));
    assert!(!run(&["up"]).contains("now"));
    let status = run(&["status", "--check"]);
    let changes: Vec<_> = status.lines().filter(|line| line.starts_with("m2")).collect();
    let (all, newest) = (changes.len(), changes.last().unwrap().split(' ').next().unwrap());
    assert_eq!(state(&status, newest), "applied");
    let down = run(&["down"]);
    assert_eq!(state(&down, newest), "pending now");
    assert!(run(&["status"]).ends_with(&format!(": {} applied, 1 pending\n", all - 1)));
    assert!(run(&["refresh"]).ends_with(&format!(": {all} applied, 0 pending\n")));
    assert!(run(&["fresh"]).ends_with(&format!(": {all} applied, 0 pending\n")));
}

/// What a table says of a change, without the time.
fn state<'t>(table: &'t str, change: &str) -> &'t str {
    let line = table.lines().find_map(|line| line.strip_prefix(change)).unwrap();
    line.trim_start().split("  ").next().unwrap()
}

#[test]
fn a_check_fails_while_changes_are_pending() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| migration(folder.path(), arguments, &[]);
    assert_eq!(run(&["up", "-n", "3"]).status.code(), Some(0));
    assert_eq!(run(&["status"]).status.code(), Some(0));
    let checked = run(&["status", "--check"]);
    assert_eq!(checked.status.code(), Some(1));
    assert_eq!(state(&out(&checked), "m20261120_004_activation_tokens"), "pending");
    assert!(err(&checked).ends_with(" pending\n"), "{}", err(&checked));
}

/// Everything is applied, and then a change of a later release.
fn of_a_newer_release(oldest_release: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(migration(folder.path(), &["up"], &[]).status.code(), Some(0));
    let url = format!("sqlite://{}", folder.path().join("data/vestibule.db").display());
    let newer = format!(
        "INSERT INTO seaql_migrations (version, applied_at, oldest_release) \
         VALUES ('m29991231_001_later', 1767323045, {oldest_release})"
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = migration::connect::connect(&url).await.unwrap();
        db.execute_unprepared(&newer).await.unwrap();
        db.close().await.unwrap();
    });
    folder
}

#[test]
fn a_newer_change_beside_which_this_release_runs_is_told_once_and_left_alone() {
    let folder = of_a_newer_release("'0.1.0'");
    for arguments in [["status"].as_slice(), &["status", "--check"], &["up"]] {
        let output = migration(folder.path(), arguments, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert_eq!(state(&out(&output), "m29991231_001_later"), "newer than this binary");
        assert!(out(&output).contains("2026-01-02 03:04:05\n"), "{}", out(&output));
        assert!(out(&output).ends_with(" 0 pending, 1 newer than this binary\n"), "{}", out(&output));
        assert_eq!(err(&output).matches("m29991231_001_later").count(), 1, "{}", err(&output));
    }
}

#[test]
fn a_newer_change_beside_which_this_release_does_not_run_is_refused() {
    for oldest_release in ["NULL", "'99.0.0'"] {
        let folder = of_a_newer_release(oldest_release);
        for command in ["status", "up", "down"] {
            let output = migration(folder.path(), &[command], &[]);
            assert_eq!(output.status.code(), Some(1));
            assert!(err(&output).contains("cannot run beside that: m29991231_001_later"), "{}", err(&output));
        }
        assert_eq!(migration(folder.path(), &["fresh"], &[]).status.code(), Some(0));
    }
}

#[test]
fn a_database_that_is_being_restored_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/vestibule.db.restoring"), "").unwrap();
    let output = migration(folder.path(), &["up"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("restore` of the database was cut off"), "{}", err(&output));
    assert!(!folder.path().join("data/vestibule.db").exists());
}

#[cfg(unix)]
#[test]
fn the_file_that_a_link_leads_to_is_made_for_its_owner() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (folder, disk) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::create_dir(folder.path().join("data")).unwrap();
    symlink(disk.path().join("v.db"), folder.path().join("data/vestibule.db")).unwrap();
    let output = migration(folder.path(), &["up"], &[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(disk.path().join("v.db").metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn the_folder_that_is_made_for_the_database_is_its_owners() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(migration(folder.path(), &["up"], &[]).status.code(), Some(0));
    let made = folder.path().join("data").metadata().unwrap();
    assert_eq!(made.permissions().mode() & 0o777, 0o700);
}

#[test]
fn data_is_not_destroyed_in_production_without_consent() {
    let folder = tempfile::tempdir().unwrap();
    let production = [("VESTIBULE_ENV", "production")];
    assert_eq!(migration(folder.path(), &["up"], &production).status.code(), Some(0));
    for command in ["down", "fresh", "refresh"] {
        let refused = migration(folder.path(), &[command], &production);
        assert_eq!(refused.status.code(), Some(1), "{command}");
        assert!(err(&refused).contains("--yes"), "{}", err(&refused));
        let told = "environment: production, database: sqlite://data/vestibule.db?mode=rwc\n";
        assert!(err(&refused).starts_with(told), "{}", err(&refused));
    }
    let agreed = migration(folder.path(), &["refresh", "--yes"], &production);
    assert_eq!(agreed.status.code(), Some(0), "{}", err(&agreed));
}

#[test]
fn the_environment_and_the_database_are_told_before_anything_is_done_and_no_password() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = "postgres://vestibule:hunter2@127.0.0.1:1/vestibule";
    let variables = [("VESTIBULE_ENV", "production"), ("VESTIBULE__DATABASE__URL", nobody)];
    let output = migration(folder.path(), &["up"], &variables);
    assert_eq!(output.status.code(), Some(1));
    let told = "environment: production, database: postgres://vestibule:***@127.0.0.1:1/vestibule\n";
    assert!(err(&output).starts_with(told) && !err(&output).contains("hunter2"), "{}", err(&output));
}

#[test]
fn a_configuration_that_is_refused_is_told_after_the_environment_and_what_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = ("VESTIBULE__DATABASE__URL", "oracle://h/db");
    let variables = [("VESTIBULE_ENV", "production"), ("VESTIBULE_FLAVOUR_OF_ICE", "1"), nowhere];
    let output = migration(folder.path(), &["up"], &variables);
    assert_eq!(output.status.code(), Some(1));
    let told = "environment: production\n\
                warning: VESTIBULE_FLAVOUR_OF_ICE is not read; settings begin with VESTIBULE__\n\
                error: the configuration is not valid";
    assert!(err(&output).starts_with(told), "{}", err(&output));
    // Nobody knows which environment was meant.
    let output = migration(folder.path(), &["up"], &[("VESTIBULE_ENV", "prod")]);
    assert!(err(&output).starts_with("error: the configuration is not valid"), "{}", err(&output));
}

#[test]
fn a_status_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("empty/v.db").display());
    let elsewhere = [("VESTIBULE__DATABASE__URL", url.as_str())];
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    std::fs::write(folder.path().join("empty/v.db"), "").unwrap();
    for arguments in [&["status"][..], &["status", "--check"]] {
        let missing = migration(folder.path(), arguments, &[]);
        let empty = migration(folder.path(), arguments, &elsewhere);
        assert_eq!(missing.status.code(), empty.status.code(), "{}", err(&missing));
        let table = |output: &Output| -> Vec<String> {
            out(output).lines().filter(|line| line.starts_with('m')).map(str::to_owned).collect()
        };
        assert_eq!(table(&missing), table(&empty));
        assert_eq!(state(&out(&missing), "m20261120_001_user_groups"), "pending");
        assert!(err(&missing).starts_with(WHEREABOUTS), "{}", err(&missing));
        assert!(!folder.path().join("data").exists());
    }
    assert_eq!(migration(folder.path(), &["status", "--check"], &[]).status.code(), Some(1));
}

#[test]
fn a_status_beside_a_restore_that_was_cut_off_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/vestibule.db.restoring"), "").unwrap();
    let output = migration(folder.path(), &["status"], &[]);
    assert_eq!((output.status.code(), out(&output)), (Some(1), String::new()));
    assert!(err(&output).contains("restore` of the database was cut off"), "{}", err(&output));
}

#[test]
fn the_database_s_address_can_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("url"), "sqlite://elsewhere.db?mode=rwc\n").unwrap();
    let output = migration(folder.path(), &["up"], &[("VESTIBULE__DATABASE__URL_FILE", "url")]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(folder.path().join("elsewhere.db").is_file());
}

#[test]
fn a_store_in_memory_has_nothing_to_migrate() {
    let folder = tempfile::tempdir().unwrap();
    let output = migration(folder.path(), &["up"], &[("VESTIBULE__DATABASE__URL", "memory")]);
    assert_eq!(output.status.code(), Some(1));
    let told = "environment: development, database: memory\n\
                error: database.url is \"memory\": there is nothing to migrate\n";
    assert_eq!(err(&output), told);
}

#[test]
fn a_failure_is_told_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let url = [("VESTIBULE__DATABASE__URL", "sqlite://file/test.db?mode=rwc")];
    let output = migration(folder.path(), &["status"], &url);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("\nerror: the database "), "{}", err(&output));
    assert_eq!(err(&output).lines().count(), 2, "{}", err(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_done_is_said_where_it_could_not_be_printed() {
    let folder = tempfile::tempdir().unwrap();
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let run = |arguments: &[&str], errors: std::process::Stdio| {
        Command::new(env!("CARGO_BIN_EXE_migration"))
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .stdout(full())
            .stderr(errors)
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap()
    };
    let output = run(&["up"], std::process::Stdio::piped());
    assert_eq!(output.status.code(), Some(1));
    let error = err(&output);
    assert!(error.contains("\nerror: the work is done, but standard output could not be written"), "{error}");
    assert!(error.contains(", 0 pending") && error.contains("No space left"), "{error}");
    assert!(!error.contains("panicked"), "{error}");
    assert_eq!(run(&["status"], full().into()).status.code(), Some(1));
    let status = migration(folder.path(), &["status"], &[]);
    assert!(out(&status).ends_with(", 0 pending\n"), "{}", err(&status));
}

#[cfg(unix)]
#[test]
fn a_database_in_an_open_folder_is_its_owners_whatever_the_umask_says() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o777)).unwrap();
    let file = data.join("vestibule.db");
    let mode = || file.metadata().unwrap().permissions().mode() & 0o777;
    let up = || {
        Command::new("sh")
            .args(["-c", "umask 000; exec \"$0\" up", env!("CARGO_BIN_EXE_migration")])
            .current_dir(folder.path())
            .env_clear()
            .output()
            .unwrap()
    };
    let output = up();
    assert_eq!((output.status.code(), mode()), (Some(0), 0o600), "{}", err(&output));
    assert_eq!(err(&output), WHEREABOUTS);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o664)).unwrap();
    let output = up();
    assert_eq!((output.status.code(), mode()), (Some(0), 0o600), "{}", err(&output));
    assert!(err(&output).contains("others could read"), "{}", err(&output));
}
