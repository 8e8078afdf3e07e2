//! Wrong codes, old passwords and recovery tokens are counted, before they are answered and within limits.

use std::time::Duration;

use vestibule_application::accounts::ChangePasswordInput;
use vestibule_application::verification::VerifyCodeError;
use vestibule_application::{Actor, CodedError as _, codes};
use vestibule_domain::accounts::{AccountDetails, AccountUuid, Password};
use vestibule_domain::audit::AuditAction::{self, *};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, new_password};

use super::admins::{edit, trash};
use super::people::{admin, register_at_once, user};
use super::points::{code_of, send_code, token_of, unproved};
use super::{ADA, of_action, trail};

async fn counted(app: &UseCases, action: AuditAction) -> Vec<u64> {
    of_action(app, action).await.iter().map(|event| event.times).collect()
}

fn change(actor: Actor, account: AccountUuid, old: &str) -> ChangePasswordInput {
    let (old, new) = (Password::new(old), new_password(PASSWORD));
    ChangePasswordInput { actor, account, old, new, language: None }
}

#[tokio::test]
async fn wrong_codes_of_a_minute_are_one_row_and_one_over_the_limit_costs_no_statement() {
    let app = UseCases::new();
    assert!(register_at_once(&app, ADA).await);
    send_code(&app, ADA).await;
    for _ in 0..15 {
        app.services.verify_code.execute(code_of(ADA, "wrong")).await.unwrap_err();
    }
    assert_eq!(counted(&app, CodeFailed).await, [15]);
    app.faults.fail_everything(Fault::Unavailable);
    let limited = app.services.verify_code.execute(code_of(ADA, "wrong")).await.unwrap_err();
    assert_eq!(limited.code(), codes::RATE_LIMITED, "{limited:?}");
    app.faults.heal();
    assert_eq!(counted(&app, CodeFailed).await, [15]);
}

#[tokio::test]
async fn refused_recovery_tokens_of_a_minute_are_one_row_up_to_a_limit() {
    let app = UseCases::new();
    assert!(register_at_once(&app, ADA).await);
    let token = token_of(&app, ADA).await.unwrap();
    for attempt in 0..40 {
        let refused = app.services.recover_password.execute(unproved(&token)).await.unwrap_err();
        let expected = if attempt < 30 { codes::INVALID_RECOVERY_TOKEN } else { codes::RATE_LIMITED };
        assert_eq!(refused.code(), expected, "{refused:?}");
    }
    assert_eq!(counted(&app, PasswordResetFailed).await, [30]);
}

#[tokio::test]
async fn wrong_old_passwords_are_counted_for_each_who_tries() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    for actor in [ada, ada, root] {
        app.services.change_password.execute(change(actor, ada.uuid, "wrong")).await.unwrap_err();
    }
    let events = of_action(&app, PasswordChangeFailed).await;
    assert!(events.iter().all(|event| event.account == Some(ada.uuid)), "{events:?}");
    let mut times: Vec<_> = events.iter().map(|event| (event.times, event.actor.account())).collect();
    times.sort_by_key(|(times, _)| *times);
    assert_eq!(times, [(1, Some(root.uuid)), (2, Some(ada.uuid))]);
}

#[tokio::test]
async fn no_failure_is_answered_as_such_before_it_is_in_the_trail() {
    let app = UseCases::new();
    let ada = user(&app, "ada").await;
    send_code(&app, ADA).await;
    let token = token_of(&app, ADA).await.unwrap();
    let before = trail(&app).await;
    app.faults.fail_commit(Fault::Unavailable);
    let refused = app.services.verify_code.execute(code_of(ADA, "wrong")).await.unwrap_err();
    assert!(matches!(refused, VerifyCodeError::Failure(_)), "{refused:?}");
    // The account and the proof of its address were looked up.
    app.faults.fail_call(3, Fault::Unavailable);
    let refused = app.services.recover_password.execute(unproved(&token)).await.unwrap_err();
    assert_ne!(refused.code(), codes::INVALID_RECOVERY_TOKEN);
    // The account was.
    app.faults.fail_call(2, Fault::Unavailable);
    let refused = app.services.change_password.execute(change(ada, ada.uuid, "wrong")).await.unwrap_err();
    assert_ne!(refused.code(), codes::WRONG_CREDENTIALS);
    assert_eq!(trail(&app).await, before);
}

#[tokio::test]
async fn whatever_call_fails_a_change_and_its_event_are_kept_both_or_neither() {
    let app = UseCases::new();
    let ada = user(&app, "ada").await;
    // Each call of each use case fails in turn.
    for action in [AccountEdited, PasswordChanged, AccountTrashed] {
        for call in 1.. {
            app.clock.advance(Duration::from_mins(2));
            let before = (trail(&app).await, stored(&app, &ada).await);
            app.faults.fail_call(call, Fault::Unexpected);
            let is_done = attempt(&app, &ada, action).await;
            app.faults.heal();
            if is_done {
                assert!(call > 3, "{action} takes a lock, a change and an event");
                assert_eq!(of_action(&app, action).await.len(), 1, "{action}");
                break;
            }
            assert_eq!((trail(&app).await, stored(&app, &ada).await), before, "{action}");
        }
    }
}

async fn attempt(app: &UseCases, ada: &Actor, action: AuditAction) -> bool {
    let services = &app.services;
    match action {
        AccountEdited => {
            let input = edit(ada, Some("a@example.com"), Some("lovelace"));
            services.edit_account.execute(input).await.is_ok()
        }
        PasswordChanged => services.change_password.execute(change(*ada, ada.uuid, PASSWORD)).await.is_ok(),
        _ => services.trash_account.execute(trash(ada, ada.uuid, "gone")).await.is_ok(),
    }
}

async fn stored(app: &UseCases, ada: &Actor) -> AccountDetails {
    let account = app.deps.store.repositories().accounts().by_id(ada.account).await.unwrap();
    account.unwrap().details
}

#[tokio::test]
async fn a_registration_that_is_tried_again_leaves_one_event_and_one_that_fails_none() {
    let app = UseCases::new();
    for (fault, events) in [(Fault::Unexpected, 0), (Fault::Retryable, 1)] {
        app.faults.fail_commit(fault);
        assert_eq!(register_at_once(&app, ADA).await, events == 1);
        assert_eq!(of_action(&app, AccountRegistered).await.len(), events);
    }
}
