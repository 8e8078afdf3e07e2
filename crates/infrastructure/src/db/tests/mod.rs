//! What the contract suite cannot see: files, several processes, damaged rows, other backends' ways.

pub(super) mod changing;
mod claim;
mod concurrency;
mod connection;
mod damage;
mod full;

use std::net::{IpAddr, Ipv6Addr};

use sea_orm::{ConnectionTrait, EntityTrait, Schema};
use tempfile::TempDir;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountDetails, AccountId, AccountUuid, EmailAddress, PasswordHash, Role};
use vestibule_domain::messages::{Channel, Language, MessageId, OutboxMessage};
use vestibule_domain::sessions::{Session, SessionId};

use super::entities::{outbox_messages, refresh_tokens, sessions, users};
use super::pool::Pool;
use super::{DatabaseOptions, SeaStore};

const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

/// A store in a file with the tables that the entities have, and the folder that they are gone with.
/// The real schema is the business of `migration`, and the contract suite runs on it.
pub(super) async fn in_file() -> (SeaStore, DatabaseOptions, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep/down/test.db");
    let options = DatabaseOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    let store = SeaStore::connect(&options).await.unwrap();
    make_tables(&store).await;
    (store, options, folder)
}

/// A pool of one connection to a database in memory.
pub(super) async fn in_memory() -> Pool {
    SeaStore::connect(&DatabaseOptions::new("sqlite::memory:")).await.unwrap().pools.writer
}

async fn make_tables(store: &SeaStore) {
    make_table(store, users::Entity).await;
    make_table(store, sessions::Entity).await;
    make_table(store, refresh_tokens::Entity).await;
    make_table(store, outbox_messages::Entity).await;
    // These have no entities.
    for columns in [
        "account_counts (shard INTEGER PRIMARY KEY, listed INTEGER NOT NULL DEFAULT 0, trashed INTEGER NOT NULL DEFAULT 0)",
        "account_names (created_at_us INTEGER, user_id INTEGER, name TEXT, PRIMARY KEY (created_at_us, user_id))",
        "account_trigrams (trigram INTEGER, created_at_us INTEGER, user_id INTEGER, \
         PRIMARY KEY (trigram, created_at_us, user_id))",
    ] {
        store.connection().execute_unprepared(&format!("CREATE TABLE {columns}")).await.unwrap();
    }
}

async fn make_table(store: &SeaStore, entity: impl EntityTrait) {
    let db = store.connection();
    let schema = Schema::new(db.get_database_backend());
    db.execute(&schema.create_table_from_entity(entity)).await.unwrap();
}

pub(super) fn account(number: u128) -> AccountDetails {
    AccountDetails {
        uuid: AccountUuid(Uuid::from_u128(number)),
        email: Some(EmailAddress::parse(&format!("user{number}@example.com")).unwrap()),
        username: None,
        display_name: None,
        mobile: None,
        phone_number: None,
        hashed_password: PasswordHash::new("$2b$04$hash"),
        role: Role::User,
        is_active: true,
        email_verified_at: None,
        activated_at: None,
        points: 0,
        surface: None,
        created_at: NOW,
        updated_at: NOW,
        updated_by: None,
        deleted_at: None,
    }
}

fn session(number: u128, account: AccountId) -> Session {
    Session {
        id: SessionId(Uuid::from_u128(number)),
        account,
        surface: "theater".to_owned(),
        user_agent: Some("curl".to_owned()),
        client_address: Some(IpAddr::V6(Ipv6Addr::LOCALHOST)),
        created_at: NOW,
        expires_at: NOW + Duration::days(7),
        revoked_at: None,
        last_seen_at: None,
    }
}

fn message(number: u32) -> OutboxMessage {
    OutboxMessage {
        id: MessageId(Uuid::from_u128(number.into())),
        sealed_notice: vec![1, 2, 3],
        channel: Channel::Mail,
        language: Language::Fr,
        created_at: NOW + Duration::seconds(number.into()),
        available_at: NOW,
        attempts: 0,
    }
}
