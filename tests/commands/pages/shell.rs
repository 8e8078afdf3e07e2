//! A shell in which somebody pastes the commands of a page.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

/// Requests tell their status beside what is printed. A server that runs yet ends with the shell.
const BEFORE: &str = r#"
curl() { command curl --write-out '%{stderr}status %{http_code}\n' "$@"; }
trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
"#;
/// How often a server is looked at until it serves, and how long each pause is.
const LOOKS: u32 = 6_000;
const PAUSE: Duration = Duration::from_millis(20);

/// What came of a command.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Ran {
    /// The statuses of the requests that it sent.
    pub(super) fn statuses(&self) -> Vec<u16> {
        let statuses = self.err.lines().filter_map(|line| line.strip_prefix("status "));
        statuses.map(|status| status.parse().unwrap()).collect()
    }

    pub(super) fn well(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }
}

/// A bash in a folder of its own, which keeps its variables from one command to the next.
pub(super) struct Shell {
    bash: Child,
    input: Option<ChildStdin>,
    codes: BufReader<ChildStdout>,
    folder: TempDir,
    replaced: Vec<(String, String)>,
}

impl Shell {
    /// With no settings but a free port for each server.
    pub(super) fn new() -> Self {
        Self::with(&[])
    }

    pub(super) fn with(variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["programs", "notes", "here"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        symlink(env!("CARGO_BIN_EXE_node"), folder.path().join("programs/vestibule")).unwrap();
        let path = std::env::var("PATH").unwrap();
        let mut bash = Command::new("bash")
            .args(["--noprofile", "--norc"])
            .current_dir(folder.path().join("here"))
            .env_clear()
            .env("PATH", format!("{}:{path}", folder.path().join("programs").display()))
            .env("HOME", folder.path())
            .env("LANG", "C.UTF-8")
            .env("VESTIBULE__SERVER__PORT", "0")
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("bash is needed");
        let mut input = bash.stdin.take().unwrap();
        input.write_all(BEFORE.as_bytes()).unwrap();
        let codes = BufReader::new(bash.stdout.take().unwrap());
        Self { bash, input: Some(input), codes, folder, replaced: Vec::new() }
    }

    /// Runs the following commands with another text in the place of this one.
    pub(super) fn replace(&mut self, from: &str, to: &str) {
        self.replaced.push((from.to_owned(), to.to_owned()));
    }

    /// A file in the folder of the commands.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("here").join(name)
    }

    pub(super) fn run(&mut self, command: &str) -> Ran {
        self.run_with("", command)
    }

    /// Runs a command that reads this.
    pub(super) fn run_with(&mut self, typed: &str, command: &str) -> Ran {
        fs::write(self.note("in"), typed).unwrap();
        let command =
            self.replaced.iter().fold(command.to_owned(), |text, (from, to)| text.replace(from, to));
        let [typed, out, err] = ["in", "out", "err"].map(|name| self.note(name).display().to_string());
        let code = self.tell(&format!("{{\n{command}\n}} <{typed} >{out} 2>{err}; echo $?\n"));
        let read = |path: &str| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        Ran { code: code.parse().unwrap(), out: read(&out), err: read(&err) }
    }

    /// Starts a server by this command, which has `vestibule` without arguments, and waits until it serves.
    pub(super) fn serve(&mut self, command: &str) -> Server {
        let command =
            self.replaced.iter().fold(command.to_owned(), |text, (from, to)| text.replace(from, to));
        let command = command.replacen("vestibule", "exec vestibule", 1);
        let log = self.note("log");
        File::create(&log).unwrap();
        let process = self.tell(&format!("(\n{command}\n) </dev/null >{0} 2>&1 & echo $!\n", log.display()));
        for _look in 0..LOOKS {
            let said = fs::read_to_string(&log).unwrap();
            if let Some(line) = said.lines().find(|line| line.contains(" serving ") && said.ends_with('\n')) {
                let (_, rest) = line.split_once(" url=").expect("it says where it is");
                let url = rest.split([' ', '"']).find(|word| !word.is_empty()).unwrap().to_owned();
                return Server { process, url, line: line.to_owned() };
            }
            assert_eq!(self.tell(&format!("kill -0 {process} 2>/dev/null; echo $?\n")), "0", "{said}");
            sleep(PAUSE);
        }
        panic!("{command} does not serve: {}", fs::read_to_string(&log).unwrap());
    }

    /// Stops a server, which has to end well.
    pub(super) fn stop(&mut self, server: &Server) {
        let code = self.tell(&format!("kill -TERM {0}; wait {0}; echo $?\n", server.process));
        assert_eq!(code, "0", "{}", fs::read_to_string(self.note("log")).unwrap());
    }

    fn note(&self, name: &str) -> PathBuf {
        self.folder.path().join("notes").join(name)
    }

    /// The line that bash answers.
    fn tell(&mut self, text: &str) -> String {
        self.input.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
        let mut line = String::new();
        self.codes.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "bash ended at {text}");
        line.trim().to_owned()
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // At the end of its input bash ends, and with it what it started.
        drop(self.input.take());
        let _ended = self.bash.wait();
    }
}

/// A server that a shell started.
pub(super) struct Server {
    process: String,
    pub(super) url: String,
    /// What it says of itself when it serves.
    pub(super) line: String,
}
