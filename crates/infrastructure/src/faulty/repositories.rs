//! The repositories: every call asks the plan first.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use time::{Date, OffsetDateTime};
use vestibule_domain::accounts::import::{
    AccountTransfer, Holder, Identities, ImportKeyRepository, ImportedContact, SealedImportKey, WholeAccount,
};
use vestibule_domain::accounts::{
    Account, AccountDetails, AccountDirectory, AccountEdit, AccountId, AccountRepository, AccountToken,
    AccountTokenKind, AccountTokenRepository, AccountUuid, AddressBeginning, AddressPart, DirectoryEntry,
    DirectoryFilter, DirectoryOrder, DirectoryPage, DirectoryPlace, EmailAddress, Gender, ListedAccount,
    MobileNumber, NamePart, PasswordHash, PendingRegistration, PendingRegistrationRepository, Profile,
    ProfileRepository, PurgedAccounts, RegistrationId, Role, Username,
};
use vestibule_domain::audit::{AuditEvent, AuditFilter, AuditPosition, AuditRepository};
use vestibule_domain::catalogue::{
    AddedMovie, CatalogueRepository, CountryCode, MovieChange, MovieDetail, MovieFacts, MovieId, MovieRecord,
    MovieSummary, Name, NameKind,
};
use vestibule_domain::contacts::{
    Avatar, BirthdayWindow, Contact, ContactFacts, ContactId, ContactIndex, ContactRepository, ContactSearch,
    NewContact, Rebuilt,
};
use vestibule_domain::idempotency::{Claim, Claimed, HolderId, IdempotencyRepository, KeyPlace};
use vestibule_domain::installation::{InstallationId, InstallationRepository};
use vestibule_domain::maintenance::{Chore, ChoreLeaseRepository};
use vestibule_domain::media::{ObjectKey, PictureReferences};
use vestibule_domain::messages::{
    InstanceId, Lease, MessageId, OutboxMessage, OutboxRepository, Queue, QueuePlace, QueuedMessage,
    SentMessage, SentMessageRepository,
};
use vestibule_domain::page::{Page, PageRequest, Part, Reach};
use vestibule_domain::points::{EntryId, LedgerSum, PointsChange, PointsEntry, PointsRepository};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::sessions::{
    RefreshToken, RefreshTokenRepository, Session, SessionId, SessionRepository, SessionState, TokenId,
};
use vestibule_domain::statistics::{DailyCount, DailyCountRepository};
use vestibule_domain::store::{Repositories, StoreError, UnitOfWork};
use vestibule_domain::trash::{DueRemoval, RemovedRows, TrashEntry, TrashPlace, TrashRepository};
use vestibule_domain::verification::{CodeKey, VerificationCode, VerificationCodeRepository};

use super::plan::Plan;

/// The repositories of another scope, behind the plan.
pub(super) struct FaultyScope<S: ?Sized> {
    pub(super) inner: Box<S>,
    pub(super) plan: Arc<Plan>,
}

#[async_trait]
impl UnitOfWork for FaultyScope<dyn UnitOfWork> {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.plan.commit()?;
        self.inner.commit().await?;
        self.plan.committed().await;
        Ok(())
    }
}

/// Implements each repository: its accessor, and each method as "fail if that is planned, else forward, and lose
/// the answer if that is planned". A missing
/// method does not compile.
macro_rules! forward {
    ($($accessor:ident: $repository:ident {
        $(fn $method:ident($($argument:ident: $type:ty),* $(,)?) -> $answer:ty;)*
    })*) => {
        impl<S: Repositories + ?Sized> Repositories for FaultyScope<S> {
            $(fn $accessor(&mut self) -> &mut dyn $repository {
                self
            })*
        }

        $(#[async_trait]
        impl<S: Repositories + ?Sized> $repository for FaultyScope<S> {
            $(async fn $method(&mut self, $($argument: $type),*) -> Result<$answer, StoreError> {
                let lost = self.plan.call().await?;
                Plan::answered(lost, self.inner.$accessor().$method($($argument),*).await)
            })*
        })*
    };
}

