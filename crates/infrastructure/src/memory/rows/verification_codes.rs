//! Rows of the table: codes.

use std::ops::RangeInclusive;

use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Constraint;
use vestibule_domain::verification::{CodeKey, CodePurpose, VerificationCode};

use super::super::row::Row;

/// A code, numbered.
#[derive(Clone)]
pub(in crate::memory) struct CodeRow {
    pub(in crate::memory) number: i64,
    pub(in crate::memory) code: VerificationCode,
}

/// What codes are found by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum CodeEntry {
    Key(&'static str, String, CodePurpose),
    Account(AccountId, i64),
    Expiry(OffsetDateTime, i64),
}

impl Row for CodeRow {
    type Key = i64;
    type Entry = CodeEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> i64 {
        self.number
    }

    fn entries(&self) -> Vec<(CodeEntry, Option<Constraint>)> {
        let account = self.code.account.map(|account| CodeEntry::Account(account, self.number));
        [entry(&self.code.key), CodeEntry::Expiry(self.code.expires_at, self.number)]
            .into_iter()
            .chain(account)
            .map(|entry| (entry, None))
            .collect()
    }
}

pub(in crate::memory) fn entry(key: &CodeKey) -> CodeEntry {
    CodeEntry::Key(key.channel().name(), key.to().to_owned(), key.purpose())
}

/// Whether a code is a proof of this prover that is good.
pub(in crate::memory) fn is_proof(
    code: &VerificationCode,
    prover: &SecretDigest,
    now: OffsetDateTime,
) -> bool {
    code.verified_at.is_some() && code.digest == *prover && now < code.expires_at
}

/// The codes of an account.
pub(in crate::memory) fn of_account(account: AccountId) -> RangeInclusive<CodeEntry> {
    CodeEntry::Account(account, i64::MIN)..=CodeEntry::Account(account, i64::MAX)
}
