//! A server beside which the accounts of another system are imported.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use vestibule::commands::turns::Turns;
use vestibule::commands::users::export::{ExportFormat, export};
use vestibule::commands::users::import::{
    AccountImport, AccountImportError, BadRow, ImportSummary, OtherSystem, Passwords, Report, Spared, Step,
    Unit,
};
use vestibule_domain::accounts::AccountId;
use vestibule_infrastructure::crypto::ImportKeys;
use vestibule_infrastructure::system::SystemRandom;
use vestibule_sources::{Origin, Source, System};
use vestibule_tests::TestApp;

/// The cost of bcrypt of the server, low because tests hash much.
const COST: u32 = 4;

/// What the operator is told of rows, in order.
#[derive(Default)]
pub(super) struct Noted {
    /// Those that are bad.
    pub(super) bad: Vec<String>,
    /// Those that come without an identifier.
    pub(super) spared: Vec<String>,
}

impl Report for Noted {
    /// The rows are gone through twice, and named twice if they are left out.
    fn begins(&mut self, _step: Step, _bytes: u64) {
        self.bad.clear();
        self.spared.clear();
    }

    fn wraps(&mut self, _hashes: u64, _about: Duration) {}

    fn advances(&mut self, _bytes: u64) {}

    fn bad_row(&mut self, row: &BadRow) {
        self.bad.push(row.to_string());
    }

    fn spared(&mut self, spared: &Spared) {
        self.spared.push(spared.to_string());
    }

    /// The summary counts them.
    fn empty_password(&mut self, _unit: Unit, _line: u64) {}

    fn ends(&mut self) {}
}

/// A server, and the keys of the system that accounts come from.
pub(crate) struct House {
    pub(super) app: TestApp,
    keys: ImportKeys,
}

/// A folder with the exports of an original.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/sources/tests/originals").join(name)
}

impl House {
    pub(super) async fn with(keys: &[(&str, &str)]) -> Self {
        let mut import_keys = ImportKeys::default();
        for (name, value) in keys {
            assert!(import_keys.insert(name, *value));
        }
        let app = TestApp::on_sqlite()
            .with("rate_limit.enabled", "false")
            .with("password.bcrypt_cost", &COST.to_string())
            .start()
            .await;
        Self { app, keys: import_keys }
    }

    /// Imports files of an original, or its database if that is a URL, and answers what was done and what was
    /// told of rows.
    pub(super) async fn import(&self, name: &str, files: &[&str], dry_run: bool) -> (ImportSummary, Noted) {
        let (outcome, noted) = self.attempt(name, files, dry_run, true).await;
        (outcome.unwrap(), noted)
    }

    /// Likewise, where the import may be refused.
    pub(super) async fn attempt(
        &self,
        name: &str,
        files: &[&str],
        dry_run: bool,
        skip_bad: bool,
    ) -> (Result<ImportSummary, AccountImportError>, Noted) {
        let import = AccountImport {
            services: &self.app.services,
            passwords: Passwords::beside(COST, self.keys.clone()),
            random: Arc::new(SystemRandom),
            skip_bad,
            dry_run,
            turns: Turns { batch: Duration::from_millis(500), rest: Duration::ZERO, at_once: 2 },
        };
        let folder = folder(name);
        let origin = match files {
            [url] if url.starts_with("sqlite:") => {
                let file = folder.join(url.trim_start_matches("sqlite:"));
                Origin::Database(format!("sqlite:{}", file.display()))
            }
            files => Origin::Files(files.iter().map(|file| folder.join(file)).collect()),
        };
        let source = Source { system: System::Named(name.to_owned()), origin, options: [].into() };
        let mut noted = Noted::default();
        let source = Arc::new(OtherSystem::new(source));
        let outcome = import.execute(source, std::future::pending(), &mut noted).await;
        (outcome, noted)
    }

    /// How many accounts there are.
    pub(super) async fn accounts(&self) -> usize {
        let (accounts, _) =
            self.app.deps.store.repositories().transfer().after(AccountId(0), 1_000).await.unwrap();
        accounts.len()
    }

    /// All accounts, without what every import makes anew: UUIDs, and the salts of wrapped hashes.
    pub(super) async fn exported(&self) -> Vec<Value> {
        let mut output = Vec::new();
        export(&self.app.services, ExportFormat::Jsonl, std::future::pending(), &mut output).await.unwrap();
        let rows = output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let mut rows: Vec<Value> = rows.map(|line| serde_json::from_slice(line).unwrap()).collect();
        for row in &mut rows {
            let row = row.as_object_mut().unwrap();
            row.remove("uuid");
            row.remove("password_hash");
        }
        rows
    }
}
