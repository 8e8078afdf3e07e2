//! Which messages count as mails.

use std::sync::Arc;
use std::time::Duration;

use mockall::Sequence;
use vestibule_domain::messages::{Notice, Recipient};
use vestibule_domain::ports::{Clock as _, Mailer, MockMailer, SendError};
use vestibule_domain::statistics::CountKind;
use vestibule_use_case_tests::UseCases;

/// Sends what waits, and answers how many mails were counted so far.
async fn delivered(app: &UseCases) -> u64 {
    app.deliver().await;
    app.services.keep_counts.execute().await.unwrap();
    let mut repositories = app.deps.store.repositories();
    let counts = repositories.daily_counts().since(app.clock.now().date()).await.unwrap();
    counts.iter().filter(|count| count.kind == CountKind::Mails).map(|count| count.amount).sum()
}

#[tokio::test]
async fn a_mail_counts_once_it_is_sent() {
    let mut mailer = MockMailer::new();
    let mut order = Sequence::new();
    mailer
        .expect_send()
        .times(1)
        .in_sequence(&mut order)
        .returning(|_, _| Err(SendError::Temporary("greylisted".into())));
    mailer.expect_send().times(1).in_sequence(&mut order).returning(|_, _| Ok(()));
    let mailer: Arc<dyn Mailer> = Arc::new(mailer);
    let app = UseCases::with(|deps| deps.mailer = mailer);
    app.registered("ada@example.com").await;
    assert_eq!(delivered(&app).await, 0);
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(delivered(&app).await, 1);
    assert_eq!(delivered(&app).await, 1);
}

#[tokio::test]
async fn an_sms_and_what_is_for_nobody_are_no_mails() {
    let app = UseCases::new();
    let to = Recipient::Mobile("+33612345678".to_owned());
    app.queue(&Notice::VerificationCode { to, code: "123456".to_owned(), valid_minutes: 10 }).await;
    app.queue(&Notice::Nobody).await;
    assert_eq!(delivered(&app).await, 0);
}
