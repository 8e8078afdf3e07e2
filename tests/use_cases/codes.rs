//! Codes: by mail, by SMS, and what they prove.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use vestibule_application::accounts::{
    ActivateMobileError, ActivateMobileInput, MobileProof, RecoverPasswordError, RecoverPasswordInput,
    RegisterAtOnceError, RegisterAtOnceInput, RegisterMobileError, RegisterMobileInput,
};
use vestibule_application::policy::{CodePolicy, RecoveryPolicy};
use vestibule_application::sessions::{Device, LogInError, LogInInput};
use vestibule_application::verification::{SendCodeInput, VerifyCodeError, VerifyCodeInput};
use vestibule_application::{CodedError as _, ErrorKind};
use vestibule_domain::accounts::{MobileNumber, Password, PasswordPolicy, Username};
use vestibule_domain::messages::Language;
use vestibule_domain::ports::Limit;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_domain::verification::{CodeAlphabet, CodeShape};
use vestibule_use_case_tests::use_cases::{KEEPING, PASSWORD, address, new_password};
use vestibule_use_case_tests::{UseCases, at_once};

on_stores![wrong_codes_at_once_do_not_pass_the_tries, of_right_codes_at_once_one_is_good];

const ADA: &str = "ada@example.com";
const NUMBER: &str = "+33612345678";
const MINUTE: Duration = Duration::from_mins(1);
const MAILED: CodePolicy =
    CodePolicy { life: Duration::from_mins(10), tries: 5, per_recipient: Limit::per_minute(3) };
const SMS: CodePolicy = CodePolicy { per_recipient: Limit::per_minute(1), ..MAILED };
const CLOSED: RecoveryPolicy = RecoveryPolicy { token_life: Duration::from_mins(5), asks_for_proof: true };
const OPEN: RecoveryPolicy = RecoveryPolicy { asks_for_proof: false, ..CLOSED };
const RULES: PasswordPolicy = PasswordPolicy {
    min_chars: 8,
    max_chars: None,
    uppercase: false,
    lowercase: false,
    digit: false,
    special: None,
};

fn client(last: u8) -> IpAddr {
    [192, 0, 2, last].into()
}

async fn send(app: &UseCases) -> String {
    let shape = CodeShape::new(CodeAlphabet::Mixed, 6).unwrap();
    let input = SendCodeInput { email: address(ADA), shape, language: Some(Language::Fr), policy: MAILED };
    app.services.send_code.execute(input).await.unwrap().code.reveal().to_owned()
}

async fn verify(app: &UseCases, code: &str) -> Result<(), VerifyCodeError> {
    verify_from(app, client(1), code).await
}

async fn verify_from(app: &UseCases, client: IpAddr, code: &str) -> Result<(), VerifyCodeError> {
    let input = VerifyCodeInput {
        email: address(ADA),
        code: code.to_owned(),
        client_address: Some(client),
        policy: MAILED,
    };
    app.services.verify_code.execute(input).await
}

async fn is_wrong(app: &UseCases, code: &str) -> bool {
    matches!(verify(app, code).await, Err(VerifyCodeError::InvalidCode))
}

#[tokio::test]
async fn the_code_that_is_mailed_is_good_once() {
    let app = UseCases::new();
    let code = send(&app).await;
    assert_eq!(app.mailed_code(ADA).await, code);
    assert!(is_wrong(&app, "nonsense").await);
    verify(&app, &format!(" {} ", code.to_lowercase())).await.unwrap();
    assert!(is_wrong(&app, &code).await);
}

#[tokio::test]
async fn a_code_ends_after_five_tries_in_ten_minutes_or_by_the_next_one() {
    let app = UseCases::new();
    let code = send(&app).await;
    for _ in 0..5 {
        assert!(is_wrong(&app, "nonsense").await);
    }
    assert!(is_wrong(&app, &code).await);
    let (former, code) = (send(&app).await, send(&app).await);
    assert!(is_wrong(&app, &former).await);
    app.clock.advance(MAILED.life);
    assert!(is_wrong(&app, &code).await);
}

