//! Imports that are stopped, run beside each other, or meet people who register.

use std::fs::File;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use tempfile::NamedTempFile;
use tokio::sync::Notify;
use vestibule::commands::turns::Turns;
use vestibule::commands::users::export::{ExportFormat, export};
use vestibule::commands::users::import::{
    AccountImport, AccountImportError, BadRow, ImportSummary, JsonLines, Passwords, Report, Spared, Step,
    Unit,
};
use vestibule_infrastructure::crypto::ImportKeys;
use vestibule_infrastructure::system::SystemRandom;
use vestibule_tests::{OwnDatabase, Server, TestApp};

use crate::house::{House, numbers};

/// Lets something happen when the first batch was added.
#[derive(Default)]
struct Watched {
    bad: Vec<String>,
    step: Option<Step>,
    after_first_batch: Option<Box<dyn FnOnce() + Send>>,
}

impl Report for Watched {
    fn begins(&mut self, step: Step, _bytes: u64) {
        self.step = Some(step);
    }

    fn wraps(&mut self, _hashes: u64, _about: Duration) {}

    fn advances(&mut self, _bytes: u64) {
        if self.step == Some(Step::Import)
            && let Some(happens) = self.after_first_batch.take()
        {
            happens();
        }
    }

    fn bad_row(&mut self, row: &BadRow) {
        self.bad.push(row.to_string());
    }

    fn empty_password(&mut self, _unit: Unit, _line: u64) {}

    fn spared(&mut self, _spared: &Spared) {}

    fn ends(&mut self) {}
}

fn file(rows: usize) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    for number in 0..rows {
        writeln!(
            file,
            "{{\"email\":\"user{number}@example.com\",\"username\":\"user {number}\",\"points\":{}}}",
            number % 3
        )
        .unwrap();
    }
    file
}

async fn import(
    app: &TestApp,
    file: &NamedTempFile,
    stop: impl Future<Output = ()>,
    watched: &mut Watched,
) -> Result<ImportSummary, AccountImportError> {
    import_in(1, app, file, stop, watched).await
}

/// Likewise, so many batches at once.
async fn import_in(
    at_once: usize,
    app: &TestApp,
    file: &NamedTempFile,
    stop: impl Future<Output = ()>,
    watched: &mut Watched,
) -> Result<ImportSummary, AccountImportError> {
    let import = AccountImport {
        services: &app.services,
        passwords: Passwords::beside(4, ImportKeys::default()),
        random: Arc::new(SystemRandom),
        skip_bad: false,
        dry_run: false,
        turns: Turns { batch: Duration::from_millis(500), rest: Duration::ZERO, at_once },
    };
    import.execute(Arc::new(JsonLines::new(file.path())), stop, watched).await
}

async fn exported(app: &TestApp) -> String {
    let mut output = Vec::new();
    export(&app.services, ExportFormat::Jsonl, std::future::pending(), &mut output).await.unwrap();
    String::from_utf8(output).unwrap()
}

const ROWS: usize = 2_600;

#[tokio::test]
async fn an_import_that_was_stopped_goes_on_with_the_next() {
    let app = TestApp::on_sqlite().start().await;
    let file = file(ROWS);
    let stop = Arc::new(Notify::new());
    let asked = stop.clone();
    let mut watched =
        Watched { after_first_batch: Some(Box::new(move || asked.notify_one())), ..Watched::default() };
    let stopped = import(&app, &file, stop.notified(), &mut watched).await.unwrap_err();
    let AccountImportError::Stopped { added } = stopped else { panic!("{stopped}") };
    assert!(added > 0 && added < ROWS as u64, "{added}");
    let summary = import(&app, &file, std::future::pending(), &mut Watched::default()).await.unwrap();
    assert_eq!((summary.here, summary.added), (added, ROWS as u64 - added));
    assert_eq!(exported(&app).await.lines().count(), ROWS);
}

