//! An account that is moved into the trash in the middle of something, between the look at it and the change.

use std::sync::Arc;

use sea_orm::ConnectionTrait as _;
use vestibule_application::accounts::{
    ActivateAccountError, ActivateAccountInput, CompletePasswordResetError, CompletePasswordResetInput,
    ConfirmEmailError, RegisterAccountError, RegisterAccountInput, RequestConfirmationInput,
    RequestPasswordResetInput,
};
use vestibule_application::policy::{MailProof, RegistrationPolicy};
use vestibule_application::sessions::{Device, LogInError, LogInInput};
use vestibule_domain::accounts::{
    Account, AccountId, AccountToken, AccountTokenKind, Password, PendingRegistration,
};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_infrastructure::faulty::FaultyStore;
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;
use vestibule_use_case_tests::use_cases::{PASSWORD, REGISTRATION, RESET, ROTATING, address, new_password};
use vestibule_use_case_tests::{FixedClock, UseCases};

contract!(database on [sqlite, postgres, mariadb]: [
    it_is_not_activated,
    it_is_not_activated_by_a_token_from_before_registrations,
    it_is_not_confirmed,
    it_is_not_logged_in,
    its_password_is_not_set,
    no_registration_is_kept_for_it,
]);

const ADA: &str = "ada@example.com";
const LINK: RegistrationPolicy = RegistrationPolicy { proof: MailProof::Link, ..REGISTRATION };

/// Use cases on a database into which somebody else writes, too.
struct Shared {
    app: UseCases,
    faults: FaultyStore,
    store: SeaStore,
}

impl Shared {
    async fn new(database: &EmptyDatabase) -> Self {
        let store = SeaStore::connect(&DatabaseOptions::new(database.url())).await.unwrap();
        migration::up(store.connection()).await.unwrap();
        let faults = FaultyStore::new(Arc::new(store.clone()));
        let app = UseCases::with(|deps| deps.store = Arc::new(faults.clone()));
        Self { app, faults, store }
    }

    /// Moves the account into the trash, as another request would, right before the unit of work with this
    /// number from now begins.
    fn trash_before_unit(&self, number: u64, id: AccountId) {
        self.faults.before_begin(number, trash(self.store.clone(), id));
    }

    async fn account(&self, id: AccountId) -> Account {
        self.app.deps.store.repositories().accounts().by_id(id).await.unwrap().unwrap()
    }

    async fn pending(&self, id: AccountId) -> Vec<PendingRegistration> {
        self.app.deps.store.repositories().pending_registrations().of_account(id).await.unwrap()
    }

    async fn mails(&self) -> usize {
        self.app.deliver().await;
        self.app.mailbox.to(ADA).len()
    }

    /// It lies in the trash as it was.
    async fn is_trashed_as(&self, mut before: Account) {
        let after = self.account(before.id).await;
        assert!(after.details.deleted_at.is_some(), "nobody moved it there");
        before.details.deleted_at = after.details.deleted_at;
        assert_eq!(after, before);
    }
}

async fn trash(store: SeaStore, id: AccountId) {
    let sql = format!("UPDATE users SET deleted_at = created_at WHERE id = {}", id.0);
    store.connection().execute_unprepared(&sql).await.unwrap();
}

async fn it_is_not_activated(database: EmptyDatabase) {
    let shared = Shared::new(&database).await;
    let id = shared.app.registered(ADA).await;
    let token = SecretToken::new(shared.app.mailed_code(ADA).await);
    let (before, pending) = (shared.account(id).await, shared.pending(id).await);
    shared.trash_before_unit(1, id);
    let input = ActivateAccountInput { email: address(ADA), token };
    let refused = shared.app.services.activate_account.execute(input).await;
    assert!(matches!(refused, Err(ActivateAccountError::InvalidToken)), "{refused:?}");
    shared.is_trashed_as(before).await;
    assert_eq!(shared.pending(id).await, pending);
}

async fn it_is_not_activated_by_a_token_from_before_registrations(database: EmptyDatabase) {
    let shared = Shared::new(&database).await;
    let id = shared.app.registered(ADA).await;
    let secret = SecretToken::new("from before");
    let now = shared.app.clock.now();
    let hash = shared.app.deps.hasher.hash(&Password::new(PASSWORD)).await.unwrap();
    let token = AccountToken {
        kind: AccountTokenKind::Activation,
        account: id,
        digest: secret.digest(),
        surface: None,
        created_at: now,
        expires_at: now + REGISTRATION.activation_life,
    };
    let mut repositories = shared.app.deps.store.repositories();
    repositories.accounts().set_password(id, &hash, now).await.unwrap();
    repositories.account_tokens().put(&token).await.unwrap();
    let before = shared.account(id).await;
    shared.trash_before_unit(1, id);
    let input = ActivateAccountInput { email: address(ADA), token: secret };
    let refused = shared.app.services.activate_account.execute(input).await;
    assert!(matches!(refused, Err(ActivateAccountError::InvalidToken)), "{refused:?}");
    shared.is_trashed_as(before).await;
    let kept = repositories.account_tokens().of_account(AccountTokenKind::Activation, id).await.unwrap();
    assert_eq!(kept, Some(token));
}