#[tokio::test]
async fn a_recipient_gets_three_codes_a_minute() {
    let app = UseCases::new();
    for _ in 0..3 {
        send(&app).await;
    }
    let shape = CodeShape::SIX_DIGITS;
    let input = SendCodeInput { email: address(ADA), shape, language: None, policy: MAILED };
    let refused = app.services.send_code.execute(input).await.unwrap_err();
    assert_eq!((refused.kind(), refused.retry_after()), (ErrorKind::RateLimited, Some(MINUTE)));
}

#[tokio::test]
async fn however_many_codes_are_sent_fifty_are_tried_a_day() {
    let app = UseCases::new();
    for network in 2..12 {
        app.clock.advance(MINUTE);
        send(&app).await;
        for _ in 0..5 {
            let wrong = verify_from(&app, client(network), "nonsense").await;
            assert!(matches!(wrong, Err(VerifyCodeError::InvalidCode)));
        }
    }
    app.clock.advance(MINUTE);
    let code = send(&app).await;
    assert_eq!(verify(&app, &code).await.unwrap_err().kind(), ErrorKind::RateLimited);
}

#[tokio::test]
async fn one_client_that_guesses_does_not_keep_the_owner_out() {
    let app = UseCases::new();
    for _ in 0..20 {
        app.clock.advance(MINUTE);
        send(&app).await;
        for _ in 0..5 {
            verify_from(&app, client(2), "nonsense").await.unwrap_err();
        }
    }
    let refused = verify_from(&app, client(2), "nonsense").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::RateLimited);
    app.clock.advance(MINUTE);
    let code = send(&app).await;
    verify_from(&app, client(1), &code).await.unwrap();
}

async fn wrong_codes_at_once_do_not_pass_the_tries(store: Arc<dyn Store>) {
    let app = Arc::new(UseCases::with(|deps| deps.store = store));
    let code = send(&app).await;
    let tries = at_once(15, |_| {
        let app = Arc::clone(&app);
        async move { is_wrong(&app, "nonsense").await }
    });
    assert!(tries.await.into_iter().all(|is_wrong| is_wrong));
    // All five tries were used up, so the right one is too late, from wherever it comes.
    let late = verify_from(&app, client(2), &code).await;
    assert!(matches!(late, Err(VerifyCodeError::InvalidCode)), "{late:?}");
}

async fn of_right_codes_at_once_one_is_good(store: Arc<dyn Store>) {
    let app = Arc::new(UseCases::with(|deps| deps.store = store));
    let code = send(&app).await;
    let tries = at_once(5, |_| {
        let (app, code) = (Arc::clone(&app), code.clone());
        async move { verify(&app, &code).await.is_ok() }
    });
    assert_eq!(tries.await.into_iter().filter(|is_good| *is_good).count(), 1);
}

async fn registered_at_once(app: &UseCases) {
    let input = RegisterAtOnceInput {
        email: address(ADA),
        display_name: Some("Ada".to_owned()),
        phone_number: None,
        password: new_password(PASSWORD),
    };
    app.services.register_at_once.execute(input).await.unwrap();
}

async fn can_log_in(app: &UseCases, password: &str) -> bool {
    let input = LogInInput {
        identifier: address(ADA).into(),
        password: Password::new(password),
        device: Device::default(),
        policy: KEEPING,
    };
    app.services.log_in.execute(input).await.is_ok()
}

async fn recovery(app: &UseCases, policy: RecoveryPolicy) -> SecretToken {
    app.services.issue_recovery.execute(&address(ADA), policy).await.unwrap().unwrap()
}

async fn recover(
    app: &UseCases,
    token: &SecretToken,
    (password, last, policy): (&str, u8, RecoveryPolicy),
) -> Result<(), RecoverPasswordError> {
    let input = RecoverPasswordInput {
        token: token.clone(),
        password: password.to_owned(),
        password_policy: RULES,
        client_address: Some(client(last)),
        language: None,
        policy,
    };
    app.services.recover_password.execute(input).await
}

