//! The repositories whose writes are noted.

use async_trait::async_trait;
use time::{Date, OffsetDateTime};
use vestibule_domain::accounts::import::{
    AccountTransfer, Holder, Identities, ImportKeyRepository, ImportedContact, WholeAccount,
};
use vestibule_domain::accounts::{
    Account, AccountDetails, AccountDirectory, AccountEdit, AccountId, AccountRepository,
    AccountTokenRepository, AccountUuid, EmailAddress, Gender, ListedAccount, MobileNumber, PasswordHash,
    PendingRegistrationRepository, Profile, ProfileRepository, PurgedAccounts, Role, Username,
};
use vestibule_domain::audit::AuditRepository;
use vestibule_domain::catalogue::{
    AddedMovie, CatalogueRepository, CountryCode, MovieChange, MovieDetail, MovieFacts, MovieId, MovieRecord,
    MovieSummary, Name, NameKind,
};
use vestibule_domain::contacts::{
    Avatar, BirthdayWindow, Contact, ContactFacts, ContactId, ContactIndex, ContactRepository, ContactSearch,
    NewContact, Rebuilt,
};
use vestibule_domain::idempotency::IdempotencyRepository;
use vestibule_domain::installation::InstallationRepository;
use vestibule_domain::maintenance::ChoreLeaseRepository;
use vestibule_domain::media::{ObjectKey, PictureReferences};
use vestibule_domain::messages::{OutboxRepository, SentMessageRepository};
use vestibule_domain::page::{Page, PageRequest, Part};
use vestibule_domain::points::{EntryId, LedgerSum, PointsChange, PointsEntry, PointsRepository};
use vestibule_domain::sessions::{RefreshTokenRepository, SessionRepository};
use vestibule_domain::statistics::DailyCountRepository;
use vestibule_domain::store::{Repositories, StoreError};
use vestibule_domain::trash::{DueRemoval, RemovedRows, TrashEntry, TrashPlace, TrashRepository};
use vestibule_domain::verification::VerificationCodeRepository;

use super::question::Scope::{
    self, Account as OneAccount, Accounts, Catalogue, ContactIndex as Index, Contacts,
};
use super::watched_store::Notes;

/// The repositories of another scope, whose writes are noted.
pub(super) struct WatchedScope<S: ?Sized> {
    pub(super) inner: Box<S>,
    pub(super) notes: Notes,
}

/// Implements each repository by forwarding. Behind each method stands what of the data that answers are kept of it may
/// change: nothing, `[]`, if it only reads. A missing method does not compile.
macro_rules! watch {
    (watched { $($accessor:ident: $repository:ident {
        $(fn $method:ident($($argument:ident: $type:ty),* $(,)?) -> $answer:ty, writes $scopes:expr;)*
    })* }
    unwatched { $($other:ident: $unwatched:ident;)* }) => {
        impl<S: Repositories + ?Sized> Repositories for WatchedScope<S> {
            $(fn $accessor(&mut self) -> &mut dyn $repository {
                self
            })*
            $(fn $other(&mut self) -> &mut dyn $unwatched {
                self.inner.$other()
            })*
        }

        $(#[async_trait]
        impl<S: Repositories + ?Sized> $repository for WatchedScope<S> {
            $(async fn $method(&mut self, $($argument: $type),*) -> Result<$answer, StoreError> {
                let scopes: &[Scope] = &$scopes;
                let due = self.notes.note(scopes);
                let answer = self.inner.$accessor().$method($($argument),*).await;
                if let Some(due) = due {
                    due.moved_after(&answer).await;
                }
                answer
            })*
        })*
    };
}

