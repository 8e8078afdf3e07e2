//! A single server that dies, and is started again on its data folder.

use std::path::Path;
use std::time::Instant;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;
use tokio::net::TcpListener;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactFacts, NewContact, Text};
use vestibule_domain::store::Store as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};

use super::members::{register, somebody};
use super::node::Node;
use super::patience::eventually;

/// A lease would end after twenty minutes by itself.
const SOON: std::time::Duration = std::time::Duration::from_mins(1);

/// A folder with a `SQLite` database, and a mail server that never says a word.
struct Place {
    folder: TempDir,
    silent: TcpListener,
}

impl Place {
    async fn new() -> Self {
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { folder: TempDir::new().unwrap(), silent }
    }

    fn mails(&self) -> std::path::PathBuf {
        self.folder.path().join("mails")
    }

    /// A server whose mails do not leave.
    async fn stuck(&self) -> Node {
        let url = format!("smtp://{}", self.silent.local_addr().unwrap());
        self.start(&[("VESTIBULE__MAIL__TRANSPORT", "smtp"), ("VESTIBULE__MAIL__URL", &url)]).await
    }

    /// A server that writes its mails into a folder.
    async fn working(&self) -> Node {
        let url = format!("file://{}", self.mails().display());
        self.start(&[("VESTIBULE__MAIL__TRANSPORT", "file"), ("VESTIBULE__MAIL__URL", &url)]).await
    }

    async fn start(&self, own: &[(&str, &str)]) -> Node {
        let data = self.folder.path().join("data");
        let variables = [
            ("VESTIBULE_ENV", "test"),
            ("VESTIBULE__SERVER__PORT", "0"),
            ("VESTIBULE__POSTURE", "hardened"),
            ("VESTIBULE__LOG__LEVEL", "info"),
            ("VESTIBULE__METRICS__ENABLED", "true"),
            ("VESTIBULE__DATA_FOLDER", data.to_str().unwrap()),
        ];
        let all = variables.iter().chain(own);
        let variables: Vec<_> = all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let log = self.folder.path().join(format!("{}.log", super::members::unique()));
        Node::start(&variables, log).await
    }

    fn url(&self) -> String {
        let path = self.folder.path().join("data/vestibule.db");
        format!("sqlite://{}?mode=rw", path.display())
    }

    async fn database(&self) -> DatabaseConnection {
        Database::connect(self.url()).await.unwrap()
    }

    /// Registers somebody, and waits until the server has the mail under way.
    async fn with_mail_under_way(&self, node: &Node) -> String {
        let email = somebody();
        assert_eq!(register(node, &email).await.status, 201);
        let database = self.database().await;
        eventually("the mail is under way", async || leased(&database).await).await;
        database.close().await.unwrap();
        email
    }
}

/// Who has the mail under way.
async fn leased(database: &DatabaseConnection) -> Option<uuid::Uuid> {
    let find = "SELECT leased_by FROM outbox_messages WHERE lease IS NOT NULL";
    let find = Statement::from_string(DbBackend::Sqlite, find);
    database.query_one_raw(find).await.unwrap().map(|row| row.try_get("", "leased_by").unwrap())
}

