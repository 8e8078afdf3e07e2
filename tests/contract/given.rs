//! What cases start from.

use std::fmt::Debug;
use std::sync::Arc;

use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use vestibule_domain::accounts::{
    Account, AccountDetails, AccountId, AccountSurface, AccountToken, AccountTokenKind, AccountUuid,
    EmailAddress, MobileNumber, PasswordHash, Role, Username,
};
use vestibule_domain::messages::{
    Channel, InstanceId, Language, Lease, MessageId, OutboxMessage, SentMessage,
};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::sessions::{RefreshToken, Session, SessionId, TokenId};
use vestibule_domain::store::{Constraint, Store, StoreError};
use vestibule_tests::FixedClock;

/// The store of a case.
pub(crate) type Stored = Arc<dyn Store>;

/// When everything happens, unless a case says otherwise.
pub(crate) const NOW: OffsetDateTime = FixedClock::START;

/// `NOW` in whole seconds.
pub(crate) const SECOND: OffsetDateTime = NOW.truncate_to_second();

/// The least difference between two times.
pub(crate) const MOMENT: Duration = Duration::MICROSECOND;

/// An id that nobody has.
pub(crate) const NOBODY: AccountId = AccountId(404_404);

/// The same id for the same name.
pub(crate) fn id(name: &str) -> Uuid {
    Uuid::parse_str(&SecretDigest::of(name).to_hex()[..32]).unwrap()
}

pub(crate) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub(crate) fn username(text: &str) -> Username {
    Username::parse(text).unwrap()
}

/// A new account with this as its e-mail address, and nothing else that identifies.
pub(crate) fn account(address: &str) -> AccountDetails {
    AccountDetails { email: Some(email(address)), ..nameless(address) }
}

/// A new account that nothing but its UUID identifies, which follows from the seed.
pub(crate) fn nameless(seed: &str) -> AccountDetails {
    AccountDetails {
        uuid: AccountUuid(id(seed)),
        email: None,
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

/// A new account of which everything is known.
pub(crate) fn rich_account(address: &str) -> AccountDetails {
    AccountDetails {
        username: Some(username("Ada.Lovelace")),
        display_name: Some("Ada 'the 1st'; DROP TABLE users;-- 🦀".to_owned()),
        mobile: Some(MobileNumber::parse("+33612345678").unwrap()),
        phone_number: Some("ask for Ada, ext. 12".to_owned()),
        role: Role::Moderator,
        is_active: false,
        email_verified_at: Some(NOW - Duration::days(400)),
        points: i64::MAX,
        surface: Some(AccountSurface::Mobile),
        created_at: NOW - Duration::days(20_000),
        updated_at: NOW + MOMENT,
        deleted_at: Some(NOW + Duration::days(3)),
        ..account(address)
    }
}

pub(crate) async fn add(store: &Stored, details: &AccountDetails) -> AccountId {
    store.repositories().accounts().insert(details).await.unwrap()
}

pub(crate) async fn add_account(store: &Stored, address: &str) -> AccountId {
    add(store, &account(address)).await
}

pub(crate) async fn read(store: &Stored, id: AccountId) -> Account {
    store.repositories().accounts().by_id(id).await.unwrap().expect("the account is gone")
}

pub(crate) fn account_token(kind: AccountTokenKind, account: AccountId, secret: &str) -> AccountToken {
    AccountToken {
        kind,
        account,
        digest: SecretDigest::of(secret),
        surface: None,
        created_at: NOW,
        expires_at: NOW + Duration::DAY,
    }
}

pub(crate) fn session(account: AccountId, name: &str) -> Session {
    Session {
        id: SessionId(id(name)),
        account,
        surface: "theater".to_owned(),
        user_agent: Some("Mozilla/5.0".to_owned()),
        client_address: Some([192, 0, 2, 7].into()),
        created_at: NOW,
        expires_at: NOW + Duration::DAY,
        revoked_at: None,
        last_seen_at: None,
    }
}

pub(crate) async fn add_session(store: &Stored, account: AccountId, name: &str) -> SessionId {
    let session = session(account, name);
    store.repositories().sessions().insert(&session).await.unwrap();
    session.id
}

/// An account and a session of it.
pub(crate) async fn signed_in(store: &Stored, address: &str) -> (AccountId, SessionId) {
    let account = add_account(store, address).await;
    (account, add_session(store, account, &format!("session of {address}")).await)
}

/// The first token of a session's family.
pub(crate) fn refresh_token(account: AccountId, session: SessionId, name: &str) -> RefreshToken {
    RefreshToken {
        id: TokenId(id(name)),
        session,
        account,
        parent: None,
        digest: SecretDigest::of(name),
        issued_at: SECOND,
        expires_at: SECOND + Duration::WEEK,
        rotated_at: None,
    }
}

/// The token that another is exchanged for.
pub(crate) fn successor(parent: &RefreshToken, name: &str) -> RefreshToken {
    RefreshToken { parent: Some(parent.id), ..refresh_token(parent.account, parent.session, name) }
}

pub(crate) async fn add_refresh_token(store: &Stored, token: &RefreshToken) {
    store.repositories().refresh_tokens().insert(token).await.unwrap();
}

pub(crate) fn message(name: &str) -> OutboxMessage {
    OutboxMessage {
        id: MessageId(id(name)),
        sealed_notice: name.as_bytes().to_vec(),
        channel: Channel::Mail,
        language: Language::Fr,
        created_at: NOW,
        available_at: NOW,
        attempts: 0,
    }
}

/// The record of that message, once it was sent.
pub(crate) fn sent(name: &str) -> SentMessage {
    let OutboxMessage { id, channel, language, created_at, .. } = message(name);
    SentMessage {
        id,
        kind: "reset_password".to_owned(),
        channel,
        language,
        recipient: "ada@example.com".to_owned(),
        attempts: 1,
        created_at,
        sent_at: NOW,
    }
}

pub(crate) async fn enqueue(store: &Stored, message: &OutboxMessage) {
    store.repositories().outbox().enqueue(message).await.unwrap();
}

pub(crate) fn lease(name: &str) -> Lease {
    Lease(id(name))
}

pub(crate) fn instance(name: &str) -> InstanceId {
    InstanceId(id(name))
}

/// The constraint that a call broke.
pub(crate) fn conflict<T: Debug>(answer: Result<T, StoreError>) -> Constraint {
    match answer {
        Err(StoreError::Conflict { constraint }) => constraint,
        other => panic!("not a conflict: {other:?}"),
    }
}