watch! {
    watched {
        accounts: AccountRepository {
            fn insert(account: &AccountDetails) -> AccountId, writes [];
            fn by_id(id: AccountId) -> Option<Account>, writes [];
            fn lock(id: AccountId) -> Option<Account>, writes [];
            fn lock_all(ids: &[AccountId]) -> Vec<Account>, writes [];
            fn ids_of(uuids: &[AccountUuid]) -> Vec<(AccountUuid, AccountId)>, writes [];
            fn has_other_admin(than: &[AccountId]) -> bool, writes [];
            fn taken_names(names: &[Username]) -> Vec<Username>, writes [];
            fn edit(id: AccountId, edit: &AccountEdit) -> bool, writes [OneAccount(id)];
            fn by_email(email: &EmailAddress) -> Option<Account>, writes [];
            fn by_uuid(uuid: AccountUuid) -> Option<Account>, writes [];
            fn by_username(username: &Username) -> Option<Account>, writes [];
            fn by_mobile(mobile: &MobileNumber) -> Option<Account>, writes [];
            fn listed_after(after: AccountId, limit: u64) -> Vec<ListedAccount>, writes [];
            fn listed(name_part: Option<&str>, page: PageRequest) -> Page<ListedAccount>, writes [];
            fn let_in(id: AccountId, at: OffsetDateTime) -> bool, writes [OneAccount(id)];
            fn activate(id: AccountId, at: OffsetDateTime) -> bool, writes [OneAccount(id)];
            fn activate_as(
                id: AccountId,
                hash: &PasswordHash,
                display_name: Option<&str>,
                at: OffsetDateTime,
            ) -> bool, writes [OneAccount(id)];
            fn deactivate(id: AccountId, at: OffsetDateTime) -> bool, writes [OneAccount(id)];
            fn readmit(id: AccountId, at: OffsetDateTime) -> bool, writes [OneAccount(id)];
            fn set_role(id: AccountId, role: Role, at: OffsetDateTime) -> bool, writes [OneAccount(id)];
            fn set_password(id: AccountId, hash: &PasswordHash, at: OffsetDateTime) -> bool, writes [OneAccount(id)];
            // No answer shows a hash, and nothing else changes.
            fn upgrade_hash(id: AccountId, old: &PasswordHash, new: &PasswordHash) -> bool, writes [];
            fn purge_never_activated(registered: OffsetDateTime, tokens: OffsetDateTime, limit: u64) -> PurgedAccounts,
                writes [Accounts];
        }
        // What is new was asked for by nobody before.
        transfer: AccountTransfer {
            fn holders(identities: &Identities) -> Vec<Holder>, writes [];
            fn insert(accounts: &[WholeAccount]) -> (), writes [];
            fn after(after: AccountId, limit: u64) -> (Vec<WholeAccount>, Option<AccountId>), writes [];
        }
        trash: TrashRepository {
            fn put(accounts: &[AccountId], by: Option<AccountId>, at: OffsetDateTime, reason: &str) -> (),
                writes accounts.iter().map(|account| OneAccount(*account)).collect::<Vec<_>>();
            fn restore(account: AccountId) -> bool, writes [OneAccount(account)];
            fn entry(account: AccountId) -> Option<TrashEntry>, writes [];
            fn list(page: PageRequest) -> Page<TrashEntry>, writes [];
            fn after(after: Option<TrashPlace>, limit: u64) -> Part<TrashEntry, TrashPlace>, writes [];
            fn begin_removal(account: AccountId, at: OffsetDateTime) -> bool, writes [OneAccount(account)];
            fn is_being_removed(account: AccountId) -> bool, writes [];
            fn due(until: Option<OffsetDateTime>, now: OffsetDateTime, limit: u64) -> Vec<DueRemoval>, writes [];
            fn put_off_removal(account: AccountId, until: OffsetDateTime) -> bool, writes [];
            // Nobody is told that a part is removed, and nobody is let in to the account any more.
            fn remove_some(account: AccountId, limit: u64) -> RemovedRows, writes [];
            // Accounts that this one edited last are changed too.
            fn remove(account: AccountId) -> Option<u64>, writes [Contacts(account), Accounts];
        }
        catalogue: CatalogueRepository {
            // Names and countries are shown with the movies that have them, and a known one stays as it is.
            fn resolve_names(kind: NameKind, names: &[Name]) -> Vec<i64>, writes [];
            fn resolve_countries(countries: &[(CountryCode, Option<String>)]) -> Vec<i64>, writes [];
            fn insert(movie: &MovieRecord) -> MovieId, writes [Catalogue];
            fn insert_new(movies: &[MovieRecord]) -> Vec<AddedMovie>, writes [Catalogue];
            fn link_new(added: &[AddedMovie], movies: &[MovieRecord]) -> (), writes [Catalogue];
            fn exists(name: &Name, date: Date) -> bool, writes [];
            fn is_empty() -> bool, writes [];
            fn page(page: PageRequest) -> Page<MovieSummary>, writes [];
            fn list(page: PageRequest, total: u64) -> Vec<MovieSummary>, writes [];
            fn before(before: Option<MovieId>, limit: u64) -> Vec<MovieSummary>, writes [];
            fn detail(id: MovieId) -> Option<MovieDetail>, writes [];
            fn after(after: MovieId, limit: u64) -> Vec<MovieDetail>, writes [];
            fn lock(id: MovieId) -> Option<MovieFacts>, writes [];
            fn change(id: MovieId, change: &MovieChange) -> bool, writes [Catalogue];
            fn remove(id: MovieId) -> bool, writes [Catalogue];
        }
        contacts: ContactRepository {
            fn insert(contact: &NewContact) -> ContactId, writes [Contacts(contact.owner)];
            fn insert_all(owner: AccountId, contacts: &[ImportedContact]) -> (), writes [Contacts(owner)];
            fn by_id(owner: AccountId, id: ContactId) -> Option<Contact>, writes [];
            fn lock(owner: AccountId, id: ContactId) -> Option<Contact>, writes [];
            fn list(owner: AccountId, page: PageRequest) -> Vec<Contact>, writes [];
            fn after(owner: AccountId, after: ContactId, limit: u64) -> Vec<Contact>, writes [];
            fn find(owner: AccountId, search: &ContactSearch) -> Option<Contact>, writes [];
            fn birthdays(owner: AccountId, window: &BirthdayWindow) -> Vec<Contact>, writes [];
            fn change(owner: AccountId, id: ContactId, facts: &ContactFacts) -> bool, writes [Contacts(owner)];
            fn set_avatar(owner: AccountId, id: ContactId, avatar: &Avatar) -> bool, writes [Contacts(owner)];
            fn remove(owner: AccountId, id: ContactId) -> bool, writes [Contacts(owner)];
        }
        contact_index: ContactIndex {
            fn rebuild_next(limit: u64, now: OffsetDateTime) -> Rebuilt, writes [Index];
            fn begin_anew() -> (), writes [Index];
        }
        profiles: ProfileRepository {
            fn of(account: AccountId) -> Profile, writes [];
            fn set_picture(account: AccountId, picture: ObjectKey) -> (), writes [OneAccount(account)];
            fn set_gender(account: AccountId, gender: Option<Gender>) -> (), writes [OneAccount(account)];
        }
        points: PointsRepository {
            fn apply(change: &PointsChange) -> Option<i64>, writes [OneAccount(change.account)];
            fn history(account: AccountId, before: Option<EntryId>, limit: u64) -> Vec<PointsEntry>, writes [];
            fn sums(after: AccountId, limit: u64) -> Vec<LedgerSum>, writes [];
        }
    }
    // Of what these keep no answer is kept.
    unwatched {
        directory: AccountDirectory;
        account_tokens: AccountTokenRepository;
        pending_registrations: PendingRegistrationRepository;
        sessions: SessionRepository;
        refresh_tokens: RefreshTokenRepository;
        outbox: OutboxRepository;
        sent_messages: SentMessageRepository;
        pictures: PictureReferences;
        audit: AuditRepository;
        import_keys: ImportKeyRepository;
        installation: InstallationRepository;
        verification_codes: VerificationCodeRepository;
        idempotency_keys: IdempotencyRepository;
        chore_leases: ChoreLeaseRepository;
        daily_counts: DailyCountRepository;
    }
}
