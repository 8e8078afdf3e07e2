//! All tables.

use vestibule_domain::accounts::{Account, AccountId, AccountToken, AccountTokenKind};
use vestibule_domain::contacts::ContactId;
use vestibule_domain::points::{EntryId, PointsEntry};
use vestibule_domain::sessions::{RefreshToken, Session};
use vestibule_domain::store::StoreError;
use vestibule_domain::trash::TrashId;

use super::catalogue::CatalogueTables;
use super::row::require;
use super::rows::audit::AuditRow;
use super::rows::chore_leases::ChoreLeaseRow;
use super::rows::contacts::{self, ContactRow};
use super::rows::daily_counts::DailyCountRow;
use super::rows::idempotency_keys::KeyRow;
use super::rows::import_keys::ImportKeysRow;
use super::rows::installation::InstallationRow;
use super::rows::outbox::OutboxRow;
use super::rows::pending_registrations::{self, RegistrationRow};
use super::rows::profiles::ProfileRow;
use super::rows::sent_messages::SentRow;
use super::rows::trash::TrashRow;
use super::rows::verification_codes::CodeRow;
use super::rows::{refresh_tokens, sessions};
use super::table::Table;

/// The whole content of the store.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) accounts: Table<Account>,
    pub(super) account_tokens: Table<AccountToken>,
    pub(super) pending_registrations: Table<RegistrationRow>,
    pub(super) sessions: Table<Session>,
    pub(super) refresh_tokens: Table<RefreshToken>,
    pub(super) outbox: Table<OutboxRow>,
    pub(super) sent_messages: Table<SentRow>,
    pub(super) catalogue: CatalogueTables,
    pub(super) contacts: Table<ContactRow>,
    pub(super) audit: Table<AuditRow>,
    pub(super) trash: Table<TrashRow>,
    pub(super) profiles: Table<ProfileRow>,
    pub(super) import_keys: Table<ImportKeysRow>,
    pub(super) installation: Table<InstallationRow>,
    pub(super) chore_leases: Table<ChoreLeaseRow>,
    pub(super) verification_codes: Table<CodeRow>,
    pub(super) points_entries: Table<PointsEntry>,
    pub(super) idempotency_keys: Table<KeyRow>,
    pub(super) daily_counts: Table<DailyCountRow>,
    /// The greatest account id given so far. Never taken back: an id is not given twice.
    last_account: i64,
    /// The greatest contact id so far; a rollback does not reset it.
    last_contact: i64,
    /// Likewise of entries of the trash.
    last_trash: i64,
    /// The number of the newest pending registration, likewise.
    last_registration: i64,
    /// The number of the newest code, likewise.
    last_code: i64,
    /// The id of the newest entry of the ledger, likewise.
    last_points_entry: i64,
    /// The number of the newest idempotency key, likewise.
    last_key: i64,
}

impl Tables {
    /// A new account id.
    pub(super) fn next_account(&mut self) -> AccountId {
        self.last_account += 1;
        AccountId(self.last_account)
    }

    /// A new contact id.
    pub(super) fn next_contact(&mut self) -> ContactId {
        self.last_contact += 1;
        ContactId(self.last_contact)
    }

    /// An id of the trash that was not given before.
    pub(super) fn next_trash(&mut self) -> TrashId {
        self.last_trash += 1;
        TrashId(self.last_trash)
    }

    /// A number for a pending registration, greater than those of before.
    pub(super) fn next_registration(&mut self) -> i64 {
        self.last_registration += 1;
        self.last_registration
    }

    /// A number for a code.
    pub(super) fn next_code(&mut self) -> i64 {
        self.last_code += 1;
        self.last_code
    }

    /// An id of an entry of the ledger, greater than those of before.
    pub(super) fn next_points_entry(&mut self) -> EntryId {
        self.last_points_entry += 1;
        EntryId(self.last_points_entry)
    }

    /// A number for an idempotency key.
    pub(super) fn next_key(&mut self) -> i64 {
        self.last_key += 1;
        self.last_key
    }

    /// Checks a foreign key to an account.
    pub(super) fn require_account(&self, id: AccountId) -> Result<(), StoreError> {
        require(self.accounts.get(id).is_some())
    }

    /// Removes an account that no row of others names, with all that belongs to it.
    pub(super) fn remove_account(&mut self, id: AccountId) -> Result<(), StoreError> {
        for kind in [AccountTokenKind::Activation, AccountTokenKind::PasswordReset] {
            self.account_tokens.remove((kind.into(), id));
        }
        self.pending_registrations.remove_range(pending_registrations::of(id), u64::MAX, |_| true);
        self.refresh_tokens.remove_range(refresh_tokens::of_account(id), u64::MAX, |_| true);
        self.sessions.remove_range(sessions::of_account(id), u64::MAX, |_| true);
        self.contacts.remove_range(contacts::of(id), u64::MAX, |_| true);
        self.forget_sent_to(id, u64::MAX);
        self.remove_codes_of(id);
        self.remove_keys_of(id);
        self.remove_entries_of(id)?;
        self.trash.remove(id);
        self.profiles.remove(id);
        self.accounts.remove(id);
        Ok(())
    }

    /// Updates a copy with all changes since the last publication.
    pub(super) fn publish(&mut self, copy: &mut Self) {
        self.accounts.publish(&mut copy.accounts);
        self.account_tokens.publish(&mut copy.account_tokens);
        self.pending_registrations.publish(&mut copy.pending_registrations);
        self.sessions.publish(&mut copy.sessions);
        self.refresh_tokens.publish(&mut copy.refresh_tokens);
        self.outbox.publish(&mut copy.outbox);
        self.sent_messages.publish(&mut copy.sent_messages);
        self.catalogue.publish(&mut copy.catalogue);
        self.contacts.publish(&mut copy.contacts);
        self.audit.publish(&mut copy.audit);
        self.trash.publish(&mut copy.trash);
        self.profiles.publish(&mut copy.profiles);
        self.import_keys.publish(&mut copy.import_keys);
        self.installation.publish(&mut copy.installation);
        self.chore_leases.publish(&mut copy.chore_leases);
        self.verification_codes.publish(&mut copy.verification_codes);
        self.points_entries.publish(&mut copy.points_entries);
        self.idempotency_keys.publish(&mut copy.idempotency_keys);
        self.daily_counts.publish(&mut copy.daily_counts);
    }

    /// Rolls back all changes since the last publication.
    pub(super) fn roll_back(&mut self) {
        self.accounts.roll_back();
        self.account_tokens.roll_back();
        self.pending_registrations.roll_back();
        self.sessions.roll_back();
        self.refresh_tokens.roll_back();
        self.outbox.roll_back();
        self.sent_messages.roll_back();
        self.catalogue.roll_back();
        self.contacts.roll_back();
        self.audit.roll_back();
        self.trash.roll_back();
        self.profiles.roll_back();
        self.import_keys.roll_back();
        self.installation.roll_back();
        self.chore_leases.roll_back();
        self.verification_codes.roll_back();
        self.points_entries.roll_back();
        self.idempotency_keys.roll_back();
        self.daily_counts.roll_back();
    }
}
