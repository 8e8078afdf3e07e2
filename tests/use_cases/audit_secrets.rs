//! No secret and no address of a person gets into the trail.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;
use vestibule_application::accounts::{
    ActivateAccountInput, CompletePasswordResetInput, RegisterAccountInput, RequestPasswordResetInput,
};
use vestibule_application::audit::Origin;
use vestibule_application::sessions::{Device, LogInInput, RefreshAccessInput};
use vestibule_domain::accounts::Password;
use vestibule_domain::audit::AuditFilter;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{REGISTRATION, RESET, ROTATING, address, new_password};

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
    let secrets = request.scope(scenario(&app, client)).await;

    let events =
        app.deps.store.repositories().audit().list(&AuditFilter::default(), None, 1000).await.unwrap();
    assert!(events.len() >= 7, "{events:?}");
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
