//! What changes between the look at a permission and the use of it.

use std::sync::Arc;

use vestibule_application::accounts::{
    ActivateMobileError, ActivateMobileInput, Appointer, Change, ChangePasswordInput, EditMobileInput,
    MobileProof, RegisterMobileInput, SignUpAs,
};
use vestibule_application::idempotency::IdempotencyKey;
use vestibule_application::points::{ChangePointsError, ChangePointsInput};
use vestibule_application::policy::CodePolicy;
use vestibule_application::sessions::LogOutInput;
use vestibule_application::{Actor, CodedError as _, codes};
use vestibule_domain::accounts::{MobileNumber, Password, Username};
use vestibule_domain::points::{Points, PointsKind};
use vestibule_domain::ports::Limit;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, new_password};

use super::people::{admin, by, email, input, over, user};
use super::removals::{remove, trash};

const NUMBER: &str = "+33612345678";
const SMS: CodePolicy =
    CodePolicy { life: std::time::Duration::from_mins(10), tries: 5, per_recipient: Limit::per_minute(1) };

/// Two administrators.
async fn admins(app: &Arc<UseCases>) -> (Actor, Actor) {
    (admin(app, "root").await, admin(app, "former").await)
}

/// Moves the account into the trash right before the next unit of work begins.
fn trash_before_unit(app: &Arc<UseCases>, by: Actor, target: Actor) {
    let other = Arc::clone(app);
    app.faults.before_begin(1, async move { trash(&other, &by, target.uuid).await });
}

/// Removes the account for good right before the next unit of work begins.
fn remove_before_unit(app: &Arc<UseCases>, by: Actor, target: Actor) {
    let other = Arc::clone(app);
    app.faults.before_begin(1, async move {
        trash(&other, &by, target.uuid).await;
        remove(&other, &by, target.uuid).await.unwrap();
    });
}

#[tokio::test]
async fn an_administrator_who_was_trashed_while_the_password_was_hashed_appoints_nobody() {
    let app = Arc::new(UseCases::new());
    let (root, former) = admins(&app).await;
    let appointer = Appointer::with_role(&former).unwrap();
    trash_before_unit(&app, root, former);
    let refused = app.services.sign_up.execute(input("eve", SignUpAs::Admin(appointer))).await.unwrap_err();
    assert_eq!(refused.code(), codes::ADMINISTRATORS_ONLY);
    let username = Username::parse("eve").unwrap();
    assert!(app.deps.store.repositories().accounts().by_username(&username).await.unwrap().is_none());
}

fn new_passwords(actor: Actor, target: Actor) -> ChangePasswordInput {
    ChangePasswordInput {
        actor,
        account: target.uuid,
        old: Password::new(PASSWORD),
        new: new_password("another password"),
        language: None,
    }
}

#[tokio::test]
async fn an_administrator_who_was_trashed_while_the_password_was_hashed_changes_none() {
    let app = Arc::new(UseCases::new());
    let (root, former) = admins(&app).await;
    let ada = user(&app, "ada").await;
    trash_before_unit(&app, root, former);
    let refused = app.services.change_password.execute(new_passwords(former, ada)).await.unwrap_err();
    assert_eq!(refused.code(), codes::ACCOUNT_FORBIDDEN);
    app.log_in(&email("ada")).await;
}

#[tokio::test]
async fn a_session_that_ended_while_the_password_was_hashed_changes_none() {
    let app = Arc::new(UseCases::new());
    let ada = user(&app, "ada").await;
    let other = Arc::clone(&app);
    app.faults.before_begin(1, async move {
        other.services.log_out.execute(LogOutInput { session: ada.session }).await.unwrap();
    });
    let refused = app.services.change_password.execute(new_passwords(ada, ada)).await.unwrap_err();
    assert_eq!(refused.code(), codes::ACCOUNT_FORBIDDEN);
    app.log_in(&email("ada")).await;
}

fn number(text: &str) -> MobileNumber {
    MobileNumber::parse(text).unwrap()
}

/// An account that waits for its activation, by the number.
async fn waiting(app: &UseCases) {
    let input = RegisterMobileInput {
        username: Username::parse("ada").unwrap(),
        mobile: number(NUMBER),
        password: new_password(PASSWORD),
        language: None,
        policy: SMS,
    };
    app.services.register_mobile.execute(input).await.unwrap();
}

fn activation(code: Option<String>, proof: MobileProof) -> ActivateMobileInput {
    ActivateMobileInput {
        mobile: number(NUMBER),
        code,
        proof,
        client_address: None,
        language: None,
        policy: SMS,
    }
}

async fn is_active(app: &UseCases) -> bool {
    let username = Username::parse("ada").unwrap();
    let account = app.deps.store.repositories().accounts().by_username(&username).await.unwrap();
    account.unwrap().details.is_active
}

#[tokio::test]
async fn an_administrator_who_was_trashed_meanwhile_activates_nobody() {
    let app = Arc::new(UseCases::new());
    let (root, former) = admins(&app).await;
    waiting(&app).await;
    trash_before_unit(&app, root, former);
    let activated =
        app.services.activate_mobile.execute(activation(None, MobileProof::Administrator(by(&former)))).await;
    assert!(activated.is_err() && !is_active(&app).await, "{activated:?}");
}

#[tokio::test]
async fn a_number_that_the_account_has_no_more_activates_nobody() {
    for with_code in [true, false] {
        let app = Arc::new(UseCases::new());
        let root = admin(&app, "root").await;
        waiting(&app).await;
        let (code, proof) = if with_code {
            (Some(app.mailed_code(NUMBER).await), MobileProof::Code)
        } else {
            (None, MobileProof::NumberAlone)
        };
        let username = Username::parse("ada").unwrap();
        let ada = app.deps.store.repositories().accounts().by_username(&username).await.unwrap().unwrap();
        let other = Arc::clone(&app);
        app.faults.before_begin(1, async move {
            let edit = EditMobileInput {
                who: over(&root, ada.details.uuid),
                username: None,
                email: Change::Keep,
                mobile: Some(number("+33612345679")),
                gender: Change::Keep,
                active: None,
            };
            other.services.edit_mobile.execute(edit).await.unwrap();
        });
        let activated = app.services.activate_mobile.execute(activation(code, proof)).await;
        let expected =
            matches!(activated, Err(ActivateMobileError::NotFound | ActivateMobileError::InvalidCode));
        assert!(expected && !is_active(&app).await, "{activated:?}");
    }
}

fn points(actor: Actor, target: Actor, key: Option<&str>) -> ChangePointsInput {
    ChangePointsInput {
        actor,
        account: Some(target.uuid.0.to_string()),
        kind: PointsKind::Add,
        points: Some(Points::new(7).unwrap()),
        reason: None,
        is_self_credit_open: false,
        idempotency_key: key.map(|key| IdempotencyKey::new("PUT /x", key, &[])),
    }
}

#[tokio::test]
async fn an_administrator_who_is_gone_meanwhile_gives_no_points_and_nothing_fails() {
    for key in [None, Some("key")] {
        let app = Arc::new(UseCases::new());
        let (root, former) = admins(&app).await;
        let ada = user(&app, "ada").await;
        remove_before_unit(&app, root, former);
        let refused = app.services.change_points.execute(points(former, ada, key)).await;
        assert!(matches!(refused, Err(ChangePointsError::NotFound)), "{refused:?}");
        // Before the key is claimed.
        let refused = app.services.change_points.execute(points(former, ada, key)).await;
        assert!(matches!(refused, Err(ChangePointsError::NotFound)), "{refused:?}");
    }
}