async fn it_is_not_confirmed(database: EmptyDatabase) {
    let shared = Shared::new(&database).await;
    let id = shared.app.registered(ADA).await;
    shared.mails().await;
    let input = RequestConfirmationInput { email: address(ADA), language: None, policy: LINK };
    shared.app.services.request_confirmation.execute(input).await.unwrap();
    let link = shared.app.mailed_code(ADA).await;
    let (before, pending) = (shared.account(id).await, shared.pending(id).await);
    shared.trash_before_unit(1, id);
    let refused = shared.app.services.confirm_email.execute(&link).await;
    assert!(matches!(refused, Err(ConfirmEmailError::AccountGone)), "{refused:?}");
    shared.is_trashed_as(before).await;
    assert_eq!(shared.pending(id).await, pending);
}

async fn it_is_not_logged_in(database: EmptyDatabase) {
    let shared = Shared::new(&database).await;
    let id = shared.app.member(ADA).await;
    let before = shared.account(id).await;
    shared.trash_before_unit(1, id);
    let input = LogInInput {
        identifier: address(ADA).into(),
        password: Password::new(PASSWORD),
        device: Device::default(),
        policy: ROTATING,
    };
    let refused = shared.app.services.log_in.execute(input).await;
    assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{refused:?}");
    shared.is_trashed_as(before).await;
    assert_eq!(shared.app.deps.store.repositories().sessions().open(id).await.unwrap(), []);
}

async fn its_password_is_not_set(database: EmptyDatabase) {
    let shared = Shared::new(&database).await;
    let id = shared.app.member(ADA).await;
    let input = RequestPasswordResetInput { email: address(ADA), language: None, policy: RESET };
    shared.app.services.request_password_reset.execute(input).await.unwrap();
    let token = SecretToken::new(shared.app.mailed_code(ADA).await);
    let (before, mails) = (shared.account(id).await, shared.mails().await);
    shared.trash_before_unit(1, id);
    let input = CompletePasswordResetInput {
        email: Some(address(ADA)),
        token,
        password: new_password("another password"),
        language: None,
    };
    let refused = shared.app.services.complete_password_reset.execute(input).await;
    assert!(matches!(refused, Err(CompletePasswordResetError::InvalidToken)), "{refused:?}");
    shared.is_trashed_as(before).await;
    assert_eq!(shared.mails().await, mails, "nobody is told of a change that was not made");
}

async fn no_registration_is_kept_for_it(database: EmptyDatabase) {
    let shared = Shared::new(&database).await;
    let id = shared.app.registered(ADA).await;
    let (before, pending, mails) = (shared.account(id).await, shared.pending(id).await, shared.mails().await);
    // The first unit finds the address taken.
    shared.trash_before_unit(2, id);
    let refused = shared.app.services.register_account.execute(again()).await;
    assert!(matches!(refused, Err(RegisterAccountError::EmailTaken { .. })), "{refused:?}");
    shared.is_trashed_as(before).await;
    assert_eq!((shared.pending(id).await, shared.mails().await), (pending, mails));
}

/// A registration of the address by another client.
fn again() -> RegisterAccountInput {
    RegisterAccountInput {
        email: address(ADA),
        display_name: None,
        password: new_password("another password"),
        client_address: Some([192, 0, 2, 1].into()),
        language: None,
        policy: REGISTRATION,
    }
}

/// Between two statements of one unit of work. Where there is one writer, nobody gets in there.
mod within_a_unit {
    use super::*;

    contract!(database on [postgres, mariadb]: [
        its_confirmation_mail_is_not_sent_again,
        an_account_that_is_purged_is_registered_anew,
    ]);

    async fn its_confirmation_mail_is_not_sent_again(database: EmptyDatabase) {
        let shared = Shared::new(&database).await;
        let id = shared.app.registered(ADA).await;
        let (before, pending, mails) =
            (shared.account(id).await, shared.pending(id).await, shared.mails().await);
        // The first call finds the account, the second locks it.
        shared.faults.before_call(2, trash(shared.store.clone(), id));
        let input = RequestConfirmationInput { email: address(ADA), language: None, policy: REGISTRATION };
        shared.app.services.request_confirmation.execute(input).await.unwrap();
        shared.is_trashed_as(before).await;
        assert_eq!((shared.pending(id).await, shared.mails().await), (pending, mails));
    }

    async fn an_account_that_is_purged_is_registered_anew(database: EmptyDatabase) {
        let shared = Shared::new(&database).await;
        let id = shared.app.registered(ADA).await;
        assert_eq!(shared.mails().await, 1);
        let store = shared.store.clone();
        let purge = async move {
            let far = FixedClock::START + REGISTRATION.activation_life * 400;
            store.repositories().accounts().purge_never_activated(far, far, 100).await.unwrap();
        };
        // The address is found taken, its account and what is pending are looked at; then it is found once
        // more, and the fifth call locks it.
        shared.faults.before_call(5, purge);
        let registered = shared.app.services.register_account.execute(again()).await.unwrap();
        assert_ne!(registered.id, id);
        assert_eq!(shared.mails().await, 2);
    }
}
