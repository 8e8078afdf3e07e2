//! Where the trash is kept.

use std::ops::AddAssign;

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{TrashEntry, TrashId};
use crate::accounts::AccountId;
use crate::media::ObjectKey;
use crate::page::{Page, PageRequest, Part};
use crate::store::StoreError;

/// What went with a part of a removal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RemovedRows {
    /// How many rows; none once nothing is left that belongs to the account.
    pub rows: u64,
    /// The pictures that they referred to.
    pub pictures: Vec<ObjectKey>,
    /// What those rows were that mean something to their owner.
    pub kinds: RemovedKinds,
}

/// What was removed, by its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RemovedKinds {
    pub profiles: u64,
    pub contacts: u64,
    pub points_entries: u64,
    pub sessions: u64,
    pub refresh_tokens: u64,
    pub idempotency_keys: u64,
    pub verification_codes: u64,
    /// Records of messages to its addresses.
    pub sent_messages: u64,
}

impl AddAssign for RemovedKinds {
    fn add_assign(&mut self, more: Self) {
        self.profiles += more.profiles;
        self.contacts += more.contacts;
        self.points_entries += more.points_entries;
        self.sessions += more.sessions;
        self.refresh_tokens += more.refresh_tokens;
        self.idempotency_keys += more.idempotency_keys;
        self.verification_codes += more.verification_codes;
        self.sent_messages += more.sent_messages;
    }
}

/// Where an entry stands in the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrashPlace {
    /// Since when it lies there.
    pub deleted_at: OffsetDateTime,
    /// Its id, which tells entries of one moment apart.
    pub id: TrashId,
}

/// An account that is to be removed for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueRemoval {
    /// The account.
    pub account: AccountId,
    /// How often its removal was put off because it failed.
    pub failures: u32,
}

/// The trash. An account in it has an entry here, and the time in its `deleted_at`.
///
/// A removal for good takes several units of work: once it [began](Self::begin_removal) the account cannot come
/// back, and whoever finds it [due](Self::due) goes on with it.
#[async_trait]
pub trait TrashRepository: Send {
    /// Moves accounts into the trash. Whoever calls this has locked them, and knows that they are not in it.
    ///
    /// MUST answer `Conflict` with `Trash` when one of them is in it, with `ForeignKey` when `by` or one of them
    /// is no account.
    async fn put(
        &mut self,
        accounts: &[AccountId],
        by: Option<AccountId>,
        at: OffsetDateTime,
        reason: &str,
    ) -> Result<(), StoreError>;

    /// Takes an account out again. `false`, and no change, if it has no entry or its removal began.
    async fn restore(&mut self, account: AccountId) -> Result<bool, StoreError>;

    /// The entry of an account; `None` if it has none, or its removal began.
    async fn entry(&mut self, account: AccountId) -> Result<Option<TrashEntry>, StoreError>;

    /// A page of the entries, oldest first, without those whose removal began.
    async fn list(&mut self, page: PageRequest) -> Result<Page<TrashEntry>, StoreError>;

    /// `limit` entries after a place, or the first ones: in the order of [`list`](Self::list).
    ///
    /// MUST read no more entries than it answers and one, however many there are.
    async fn after(
        &mut self,
        after: Option<TrashPlace>,
        limit: u64,
    ) -> Result<Part<TrashEntry, TrashPlace>, StoreError>;

    /// Decides that an account is removed for good: nothing takes that back. `false`, and no change, if it has no
    /// entry. `true` if that was decided before.
    async fn begin_removal(&mut self, account: AccountId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Whether the removal of an account began.
    async fn is_being_removed(&mut self, account: AccountId) -> Result<bool, StoreError>;

    /// Accounts that are to be removed for good, `limit` at the most: those whose removal began, then those that
    /// were put here at or before `until`, the oldest first. `None` is for none of the latter. Those that were
    /// [put off](Self::put_off_removal) beyond `now` are left out.
    async fn due(
        &mut self,
        until: Option<OffsetDateTime>,
        now: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<DueRemoval>, StoreError>;

    /// Counts that the removal of an account failed, and takes the account out of what is [due](Self::due) before
    /// `until`, so that the others get their turn. Whether it began has no say. `false` if it has no entry.
    async fn put_off_removal(
        &mut self,
        account: AccountId,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Removes some of what belongs to an account whose removal began, `limit` rows at the most, the records of messages
    /// to its addresses among it, and lets go of it what names it and belongs to others. Nothing happens to an account
    /// whose removal did not begin.
    ///
    /// MUST reach everything whose number has no bound, so that [`remove`](Self::remove) has little left to do.
    async fn remove_some(&mut self, account: AccountId, limit: u64) -> Result<RemovedRows, StoreError>;

    /// Removes an account whose removal began, with all that is left of what belongs to it. `None` if there is no such
    /// account.
    ///
    /// Answers how many records of messages to its addresses went with it. Whoever delivers messages adds them
    /// without a look at the account, so there may be some since the last part.
    async fn remove(&mut self, account: AccountId) -> Result<Option<u64>, StoreError>;
}
