//! What the store gives up is tried again.

use std::sync::Arc;

use vestibule_application::accounts::{
    ActivateAccountInput, CompletePasswordResetInput, DeactivateAccountInput, RegisterAccountInput,
    RequestPasswordResetInput,
};
use vestibule_application::sessions::{LogOutInput, RefreshAccessInput};
use vestibule_application::{CodedError, ErrorKind};
use vestibule_domain::accounts::PasswordHash;
use vestibule_domain::ports::MockPasswordHasher;
use vestibule_domain::secret::SecretToken;
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, REGISTRATION, RESET, ROTATING, address, new_password};

const ADA: &str = "ada@example.com";

fn registration() -> RegisterAccountInput {
    RegisterAccountInput {
        email: address(ADA),
        display_name: None,
        password: new_password(PASSWORD),
        client_address: None,
        language: None,
        policy: REGISTRATION,
    }
}

#[tokio::test]
async fn each_use_case_is_done_although_its_first_commit_was_given_up() {
    let cases = UseCases::new();
    let (services, give_up) = (&cases.services, || cases.faults.fail_commit(Fault::Retryable));
    let admin = cases.admin().await;

    give_up();
    let id = cases.registered(ADA).await;
    let token = SecretToken::new(cases.mailed_code(ADA).await);
    assert_eq!(cases.mailbox.to(ADA).len(), 1);
    give_up();
    services.activate_account.execute(ActivateAccountInput { email: address(ADA), token }).await.unwrap();
    give_up();
    let session = cases.log_in(ADA).await;
    give_up();
    let refresh = RefreshAccessInput { refresh_token: session.refresh_token, policy: ROTATING };
    let refreshed = services.refresh_access.execute(refresh).await.unwrap();
    give_up();
    let session = cases.actor(&refreshed.access_token).await.unwrap().session;
    services.log_out.execute(LogOutInput { session }).await.unwrap();
    assert!(cases.actor(&refreshed.access_token).await.is_none());
    give_up();
    let reset = RequestPasswordResetInput { email: address(ADA), language: None, policy: RESET };
    services.request_password_reset.execute(reset).await.unwrap();
    let token = SecretToken::new(cases.mailed_code(ADA).await);
    give_up();
    let (email, password) = (address(ADA), new_password("another horse"));
    let reset = CompletePasswordResetInput { email: Some(email), token, password, language: None };
    services.complete_password_reset.execute(reset).await.unwrap();
    give_up();
    let lockout = DeactivateAccountInput { administrator: admin, account: id };
    services.deactivate_account.execute(lockout).await.unwrap();
}

#[tokio::test]
async fn a_statement_that_was_given_up_takes_the_whole_unit_with_it_into_the_next_try() {
    let cases = UseCases::new();
    // The second call is the one that stores the token of the new account.
    cases.faults.fail_call(2, Fault::Retryable);
    cases.registered(ADA).await;
    cases.mailed_code(ADA).await;
    assert_eq!(cases.mailbox.to(ADA).len(), 1);
}

#[tokio::test]
async fn what_is_given_up_again_and_again_is_not_available() {
    let cases = UseCases::new();
    cases.faults.fail_everything(Fault::Retryable);
    let error = cases.services.register_account.execute(registration()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unavailable), "{error:?}");
    cases.faults.heal();
    cases.registered(ADA).await;
}

#[tokio::test]
async fn the_password_is_hashed_once_however_often_it_is_tried() {
    let mut hasher = MockPasswordHasher::new();
    hasher.expect_hash().times(1).returning(|_| Ok(PasswordHash::new("$2b$04$hash")));
    let cases = UseCases::with(|deps| deps.hasher = Arc::new(hasher));
    cases.faults.fail_commit(Fault::Retryable);
    cases.services.register_account.execute(registration()).await.unwrap();
    // The account, its registration, its mail and its event, twice.
    assert_eq!(cases.faults.calls(), 8);
}