#[tokio::test]
async fn two_imports_at_once_both_end_well() {
    let app = TestApp::on_sqlite().start().await;
    let file = file(ROWS);
    let (mut one, mut other) = (Watched::default(), Watched::default());
    let (one, other) = tokio::join!(
        import(&app, &file, std::future::pending(), &mut one),
        import(&app, &file, std::future::pending(), &mut other),
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!(one.added + other.added, ROWS as u64);
    assert_eq!(exported(&app).await.lines().count(), ROWS);
}

async fn batches_at_once_add_every_account_once(app: TestApp) {
    let file = file(2 * ROWS);
    let stop = Arc::new(Notify::new());
    let asked = stop.clone();
    let mut watched =
        Watched { after_first_batch: Some(Box::new(move || asked.notify_one())), ..Watched::default() };
    let stopped = import_in(2, &app, &file, stop.notified(), &mut watched).await.unwrap_err();
    let AccountImportError::Stopped { added } = stopped else { panic!("{stopped}") };
    assert_eq!(exported(&app).await.lines().count() as u64, added, "what was under way is counted");
    let summary = import_in(2, &app, &file, std::future::pending(), &mut Watched::default()).await.unwrap();
    assert_eq!((summary.here, summary.added), (added, 2 * ROWS as u64 - added));
    assert_eq!(exported(&app).await.lines().count(), 2 * ROWS);
}

/// Some of the accounts are in the trash, which is counted like the others: once in a batch, since two batches that each
/// count twice wait for each other in a circle.
async fn accounts_in_the_trash_and_others_are_counted(database: &OwnDatabase, integer: &str) {
    let house = House::new();
    let mut file = File::create(house.path("accounts.jsonl")).unwrap();
    for number in 0..8_000 {
        let deleted_at = if number % 97 == 0 { r#","deleted_at":"2026-01-01T00:00:00Z""# } else { "" };
        writeln!(file, r#"{{"email":"user{number}@example.com","username":"user{number}"{deleted_at}}}"#)
            .unwrap();
    }
    let told = house.run(&database.url, &["users", "import", "accounts.jsonl"]).well();
    assert!(told.contains("added          8000"), "{told}");
    for (column, expected) in [("listed", 8_000 - 83), ("trashed", 83)] {
        let sum = format!("SELECT CAST(sum({column}) AS {integer}) FROM account_counts");
        assert_eq!(numbers(&database.url, &sum).await, [expected], "{column}");
    }
}

#[tokio::test]
#[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
async fn accounts_in_the_trash_and_others_are_counted_on_postgresql() {
    let database = OwnDatabase::empty(Server::Postgres).await;
    accounts_in_the_trash_and_others_are_counted(&database, "bigint").await;
    let circles = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    assert_eq!(numbers(&database.url, circles).await, [0]);
}

#[tokio::test]
#[cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")]
async fn accounts_in_the_trash_and_others_are_counted_on_mariadb() {
    let database = OwnDatabase::empty(Server::MariaDb).await;
    accounts_in_the_trash_and_others_are_counted(&database, "signed").await;
}

#[tokio::test]
async fn batches_at_once_add_every_account_once_to_sqlite() {
    batches_at_once_add_every_account_once(TestApp::on_sqlite().start().await).await;
}

#[tokio::test]
#[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
async fn batches_at_once_add_every_account_once_to_postgresql() {
    batches_at_once_add_every_account_once(TestApp::on_postgres().await.start().await).await;
}

#[tokio::test]
#[cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")]
async fn batches_at_once_add_every_account_once_to_mariadb() {
    batches_at_once_add_every_account_once(TestApp::on_mariadb().await.start().await).await;
}

// On another thread a task gives the connection of the last batch back meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_registers_while_an_import_runs_keeps_the_address() {
    let app = TestApp::on_sqlite().start().await;
    let file = file(ROWS);
    let late = format!("{{\"email\":\"user{}@example.com\"}}\n", ROWS - 1);
    let mut first = NamedTempFile::new().unwrap();
    first.write_all(late.as_bytes()).unwrap();
    // The import waits for nobody, so the other account is added on a thread of its own.
    let services = app.services.clone();
    let happens = move || {
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let import = AccountImport {
                    services: &services,
                    passwords: Passwords::beside(4, ImportKeys::default()),
                    random: Arc::new(SystemRandom),
                    skip_bad: false,
                    dry_run: false,
                    turns: Turns { batch: Duration::from_millis(500), rest: Duration::ZERO, at_once: 1 },
                };
                let source = Arc::new(JsonLines::new(first.path()));
                import.execute(source, std::future::pending(), &mut Watched::default()).await.unwrap();
            });
        })
        .join()
        .unwrap();
    };
    let mut watched = Watched { after_first_batch: Some(Box::new(happens)), ..Watched::default() };
    let overtaken = import(&app, &file, std::future::pending(), &mut watched).await.unwrap_err();
    let AccountImportError::Overtaken { refused, added } = overtaken else { panic!("{overtaken}") };
    assert_eq!((refused, added), (1, ROWS as u64 - 1));
    assert!(watched.bad[0].starts_with(&format!("line {ROWS}: the account ")), "{:?}", watched.bad);
}

#[tokio::test]
async fn an_export_of_memory_imports_again_to_the_same_bytes() {
    let (app, other) = (TestApp::start().await, TestApp::start().await);
    import(&app, &file(700), std::future::pending(), &mut Watched::default()).await.unwrap();
    let first = exported(&app).await;
    let mut moved = NamedTempFile::new().unwrap();
    moved.write_all(first.as_bytes()).unwrap();
    import(&other, &moved, std::future::pending(), &mut Watched::default()).await.unwrap();
    assert!(exported(&other).await == first);
}