fn is_no_token<T>(answer: &Result<T, RecoverPasswordError>) -> bool {
    matches!(answer, Err(RecoverPasswordError::InvalidToken))
}

#[tokio::test]
async fn an_account_that_is_registered_at_once_signs_in_and_its_address_is_taken() {
    let app = UseCases::new();
    assert!(app.services.issue_recovery.execute(&address(ADA), OPEN).await.unwrap().is_none());
    registered_at_once(&app).await;
    assert!(can_log_in(&app, PASSWORD).await);
    let again = RegisterAtOnceInput {
        email: address(ADA),
        display_name: None,
        phone_number: None,
        password: new_password("another password"),
    };
    let refused = app.services.register_at_once.execute(again).await;
    assert!(matches!(refused, Err(RegisterAtOnceError::EmailTaken { .. })));
}

#[tokio::test]
async fn a_recovery_token_is_good_once_and_ends_every_session() {
    let app = UseCases::new();
    registered_at_once(&app).await;
    let session = app.log_in(ADA).await;
    let (token, newer) = (recovery(&app, OPEN).await, recovery(&app, OPEN).await);
    assert!(matches!(recover(&app, &token, ("short", 1, OPEN)).await, Err(RecoverPasswordError::Weak(_))));
    recover(&app, &token, ("another password", 1, OPEN)).await.unwrap();
    assert!(app.actor(&session.access_token).await.is_none());
    assert!(can_log_in(&app, "another password").await && !can_log_in(&app, PASSWORD).await);
    for token in [&token, &newer] {
        assert!(is_no_token(&recover(&app, token, ("yet another one", 1, OPEN)).await));
    }
}

#[tokio::test]
async fn a_recovery_token_is_good_for_five_minutes_and_for_nothing_else() {
    let app = UseCases::new();
    registered_at_once(&app).await;
    let token = recovery(&app, OPEN).await;
    assert!(app.actor(&token).await.is_none());
    let access = app.log_in(ADA).await.access_token;
    assert!(is_no_token(&recover(&app, &access, ("another password", 1, OPEN)).await));
    app.clock.advance(CLOSED.token_life);
    assert!(is_no_token(&recover(&app, &token, ("another password", 1, OPEN)).await));
}

#[tokio::test]
async fn with_the_door_closed_only_the_client_that_proved_the_address_recovers() {
    let app = UseCases::new();
    registered_at_once(&app).await;
    let token = recovery(&app, CLOSED).await;
    assert!(is_no_token(&recover(&app, &token, ("short", 1, CLOSED)).await));
    let code = send(&app).await;
    assert!(is_no_token(&recover(&app, &token, ("another password", 1, CLOSED)).await));
    verify(&app, &code).await.unwrap();
    // Whoever else has a token waits for this moment in vain.
    assert!(is_no_token(&recover(&app, &token, ("another password", 2, CLOSED)).await));
    recover(&app, &token, ("another password", 1, CLOSED)).await.unwrap();
    let token = recovery(&app, CLOSED).await;
    assert!(is_no_token(&recover(&app, &token, ("yet another one", 1, CLOSED)).await));
}

fn number() -> MobileNumber {
    MobileNumber::parse(NUMBER).unwrap()
}

async fn register_mobile(app: &UseCases, name: &str, number: &str) -> Result<(), RegisterMobileError> {
    let input = RegisterMobileInput {
        username: Username::parse(name).unwrap(),
        mobile: MobileNumber::parse(number).unwrap(),
        password: new_password(PASSWORD),
        language: None,
        policy: SMS,
    };
    app.services.register_mobile.execute(input).await.map(drop)
}

async fn activate(
    app: &UseCases,
    code: Option<&str>,
    proof: MobileProof,
) -> Result<bool, ActivateMobileError> {
    let code = code.map(str::to_owned);
    let client_address = Some(client(1));
    let input =
        ActivateMobileInput { mobile: number(), code, proof, client_address, language: None, policy: SMS };
    app.services.activate_mobile.execute(input).await.map(|account| account.is_active)
}

