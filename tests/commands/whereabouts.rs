//! Where a command acts is told before what is wrong with its configuration.

use std::process::Command;

/// How a command ended, and what it said on standard error.
fn run(arguments: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_node"));
    let command = command.args(arguments).current_dir(folder.path()).env_clear();
    let output = command.envs(variables.iter().copied()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

const COMMANDS: [&[&str]; 5] = [
    &["config", "check"],
    &["config", "show"],
    &["users", "create-admin", "--email", "ada@example.com"],
    &["users", "list"],
    &["serve"],
];

#[test]
fn a_refused_configuration_is_told_after_the_environment_and_the_database() {
    for arguments in COMMANDS {
        let (code, said) = run(arguments, &[("VESTIBULE_ENV", "production")]);
        let first = "environment: production, database: sqlite://data/vestibule.db?mode=rwc\n";
        assert!(code == Some(1) && said.starts_with(first), "{arguments:?}: {said}");
        assert!(said.contains("\ntokens.access_secret: "), "{arguments:?}: {said}");
    }
}

#[test]
fn a_database_that_is_not_known_is_left_out() {
    for (name, value) in [
        ("VESTIBULE__DATABASE__URL", "oracle://ada:hunter2@h/db"),
        ("VESTIBULE__DATABASE__PORT", "1"),
        ("VESTIBULE_CONFIG_DIR", "/nowhere/at/all"),
    ] {
        let (code, said) = run(&["config", "check"], &[("VESTIBULE_ENV", "test"), (name, value)]);
        assert!(code == Some(1) && said.starts_with("environment: test\n"), "{name}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn an_environment_that_is_none_is_the_first_problem() {
    let (code, said) = run(&["config", "check"], &[("VESTIBULE_ENV", "prod")]);
    assert!(code == Some(1) && said.starts_with("VESTIBULE_ENV: is not an environment"), "{said}");
}

#[test]
fn what_is_not_read_is_told_beside_what_is_wrong() {
    let variables = [("VESTIBULE_FLAVOUR_OF_ICE", "1"), ("VESTIBULE__SERVER__PORT", "many")];
    for arguments in COMMANDS {
        let (code, said) = run(arguments, &variables);
        let lines: Vec<&str> = said.lines().collect();
        assert!(code == Some(1) && lines[0].starts_with("environment: development, "), "{said}");
        let warning = "warning: VESTIBULE_FLAVOUR_OF_ICE is not read; settings begin with VESTIBULE__";
        assert_eq!(lines[1], warning, "{said}");
        assert!(lines.last().unwrap().starts_with("server.port (VESTIBULE__SERVER__PORT): "), "{said}");
    }
}
