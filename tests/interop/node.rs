//! Node with the packages of `node/package.json`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use vestibule_tests::service;

/// A folder from which modules find the packages.
pub(crate) struct Project(TempDir);

impl Project {
    /// A folder with the programs of `node`.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let packages = PathBuf::from(service("jwt_node")).join("node_modules");
        std::os::unix::fs::symlink(packages, folder.path().join("node_modules")).unwrap();
        let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop/node");
        for name in ["libraries.mjs", "snippets.mjs", "webcrypto.cjs"] {
            fs::copy(programs.join(name), folder.path().join(name)).unwrap();
        }
        Self(folder)
    }

    /// Adds the snippet that `snippets.mjs` runs.
    pub(crate) fn with_snippet(self, code: &str) -> Self {
        fs::write(self.0.path().join("snippet.mjs"), code).unwrap();
        self
    }

    /// One of its programs.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut command = Command::new("node");
        command.current_dir(self.0.path()).args(["--require", "./webcrypto.cjs"]).arg(name);
        command
    }
}
