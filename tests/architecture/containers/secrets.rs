//! Secrets are generated, and never shipped.

use std::collections::BTreeSet;
use std::process::Command;

use super::file::{environment, generate_env, generated, services};
use crate::workspace::root;

const SECRET_WORDS: [&str; 4] = ["PASSWORD", "SECRET", "KEY", "AUTH"];

fn is_secret(name: &str) -> bool {
    SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// The names that a text wants filled in.
fn wanted(text: &str) -> Vec<String> {
    text.split("${").skip(1).map(|rest| rest.split(":?").next().unwrap().to_owned()).collect()
}

#[test]
fn every_secret_comes_from_the_generated_file() {
    for (service, definition) in services() {
        for (name, value) in environment(&definition) {
            let is_filled_in = value.starts_with("${") && value.ends_with('}');
            assert!(!is_secret(&name) || is_filled_in, "{service}: {name}");
        }
    }
}

#[test]
fn what_is_generated_is_what_is_wanted() {
    let text = std::fs::read_to_string(root().join("docker/compose.yaml")).unwrap();
    let wanted: BTreeSet<String> = wanted(&text).into_iter().collect();
    assert_eq!(wanted, generated().into_keys().collect());
}

#[test]
fn every_secret_is_random() {
    let (one, two) = (generated(), generated());
    let mut secrets = BTreeSet::new();
    for (name, value) in one.iter().filter(|(name, _)| is_secret(name)) {
        assert_ne!(Some(value), two.get(name), "{name}");
        assert!(value.len() >= 20 && value.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{name}");
        assert!(secrets.insert(value), "{name} is not the only one of its value");
    }
    assert!(secrets.len() >= 7);
}

#[test]
fn a_file_that_is_there_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("env");
    assert!(generate_env(&file).status.success());
    let before = std::fs::read_to_string(&file).unwrap();
    assert!(!generate_env(&file).status.success());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("env");
    assert!(generate_env(&file).status.success());
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn the_file_is_in_no_commit_and_in_no_image() {
    let root = root();
    let ignored =
        Command::new("git").args(["check-ignore", "-q", "docker/.env"]).current_dir(&root).status().unwrap();
    assert!(ignored.success());
    let rules = std::fs::read_to_string(root.join(".dockerignore")).unwrap();
    assert!(rules.lines().any(|line| line == "*") && !rules.contains("!docker"));
}
