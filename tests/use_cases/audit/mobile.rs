//! What is recorded of the use cases of the surface `mobile`.

use vestibule_application::Actor;
use vestibule_application::accounts::{
    ActivateMobileInput, Administrator, Change, ChangePasswordInput, EditMobileInput, MobileProof,
    OwnerOrAdministrator, RegisterMobileInput,
};
use vestibule_application::sessions::{Device, LogInInput};
use vestibule_domain::accounts::{AccountUuid, MobileNumber, Password, Username};
use vestibule_domain::audit::AuditAction::*;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, ROTATING, new_password};

use super::people::{CODES, admin};
use super::watched::{NOTHING, Watched};

async fn register(app: &UseCases, name: &str, mobile: &str) -> bool {
    let input = RegisterMobileInput {
        username: Username::parse(name).unwrap(),
        mobile: MobileNumber::parse(mobile).unwrap(),
        password: new_password(PASSWORD),
        language: None,
        policy: CODES,
    };
    app.services.register_mobile.execute(input).await.is_ok()
}

async fn activate(app: &UseCases, mobile: &str, code: Option<&str>, proof: MobileProof) -> bool {
    let input = ActivateMobileInput {
        mobile: MobileNumber::parse(mobile).unwrap(),
        code: code.map(str::to_owned),
        proof,
        client_address: None,
        language: None,
        policy: CODES,
    };
    app.services.activate_mobile.execute(input).await.is_ok()
}

async fn log_in(app: &UseCases, name: &str) -> Actor {
    let input = LogInInput {
        identifier: Username::parse(name).unwrap().into(),
        password: Password::new(PASSWORD),
        device: Device::default(),
        policy: ROTATING,
    };
    let opened = app.services.log_in.execute(input).await.unwrap();
    app.actor(&opened.access_token).await.unwrap()
}

#[tokio::test]
async fn each_change_of_an_account_with_a_number_leaves_one_event() {
    let mut watched = Watched::new();
    let root = admin(&watched.app, "root").await;
    let expected = [(AdminCreated, "anonymous", true), (LoggedIn, "account", true)];
    watched.recorded("an administrator", &expected).await;

    for (name, mobile) in [("ada", "+33601"), ("bob", "+33602"), ("eve", "+33603")] {
        assert!(register(&watched.app, name, mobile).await);
        watched.recorded("a registration", &[(AccountRegistered, "anonymous", true)]).await;
    }
    assert!(!register(&watched.app, "ada", "+33604").await);
    watched.recorded("a registration with a taken name", NOTHING).await;

    let known = [("+33601", &[(ConfirmationRequested, "anonymous", true)][..]), ("+33609", NOTHING)];
    for (mobile, expected) in known {
        assert!(!activate(&watched.app, mobile, None, MobileProof::Code).await);
        watched.recorded("another code", expected).await;
    }
    assert!(!activate(&watched.app, "+33601", Some("wrong"), MobileProof::Code).await);
    watched.recorded("a wrong code", &[(CodeFailed, "anonymous", true)]).await;
    let code = watched.app.mailed_code("+33601").await;
    assert!(activate(&watched.app, "+33601", Some(&code), MobileProof::Code).await);
    watched.recorded("an activation by code", &[(AccountActivated, "account", true)]).await;
    assert!(!activate(&watched.app, "+33601", None, MobileProof::Code).await);
    watched.recorded("another code for who is active", NOTHING).await;

    for expected in [&[(AccountActivated, "anonymous", true)][..], NOTHING] {
        assert!(activate(&watched.app, "+33602", None, MobileProof::NumberAlone).await);
        watched.recorded("an activation by the number alone", expected).await;
    }
    let administrator = MobileProof::Administrator(Administrator::with_role(&root).unwrap());
    assert!(activate(&watched.app, "+33603", None, administrator).await);
    watched.recorded("an activation by an administrator", &[(AccountActivated, "account", true)]).await;

    let ada = log_in(&watched.app, "ada").await;
    watched.recorded("a login", &[(LoggedIn, "account", true)]).await;
    for actor in [ada, root] {
        assert!(!change(&watched.app, actor, ada.uuid, "wrong").await);
        watched.recorded("a wrong old password", &[(PasswordChangeFailed, "account", true)]).await;
        assert!(change(&watched.app, actor, ada.uuid, PASSWORD).await);
        watched.recorded("another password", &[(PasswordChanged, "account", true)]).await;
    }
    assert!(!change(&watched.app, ada, root.uuid, PASSWORD).await);
    watched.recorded("a password of another", NOTHING).await;
}

#[tokio::test]
async fn an_edit_and_the_end_of_an_account_leave_their_events() {
    let mut watched = Watched::new();
    let root = admin(&watched.app, "root").await;
    register(&watched.app, "ada", "+33601").await;
    activate(&watched.app, "+33601", None, MobileProof::NumberAlone).await;
    let ada = log_in(&watched.app, "ada").await;
    watched.begin_here().await;

    for expected in [&[(AccountEdited, "account", true)][..], NOTHING] {
        let mobile = Some(MobileNumber::parse("+33609").unwrap());
        watched.app.services.edit_mobile.execute(edit(ada, mobile, None, ada.uuid)).await.unwrap();
        watched.recorded("another number", expected).await;
    }
    let by_root = Administrator::with_role(&root).unwrap();
    for (active, event) in [(false, AccountDeactivated), (true, AccountActivated)] {
        for expected in [&[(event, "account", true)][..], NOTHING] {
            let input = edit(root, None, Some((by_root, active)), ada.uuid);
            watched.app.services.edit_mobile.execute(input).await.unwrap();
            watched.recorded("another state", expected).await;
        }
    }
    watched.app.services.remove_own_account.execute(&ada).await.unwrap();
    let expected = [(AccountTrashed, "account", true), (AccountRemoved, "account", true)];
    watched.recorded("the end of an account", &expected).await;
}

fn edit(
    actor: Actor,
    mobile: Option<MobileNumber>,
    active: Option<(Administrator, bool)>,
    account: AccountUuid,
) -> EditMobileInput {
    EditMobileInput {
        who: OwnerOrAdministrator::of(&actor, account).unwrap(),
        username: None,
        email: Change::Keep,
        mobile,
        gender: Change::Keep,
        active,
    }
}

async fn change(app: &UseCases, actor: Actor, account: AccountUuid, old: &str) -> bool {
    let input = ChangePasswordInput {
        actor,
        account,
        old: Password::new(old),
        new: new_password(PASSWORD),
        language: None,
    };
    app.services.change_password.execute(input).await.is_ok()
}
