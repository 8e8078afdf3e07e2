//! Codes.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Constraint, StoreError};
use vestibule_domain::verification::{CodeKey, CodePurpose, VerificationCode, VerificationCodeRepository};

use super::row::Row;
use super::scope::{Access, MemoryScope};
use super::tables::{EARLIEST, Tables};

/// A code, numbered.
#[derive(Clone)]
pub(super) struct CodeRow {
    number: i64,
    code: VerificationCode,
}

/// What codes are found by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CodeEntry {
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

fn entry(key: &CodeKey) -> CodeEntry {
    CodeEntry::Key(key.channel().name(), key.to().to_owned(), key.purpose())
}

/// Whether a code is a proof of this prover that is good.
fn is_proof(code: &VerificationCode, prover: &SecretDigest, now: OffsetDateTime) -> bool {
    code.verified_at.is_some() && code.digest == *prover && now < code.expires_at
}

/// The codes of an account.
fn of_account(account: AccountId) -> RangeInclusive<CodeEntry> {
    CodeEntry::Account(account, i64::MIN)..=CodeEntry::Account(account, i64::MAX)
}

/// Removes the codes of an account.
pub(super) fn remove_of(tables: &mut Tables, account: AccountId) {
    tables.verification_codes.remove_range(of_account(account), u64::MAX, |_| true);
}

/// Whether no code of an account is good after this time.
pub(super) fn have_ended(tables: &Tables, account: AccountId, at: OffsetDateTime) -> bool {
    tables.verification_codes.range(of_account(account)).all(|row| row.code.expires_at <= at)
}

impl<A: Access> MemoryScope<A> {
    /// Changes the code with this key. `false`, and no change, if there is none or `change` says no.
    async fn change_code(
        &mut self,
        key: &CodeKey,
        change: impl FnOnce(&mut VerificationCode) -> bool + Send,
    ) -> Result<Option<VerificationCode>, StoreError> {
        self.0
            .write(|tables| {
                let Some(number) = tables.verification_codes.find(&entry(key)).map(Row::key) else {
                    return Ok(None);
                };
                let is_changed = tables.verification_codes.update(number, |row| change(&mut row.code))?;
                let row = tables.verification_codes.get(number).filter(|_| is_changed);
                Ok(row.map(|row| row.code.clone()))
            })
            .await
    }

    /// Removes the code with this key, if it is one that is meant.
    async fn remove_code(
        &mut self,
        key: &CodeKey,
        is_meant: impl FnOnce(&VerificationCode) -> bool + Send,
    ) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let found = tables.verification_codes.find(&entry(key)).filter(|row| is_meant(&row.code));
                let number = found.map(Row::key);
                Ok(number.is_some_and(|number| tables.verification_codes.remove(number)))
            })
            .await
    }
}

#[async_trait]
impl<A: Access> VerificationCodeRepository for MemoryScope<A> {
    async fn put(&mut self, code: &VerificationCode) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                if let Some(account) = code.account {
                    tables.require_account(account)?;
                }
                let held = tables.verification_codes.find(&entry(&code.key)).map(Row::key);
                let number = held.unwrap_or_else(|| tables.next_code());
                tables.verification_codes.put(CodeRow { number, code: code.clone() })
            })
            .await
    }

    async fn count_try(
        &mut self,
        key: &CodeKey,
        limit: u32,
        now: OffsetDateTime,
    ) -> Result<Option<VerificationCode>, StoreError> {
        self.change_code(key, |code| {
            let may_be_tried = code.verified_at.is_none() && code.attempts < limit && now < code.expires_at;
            code.attempts += u32::from(may_be_tried);
            may_be_tried
        })
        .await
    }

    async fn prove(
        &mut self,
        key: &CodeKey,
        digest: &SecretDigest,
        prover: &SecretDigest,
        at: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let changed = self.change_code(key, |code| {
            let fits = code.verified_at.is_none() && code.digest == *digest;
            if fits {
                code.digest = *prover;
                code.verified_at = Some(at);
                code.expires_at = until;
            }
            fits
        });
        Ok(changed.await?.is_some())
    }

    async fn has_proof(
        &mut self,
        key: &CodeKey,
        prover: &SecretDigest,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.0.read(|tables| {
            let row = tables.verification_codes.find(&entry(key));
            row.is_some_and(|row| is_proof(&row.code, prover, now))
        })
    }

    async fn use_proof(
        &mut self,
        key: &CodeKey,
        prover: &SecretDigest,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.remove_code(key, |code| is_proof(code, prover, now)).await
    }

    async fn remove(&mut self, key: &CodeKey) -> Result<bool, StoreError> {
        self.remove_code(key, |_| true).await
    }

    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        let expired = CodeEntry::Expiry(EARLIEST, i64::MIN)..=CodeEntry::Expiry(until, i64::MAX);
        self.0
            .write(|tables| Ok(tables.verification_codes.remove_range(expired, limit, |_| true).len() as u64))
            .await
    }
}
