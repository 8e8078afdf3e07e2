//! Services that a test may stop.

use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::installation::Places;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/services");

/// `PostgreSQL`, Redis and SMTP for one test. They end with it.
pub(crate) struct PrivateServices {
    folder: TempDir,
}

impl PrivateServices {
    /// Starts them.
    pub(crate) fn start_all() -> Self {
        let services = Self { folder: TempDir::new().unwrap() };
        services.run(&["start", "postgres", "redis", "smtp"]);
        services
    }

    /// Stops one; its data and its port stay.
    pub(crate) fn stop(&self, name: &str) {
        self.run(&["stop", name]);
    }

    /// Starts one again.
    pub(crate) fn start(&self, name: &str) {
        self.run(&["start", name]);
    }

    /// Where they are.
    pub(crate) fn places(&self) -> Places {
        let printed = String::from_utf8(self.run(&["env"]).stdout).unwrap();
        let place = |name: &str| {
            let start = format!("export VESTIBULE_TEST_{name}='");
            let line = printed.lines().find_map(|line| line.strip_prefix(&start));
            line.unwrap_or_else(|| panic!("no {name} in {printed}")).trim_end_matches('\'').to_owned()
        };
        Places { postgres: place("POSTGRES"), redis: place("REDIS"), smtp: place("SMTP") }
    }

    /// Where the SMTP server puts what it takes.
    pub(crate) fn mail_folder(&self) -> PathBuf {
        self.folder.path().join("smtp/mail")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut script = Command::new(SCRIPT);
        script.args(arguments).env("VESTIBULE_SERVICES_DIR", self.folder.path());
        script.env("VESTIBULE_SERVICES_OWNER", std::process::id().to_string()).env("REQUIRE_SERVICES", "1");
        let output = script.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }
}

impl Drop for PrivateServices {
    fn drop(&mut self) {
        self.run(&["stop"]);
    }
}
