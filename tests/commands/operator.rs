//! An operator at the command line, with a database of his own.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountDetails, AccountId, AccountUuid, EmailAddress, PasswordHash, Role};
use vestibule_domain::accounts::{MobileNumber, Username};
use vestibule_domain::sessions::{Session, SessionId};
use vestibule_domain::store::Store as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::FixedClock;

/// When every account was made.
pub(crate) const THEN: OffsetDateTime = FixedClock::START.truncate_to_second();

/// The UUID of the account with this number.
pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x4000_8000_0000_0000_0000 + number)
}

/// An active account of somebody with this name: its number is its id, where they are added in this order.
pub(crate) fn account(number: u128, name: &str) -> AccountDetails {
    AccountDetails {
        uuid: AccountUuid(uuid(number)),
        email: Some(EmailAddress::parse(&format!("{name}@example.com")).unwrap()),
        username: Some(Username::parse(name).unwrap()),
        display_name: None,
        mobile: None::<MobileNumber>,
        phone_number: None,
        hashed_password: PasswordHash::new("$2b$04$hash"),
        role: Role::User,
        is_active: true,
        email_verified_at: Some(THEN),
        activated_at: None,
        points: 0,
        surface: None,
        created_at: THEN,
        updated_at: THEN,
        updated_by: None,
        deleted_at: None,
    }
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The only object that it printed.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

pub(crate) struct Operator {
    folder: TempDir,
    pub(crate) store: SeaStore,
}

impl Operator {
    /// With these accounts in the database, in this order.
    pub(crate) async fn with(accounts: &[AccountDetails]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // An import makes the database, also one of nothing.
        let nothing = folder.path().join("nothing.jsonl");
        std::fs::write(&nothing, "").unwrap();
        let made = run(&folder, &[], &["users", "import", nothing.to_str().unwrap()]);
        assert_eq!(made.code, 0, "{made:?}");
        let store = SeaStore::connect(&DatabaseOptions::new(url(&folder))).await.unwrap();
        for account in accounts {
            store.repositories().accounts().insert(account).await.unwrap();
        }
        Self { folder, store }
    }

    /// With Ada, who is the only administrator, and Bob.
    pub(crate) async fn with_two() -> Self {
        let ada = AccountDetails { role: Role::Admin, ..account(1, "ada") };
        Self::with(&[ada, account(2, "bob")]).await
    }

    /// Opens a session, long before it is over.
    pub(crate) async fn signed_in(&self, account: i64, number: u128) -> Session {
        let session = Session {
            id: SessionId(uuid(number)),
            account: AccountId(account),
            surface: "theater".to_owned(),
            user_agent: Some("Mozilla/5.0\nroot".to_owned()),
            client_address: Some([192, 0, 2, 7].into()),
            created_at: THEN + Duration::seconds(i64::try_from(number).unwrap()),
            expires_at: THEN + Duration::days(40_000),
            revoked_at: None,
            last_seen_at: None,
        };
        self.store.repositories().sessions().insert(&session).await.unwrap();
        session
    }

    /// Where its files are.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Runs `vestibule users …`.
    pub(crate) fn users(&self, arguments: &[&str]) -> Ran {
        self.users_with(&[], arguments)
    }

    /// The same with these variables.
    pub(crate) fn users_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
        run(&self.folder, variables, &[&["users"], arguments].concat())
    }

    /// Runs `vestibule contacts …`.
    pub(crate) fn contacts(&self, arguments: &[&str]) -> Ran {
        run(&self.folder, &[], &[&["contacts"], arguments].concat())
    }

    /// Refused: the sentence that says why. Nothing is printed for a script.
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let ran = self.users(arguments);
        assert!(ran.code == 1 && ran.out.is_empty(), "{ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
        ran.err
    }

    /// What the trail has, newest first: the action, the actor, the surface, the account.
    pub(crate) fn trail(&self) -> Vec<(String, String, String, String)> {
        let ran = run(&self.folder, &[], &["audit", "list", "--json"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let event = |line: &str| -> Value { serde_json::from_str(line).unwrap() };
        let keys = ["action", "actor_kind", "surface", "account"];
        ran.out.lines().map(event).map(|event| keys.map(|key| text(&event[key])).into()).collect()
    }

    /// One event in the trail: what the operator did to the account with this number.
    pub(crate) fn did(&self, action: &str, number: u128) {
        let event =
            (action.to_owned(), "operator".to_owned(), "command".to_owned(), uuid(number).to_string());
        assert_eq!(self.trail(), [event]);
    }
}

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}?mode=rwc", folder.path().join("vestibule.db").display())
}

/// Runs a command without a terminal; its standard input is a pipe in which "yes" stands.
fn run(folder: &TempDir, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_node"))
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .env("VESTIBULE_ENV", "test")
        .env("VESTIBULE__DATABASE__URL", url(folder))
        .env("VESTIBULE__DATABASE__MIGRATE_ON_START", "true")
        .env("VESTIBULE__LOG__LEVEL", "off")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(b"yes\n");
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
