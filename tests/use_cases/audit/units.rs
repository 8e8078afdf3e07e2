//! An event and the change that it tells of are kept both or neither.

use vestibule_application::accounts::{Administrator, ChangeRoleInput};
use vestibule_application::sessions::{Device, LogInInput};
use vestibule_domain::accounts::{Password, Role};
use vestibule_domain::audit::AuditAction;
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, ROTATING, address};

use super::{ADA, of_action, trail};

fn login(password: &str) -> LogInInput {
    let (email, password) = (address(ADA), Password::new(password));
    LogInInput { identifier: email.into(), password, device: Device::default(), policy: ROTATING }
}

#[tokio::test]
async fn whatever_call_fails_there_is_either_the_change_with_its_event_or_neither() {
    let app = UseCases::new();
    let account = app.member(ADA).await;
    let before = trail(&app).await;
    for call in 1.. {
        app.faults.fail_call(call, Fault::Unexpected);
        let administrator = Administrator::operator();
        let input = ChangeRoleInput { administrator, account, role: Role::Admin };
        let changed = app.services.change_role.execute(input).await;
        app.faults.heal();
        let stored = app.deps.store.repositories().accounts().by_id(account).await.unwrap().unwrap();
        if changed.is_ok() {
            assert!(call > 3, "a role takes a lock, a change, an event and a look at the sessions");
            assert_eq!(stored.details.role, Role::Admin);
            assert_eq!(of_action(&app, AuditAction::RoleChanged).await.len(), 1);
            return;
        }
        assert_eq!(stored.details.role, Role::User);
        assert_eq!(trail(&app).await, before);
    }
}

#[tokio::test]
async fn a_commit_that_fails_leaves_no_event_and_one_that_is_tried_again_leaves_one() {
    let app = UseCases::new();
    app.member(ADA).await;
    app.faults.fail_commit(Fault::Unexpected);
    app.services.log_in.execute(login(PASSWORD)).await.unwrap_err();
    assert_eq!(of_action(&app, AuditAction::LoggedIn).await, []);
    app.faults.fail_commit(Fault::Retryable);
    app.services.log_in.execute(login(PASSWORD)).await.unwrap();
    assert_eq!(of_action(&app, AuditAction::LoggedIn).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_password_is_not_answered_as_such_before_it_is_in_the_trail() {
    let app = UseCases::new();
    app.member(ADA).await;
    // The look for the account, and the count.
    app.faults.fail_call(2, Fault::Unavailable);
    let refused = app.services.log_in.execute(login("wrong")).await.unwrap_err();
    assert!(matches!(refused, vestibule_application::sessions::LogInError::Failure(_)), "{refused:?}");
}
