//! Idempotency keys.

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::idempotency::{Claim, Claimed, HolderId, IdempotencyRepository, KeyPlace};
use vestibule_domain::store::StoreError;

use super::row::EARLIEST;
use super::row::Row;
use super::rows::idempotency_keys::{KeyEntry, KeyRow};
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

impl Tables {
    /// Removes the keys of an account.
    pub(super) fn remove_keys_of(&mut self, account: AccountId) {
        let of = KeyEntry::Account(account, i64::MIN)..=KeyEntry::Account(account, i64::MAX);
        self.idempotency_keys.remove_range(of, u64::MAX, |_| true);
    }
}

/// What the key says to a claim; `None` if the claim takes it over.
fn said(row: &KeyRow, claim: &Claim) -> Option<Claimed> {
    if row.claim.expires_at <= claim.now {
        return None;
    }
    if row.claim.request != claim.request {
        return Some(Claimed::OtherRequest);
    }
    match &row.answer {
        Some(answer) => Some(Claimed::Answered(answer.clone())),
        None => (claim.now < row.claim.held_until).then_some(Claimed::UnderWay),
    }
}

/// The number of a key whose turn a holder has.
fn held(tables: &Tables, place: &KeyPlace, holder: HolderId) -> Option<i64> {
    let row = tables.idempotency_keys.find(&KeyEntry::Place(place.clone()));
    row.filter(|row| row.claim.holder == holder && row.answer.is_none()).map(Row::key)
}

#[async_trait]
impl<A: Access> IdempotencyRepository for MemoryScope<A> {
    async fn claim(&mut self, claim: &Claim) -> Result<Claimed, StoreError> {
        self.0
            .write(|tables| {
                tables.require_account(claim.place.account)?;
                let found = tables.idempotency_keys.find(&KeyEntry::Place(claim.place.clone()));
                if let Some(said) = found.and_then(|row| said(row, claim)) {
                    return Ok(said);
                }
                let held = found.map(Row::key);
                let number = held.unwrap_or_else(|| tables.next_key());
                tables.idempotency_keys.put(KeyRow { number, claim: claim.clone(), answer: None })?;
                Ok(Claimed::Turn)
            })
            .await
    }

    async fn answer(&mut self, place: &KeyPlace, holder: HolderId, answer: &str) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let Some(number) = held(tables, place, holder) else { return Ok(false) };
                tables.idempotency_keys.update(number, |row| {
                    row.answer = Some(answer.to_owned());
                    true
                })
            })
            .await
    }

    async fn give_back(&mut self, place: &KeyPlace, holder: HolderId) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let number = held(tables, place, holder);
                Ok(number.is_some_and(|number| tables.idempotency_keys.remove(number)))
            })
            .await
    }

    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        let expired = KeyEntry::Expiry(EARLIEST, i64::MIN)..=KeyEntry::Expiry(until, i64::MAX);
        self.0
            .write(|tables| Ok(tables.idempotency_keys.remove_range(expired, limit, |_| true).len() as u64))
            .await
    }
}
