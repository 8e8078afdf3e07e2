//! What is recorded of the use cases of the surface `points`.

use std::time::Duration;

use vestibule_application::accounts::{RecoverPasswordInput, SetOwnPasswordInput};
use vestibule_application::points::ChangePointsInput;
use vestibule_application::policy::RecoveryPolicy;
use vestibule_application::verification::{SendCodeInput, VerifyCodeInput};
use vestibule_domain::audit::AuditAction::*;
use vestibule_domain::points::{Points, PointsKind};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::verification::CodeShape;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{ANY_PASSWORD, PASSWORD, address, new_password};

use super::ADA;
use super::people::{CODES, register_at_once, signed_in};
use super::watched::{NOTHING, Watched};

const EVE: &str = "eve@example.com";
const PROVED: RecoveryPolicy = RecoveryPolicy { token_life: Duration::from_mins(30), asks_for_proof: true };
const OPEN: RecoveryPolicy = RecoveryPolicy { asks_for_proof: false, ..PROVED };

pub(super) async fn send_code(app: &UseCases, email: &str) {
    let shape = CodeShape::SIX_DIGITS;
    let input = SendCodeInput { email: address(email), shape, language: None, policy: CODES };
    app.services.send_code.execute(input).await.unwrap();
}

pub(super) fn code_of(email: &str, code: &str) -> VerifyCodeInput {
    let code = code.to_owned();
    VerifyCodeInput { email: address(email), code, client_address: None, policy: CODES }
}

pub(super) async fn token_of(app: &UseCases, email: &str) -> Option<SecretToken> {
    app.services.issue_recovery.execute(&address(email), PROVED).await.unwrap()
}

pub(super) fn recovery(token: SecretToken, policy: RecoveryPolicy) -> RecoverPasswordInput {
    RecoverPasswordInput {
        token,
        password: PASSWORD.to_owned(),
        password_policy: ANY_PASSWORD,
        client_address: None,
        language: None,
        policy,
    }
}

/// A recovery whose address nobody proved.
pub(super) fn unproved(token: &SecretToken) -> RecoverPasswordInput {
    recovery(token.clone(), PROVED)
}

#[tokio::test]
async fn each_change_of_an_account_leaves_one_event_and_points_stay_in_their_ledger() {
    let mut watched = Watched::new();
    assert!(register_at_once(&watched.app, ADA).await);
    watched.recorded("a registration", &[(AccountRegistered, "anonymous", true)]).await;
    assert!(!register_at_once(&watched.app, ADA).await);
    watched.recorded("a registration of a taken address", NOTHING).await;

    codes(&mut watched).await;
    recoveries(&mut watched).await;

    let actor = signed_in(&watched.app, "ada").await;
    watched.recorded("a login", &[(LoggedIn, "account", true)]).await;
    let input = SetOwnPasswordInput { actor, password: new_password(PASSWORD), language: None };
    watched.app.services.set_own_password.execute(input).await.unwrap();
    watched.recorded("another password", &[(PasswordChanged, "account", true)]).await;

    let input = ChangePointsInput {
        actor,
        account: None,
        kind: PointsKind::Add,
        points: Some(Points::new(5).unwrap()),
        reason: Some("a gift".to_owned()),
        is_self_credit_open: true,
        idempotency_key: None,
    };
    watched.app.services.change_points.execute(input).await.unwrap();
    watched.recorded("points", NOTHING).await;
}

async fn codes(watched: &mut Watched) {
    for (email, is_known) in [(ADA, true), (EVE, false)] {
        send_code(&watched.app, email).await;
        watched.recorded("a code", NOTHING).await;
        watched.app.services.verify_code.execute(code_of(email, "wrong")).await.unwrap_err();
        watched.recorded("a wrong code", &[(CodeFailed, "anonymous", is_known)]).await;
    }
    let code = watched.app.mailed_code(EVE).await;
    watched.app.services.verify_code.execute(code_of(EVE, &code)).await.unwrap();
    watched.recorded("a code that was given back", NOTHING).await;
    watched.app.services.verify_code.execute(code_of(EVE, &code)).await.unwrap_err();
    watched.recorded("a code that was used before", &[(CodeFailed, "anonymous", false)]).await;
}

async fn recoveries(watched: &mut Watched) {
    assert!(token_of(&watched.app, EVE).await.is_none());
    watched.recorded("a recovery of nobody", NOTHING).await;
    let token = token_of(&watched.app, ADA).await.unwrap();
    watched.recorded("a recovery", &[(PasswordResetRequested, "anonymous", true)]).await;

    let recover = &watched.app.services.recover_password;
    recover.execute(unproved(&SecretToken::new("wrong"))).await.unwrap_err();
    watched.recorded("a token of nobody", NOTHING).await;
    let recover = &watched.app.services.recover_password;
    recover.execute(unproved(&token)).await.unwrap_err();
    watched.recorded("an address that nobody proved", &[(PasswordResetFailed, "anonymous", true)]).await;

    send_code(&watched.app, ADA).await;
    let code = watched.app.mailed_code(ADA).await;
    watched.app.services.verify_code.execute(code_of(ADA, &code)).await.unwrap();
    watched.app.services.recover_password.execute(recovery(token.clone(), PROVED)).await.unwrap();
    watched.recorded("a recovered account", &[(PasswordReset, "account", true)]).await;
    watched.app.services.recover_password.execute(recovery(token, OPEN)).await.unwrap_err();
    watched.recorded("a token that was used", &[(PasswordResetFailed, "anonymous", true)]).await;

    let token = token_of(&watched.app, ADA).await.unwrap();
    watched.recorded("a recovery", &[(PasswordResetRequested, "anonymous", true)]).await;
    watched.app.services.recover_password.execute(recovery(token, OPEN)).await.unwrap();
    watched.recorded("a recovery without a proof", &[(PasswordReset, "anonymous", true)]).await;
}
