//! What is kept of messages that were sent.

use std::sync::Arc;
use std::time::Duration;

use mockall::Sequence;
use serde_json::Value;
use vestibule_application::accounts::Administrator;
use vestibule_application::maintenance::Purged;
use vestibule_application::messages::ListSentMessagesInput;
use vestibule_application::policy::Retention;
use vestibule_domain::audit::{AuditAction, AuditFilter};
use vestibule_domain::messages::{Channel, Language, Notice, Recipient, SentMessage};
use vestibule_domain::ports::{Clock as _, Mailer, MockMailer, SendError};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;

const ADA: &str = "ada@example.com";
const MOBILE: &str = "+33612345678";
const SECRET: &str = "a-token-that-nobody-else-may-read";

fn reset() -> Notice {
    Notice::ResetPassword {
        email: ADA.to_owned(),
        token: SECRET.to_owned(),
        valid_minutes: 60,
        surface: "theater".to_owned(),
    }
}

async fn kept(app: &UseCases) -> Vec<SentMessage> {
    let input = ListSentMessagesInput { administrator: Administrator::operator(), after: None, limit: 100 };
    app.services.list_sent_messages.execute(input).await.unwrap().items
}

/// With a mail server that gives these answers.
fn with_mailer(answers: Vec<Result<(), SendError>>) -> UseCases {
    let (mut mailer, mut order) = (MockMailer::new(), Sequence::new());
    for answer in answers {
        mailer.expect_send().times(1).in_sequence(&mut order).return_once(|_, _| answer);
    }
    let mailer: Arc<dyn Mailer> = Arc::new(mailer);
    UseCases::with(|deps| deps.mailer = mailer)
}

#[tokio::test]
async fn it_is_kept_to_whom_a_message_went_and_nothing_of_what_was_in_it() {
    let app = UseCases::new();
    let queued = app.clock.now();
    app.queue(&reset()).await;
    app.clock.advance(Duration::from_secs(3));
    app.deliver().await;
    let kept = kept(&app).await;
    let [mail] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!((mail.kind.as_str(), mail.recipient.as_str()), ("reset_password", ADA));
    assert_eq!((mail.channel, mail.language, mail.attempts), (Channel::Mail, Language::En, 1));
    assert_eq!((mail.created_at, mail.sent_at), (queued, app.clock.now()));
    assert!(!format!("{mail:?}").contains(SECRET));
}

#[tokio::test]
async fn the_latest_comes_first_and_what_goes_to_nobody_is_no_message() {
    let app = UseCases::new();
    app.queue(&reset()).await;
    app.deliver().await;
    app.clock.advance(Duration::from_secs(1));
    let to = Recipient::Mobile(MOBILE.to_owned());
    app.queue(&Notice::VerificationCode { to, code: "123456".to_owned(), valid_minutes: 10 }).await;
    app.queue(&Notice::Nobody).await;
    app.deliver().await;
    let kept = kept(&app).await;
    let recipients: Vec<_> = kept.iter().map(|sent| (sent.recipient.as_str(), sent.channel)).collect();
    assert_eq!(recipients, [(MOBILE, Channel::Sms), (ADA, Channel::Mail)]);
}

#[tokio::test]
async fn the_tries_of_a_message_are_counted_and_what_was_not_sent_is_not_kept() {
    let down = || Err(SendError::Temporary("down".into()));
    let app = with_mailer(vec![down(), down(), Ok(()), Err(SendError::Permanent("no such user".into()))]);
    app.queue(&reset()).await;
    for _ in 0..2 {
        app.deliver().await;
        assert_eq!(kept(&app).await, []);
        app.clock.advance(Duration::from_mins(1));
    }
    app.deliver().await;
    app.queue(&reset()).await;
    app.deliver().await;
    let attempts: Vec<_> = kept(&app).await.iter().map(|sent| sent.attempts).collect();
    assert_eq!(attempts, [3]);
}

#[tokio::test]
async fn a_message_is_kept_once_whatever_became_of_what_noted_it() {
    // The first call claims the message, and the second settles it.
    let app = with_mailer(vec![Ok(())]);
    app.queue(&reset()).await;
    app.faults.fail_call(2, Fault::Retryable);
    app.deliver().await;
    assert_eq!(kept(&app).await.len(), 1);
    // It was noted, and nobody heard of it.
    let app = with_mailer(vec![Ok(())]);
    app.queue(&reset()).await;
    app.faults.lose_answer(2, Fault::Unavailable);
    app.deliver().await;
    app.clock.advance(Duration::from_hours(1));
    app.deliver().await;
    assert_eq!(kept(&app).await.len(), 1);
    // It was not noted, so it is sent again.
    let app = with_mailer(vec![Ok(()), Ok(())]);
    app.queue(&reset()).await;
    app.faults.fail_from_call(2, Fault::Unavailable);
    app.services.deliver_messages.execute().await.unwrap();
    app.faults.heal();
    assert_eq!(kept(&app).await, []);
    app.clock.advance(Duration::from_hours(1));
    app.deliver().await;
    let attempts: Vec<_> = kept(&app).await.iter().map(|sent| sent.attempts).collect();
    assert_eq!(attempts, [2]);
}