async fn log_in_by_name(app: &UseCases, name: &str) -> Result<(), LogInError> {
    let input = LogInInput {
        identifier: Username::parse(name).unwrap().into(),
        password: Password::new(PASSWORD),
        device: Device::default(),
        policy: KEEPING,
    };
    app.services.log_in.execute(input).await.map(drop)
}

#[tokio::test]
async fn the_code_of_an_sms_activates_once_and_the_name_signs_in() {
    let app = UseCases::new();
    register_mobile(&app, "Ada", NUMBER).await.unwrap();
    let refused = log_in_by_name(&app, "ada").await;
    assert!(matches!(refused, Err(LogInError::NotActive { never_activated: true })));
    let code = app.mailed_code(NUMBER).await;
    assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
    assert!(activate(&app, Some(&code), MobileProof::Code).await.unwrap());
    log_in_by_name(&app, "aDA").await.unwrap();
    let again = activate(&app, Some(&code), MobileProof::Code).await;
    assert!(matches!(again, Err(ActivateMobileError::InvalidCode)));
}

#[tokio::test]
async fn without_a_code_another_is_sent_once_a_minute() {
    let app = UseCases::new();
    register_mobile(&app, "Ada", NUMBER).await.unwrap();
    let first = app.mailed_code(NUMBER).await;
    let refused = activate(&app, None, MobileProof::Code).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::RateLimited);
    app.clock.advance(MINUTE);
    for (code, is_sent) in [("", true), (" ", false)] {
        let answer = activate(&app, Some(code), MobileProof::Code).await.unwrap_err();
        assert_eq!(matches!(answer, ActivateMobileError::InvalidCode), is_sent);
    }
    app.deliver().await;
    assert_eq!(app.mailbox.to(NUMBER).len(), 2);
    let second = app.mailed_code(NUMBER).await;
    if first != second {
        let refused = activate(&app, Some(&first), MobileProof::Code).await;
        assert!(matches!(refused, Err(ActivateMobileError::InvalidCode)));
    }
    assert!(activate(&app, Some(&second), MobileProof::Code).await.unwrap());
}

#[tokio::test]
async fn through_the_open_door_the_number_alone_activates_as_often_as_it_is_asked() {
    let app = UseCases::new();
    let unknown = activate(&app, None, MobileProof::NumberAlone).await;
    assert!(matches!(unknown, Err(ActivateMobileError::NotFound)));
    register_mobile(&app, "Ada", NUMBER).await.unwrap();
    for _ in 0..2 {
        assert!(activate(&app, None, MobileProof::NumberAlone).await.unwrap());
    }
}

#[tokio::test]
async fn nobody_who_was_locked_out_is_activated_again() {
    let app = UseCases::new();
    register_mobile(&app, "Ada", NUMBER).await.unwrap();
    let code = app.mailed_code(NUMBER).await;
    activate(&app, None, MobileProof::NumberAlone).await.unwrap();
    let id = app.deps.store.repositories().accounts().by_mobile(&number()).await.unwrap().unwrap().id;
    let administrator = vestibule_application::accounts::Administrator::operator();
    let input = vestibule_application::accounts::DeactivateAccountInput { administrator, account: id };
    app.services.deactivate_account.execute(input).await.unwrap();
    let alone = activate(&app, None, MobileProof::NumberAlone).await;
    assert!(matches!(alone, Err(ActivateMobileError::NotFound)));
    let with_code = activate(&app, Some(&code), MobileProof::Code).await;
    assert!(matches!(with_code, Err(ActivateMobileError::InvalidCode)));
}

#[tokio::test]
async fn of_a_taken_name_and_a_taken_number_the_name_is_told() {
    let app = UseCases::new();
    register_mobile(&app, "Ada", NUMBER).await.unwrap();
    for (name, number, is_name) in [("ADA", NUMBER, true), ("ada", "+4912345", true), ("eve", NUMBER, false)]
    {
        let refused = register_mobile(&app, name, number).await.unwrap_err();
        assert_eq!(matches!(refused, RegisterMobileError::UsernameTaken), is_name, "{name}");
    }
}
