//! Clients that code generators made of `/openapi.json`: their types are checked, and each surface is called through
//! them. Ignored where the generators are not there.

mod node;
mod python;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use vestibule_tests::TestApp;

/// The addresses and names of a test's people, and what was mailed to them.
fn people(server: &str) -> Value {
    json!({
        "server": server,
        "theater": "ada@theater.example.com",
        "contacts": "ada@contacts.example.com",
        "admin": "ada@admin.example.com",
        "admin_name": "ada_of_admin",
        "points": "ada@points.example.com",
        "mobile": "01700000001",
        "mobile_name": "ada_of_mobile",
    })
}

/// A server, and a folder with its document.
struct Client {
    app: TestApp,
    folder: TempDir,
}

impl Client {
    async fn new() -> Self {
        let app = TestApp::on_memory().with("rate_limit.enabled", "false").start().await;
        let folder = TempDir::new().unwrap();
        let document = app.get("/openapi.json").await;
        assert_eq!(document.status, 200);
        fs::write(folder.path().join("openapi.json"), document.body).unwrap();
        Self { app, folder }
    }

    /// Copies files that stand beside this one.
    fn with(self, files: &[&str]) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop/clients");
        for file in files {
            let name = Path::new(file).file_name().unwrap();
            fs::copy(here.join(file), self.folder.path().join(name)).unwrap();
        }
        self
    }

    /// A command in the folder.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path());
        command
    }

    /// Signs up and logs in at every surface by a program that does both.
    async fn round_trip(&self, program: impl Fn() -> Command) {
        let mut people = people(&format!("http://{}", self.app.address()));
        run(program().arg("sign_up"), &people).await;
        for (who, code) in
            [("theater", "theater_code"), ("contacts", "contacts_code"), ("mobile", "mobile_code")]
        {
            let mailed = self.app.mailed_code(people[who].as_str().unwrap()).await;
            people[code] = mailed.into();
        }
        run(program().arg("log_in"), &people).await;
    }
}

/// Runs a command to its good end. The server of the test goes on meanwhile.
pub(crate) async fn run(command: &mut Command, input: &Value) {
    use std::io::Write as _;
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that reads nothing may be gone by now.
    let _ = child.stdin.take().unwrap().write_all(input.to_string().as_bytes());
    let output = tokio::task::spawn_blocking(move || child.wait_with_output()).await.unwrap().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&said));
}
