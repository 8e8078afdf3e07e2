//! Test messages.

use std::time::Duration;

use vestibule_application::Failure;
use vestibule_application::accounts::Administrator;
use vestibule_application::messages::{SampleMessage, SendTestMessageError, SendTestMessageInput};
use vestibule_domain::accounts::Role;
use vestibule_domain::audit::{AuditAction, AuditActor, AuditFilter};
use vestibule_domain::messages::{Language, Message};
use vestibule_domain::ports::Clock as _;
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::address;

const TO: &str = "somebody@example.net";

async fn send(app: &UseCases, administrator: Administrator, to: &str) -> Result<(), SendTestMessageError> {
    let input = SendTestMessageInput { administrator, to: address(to), language: Language::Fr };
    app.services.send_test_message.execute(input).await
}

async fn sent(app: &UseCases) -> Vec<AuditActor> {
    let filter = AuditFilter { action: Some(AuditAction::TestMessageSent), ..AuditFilter::default() };
    let events = app.deps.store.repositories().audit().list(&filter, None, 100).await.unwrap();
    assert!(events.iter().all(|event| event.details.is_none() && event.account.is_none()));
    events.into_iter().map(|event| event.actor).collect()
}

#[tokio::test]
async fn a_test_message_is_queued_and_told_in_one_unit_of_work() {
    let app = UseCases::new();
    let admin = app.admin().await;
    send(&app, admin, TO).await.unwrap();
    app.deliver().await;
    let mails = app.mailbox.to(TO);
    assert_eq!((mails.len(), mails[0].mail.subject.as_str()), (1, "Message d’essai"));
    assert_eq!(sent(&app).await, [admin.who()]);
    // Where one of both is not kept, neither is.
    for call in 1..=3 {
        app.faults.fail_call(call, Fault::Unavailable);
        assert!(send(&app, admin, TO).await.is_err(), "{call}");
    }
    assert_eq!(app.services.deliver_messages.execute().await.unwrap().total(), 0);
    assert_eq!(sent(&app).await.len(), 1);
}

#[tokio::test]
async fn who_is_no_administrator_any_more_sends_nothing() {
    let app = UseCases::new();
    let admin = app.admin().await;
    let mut repositories = app.deps.store.repositories();
    let account = repositories.accounts().by_email(&address("admin@example.com")).await.unwrap().unwrap();
    repositories.accounts().set_role(account.id, Role::Moderator, app.clock.now()).await.unwrap();
    assert!(matches!(send(&app, admin, TO).await, Err(SendTestMessageError::Forbidden)));
    assert!(sent(&app).await.is_empty());
}

#[tokio::test]
async fn an_address_and_an_administrator_have_their_limits() {
    let app = UseCases::new();
    let is_limited = |sent: Result<(), SendTestMessageError>| {
        matches!(sent, Err(SendTestMessageError::Failure(Failure::RateLimited { .. })))
    };
    for _ in 0..5 {
        send(&app, Administrator::operator(), TO).await.unwrap();
    }
    assert!(is_limited(send(&app, Administrator::operator(), TO).await));
    let admin = app.admin().await;
    for number in 0..20 {
        send(&app, admin, &format!("a{number}@example.net")).await.unwrap();
    }
    assert!(is_limited(send(&app, admin, "b@example.net").await));
    app.clock.advance(Duration::from_mins(15));
    send(&app, admin, TO).await.unwrap();
}

#[tokio::test]
async fn samples_open_nothing_and_are_sent_to_nobody() {
    let app = UseCases::new();
    for sample in SampleMessage::ALL {
        for language in Language::ALL {
            let shown = app.services.preview_message.execute(Administrator::operator(), sample, language);
            let text = match shown.unwrap() {
                Message::Mail(mail) => mail.text,
                Message::Sms(sms) => sms.text,
            };
            assert!(!text.is_empty(), "{sample:?}");
        }
    }
    assert_eq!(app.services.deliver_messages.execute().await.unwrap().total(), 0);
}
