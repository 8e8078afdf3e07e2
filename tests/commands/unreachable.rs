//! Databases that cannot be reached: each command says why, once.

use std::net::TcpListener;
use std::process::Command;

/// What a command says on standard error before it fails.
fn complaint(program: &str, arguments: &[&str], url: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .env("VESTIBULE_ENV", "test")
        .env("VESTIBULE__DATABASE__URL", url)
        .env("VESTIBULE__DATABASE__ACQUIRE_TIMEOUT", "500ms")
        .env("VESTIBULE__LOG__LEVEL", "off")
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

/// A port at which nobody listens.
fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_refused_connection_is_called_by_its_name_and_once() {
    for scheme in ["postgres", "mysql"] {
        let url = format!("{scheme}://ada:canary@127.0.0.1:{}/vestibule", closed_port());
        let said = complaint(env!("CARGO_BIN_EXE_node"), &["serve"], &url);
        assert_eq!(said.matches("Connection refused").count(), 1, "{said}");
        assert!(!said.contains("timed out") && !said.contains("canary"), "{said}");
    }
}
