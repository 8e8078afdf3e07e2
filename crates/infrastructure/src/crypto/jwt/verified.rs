//! Access tokens that were verified before.

use std::sync::Arc;

use foldhash::quality::RandomState;
use moka::sync::Cache as Moka;
use vestibule_domain::sessions::Claims;

/// Claims of access tokens whose signature and form were found good, by the whole text of the token. A client sends the
/// same token with each request until it expires.
///
/// Nothing else is taken for granted: whether a token has expired is looked at each time, and whether its session has ended
/// is looked at elsewhere. One that was refused is not kept.
///
/// The hash is a fast one, with a seed of this process. Only tokens of ours are kept, so nobody chooses what meets in it.
pub(super) struct Verified(Moka<Arc<str>, Claims, RandomState>);

impl Verified {
    /// What all tokens take at most, in bytes: there is room for some thousand.
    const ROOM: u64 = 4 * 1024 * 1024;
    /// The memory of an entry beside its text, in bytes; about what moka takes.
    const OVERHEAD: usize = 256;
    /// The longest token that is kept, in bytes. Ours are shorter unless their account has a very long address.
    const LONGEST: usize = 1024;

    pub(super) fn new() -> Self {
        let weigh = |token: &Arc<str>, _: &Claims| {
            u32::try_from(token.len() + size_of::<Claims>() + Self::OVERHEAD).unwrap_or(u32::MAX)
        };
        // When there is no room, those stay that come most often.
        Self(
            Moka::builder().max_capacity(Self::ROOM).weigher(weigh).build_with_hasher(RandomState::default()),
        )
    }

    /// The claims of a token, expired or not.
    pub(super) fn get(&self, token: &str) -> Option<Claims> {
        self.0.get(token)
    }

    pub(super) fn forget(&self, token: &str) {
        self.0.invalidate(token);
    }

    pub(super) fn keep(&self, token: &str, claims: &Claims) {
        if token.len() <= Self::LONGEST {
            self.0.insert(token.into(), claims.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;
    use uuid::Uuid;
    use vestibule_domain::accounts::{AccountId, AccountUuid};
    use vestibule_domain::sessions::{SessionId, Subject, TokenId, TokenUse};

    use super::*;

    #[test]
    fn any_number_of_tokens_takes_little_memory() {
        let claims = Claims {
            token_use: TokenUse::Access,
            subject: Subject::Uuid(AccountUuid(Uuid::nil())),
            account: AccountId(1),
            session: SessionId(Uuid::nil()),
            id: TokenId(Uuid::nil()),
            role: None,
            issued_at: OffsetDateTime::UNIX_EPOCH,
            expires_at: OffsetDateTime::UNIX_EPOCH,
        };
        let verified = Verified::new();
        let is_kept = |token: &str| {
            verified.keep(token, &claims);
            verified.get(token) == Some(claims.clone())
        };
        let long = "x".repeat(Verified::LONGEST);
        assert!(is_kept(&long) && !is_kept(&format!("{long}x")));
        verified.forget(&long);
        assert_eq!(verified.get(&long), None);
        for number in 0..20_000 {
            verified.keep(&format!("{number:0>300}"), &claims);
        }
        verified.0.run_pending_tasks();
        assert!(verified.0.weighted_size() <= Verified::ROOM);
        assert!(verified.0.entry_count() > 4_000);
    }
}
