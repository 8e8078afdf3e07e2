//! Registrations of one address by several clients, below the surfaces.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use vestibule_application::accounts::{
    ActivateAccountInput, RegisterAccountError, RegisterAccountInput, RegisteredAccount,
    RequestConfirmationInput,
};
use vestibule_application::policy::{MailProof, RegistrationPolicy};
use vestibule_application::sessions::{Device, LogInError, LogInInput, Mismatch};
use vestibule_domain::accounts::{AccountId, Password, PasswordHash, PendingRegistration};
use vestibule_domain::ports::{HashError, PasswordHasher, Verification};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_infrastructure::crypto::{BcryptHasher, BcryptSettings};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::use_cases::{REGISTRATION, ROTATING, address, new_password};
use vestibule_use_case_tests::{FixedClock, UseCases, at_once};

const ADA: &str = "ada@example.com";
const LINK: RegistrationPolicy = RegistrationPolicy { proof: MailProof::Link, ..REGISTRATION };

fn registration(client: &str, password: &str) -> RegisterAccountInput {
    RegisterAccountInput {
        email: address(ADA),
        display_name: Some(password.to_owned()),
        password: new_password(password),
        client_address: client.parse().ok(),
        language: None,
        policy: REGISTRATION,
    }
}

async fn register(
    app: &UseCases,
    client: &str,
    password: &str,
) -> Result<RegisteredAccount, RegisterAccountError> {
    app.services.register_account.execute(registration(client, password)).await
}

async fn pending(app: &UseCases) -> Vec<PendingRegistration> {
    app.deps.store.repositories().pending_registrations().of_account(AccountId(1)).await.unwrap()
}

async fn mails(app: &UseCases) -> usize {
    app.deliver().await;
    app.mailbox.to(ADA).len()
}

async fn log_in(app: &UseCases, password: &str) -> Result<(), LogInError> {
    let input = LogInInput {
        identifier: address(ADA).into(),
        password: Password::new(password),
        device: Device::default(),
        policy: ROTATING,
    };
    app.services.log_in.execute(input).await.map(|_| ())
}

#[tokio::test]
async fn before_the_activation_the_account_has_neither_password_nor_name() {
    let app = UseCases::new();
    register(&app, "192.0.2.1", "one").await.unwrap();
    let found = app.deps.store.repositories().accounts().by_id(AccountId(1)).await.unwrap().unwrap();
    assert!(!found.details.hashed_password.is_set());
    assert_eq!(found.details.display_name, None);
    assert_eq!(pending(&app).await[0].display_name.as_deref(), Some("one"));
}

#[tokio::test]
async fn any_failure_of_the_store_leaves_what_was_pending() {
    let app = UseCases::new();
    register(&app, "192.0.2.1", "one").await.unwrap();
    let before = pending(&app).await;
    let calls = {
        let undisturbed = UseCases::new();
        register(&undisturbed, "192.0.2.1", "one").await.unwrap();
        let first = undisturbed.faults.calls();
        register(&undisturbed, "192.0.2.2", "two").await.unwrap_err();
        undisturbed.faults.calls() - first
    };
    for call in 1..=calls {
        app.faults.fail_call(call, Fault::Unexpected);
        let refused = register(&app, "192.0.2.2", "two").await;
        assert!(matches!(refused, Err(RegisterAccountError::Failure(_))), "{call}");
        assert_eq!(pending(&app).await, before, "{call}");
        // The limit of one client would end the series.
        app.clock.advance(std::time::Duration::from_mins(15));
    }
    app.faults.fail_commit(Fault::Unexpected);
    assert!(matches!(register(&app, "192.0.2.2", "two").await, Err(RegisterAccountError::Failure(_))));
    assert_eq!((pending(&app).await, mails(&app).await), (before, 1));
    assert!(matches!(register(&app, "192.0.2.2", "two").await, Err(RegisterAccountError::EmailTaken { .. })));
    assert_eq!((pending(&app).await.len(), mails(&app).await), (2, 2));
}

#[tokio::test]
async fn what_the_store_gives_up_is_tried_again_and_mailed_once() {
    let app = UseCases::new();
    register(&app, "192.0.2.1", "one").await.unwrap();
    app.faults.fail_commit(Fault::Retryable);
    assert!(matches!(register(&app, "192.0.2.2", "two").await, Err(RegisterAccountError::EmailTaken { .. })));
    assert_eq!((pending(&app).await.len(), mails(&app).await), (2, 2));
    app.faults.fail_commit(Fault::Retryable);
    let input = RequestConfirmationInput { email: address(ADA), language: None, policy: LINK };
    app.services.request_confirmation.execute(input).await.unwrap();
    assert_eq!((pending(&app).await.len(), mails(&app).await), (2, 4));
    app.faults.fail_commit(Fault::Retryable);
    let link = app.mailed_code(ADA).await;
    app.services.confirm_email.execute(&link).await.unwrap();
    assert_eq!(pending(&app).await, []);
}

#[tokio::test]
async fn a_failed_activation_leaves_every_registration() {
    let app = UseCases::new();
    register(&app, "192.0.2.1", "one").await.unwrap();
    let token = app.mailed_code(ADA).await;
    register(&app, "192.0.2.2", "two").await.unwrap_err();
    let before = pending(&app).await;
    let activate = || {
        let input = ActivateAccountInput { email: address(ADA), token: SecretToken::new(token.clone()) };
        app.services.activate_account.execute(input)
    };
    for call in 1..=7 {
        app.faults.fail_call(call, Fault::Unexpected);
        activate().await.unwrap_err();
        assert_eq!(pending(&app).await, before, "{call}");
    }
    app.faults.fail_commit(Fault::Unexpected);
    activate().await.unwrap_err();
    assert_eq!(pending(&app).await, before);
    activate().await.unwrap();
    log_in(&app, "one").await.unwrap();
    assert!(matches!(log_in(&app, "two").await, Err(LogInError::WrongCredentials(Mismatch::Password))));
}

