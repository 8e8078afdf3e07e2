//! Who did it.

use crate::accounts::AccountUuid;

/// Who did something to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditActor {
    /// An account that proved who it is: by a session, a password or what was mailed to it.
    Account(AccountUuid),
    /// Somebody who proved nothing, as who registers an address or has a wrong password.
    Anonymous,
    /// The operator, at the command line.
    Operator,
    /// The server itself.
    System,
}

impl AuditActor {
    /// The stored name of its kind.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Anonymous => "anonymous",
            Self::Operator => "operator",
            Self::System => "system",
        }
    }

    /// The account, if it is one.
    pub fn account(self) -> Option<AccountUuid> {
        match self {
            Self::Account(account) => Some(account),
            Self::Anonymous | Self::Operator | Self::System => None,
        }
    }

    /// Reads the stored form; `None` if it is none.
    pub fn from_stored(kind: &str, account: Option<AccountUuid>) -> Option<Self> {
        match (kind, account) {
            ("account", Some(account)) => Some(Self::Account(account)),
            ("anonymous", None) => Some(Self::Anonymous),
            ("operator", None) => Some(Self::Operator),
            ("system", None) => Some(Self::System),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_actor_reads_back() {
        let account = AuditActor::Account(AccountUuid(Uuid::max()));
        for actor in [account, AuditActor::Anonymous, AuditActor::Operator, AuditActor::System] {
            assert_eq!(AuditActor::from_stored(actor.kind(), actor.account()), Some(actor));
        }
        assert_eq!(AuditActor::from_stored("account", None), None);
        assert_eq!(AuditActor::from_stored("system", account.account()), None);
    }
}
