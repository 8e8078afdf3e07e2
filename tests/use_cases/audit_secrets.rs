//! No secret and no address of a person gets into the trail.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;
use vestibule_application::accounts::{
    ActivateAccountInput, ActivateMobileInput, ChangePasswordInput, CompletePasswordResetInput,
    EditAccountInput, MobileProof, OwnerOrAdministrator, RecoverPasswordInput, RegisterAccountInput,
    RegisterMobileInput, RequestPasswordResetInput, SignUpAs, SignUpInput,
};
use vestibule_application::audit::Origin;
use vestibule_application::policy::{CodePolicy, RecoveryPolicy};
use vestibule_application::sessions::{Device, LogInInput, RefreshAccessInput};
use vestibule_application::trash::TrashAccountInput;
use vestibule_application::verification::{SendCodeInput, VerifyCodeInput};
use vestibule_domain::accounts::{MobileNumber, Password, Username};
use vestibule_domain::audit::AuditFilter;
use vestibule_domain::ports::Limit;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_domain::verification::{CodeAlphabet, CodeShape};
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{
    ANY_PASSWORD, REGISTRATION, RESET, ROTATING, address, new_password,
};

const EMAIL: &str = "ada.lovelace@example.com";
const NAME: &str = "Countess of Lovelace";
const CLIENT: &str = "2001:db8:1:2:3:4:5:6";
const AGENT: &str = "Analytical Engine/1843";
const PASSWORDS: [&str; 3] = ["correct horse", "battery staple", "wrong horse"];

on_stores![no_column_holds_a_secret_or_an_address_of_a_person];

async fn no_column_holds_a_secret_or_an_address_of_a_person(store: Arc<dyn Store>) {
    let app = UseCases::with(|deps| deps.store = store);
    let client: IpAddr = CLIENT.parse().unwrap();
    let request = Origin::request(Uuid::max(), Some(client)).at_surface("theater");
    let mut secrets = request.scope(scenario(&app, client)).await;
    secrets.extend(request.scope(scenario_of_admins_and_codes(&app, client)).await);

    let events =
        app.deps.store.repositories().audit().list(&AuditFilter::default(), None, 1000).await.unwrap();
    assert!(events.len() >= 16, "{events:?}");
    // Every column is a field.
    let everything = format!("{events:?}").to_lowercase();
    for secret in secrets {
        assert!(secret.len() > 5 && !everything.contains(&secret.to_lowercase()), "{secret}: {everything}");
    }
}

/// Answers all that must not be kept.
async fn scenario(app: &UseCases, client: IpAddr) -> Vec<String> {
    let known = [EMAIL, "ada.lovelace", "@example", NAME, CLIENT, AGENT];
    let mut secrets: Vec<String> = known.into_iter().chain(PASSWORDS).map(str::to_owned).collect();

    let register = RegisterAccountInput {
        email: address(EMAIL),
        display_name: Some(NAME.to_owned()),
        password: new_password(PASSWORDS[0]),
        client_address: Some(client),
        language: None,
        policy: REGISTRATION,
    };
    app.services.register_account.execute(register).await.unwrap();
    let code = app.mailed_code(EMAIL).await;
    let activate = ActivateAccountInput { email: address(EMAIL), token: SecretToken::new(code.clone()) };
    app.services.activate_account.execute(activate).await.unwrap();
    secrets.push(code);

    let device = Device { user_agent: Some(AGENT.to_owned()), client_address: Some(client) };
    let log_in = |password| LogInInput {
        identifier: address(EMAIL).into(),
        password: Password::new(password),
        device: device.clone(),
        policy: ROTATING,
    };
    app.services.log_in.execute(log_in(PASSWORDS[2])).await.unwrap_err();
    let opened = app.services.log_in.execute(log_in(PASSWORDS[0])).await.unwrap();
    secrets.push(opened.access_token.reveal().to_owned());
    secrets.push(opened.refresh_token.reveal().to_owned());
    let refresh = || RefreshAccessInput { refresh_token: opened.refresh_token.clone(), policy: ROTATING };
    let refreshed = app.services.refresh_access.execute(refresh()).await.unwrap();
    secrets.push(refreshed.refresh_token.unwrap().reveal().to_owned());
    app.clock.advance(Duration::from_mins(5));
    app.services.refresh_access.execute(refresh()).await.unwrap_err();

    let reset = RequestPasswordResetInput { email: address(EMAIL), language: None, policy: RESET };
    app.services.request_password_reset.execute(reset).await.unwrap();
    let code = app.mailed_code(EMAIL).await;
    let complete = CompletePasswordResetInput {
        email: Some(address(EMAIL)),
        token: SecretToken::new(code.clone()),
        password: new_password(PASSWORDS[1]),
        language: None,
    };
    app.services.complete_password_reset.execute(complete).await.unwrap();
    secrets.push(code);

    let stored = app.deps.store.repositories().accounts().by_email(&address(EMAIL)).await.unwrap().unwrap();
    secrets.push(stored.details.hashed_password.as_str().to_owned());
    secrets
}

