//! A server process.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};

use reqwest::RequestBuilder;
use serde_json::Value;
use vestibule_tests::{Answer, assert_no_secret_in, plant_answer, plant_request};

use super::patience::eventually;

const PROGRAM: &str = env!("CARGO_BIN_EXE_node");

/// A server process. It is killed when this is dropped.
pub(crate) struct Node {
    child: Child,
    log: PathBuf,
    base: String,
    client: reqwest::Client,
}

impl Node {
    /// Starts the server with these variables and waits until it is ready.
    pub(crate) async fn start(variables: &[(String, String)], log: PathBuf) -> Self {
        Self::run(Command::new(PROGRAM), variables, log).await
    }

    /// Likewise, with files of which none may become larger than this many KiB: writing beyond fails (EFBIG).
    pub(crate) async fn start_with_small_files(
        kibibytes: u32,
        variables: &[(String, String)],
        log: PathBuf,
    ) -> Self {
        // In units of 1 KiB in bash. Without the trap the signal would end the process.
        let limited = format!("trap '' XFSZ; ulimit -f {kibibytes}; exec {PROGRAM}");
        let mut shell = Command::new("bash");
        shell.args(["-c", &limited]);
        Self::run(shell, variables, log).await
    }

    async fn run(mut command: Command, variables: &[(String, String)], log: PathBuf) -> Self {
        let child = command
            .env_clear()
            .envs(variables.iter().cloned())
            .current_dir(log.parent().unwrap())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut node = Self { child, log, base: String::new(), client: reqwest::Client::new() };
        node.base = eventually("the server listens", async || node.listening()).await;
        eventually("the server is ready", async || (node.readiness().await?.status == 200).then_some(()))
            .await;
        node
    }

    /// Starts the server with another place for its log than a file, and waits until it is ready.
    pub(crate) async fn start_logging_to(variables: &[(String, String)], folder: &Path, log: Stdio) -> Self {
        // The log cannot say which port it is, so this has to know before.
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_node"))
            .env_clear()
            .envs(variables.iter().cloned())
            .env("VESTIBULE__SERVER__PORT", address.port().to_string())
            .current_dir(folder)
            .stderr(log)
            .spawn()
            .unwrap();
        let (log, base) = (folder.join("no.log"), format!("http://{address}"));
        let mut node = Self { child, log, base, client: reqwest::Client::new() };
        eventually("the server is ready", async || {
            assert_eq!(node.exit(), None, "the server did not start");
            (node.readiness().await?.status == 200).then_some(())
        })
        .await;
        node
    }

    /// The end of its log, where that was piped.
    pub(crate) fn piped_log(&mut self) -> ChildStderr {
        self.child.stderr.take().unwrap()
    }

    /// Where it listens, as its log says.
    fn listening(&mut self) -> Option<String> {
        let log = self.log();
        assert!(self.exit().is_none(), "the server did not start: {log}");
        // In either form of the log.
        let (_, rest) = log.split_once(" address=").or_else(|| log.split_once("\"address\":\""))?;
        let (address, _) = rest.split_once([' ', '"', '\n'])?;
        Some(format!("http://{address}"))
    }

    /// What it wrote so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// How it ended, if it has.
    pub(crate) fn exit(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Ends it as a power cut does.
    pub(crate) fn kill(&self) {
        self.signal("-KILL");
    }

    /// Asks it to stop, and waits for its end, which must be a clean one.
    pub(crate) async fn stop(self) {
        self.stop_by("-INT").await;
    }

    /// The same, asked as a supervisor does.
    pub(crate) async fn terminate(self) {
        self.stop_by("-TERM").await;
    }

    async fn stop_by(mut self, signal: &str) {
        self.signal(signal);
        let status = eventually("the server stops", async || self.exit()).await;
        assert!(status.success(), "{status}: {}", self.log());
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    /// A request to this node.
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.client.request(method.parse().unwrap(), format!("{}{path}", self.base))
    }

    /// Posts JSON; `None` if the node did not answer.
    pub(crate) async fn try_post(&self, path: &str, body: &Value) -> Option<Answer> {
        let request = self
            .request("POST", path)
            .header("content-type", "application/json")
            .header("accept-language", "en")
            .body(body.to_string());
        self.try_send(request).await
    }

    /// Sends a request; `None` if the node did not answer. What is secret in both may not come into the log.
    async fn try_send(&self, request: RequestBuilder) -> Option<Answer> {
        let request = request.build().unwrap();
        plant_request(&request);
        let answer = Answer::of(self.client.execute(request).await.ok()?).await?;
        plant_answer(&answer);
        Some(answer)
    }

    /// Posts JSON.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.try_post(path, body).await.unwrap_or_else(|| panic!("no answer; {}", self.log()))
    }

    /// Sends a request with an access token.
    pub(crate) async fn send_as(&self, token: &str, method: &str, path: &str) -> Answer {
        self.try_send(self.request(method, path).bearer_auth(token)).await.unwrap()
    }

    /// The answer of `/health/ready`.
    pub(crate) async fn readiness(&self) -> Option<Answer> {
        Answer::of(self.request("GET", "/health/ready").send().await.ok()?).await
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // Fails for one that has ended, which is as well.
        let _ended = self.child.kill();
        let _status = self.child.wait();
        if !std::thread::panicking() {
            assert_no_secret_in(&self.log());
        }
    }
}
