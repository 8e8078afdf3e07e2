//! An access token is only as good as its session and its account.

use std::time::Duration;

use vestibule_application::accounts::{
    ActivateAccountInput, ChangeRoleInput, CompletePasswordResetInput, DeactivateAccountInput,
    EditAccountInput, OwnerOrAdministrator, PasswordResetRequested, RegisterAccountError,
    RegisterAccountInput, RequestPasswordResetInput,
};
use vestibule_application::policy::{SessionPolicy, TokenSubject};
use vestibule_application::sessions::{
    Device, LogInInput, LogOutInput, RefreshAccessInput, VerifyAccessError,
};
use vestibule_domain::accounts::{Password, Role};
use vestibule_domain::ports::Clock;
use vestibule_domain::secret::SecretToken;
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, REGISTRATION, RESET, ROTATING, address, new_password};

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn logging_out_ends_one_session_at_once() {
    let app = UseCases::new();
    app.member(ADA).await;
    let (one, other) = (app.log_in(ADA).await, app.log_in(ADA).await);
    let session = app.actor(&one.access_token).await.unwrap().session;
    app.services.log_out.execute(LogOutInput { session }).await.unwrap();
    let refused = app.services.verify_access.execute(one.access_token.reveal()).await;
    assert!(matches!(refused, Err(VerifyAccessError::Revoked)));
    assert!(app.actor(&other.access_token).await.is_some());
    // Once more is no error.
    app.services.log_out.execute(LogOutInput { session }).await.unwrap();
}

#[tokio::test]
async fn a_password_reset_ends_every_session_at_once() {
    let app = UseCases::new();
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    assert!(app.actor(&session.access_token).await.is_some());
    let input = RequestPasswordResetInput { email: address(ADA), language: None, policy: RESET };
    app.services.request_password_reset.execute(input).await.unwrap();
    let input = CompletePasswordResetInput {
        email: Some(address(ADA)),
        token: SecretToken::new(app.mailed_code(ADA).await),
        password: new_password("another password"),
        language: None,
    };
    app.services.complete_password_reset.execute(input).await.unwrap();
    assert!(app.actor(&session.access_token).await.is_none());
}

#[tokio::test]
async fn a_reset_is_mailed_to_active_accounts_alone() {
    let app = UseCases::new();
    let admin = app.admin().await;
    let account = app.member(ADA).await;
    let request = async |email| {
        let input = RequestPasswordResetInput { email: address(email), language: None, policy: RESET };
        let requested = app.services.request_password_reset.execute(input).await.unwrap();
        app.deliver().await;
        (requested, app.mailbox.to(email).len())
    };
    let before = app.mailbox.to(ADA).len();
    assert_eq!(request(ADA).await, (PasswordResetRequested::Mailed, before + 1));
    assert_eq!(request("nobody@example.com").await, (PasswordResetRequested::UnknownAddress, 0));

    let input = DeactivateAccountInput { administrator: admin, account };
    app.services.deactivate_account.execute(input).await.unwrap();
    assert_eq!(request(ADA).await, (PasswordResetRequested::NotActive, before + 1));
}

#[tokio::test]
async fn deactivation_locks_out_at_once() {
    let app = UseCases::new();
    let admin = app.admin().await;
    let account = app.member(ADA).await;
    let session = app.log_in(ADA).await;
    assert!(app.actor(&session.access_token).await.is_some());
    let input = DeactivateAccountInput { administrator: admin, account };
    app.services.deactivate_account.execute(input).await.unwrap();
    assert!(app.actor(&session.access_token).await.is_none());
}

#[tokio::test]
async fn who_was_deactivated_cannot_activate_himself_again() {
    let app = UseCases::new();
    let admin = app.admin().await;
    let account = app.member(ADA).await;
    let input = RequestPasswordResetInput { email: address(ADA), language: None, policy: RESET };
    app.services.request_password_reset.execute(input).await.unwrap();
    let reset = SecretToken::new(app.mailed_code(ADA).await);
    let mails = app.mailbox.to(ADA).len();

    let input = DeactivateAccountInput { administrator: admin, account };
    app.services.deactivate_account.execute(input).await.unwrap();
    app.clock.advance(Duration::from_hours(1));
    let again = RegisterAccountInput {
        email: address(ADA),
        display_name: None,
        password: new_password("another password"),
        client_address: None,
        language: None,
        policy: REGISTRATION,
    };
    let refused = app.services.register_account.execute(again).await;
    assert!(matches!(refused, Err(RegisterAccountError::EmailTaken { .. })));
    app.deliver().await;
    assert_eq!(app.mailbox.to(ADA).len(), mails, "no token for who is locked out");
    let input = CompletePasswordResetInput {
        email: Some(address(ADA)),
        token: reset,
        password: new_password("another password"),
        language: None,
    };
    assert!(app.services.complete_password_reset.execute(input).await.is_err());
}