/// Removes every account that waits for its activation, as a purge does when all mails are past their life.
async fn purge(store: Arc<dyn Store>) {
    let far = FixedClock::START + Duration::from_hours(24 * 365);
    store.repositories().accounts().purge_never_activated(far, far, 100).await.unwrap();
}

/// The registration added an account and mailed its token, as if there had been none before.
async fn is_registered_anew(app: &UseCases, added: Result<RegisteredAccount, RegisterAccountError>) {
    assert_ne!(added.unwrap().id, AccountId(1));
    assert_eq!(mails(app).await, 2);
    let token = SecretToken::new(app.mailed_code(ADA).await);
    app.services.activate_account.execute(ActivateAccountInput { email: address(ADA), token }).await.unwrap();
    log_in(app, "two").await.unwrap();
}

#[tokio::test]
async fn an_address_whose_account_is_purged_once_it_was_found_taken_is_registered_and_mailed() {
    let app = UseCases::new();
    register(&app, "192.0.2.1", "one").await.unwrap();
    assert_eq!(mails(&app).await, 1);
    // The first call finds the address taken, the second looks whose it is.
    app.faults.before_call(2, purge(app.deps.store.clone()));
    let added = register(&app, "192.0.2.2", "two").await;
    is_registered_anew(&app, added).await;
}

#[tokio::test]
async fn an_address_whose_account_is_purged_after_a_look_at_what_is_pending_is_registered_and_mailed() {
    let app = UseCases::new();
    register(&app, "192.0.2.1", "one").await.unwrap();
    assert_eq!(mails(&app).await, 1);
    // The first unit finds the address taken, the second is to keep the registration.
    app.faults.before_begin(2, purge(app.deps.store.clone()));
    let added = register(&app, "192.0.2.2", "two").await;
    is_registered_anew(&app, added).await;
}

/// Counts what a hasher is asked for.
struct Counting {
    hasher: BcryptHasher,
    hashed: AtomicUsize,
    compared: AtomicUsize,
}

#[async_trait]
impl PasswordHasher for Counting {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError> {
        self.hashed.fetch_add(1, Ordering::SeqCst);
        self.hasher.hash(password).await
    }

    async fn verify(
        &self,
        password: &Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verification, HashError> {
        self.compared.fetch_add(1, Ordering::SeqCst);
        self.hasher.verify(password, hash).await
    }
}

impl Counting {
    /// What was hashed and compared since the last look.
    fn taken(&self) -> (usize, usize) {
        (self.hashed.swap(0, Ordering::SeqCst), self.compared.swap(0, Ordering::SeqCst))
    }
}

fn counting() -> (UseCases, Arc<Counting>) {
    let counting = Arc::new(Counting {
        hasher: BcryptHasher::new(BcryptSettings::with_cost(4)).unwrap(),
        hashed: AtomicUsize::new(0),
        compared: AtomicUsize::new(0),
    });
    (UseCases::with(|deps| deps.hasher = counting.clone()), counting)
}

#[tokio::test]
async fn a_taken_address_costs_what_a_free_one_costs() {
    let (app, counted) = counting();
    register(&app, "192.0.2.1", "one").await.unwrap();
    assert_eq!(counted.taken(), (1, 0), "free");
    register(&app, "192.0.2.2", "two").await.unwrap_err();
    assert_eq!(counted.taken(), (1, 0), "waits for another client");
    let input =
        ActivateAccountInput { email: address(ADA), token: SecretToken::new(app.mailed_code(ADA).await) };
    app.services.activate_account.execute(input).await.unwrap();
    register(&app, "192.0.2.3", "three").await.unwrap_err();
    assert_eq!(counted.taken(), (1, 0), "active");
}

#[tokio::test]
async fn a_login_compares_once_where_one_registration_is_pending_and_no_more_than_with_each() {
    let (app, counted) = counting();
    log_in(&app, "one").await.unwrap_err();
    assert_eq!(counted.taken().1, 1, "unknown");
    register(&app, "192.0.2.1", "one").await.unwrap();
    for password in ["one", "another"] {
        log_in(&app, password).await.unwrap_err();
        assert_eq!(counted.taken().1, 1, "pending");
    }
    for number in 2..40 {
        register(&app, &format!("192.0.2.{number}"), "two").await.unwrap_err();
    }
    counted.taken();
    log_in(&app, "another").await.unwrap_err();
    assert_eq!(counted.taken().1, 8, "flooded");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_s_registrations_at_once_are_kept_and_mailed_once_each() {
    let app = Arc::new(UseCases::new());
    register(&app, "192.0.2.1", "stranger's").await.unwrap();
    at_once(8, |number| {
        let app = app.clone();
        async move { register(&app, "192.0.2.2", ["one", "two"][number % 2]).await.unwrap_err() }
    })
    .await;
    let kept = pending(&app).await;
    let names: Vec<_> = kept.iter().filter_map(|kept| kept.display_name.as_deref()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!(names[0], "stranger's");
    assert!(mails(&app).await <= 1 + 5, "each is within the limit of a client");
}
