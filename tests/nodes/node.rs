//! A server process.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};

use reqwest::RequestBuilder;
use serde_json::Value;
use vestibule_tests::Answer;

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

    /// Where it listens, as its log says.
    fn listening(&mut self) -> Option<String> {
        let log = self.log();
        assert!(self.exit().is_none(), "the server did not start: {log}");
        let (_, rest) = log.split_once("listening on ")?;
        rest.contains('\n').then(|| format!("http://{}", rest.lines().next().unwrap_or_default().trim()))
    }

    /// What it wrote so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
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
    pub(crate) async fn stop(mut self) {
        self.signal("-INT");
        let status = eventually("the server stops", async || self.exit()).await;
        assert!(status.success(), "{status}: {}", self.log());
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
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
        Answer::of(request.send().await.ok()?).await
    }

    /// Posts JSON.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.try_post(path, body).await.unwrap_or_else(|| panic!("no answer; {}", self.log()))
    }

    /// Sends a request with an access token.
    pub(crate) async fn send_as(&self, token: &str, method: &str, path: &str) -> Answer {
        let response = self.request(method, path).bearer_auth(token).send().await.unwrap();
        Answer::of(response).await.unwrap()
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
    }
}
