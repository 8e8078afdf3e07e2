//! Arguments that are no arguments.

use std::process::Command;

/// How `vestibule` ends with this argument, and what it says on standard error.
fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_node"))
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .env("VESTIBULE_ENV", "test")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn an_argument_that_is_called_like_a_setting_is_answered_with_its_variable() {
    for (argument, variable) in [
        ("--port", "VESTIBULE__SERVER__PORT=… ("),
        ("--port=9000", "VESTIBULE__SERVER__PORT=… ("),
        ("--server-host", "VESTIBULE__SERVER__HOST=… ("),
        ("--database-url", "VESTIBULE__DATABASE__URL=… ("),
        ("--posture", "VESTIBULE__POSTURE=… ("),
    ] {
        for before in [&[][..], &["serve"]] {
            let (code, said) = refused(&[before, &[argument]].concat());
            assert_eq!(code, Some(2), "{said}");
            let hint = format!("Settings are variables and files, and no arguments: {variable}");
            assert!(said.contains("unexpected argument") && said.contains(&hint), "{said}");
        }
    }
}

#[test]
fn any_other_argument_is_refused_without_a_hint() {
    let (code, said) = refused(&["--no-such-thing"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(!said.contains("Settings are"), "{said}");
    assert_eq!(refused(&["--version"]).0, Some(0));
}