forward! {
    accounts: AccountRepository {
        fn insert(account: &AccountDetails) -> AccountId;
        fn by_id(id: AccountId) -> Option<Account>;
        fn lock(id: AccountId) -> Option<Account>;
        fn lock_all(ids: &[AccountId]) -> Vec<Account>;
        fn ids_of(uuids: &[AccountUuid]) -> Vec<(AccountUuid, AccountId)>;
        fn has_other_admin(than: &[AccountId]) -> bool;
        fn taken_names(names: &[Username]) -> Vec<Username>;
        fn edit(id: AccountId, edit: &AccountEdit) -> bool;
        fn by_email(email: &EmailAddress) -> Option<Account>;
        fn by_uuid(uuid: AccountUuid) -> Option<Account>;
        fn by_username(username: &Username) -> Option<Account>;
        fn by_mobile(mobile: &MobileNumber) -> Option<Account>;
        fn listed_after(after: AccountId, limit: u64) -> Vec<ListedAccount>;
        fn listed(name_part: Option<&str>, page: PageRequest) -> Page<ListedAccount>;
        fn let_in(id: AccountId, at: OffsetDateTime) -> bool;
        fn activate(id: AccountId, at: OffsetDateTime) -> bool;
        fn activate_as(
            id: AccountId,
            hash: &PasswordHash,
            display_name: Option<&str>,
            at: OffsetDateTime,
        ) -> bool;
        fn deactivate(id: AccountId, at: OffsetDateTime) -> bool;
        fn readmit(id: AccountId, at: OffsetDateTime) -> bool;
        fn set_role(id: AccountId, role: Role, at: OffsetDateTime) -> bool;
        fn set_password(id: AccountId, hash: &PasswordHash, at: OffsetDateTime) -> bool;
        fn upgrade_hash(id: AccountId, old: &PasswordHash, new: &PasswordHash) -> bool;
        fn purge_never_activated(registered: OffsetDateTime, tokens: OffsetDateTime, limit: u64) -> PurgedAccounts;
    }
    transfer: AccountTransfer {
        fn holders(identities: &Identities) -> Vec<Holder>;
        fn insert(accounts: &[WholeAccount]) -> ();
        fn after(after: AccountId, limit: u64) -> (Vec<WholeAccount>, Option<AccountId>);
    }
    directory: AccountDirectory {
        fn page(part: Option<&NamePart>, page: PageRequest) -> DirectoryPage;
        fn browse(
            filter: DirectoryFilter,
            order: DirectoryOrder,
            after: Option<DirectoryPlace>,
            reach: Reach,
        ) -> Part<DirectoryEntry, DirectoryPlace>;
        fn with_address_part(
            part: &AddressPart,
            after: Option<&EmailAddress>,
            reach: Reach,
        ) -> Part<DirectoryEntry, EmailAddress>;
        fn with_address(
            beginning: &AddressBeginning,
            after: Option<&EmailAddress>,
            limit: u64,
        ) -> Vec<DirectoryEntry>;
        fn view(uuid: AccountUuid) -> Option<DirectoryEntry>;
        fn view_by_id(id: AccountId) -> Option<DirectoryEntry>;
    }
    trash: TrashRepository {
        fn put(accounts: &[AccountId], by: Option<AccountId>, at: OffsetDateTime, reason: &str) -> ();
        fn restore(account: AccountId) -> bool;
        fn entry(account: AccountId) -> Option<TrashEntry>;
        fn list(page: PageRequest) -> Page<TrashEntry>;
        fn after(after: Option<TrashPlace>, limit: u64) -> Part<TrashEntry, TrashPlace>;
        fn begin_removal(account: AccountId, at: OffsetDateTime) -> bool;
        fn is_being_removed(account: AccountId) -> bool;
        fn due(until: Option<OffsetDateTime>, now: OffsetDateTime, limit: u64) -> Vec<DueRemoval>;
        fn put_off_removal(account: AccountId, until: OffsetDateTime) -> bool;
        fn remove_some(account: AccountId, limit: u64) -> RemovedRows;
        fn remove(account: AccountId) -> Option<u64>;
    }
    account_tokens: AccountTokenRepository {
        fn put(token: &AccountToken) -> ();
        fn of_account(kind: AccountTokenKind, account: AccountId) -> Option<AccountToken>;
        fn by_digest(kind: AccountTokenKind, digest: &SecretDigest) -> Option<AccountToken>;
        fn consume(kind: AccountTokenKind, account: AccountId, digest: &SecretDigest) -> bool;
        fn revoke(kind: AccountTokenKind, account: AccountId) -> bool;
        fn purge_expired(kind: AccountTokenKind, now: OffsetDateTime, limit: u64) -> u64;
    }
    pending_registrations: PendingRegistrationRepository {
        fn insert(registration: &PendingRegistration) -> ();
        fn by_id(id: RegistrationId) -> Option<PendingRegistration>;
        fn of_account(account: AccountId) -> Vec<PendingRegistration>;
        fn remove(id: RegistrationId) -> bool;
        fn remove_all(account: AccountId) -> u64;
    }
    sessions: SessionRepository {
        fn insert(session: &Session) -> ();
        fn state(id: SessionId) -> Option<SessionState>;
        fn revoke(id: SessionId, at: OffsetDateTime) -> bool;
        fn revoke_all(account: AccountId, except: Option<SessionId>, at: OffsetDateTime) -> Vec<SessionId>;
        fn revoke_oldest(account: AccountId, keep: u64, at: OffsetDateTime) -> Vec<SessionId>;
        fn open(account: AccountId) -> Vec<SessionId>;
        fn open_at(account: AccountId, at: OffsetDateTime, limit: u64) -> Vec<Session>;
        fn note_seen(ids: &[SessionId], at: OffsetDateTime, now: OffsetDateTime) -> ();
        fn purge_expired(now: OffsetDateTime, limit: u64) -> u64;
    }
    refresh_tokens: RefreshTokenRepository {
        fn insert(token: &RefreshToken) -> ();
        fn by_digest(digest: &SecretDigest) -> Option<RefreshToken>;
        fn newest(session: SessionId) -> Option<RefreshToken>;
        fn rotate(id: TokenId, at: OffsetDateTime) -> bool;
        fn revoke_family(session: SessionId) -> u64;
        fn revoke_all(account: AccountId, except: Option<SessionId>) -> u64;
        fn purge_expired(until: OffsetDateTime, limit: u64) -> u64;
    }
    outbox: OutboxRepository {
        fn enqueue(message: &OutboxMessage) -> ();
        fn claim(
            lease: Lease,
            holder: InstanceId,
            now: OffsetDateTime,
            until: OffsetDateTime,
            limit: u64,
        ) -> Vec<OutboxMessage>;
        fn complete(id: MessageId, lease: Lease, sent: Option<&SentMessage>) -> bool;
        fn retry(id: MessageId, lease: Lease, available_at: OffsetDateTime, reason: &str) -> bool;
        fn give_back(id: MessageId, lease: Lease) -> bool;
        fn free_leases_of(holder: InstanceId) -> u64;
        fn park(id: MessageId, lease: Lease, at: OffsetDateTime, reason: &str) -> bool;
        fn list(queue: Queue, after: Option<QueuePlace>, limit: u64) -> Part<QueuedMessage, QueuePlace>;
        fn unpark(id: MessageId, available_at: OffsetDateTime) -> bool;
        fn purge_parked(until: OffsetDateTime, limit: u64) -> u64;
        fn waiting() -> u64;
        fn parked() -> u64;
    }
    sent_messages: SentMessageRepository {
        fn list(after: Option<QueuePlace>, limit: u64) -> Part<SentMessage, QueuePlace>;
        fn purge(until: OffsetDateTime, limit: u64) -> u64;
    }
    catalogue: CatalogueRepository {
        fn resolve_names(kind: NameKind, names: &[Name]) -> Vec<i64>;
        fn resolve_countries(countries: &[(CountryCode, Option<String>)]) -> Vec<i64>;
        fn insert(movie: &MovieRecord) -> MovieId;
        fn insert_new(movies: &[MovieRecord]) -> Vec<AddedMovie>;
        fn link_new(added: &[AddedMovie], movies: &[MovieRecord]) -> ();
        fn exists(name: &Name, date: Date) -> bool;
        fn is_empty() -> bool;
        fn page(page: PageRequest) -> Page<MovieSummary>;
        fn list(page: PageRequest, total: u64) -> Vec<MovieSummary>;
        fn before(before: Option<MovieId>, limit: u64) -> Vec<MovieSummary>;
        fn detail(id: MovieId) -> Option<MovieDetail>;
        fn after(after: MovieId, limit: u64) -> Vec<MovieDetail>;
        fn lock(id: MovieId) -> Option<MovieFacts>;
        fn change(id: MovieId, change: &MovieChange) -> bool;
        fn remove(id: MovieId) -> bool;
    }
    contacts: ContactRepository {
        fn insert(contact: &NewContact) -> ContactId;
        fn insert_all(owner: AccountId, contacts: &[ImportedContact]) -> ();
        fn by_id(owner: AccountId, id: ContactId) -> Option<Contact>;
        fn lock(owner: AccountId, id: ContactId) -> Option<Contact>;
        fn list(owner: AccountId, page: PageRequest) -> Vec<Contact>;
        fn after(owner: AccountId, after: ContactId, limit: u64) -> Vec<Contact>;
        fn find(owner: AccountId, search: &ContactSearch) -> Option<Contact>;
        fn birthdays(owner: AccountId, window: &BirthdayWindow) -> Vec<Contact>;
        fn change(owner: AccountId, id: ContactId, facts: &ContactFacts) -> bool;
        fn set_avatar(owner: AccountId, id: ContactId, avatar: &Avatar) -> bool;
        fn remove(owner: AccountId, id: ContactId) -> bool;
    }
    contact_index: ContactIndex {
        fn rebuild_next(limit: u64, now: OffsetDateTime) -> Rebuilt;
        fn begin_anew() -> ();
    }
    profiles: ProfileRepository {
        fn of(account: AccountId) -> Profile;
        fn set_picture(account: AccountId, picture: ObjectKey) -> ();
        fn set_gender(account: AccountId, gender: Option<Gender>) -> ();
    }
    audit: AuditRepository {
        fn append(event: &AuditEvent) -> ();
        fn count(event: &AuditEvent) -> ();
        fn list(filter: &AuditFilter, after: Option<AuditPosition>, limit: u64) -> Vec<AuditEvent>;
        fn purge(until: OffsetDateTime, limit: u64) -> u64;
    }
    installation: InstallationRepository {
        fn settle(candidate: InstallationId) -> InstallationId;
    }
    import_keys: ImportKeyRepository {
        fn keep(key: &SealedImportKey) -> ();
        fn hold(key: &SealedImportKey) -> SealedImportKey;
        fn all() -> Vec<SealedImportKey>;
        fn is_needed(name: &str) -> bool;
        fn remove(name: &str, since: OffsetDateTime) -> bool;
    }
    chore_leases: ChoreLeaseRepository {
        fn take(chore: Chore, holder: InstanceId, now: OffsetDateTime, until: OffsetDateTime) -> bool;
        fn end(chore: Chore, holder: InstanceId) -> bool;
        fn end_all_of(holder: InstanceId) -> u64;
    }
    verification_codes: VerificationCodeRepository {
        fn put(code: &VerificationCode) -> ();
        fn count_try(key: &CodeKey, limit: u32, now: OffsetDateTime) -> Option<VerificationCode>;
        fn prove(
            key: &CodeKey,
            digest: &SecretDigest,
            prover: &SecretDigest,
            at: OffsetDateTime,
            until: OffsetDateTime,
        ) -> bool;
        fn has_proof(key: &CodeKey, prover: &SecretDigest, now: OffsetDateTime) -> bool;
        fn use_proof(key: &CodeKey, prover: &SecretDigest, now: OffsetDateTime) -> bool;
        fn remove(key: &CodeKey) -> bool;
        fn purge_expired(until: OffsetDateTime, limit: u64) -> u64;
    }
    points: PointsRepository {
        fn apply(change: &PointsChange) -> Option<i64>;
        fn history(account: AccountId, before: Option<EntryId>, limit: u64) -> Vec<PointsEntry>;
        fn sums(after: AccountId, limit: u64) -> Vec<LedgerSum>;
    }
    idempotency_keys: IdempotencyRepository {
        fn claim(claim: &Claim) -> Claimed;
        fn answer(place: &KeyPlace, holder: HolderId, answer: &str) -> bool;
        fn give_back(place: &KeyPlace, holder: HolderId) -> bool;
        fn purge_expired(until: OffsetDateTime, limit: u64) -> u64;
    }
    daily_counts: DailyCountRepository {
        fn add(counts: &[DailyCount]) -> ();
        fn since(day: Date) -> Vec<DailyCount>;
        fn purge(before: Date) -> u64;
    }
    pictures: PictureReferences {
        fn in_use(keys: &[ObjectKey]) -> HashSet<ObjectKey>;
    }
}
