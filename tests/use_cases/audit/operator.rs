//! What operators and administrators do to sessions and with mailed resets.

use vestibule_application::accounts::{
    Administrator, CompletePasswordResetInput, InspectAccountError, NamedAccount, SendPasswordResetError,
    SendPasswordResetInput, Standing,
};
use vestibule_application::sessions::{EndSessionsError, EndSessionsInput};
use vestibule_domain::accounts::{AccountId, Role};
use vestibule_domain::audit::AuditAction::*;
use vestibule_domain::messages::Language;
use vestibule_domain::ports::Clock as _;
use vestibule_domain::secret::SecretToken;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, RESET, new_password};

use super::people::{admin, signed_in, user};
use super::watched::{NOTHING, Watched};
use super::{ADA, of_action};

const NOBODY: AccountId = AccountId(4711);

fn reset(administrator: Administrator, account: AccountId) -> SendPasswordResetInput {
    SendPasswordResetInput { administrator, account, policy: RESET, language: Language::En }
}

#[tokio::test]
async fn sessions_that_are_ended_give_no_access_and_leave_one_event() {
    let mut watched = Watched::new();
    let root = admin(&watched.app, "root").await;
    let ada = user(&watched.app, "ada").await;
    let session = watched.app.log_in(ADA).await;
    watched.begin_here().await;
    let by_root = Administrator::with_role(&root).unwrap();
    for (administrator, kind) in [(Administrator::operator(), "operator"), (by_root, "account")] {
        let input = || EndSessionsInput { administrator, account: ada.account };
        let ended = watched.app.services.end_sessions.execute(input()).await.unwrap();
        assert_eq!(ended, if kind == "operator" { 2 } else { 1 });
        watched.recorded("ended sessions", &[(SessionsEnded, kind, true)]).await;
        assert!(watched.app.actor(&session.access_token).await.is_none());
        assert_eq!(watched.app.services.end_sessions.execute(input()).await.unwrap(), 0);
        watched.recorded("no sessions", NOTHING).await;
        let again = signed_in(&watched.app, "ada").await;
        assert_eq!(again.account, ada.account);
        watched.recorded("a login", &[(LoggedIn, "account", true)]).await;
    }
    let input = EndSessionsInput { administrator: by_root, account: NOBODY };
    let refused = watched.app.services.end_sessions.execute(input).await;
    assert!(matches!(refused, Err(EndSessionsError::NotFound)), "{refused:?}");
    watched.recorded("nobody's sessions", NOTHING).await;
}

#[tokio::test]
async fn a_reset_that_is_mailed_for_somebody_names_who_had_it_mailed_and_is_used_as_any() {
    let mut watched = Watched::new();
    let ada = user(&watched.app, "ada").await;
    watched.begin_here().await;
    // More than the limit of the address.
    for _ in 0..20 {
        let input = reset(Administrator::operator(), ada.account);
        watched.app.services.send_password_reset.execute(input).await.unwrap();
        watched.recorded("a mailed reset", &[(PasswordResetRequested, "operator", true)]).await;
    }
    let input = CompletePasswordResetInput {
        email: None,
        token: SecretToken::new(watched.app.mailed_code(ADA).await),
        password: new_password(PASSWORD),
        language: None,
    };
    watched.app.services.complete_password_reset.execute(input).await.unwrap();
    watched.recorded("a reset", &[(PasswordReset, "account", true)]).await;
}

#[tokio::test]
async fn who_is_no_administrator_any_more_ends_no_sessions_and_mails_no_resets() {
    let app = UseCases::new();
    let root = admin(&app, "root").await;
    let ada = user(&app, "ada").await;
    let administrator = Administrator::with_role(&root).unwrap();
    let now = app.clock.now();
    app.deps.store.repositories().accounts().set_role(root.account, Role::User, now).await.unwrap();
    let input = EndSessionsInput { administrator, account: ada.account };
    let refused = app.services.end_sessions.execute(input).await;
    assert!(matches!(refused, Err(EndSessionsError::Forbidden)), "{refused:?}");
    let refused = app.services.send_password_reset.execute(reset(administrator, ada.account)).await;
    assert!(matches!(refused, Err(SendPasswordResetError::Forbidden)), "{refused:?}");
    assert!(of_action(&app, SessionsEnded).await.is_empty());
    assert!(of_action(&app, PasswordResetRequested).await.is_empty());
}

#[tokio::test]
async fn an_account_is_inspected_wherever_it_stands() {
    let app = UseCases::new();
    let waiting = app.registered("eve@example.com").await;
    let active = app.member(ADA).await;
    for (account, standing) in [(waiting, Standing::Waiting), (active, Standing::Active)] {
        let named = NamedAccount::Id(account);
        let found = app.services.inspect_account.execute(Administrator::operator(), &named).await.unwrap();
        assert_eq!((found.account.id, found.standing), (account, standing));
    }
    let nobody = NamedAccount::Id(NOBODY);
    let refused = app.services.inspect_account.execute(Administrator::operator(), &nobody).await;
    assert!(matches!(refused, Err(InspectAccountError::NotFound)), "{refused:?}");
}