/// How many mails to an address were written.
fn mails_to(folder: &Path, address: &str) -> usize {
    let Ok(files) = folder.read_dir() else { return 0 };
    let mails = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap_or_default());
    mails.filter(|mail| mail.contains(address)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_was_under_way_when_the_only_server_was_killed_leaves_after_its_restart() {
    let place = Place::new().await;
    let dying = place.stuck().await;
    let email = place.with_mail_under_way(&dying).await;
    dying.kill();
    drop(dying);

    let began = Instant::now();
    let heir = place.working().await;
    eventually("the mail leaves", async || (mails_to(&place.mails(), &email) > 0).then_some(())).await;
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    assert!(heir.log().contains("took over what a server that died had under way"), "{}", heir.log());
    heir.stop().await;
    assert_eq!(mails_to(&place.mails(), &email), 1);
}

/// Whether there is such a row.
async fn is_there(database: &DatabaseConnection, find: &str) -> Option<()> {
    let find = Statement::from_string(DbBackend::Sqlite, find);
    database.query_one_raw(find).await.unwrap().map(drop)
}

/// Whether nobody has the purge, and somebody had it.
async fn nobody_purges(database: &DatabaseConnection) -> Option<()> {
    let find = "SELECT 1 FROM chore_leases WHERE chore = 'purge' AND holder IS NULL";
    is_there(database, find).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purge_that_was_under_way_when_the_only_server_was_killed_is_free_after_its_restart() {
    let place = Place::new().await;
    let dying = place.stuck().await;
    place.with_mail_under_way(&dying).await;
    let database = place.database().await;
    eventually("the first purge ends", async || nobody_purges(&database).await).await;
    dying.kill();
    drop(dying);
    // As if it had been killed in the middle, and its clock had been far ahead.
    let in_the_middle = "UPDATE chore_leases SET held_until = '9999-01-01 00:00:00.0', \
         holder = (SELECT leased_by FROM outbox_messages WHERE lease IS NOT NULL)";
    assert!(database.execute_unprepared(in_the_middle).await.unwrap().rows_affected() > 0);
    assert!(nobody_purges(&database).await.is_none());

    let heir = place.working().await;
    eventually("the purge is free", async || nobody_purges(&database).await).await;
    database.close().await.unwrap();
    heir.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_of_the_data_folder_takes_over_when_the_first_dies_and_not_before() {
    let place = Place::new().await;
    let dying = place.stuck().await;
    let email = place.with_mail_under_way(&dying).await;
    let database = place.database().await;
    let holder = leased(&database).await;
    let heir = place.working().await;
    // It serves, and has left the mail to the one that has it.
    assert_eq!(leased(&database).await, holder);
    assert_eq!(mails_to(&place.mails(), &email), 0);
    dying.kill();
    drop(dying);
    let began = Instant::now();
    eventually("the mail leaves", async || (mails_to(&place.mails(), &email) > 0).then_some(())).await;
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    database.close().await.unwrap();
    heir.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_server_purges_is_counted() {
    let place = Place::new().await;
    let node = place.working().await;
    let kinds = [
        "refresh_tokens",
        "sessions",
        "reset_tokens",
        "unactivated_accounts",
        "parked_messages",
        "sent_messages",
        "trashed_accounts",
        "audit_events",
    ];
    eventually("a purge is counted", async || {
        let metrics = node.request("GET", "/metrics").send().await.unwrap().text().await.unwrap();
        let series = kinds.map(|kind| format!("vestibule_purged_rows_total{{kind=\"{kind}\"}} 0"));
        series.iter().all(|series| metrics.contains(series)).then_some(())
    })
    .await;
    node.stop().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_cannot_write_its_lock_serves_and_says_so() {
    let place = Place::new().await;
    // A folder where the file should be: not even root can write it.
    std::fs::create_dir_all(place.folder.path().join("data/server.lock")).unwrap();
    let node = place.working().await;
    assert!(node.log().contains("the data folder cannot be locked"), "{}", node.log());
    assert_eq!(register(&node, &somebody()).await.status, 201);
    node.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_stopped_leaves_no_contact_without_its_trigrams() {
    let place = Place::new().await;
    let node = place.working().await;
    let registered = register(&node, &somebody()).await;
    let owner = AccountId(registered.json()["id"].as_i64().unwrap());
    let database = place.database().await;
    let whole = "SELECT 1 FROM contact_index_progress WHERE finished_at IS NOT NULL";
    eventually("the index of contacts is whole", async || is_there(&database, whole).await).await;
    let store = SeaStore::connect(&DatabaseOptions::new(place.url())).await.unwrap();
    let facts = ContactFacts {
        fullname: Text::parse("Last").unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: None,
    };
    // It waits until others are added, or until the server covers it.
    let contact = NewContact { owner, facts, avatar: None };
    let id = store.repositories().contacts().insert(&contact).await.unwrap();
    store.close().await;
    node.stop().await;
    let trigrams = format!("SELECT 1 FROM contact_trigrams WHERE contact_id = {}", id.0);
    assert_eq!(is_there(&database, &trigrams).await, Some(()));
    database.close().await.unwrap();
}