#[tokio::test]
async fn an_activation_token_dies_with_a_deactivation() {
    let app = UseCases::new();
    let admin = app.admin().await;
    let account = app.registered(ADA).await;
    let token = SecretToken::new(app.mailed_code(ADA).await);
    app.deps.store.repositories().accounts().activate(account, app.clock.now()).await.unwrap();
    let input = DeactivateAccountInput { administrator: admin, account };
    app.services.deactivate_account.execute(input).await.unwrap();
    let input = ActivateAccountInput { email: address(ADA), token };
    assert!(app.services.activate_account.execute(input).await.is_err());
}

#[tokio::test]
async fn a_change_whose_request_is_cut_off_after_its_commit_is_seen() {
    let app = UseCases::new();
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    let actor = app.actor(&session.access_token).await.unwrap();
    // Polled until the commit has happened and no further, as by a request that is cancelled there.
    let mut logging_out =
        std::pin::pin!(app.services.log_out.execute(LogOutInput { session: actor.session }));
    for _ in 0..100 {
        let polled = futures::poll!(&mut logging_out);
        let state = app.deps.store.repositories().sessions().state(actor.session).await.unwrap();
        if polled.is_ready() || state.is_some_and(|state| !state.is_open) {
            break;
        }
    }
    assert!(app.actor(&session.access_token).await.is_none());
}

#[tokio::test]
async fn a_new_role_holds_from_the_next_request_on() {
    let app = UseCases::new();
    let admin = app.admin().await;
    let account = app.member(ADA).await;
    let session = app.log_in(ADA).await;
    assert_eq!(app.actor(&session.access_token).await.unwrap().role, Role::User);
    for role in [Role::Moderator, Role::User] {
        let input = ChangeRoleInput { administrator: admin, account, role };
        app.services.change_role.execute(input).await.unwrap();
        assert_eq!(app.actor(&session.access_token).await.unwrap().role, role);
    }
}

/// At a surface whose access tokens say the address, and although the state of the session is cached.
#[tokio::test]
async fn a_new_address_ends_the_access_tokens_that_say_the_old_one() {
    let app = UseCases::with(|deps| deps.subject_at = |_| Some(TokenSubject::Address));
    app.member(ADA).await;
    let log_in = async |email| {
        let policy = SessionPolicy { subject: TokenSubject::Address, ..ROTATING };
        let password = Password::new(PASSWORD);
        let input =
            LogInInput { identifier: address(email).into(), password, device: Device::default(), policy };
        app.services.log_in.execute(input).await.unwrap()
    };
    let session = log_in(ADA).await;
    let actor = app.actor(&session.access_token).await.unwrap();
    let new = "countess@example.com";
    for (email, is_good) in [(ADA, true), (new, false)] {
        let input = EditAccountInput {
            who: OwnerOrAdministrator::of(&actor, actor.uuid).unwrap(),
            email: Some(address(email)),
            username: None,
        };
        app.services.edit_account.execute(input).await.unwrap();
        assert_eq!(app.actor(&session.access_token).await.is_some(), is_good, "{email}");
    }
    let refused = app.services.verify_access.execute(session.access_token.reveal()).await;
    assert!(matches!(refused, Err(VerifyAccessError::Revoked)));

    let policy = SessionPolicy { subject: TokenSubject::Address, ..ROTATING };
    let input = RefreshAccessInput { refresh_token: session.refresh_token, policy };
    let refreshed = app.services.refresh_access.execute(input).await.unwrap();
    assert_eq!(app.actor(&refreshed.access_token).await, Some(actor));
    assert_eq!(app.actor(&log_in(new).await.access_token).await.map(|it| it.account), Some(actor.account));
}

#[tokio::test]
async fn an_access_token_expires() {
    let app = UseCases::new();
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    app.clock.advance(Duration::from_mins(15));
    let refused = app.services.verify_access.execute(session.access_token.reveal()).await;
    assert!(matches!(refused, Err(VerifyAccessError::Expired)));
}

#[tokio::test]
async fn a_refresh_token_is_no_access_token() {
    let app = UseCases::new();
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    let refused = app.services.verify_access.execute(session.refresh_token.reveal()).await;
    assert!(matches!(refused, Err(VerifyAccessError::Invalid)));
}

#[tokio::test]
async fn a_known_session_is_verified_without_the_store() {
    let app = UseCases::new();
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    assert!(app.actor(&session.access_token).await.is_some());
    let calls = app.faults.calls();
    for _ in 0..10 {
        assert!(app.actor(&session.access_token).await.is_some());
    }
    assert_eq!(app.faults.calls(), calls);
    // An unknown state is never taken for a good one.
    app.clock.advance(Duration::from_secs(61));
    app.faults.fail_everything(Fault::Unavailable);
    assert!(app.actor(&session.access_token).await.is_none());
}