/// The same of what came with the surfaces `admin`, `points` and `mobile`.
async fn scenario_of_admins_and_codes(app: &UseCases, client: IpAddr) -> Vec<String> {
    const GRACE: &str = "grace.hopper@example.com";
    const MOBILE: &str = "+33612345678";
    const REASON: &str = "Ms Hopper moved to Arlington";
    let known = [GRACE, "grace.hopper", "rear.admiral", "new.address", "murray.hopper", MOBILE, REASON];
    let mut secrets: Vec<String> = known.map(str::to_owned).to_vec();
    let services = &app.services;
    let policy = CodePolicy {
        life: Duration::from_mins(15),
        tries: 5,
        per_recipient: Limit { max: 9, window: Duration::from_mins(1) },
    };

    let input = SignUpInput {
        email: address(GRACE),
        username: Username::parse("rear.admiral").unwrap(),
        password: new_password(PASSWORDS[0]),
        role: SignUpAs::User,
    };
    services.sign_up.execute(input).await.unwrap();
    let mobile = MobileNumber::parse(MOBILE).unwrap();
    let input = RegisterMobileInput {
        username: Username::parse("murray.hopper").unwrap(),
        mobile: mobile.clone(),
        password: new_password(PASSWORDS[0]),
        language: None,
        policy,
    };
    services.register_mobile.execute(input).await.unwrap();
    let code = app.mailed_code(MOBILE).await;
    for code in ["999999 wrong", &code] {
        let (mobile, code) = (mobile.clone(), Some(code.to_owned()));
        let (proof, client_address) = (MobileProof::Code, Some(client));
        let input = ActivateMobileInput { mobile, code, proof, client_address, language: None, policy };
        let _ = services.activate_mobile.execute(input).await;
    }
    // Six digits may be in any UUID, so the right code is not looked for.
    secrets.push("999999 wrong".to_owned());

    let shape = CodeShape::new(CodeAlphabet::Mixed, 12).unwrap();
    let input = SendCodeInput { email: address(GRACE), shape, language: None, policy };
    secrets.push(services.send_code.execute(input).await.unwrap().code.reveal().to_owned());
    let code = "wrong code".to_owned();
    let input = VerifyCodeInput { email: address(GRACE), code, client_address: Some(client), policy };
    services.verify_code.execute(input).await.unwrap_err();
    secrets.push("wrong code".to_owned());

    let recovery = RecoveryPolicy { token_life: Duration::from_mins(30), asks_for_proof: true };
    let token = services.issue_recovery.execute(&address(GRACE), recovery).await.unwrap().unwrap();
    secrets.push(token.reveal().to_owned());
    let recover = |policy| RecoverPasswordInput {
        token: token.clone(),
        password: PASSWORDS[0].to_owned(),
        password_policy: ANY_PASSWORD,
        client_address: Some(client),
        language: None,
        policy,
    };
    services.recover_password.execute(recover(recovery)).await.unwrap_err();
    let open = RecoveryPolicy { asks_for_proof: false, ..recovery };
    services.recover_password.execute(recover(open)).await.unwrap();

    let actor = app.actor(&app.log_in(GRACE).await.access_token).await.unwrap();
    for old in [PASSWORDS[2], PASSWORDS[0]] {
        let (old, new) = (Password::new(old), new_password(PASSWORDS[1]));
        let input = ChangePasswordInput { actor, account: actor.uuid, old, new, language: None };
        let _ = services.change_password.execute(input).await;
    }
    let who = OwnerOrAdministrator::of(&actor, actor.uuid).unwrap();
    let (email, username) = (address("new.address@example.com"), Username::parse("new.address").unwrap());
    let input = EditAccountInput { who, email: Some(email), username: Some(username) };
    services.edit_account.execute(input).await.unwrap();
    services.trash_account.execute(TrashAccountInput { who, reason: REASON.to_owned() }).await.unwrap();
    secrets
}