#[tokio::test]
async fn a_record_that_the_store_does_not_take_has_no_message_sent_again() {
    // The table of the records may be locked or full where the outbox is not.
    for fault in [Fault::Unexpected, Fault::Unavailable] {
        let app = with_mailer(vec![Ok(())]);
        app.queue(&reset()).await;
        app.faults.fail_call(2, fault);
        app.deliver().await;
        app.clock.advance(Duration::from_hours(1));
        app.deliver().await;
        assert_eq!(kept(&app).await, [], "{fault:?}");
    }
}

#[tokio::test]
async fn nothing_is_kept_where_the_settings_say_so() {
    let app = UseCases::with(|deps| deps.keeps_sent_messages = false);
    app.queue(&reset()).await;
    app.deliver().await;
    assert_eq!(app.mailbox.to(ADA).len(), 1);
    assert_eq!(kept(&app).await, []);
}

#[tokio::test]
async fn what_was_kept_goes_in_time() {
    const DAY: Duration = Duration::from_hours(24);
    let keeping = |sent_messages| Retention {
        unactivated_accounts: None,
        parked_messages: None,
        sent_messages,
        audit_events: None,
        trashed_accounts: None,
    };
    let app = UseCases::new();
    let purge = async |age| {
        let purge = app.services.purge_expired.execute_while(keeping(age), || true);
        purge.await.unwrap().unwrap().sent_messages
    };
    app.queue(&reset()).await;
    app.deliver().await;
    app.clock.advance(DAY - Duration::from_secs(1));
    assert_eq!((purge(None).await, purge(Some(DAY)).await), (0, 0));
    app.clock.advance(Duration::from_secs(1));
    assert_eq!((purge(None).await, purge(Some(DAY)).await), (0, 1));
    // Once nothing is kept any more, what was kept before goes too, all of it.
    for _ in 0..501 {
        app.queue(&reset()).await;
    }
    app.deliver().await;
    assert_eq!(purge(Some(Duration::ZERO)).await, 501);
    assert_eq!(kept(&app).await, []);
}

#[tokio::test]
async fn an_account_that_was_never_activated_goes_with_all_that_was_sent_to_it() {
    let app = UseCases::new();
    app.registered(ADA).await;
    for _ in 0..1_200 {
        app.queue(&reset()).await;
    }
    app.deliver().await;
    assert_eq!(kept(&app).await.len(), 100, "a part of them");
    app.clock.advance(Duration::from_hours(25));
    let retention = Retention {
        unactivated_accounts: Some(Duration::from_hours(24)),
        parked_messages: None,
        sent_messages: None,
        audit_events: None,
        trashed_accounts: None,
    };
    let purge = app.services.purge_expired.execute_while(retention, || true);
    let purged = purge.await.unwrap().unwrap();
    assert_eq!(purged, Purged { unactivated_accounts: 1, ..Purged::default() });
    assert_eq!(kept(&app).await, []);
}

#[tokio::test]
async fn an_erasure_counts_what_was_sent_until_the_account_went() {
    let app = UseCases::new();
    let ada = app.member(ADA).await;
    let account = app.deps.store.repositories().accounts().by_id(ada).await.unwrap().unwrap().details.uuid;
    app.queue(&reset()).await;
    // The account is moved, its removal is decided, and it goes: before that a worker sends what waits, and the unit is
    // given up once.
    let (services, faults) = (app.services.clone(), app.faults.clone());
    app.faults.before_begin(3, async move {
        services.deliver_messages.execute().await.unwrap();
        faults.fail_commit(Fault::Retryable);
    });
    let erasure = app.services.erase_account.execute(account).await.unwrap();
    assert_eq!(app.mailbox.to(ADA).len(), 2, "its activation and the reset");
    assert_eq!(erasure.kinds.sent_messages, 2);
    assert_eq!(kept(&app).await, []);
    let filter = AuditFilter { action: Some(AuditAction::AccountErased), ..AuditFilter::default() };
    let certificates = app.deps.store.repositories().audit().list(&filter, None, 9).await.unwrap();
    let [certificate] = &certificates[..] else { panic!("{certificates:?}") };
    let details: Value = serde_json::from_str(certificate.details.as_deref().unwrap()).unwrap();
    assert_eq!(details["sent_messages"], 2);
}
