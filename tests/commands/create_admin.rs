//! `vestibule users create-admin`.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Whether the password is taken, and what is said on standard error.
fn create(password: &str, variables: &[(&str, &str)]) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_node"))
        .args(["users", "create-admin", "--email", "ada@example.com"])
        .current_dir(folder.path())
        .env_clear()
        .env("VESTIBULE_ENV", "test")
        .env("VESTIBULE__PASSWORD__BCRYPT_COST", "4")
        .env("VESTIBULE__LOG__LEVEL", "off")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_password_is_judged_by_its_length_whatever_surfaces_are_served() {
    for variables in [&[][..], &[("VESTIBULE__SURFACES__THEATER__ENABLED", "false")]] {
        assert!(create("twelve chars\n", variables).0);
        let (is_taken, error) = create("Analytic#18\n", variables);
        assert!(!is_taken && error.contains("the password is too weak"), "{error}");
    }
}

#[test]
fn a_breached_password_is_refused_unless_nothing_is_looked_up() {
    for password in ["administrator\n", "Administrator\n"] {
        let (is_taken, error) = create(password, &[]);
        assert!(!is_taken && error.contains("the password is known from a breach"), "{error}");
        assert!(create(password, &[("VESTIBULE__PASSWORD__BREACHED", "off")]).0);
    }
}

#[test]
fn the_environment_and_the_database_are_told_before_anything_is_done() {
    let told = "environment: test, database: sqlite://data/test/vestibule.db?mode=rwc\n";
    for password in ["twelve chars\n", "short\n"] {
        let (_, error) = create(password, &[]);
        assert!(error.starts_with(told), "{error}");
    }
    let (_, error) = create("twelve chars\n", &[("VESTIBULE_ENV", "development")]);
    assert!(error.starts_with("environment: development, "), "{error}");
}
