//! What a use case tells the trail.

use serde_json::{Map, Value};
use vestibule_domain::accounts::{AccountUuid, Role};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::MessageId;

/// What was done, by whom, to whom. When and from where is the trail's to know.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(super) action: AuditAction,
    pub(super) actor: AuditActor,
    pub(super) account: Option<AccountUuid>,
    pub(super) details: Map<String, Value>,
    pub(super) times: u64,
}

impl Entry {
    /// Something that was done.
    pub(crate) fn new(action: AuditAction, actor: AuditActor) -> Self {
        Self { action, actor, account: None, details: Map::new(), times: 1 }
    }

    /// Something that an account did to itself.
    pub(crate) fn own(action: AuditAction, account: AccountUuid) -> Self {
        Self::new(action, AuditActor::Account(account)).on(account)
    }

    /// The account that it was done to; `None` where it concerns none.
    #[must_use]
    pub(crate) fn on(self, account: impl Into<Option<AccountUuid>>) -> Self {
        Self { account: account.into(), ..self }
    }

    /// A fact more.
    #[must_use]
    pub(crate) fn with(mut self, key: &'static str, fact: impl Into<Fact>) -> Self {
        self.details.insert(key.to_owned(), fact.into().0);
        self
    }

    /// How often it was done, at once.
    #[must_use]
    pub(crate) fn times(self, times: u64) -> Self {
        Self { times, ..self }
    }
}

/// What details may hold: words of ours, numbers, yes and no. Text that somebody typed, and so a secret, does not fit.
#[derive(Debug)]
pub(crate) struct Fact(Value);

impl From<&'static str> for Fact {
    fn from(word: &'static str) -> Self {
        Self(word.into())
    }
}

impl From<MessageId> for Fact {
    fn from(id: MessageId) -> Self {
        Self(id.0.to_string().into())
    }
}

impl From<bool> for Fact {
    fn from(answer: bool) -> Self {
        Self(answer.into())
    }
}

impl From<Role> for Fact {
    fn from(role: Role) -> Self {
        role.as_str().into()
    }
}

impl From<i64> for Fact {
    fn from(number: i64) -> Self {
        Self(number.into())
    }
}

impl From<u64> for Fact {
    fn from(number: u64) -> Self {
        Self(number.into())
    }
}
