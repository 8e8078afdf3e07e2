//! Commands whose output goes nowhere.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A full device.
fn full() -> Stdio {
    File::options().write(true).open("/dev/full").unwrap().into()
}

/// A pipe that nobody reads any more.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

/// How it ended, and what it said on standard error.
fn vestibule(folder: &Path, arguments: &[&str], output: Stdio, errors: Stdio) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_node"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("VESTIBULE_ENV", "test")
        .env("VESTIBULE__DATABASE__MIGRATE_ON_START", "true")
        .env("VESTIBULE__DATABASE__URL", "sqlite://test.db?mode=rwc")
        .env("VESTIBULE__PASSWORD__BCRYPT_COST", "4")
        .env("VESTIBULE__LOG__LEVEL", "off")
        .env("RUST_BACKTRACE", "1")
        .stdin(Stdio::piped())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"Analytical#1843\n").unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// What some commands tell before they act.
const WHEREABOUTS: &str = "environment: test, database: sqlite://test.db?mode=rwc\n";

const CREATE: [&str; 4] = ["users", "create-admin", "--email", "ada@example.com"];

#[test]
fn commands_that_cannot_print_fail_with_one_sentence() {
    let folder = TempDir::new().unwrap();
    for arguments in [&["config", "show"][..], &["config", "check"], &["openapi"]] {
        for output in [full, closed] {
            let (code, error) = vestibule(folder.path(), arguments, output(), Stdio::piped());
            assert_eq!(code, Some(1), "{arguments:?}: {error}");
            // `check` tells first what it checks.
            let error = error.strip_prefix(WHEREABOUTS).unwrap_or(&error);
            assert!(error.starts_with("Error: standard output could not be written: "), "{error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    }
    let generate = ["movies", "generate", "--rows", "1000"];
    let (code, error) = vestibule(folder.path(), &generate, full(), Stdio::piped());
    assert_eq!((code, error.lines().count()), (Some(1), 1), "{error}");
}

#[test]
fn what_was_done_is_said_where_it_could_not_be_printed() {
    let folder = TempDir::new().unwrap();
    for (address, output) in [("ada@example.com", full as fn() -> Stdio), ("grace@example.com", closed)] {
        let create = ["users", "create-admin", "--email", address];
        let (code, error) = vestibule(folder.path(), &create, output(), Stdio::piped());
        assert_eq!(code, Some(1), "{error}");
        let done = format!(
            "the work is done, but standard output could not be written; it was: Created the administrator {address}"
        );
        assert!(error.contains(&done), "{error}");
        assert!(!error.contains("panicked") && !error.contains("stack backtrace"), "{error}");
        let (code, error) = vestibule(folder.path(), &create, Stdio::null(), Stdio::piped());
        assert_eq!(code, Some(1), "it was there already");
        assert!(!error.contains("the work is done"), "{error}");
    }
    std::fs::write(
        folder.path().join("movies.csv"),
        "names,date_x,score,genre,overview,crew,orig_title,status,orig_lang,budget_x,revenue,country\n\
         Metropolis,01/10/1927,83,Drama,Towers.,,Metropolis,Released,German,1,1,DE\n",
    )
    .unwrap();
    let import = ["movies", "import", "movies.csv"];
    let (code, error) = vestibule(folder.path(), &import, full(), Stdio::piped());
    assert_eq!(code, Some(1), "{error}");
    assert!(error.contains("the work is done") && error.contains("added          1"), "{error}");
}

#[test]
fn commands_that_can_print_nothing_at_all_end_as_they_would() {
    let folder = TempDir::new().unwrap();
    assert_eq!(vestibule(folder.path(), &["config", "show"], full(), full()).0, Some(1));
    assert_eq!(vestibule(folder.path(), &CREATE, full(), closed()).0, Some(1));
    assert_eq!(vestibule(folder.path(), &CREATE, Stdio::null(), full()).0, Some(1), "it is there already");
    let other = ["users", "create-admin", "--email", "grace@example.com"];
    assert_eq!(vestibule(folder.path(), &other, Stdio::null(), full()).0, Some(0));
}
