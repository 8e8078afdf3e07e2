//! `deploy/vestibule.env.example` can be used as it is.

use std::collections::BTreeMap;

use vestibule_settings::Source;

use crate::given::{ACCESS, REFRESH, settings};

const EXAMPLE: &str = include_str!("../../deploy/vestibule.env.example");

/// The variables, with or without those that are commented out.
fn variables(commented: bool) -> BTreeMap<&'static str, &'static str> {
    let lines = EXAMPLE.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if commented && rest.starts_with("VESTIBULE") => rest,
        _ => line,
    });
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once('=').unwrap_or_else(|| panic!("{line}")))
        .collect()
}

/// The files of `/etc/vestibule`, in another folder.
fn source(commented: bool, folder: &std::path::Path) -> Source {
    for (name, text) in [
        ("access_secret", ACCESS),
        ("refresh_secret", REFRESH),
        ("mail_url", "smtps://user:password@mail.example.org"),
        ("database_url", "postgres://vestibule:password@db.example.org/vestibule"),
        ("cache_url", "rediss://:password@redis.example.org"),
        ("media_access_key", "key"),
        ("media_secret_key", "secret"),
    ] {
        std::fs::write(folder.join(name), format!("{text}\n")).unwrap();
    }
    let here = folder.display().to_string();
    variables(commented).into_iter().fold(Source::default(), |source, (name, value)| {
        source.with(name, value.replace("/etc/vestibule", &here))
    })
}

#[test]
fn the_example_passes_as_it_is_and_with_everything_that_is_commented_out() {
    for commented in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(&source(commented, folder.path()));
        assert!(settings.environment.is_production());
        assert_eq!(settings.warnings(), Vec::<String>::new());
        assert_eq!(settings.database.location.to_string().starts_with("postgres:"), commented);
    }
    assert!(variables(true).len() > variables(false).len());
}

/// systemd takes quotes away and containers do not; a shell splits at blanks, and knows more signs than both.
#[test]
fn every_reader_takes_the_values_for_the_same() {
    for (name, value) in variables(true) {
        assert!(name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'), "{name}");
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/@,".contains(&byte);
        assert!(!value.is_empty() && value.bytes().all(is_plain), "{name}={value}");
    }
}

#[test]
fn a_shell_reads_the_same_variables() {
    let script = "set -a; . ./deploy/vestibule.env.example; set +a; env | grep ^VESTIBULE";
    let shell = std::process::Command::new("sh")
        .args(["-c", script])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .output()
        .unwrap();
    let read = String::from_utf8(shell.stdout).unwrap();
    let read: BTreeMap<&str, &str> = read.lines().filter_map(|line| line.split_once('=')).collect();
    assert_eq!(read, variables(false));
}
