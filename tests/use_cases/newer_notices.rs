//! Notices that a newer release queues during an update.

use std::sync::Arc;
use std::time::Duration;

use vestibule_application::Services;
use vestibule_application::accounts::Administrator;
use vestibule_application::messages::{Delivered, ListMessagesInput};
use vestibule_domain::messages::{Notice, Queue, Recipient};
use vestibule_domain::ports::{Clock as _, SealError, Sealer};
use vestibule_use_case_tests::UseCases;

const ADA: &str = "ada@example.com";
const CODE: &str = "246810";

/// The sealer of a release that does not know these kinds of notice yet.
struct OlderRelease(Arc<dyn Sealer>);

const NEWER: [&str; 3] = ["verification_code", "account_deleted", "account_restored"];

impl Sealer for OlderRelease {
    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        self.0.seal(plain)
    }

    fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let plain = String::from_utf8(self.0.open(sealed)?).unwrap();
        let unknown = NEWER
            .iter()
            .fold(plain, |plain, kind| plain.replace(&format!("\"{kind}\""), "\"of_a_newer_release\""));
        Ok(unknown.into_bytes())
    }
}

/// The use cases of an older server on the same store.
fn older(app: &UseCases) -> Services {
    let mut older = app.deps.clone();
    older.sealer = Arc::new(OlderRelease(older.sealer));
    Services::new(&older)
}

/// The use cases with a code that waits, and those of an older server.
async fn with_code() -> (UseCases, Services) {
    let app = UseCases::new();
    let older = older(&app);
    let to = Recipient::Email(ADA.to_owned());
    app.queue(&Notice::VerificationCode { to, code: CODE.to_owned(), valid_minutes: 10 }).await;
    (app, older)
}

#[tokio::test]
async fn a_notice_that_an_older_server_does_not_know_waits_for_a_newer_one() {
    let (app, older) = with_code().await;
    // An update may take an hour.
    let mut all = Delivered::default();
    for _ in 0..60 {
        let tried = older.deliver_messages.execute().await.unwrap();
        all.postponed += tried.postponed;
        assert_eq!((tried.sent, tried.parked), (0, 0));
        app.clock.advance(Duration::from_mins(1));
    }
    assert!((2..16).contains(&all.postponed), "{all:?}");
    app.clock.advance(Duration::from_hours(1));
    let sent = app.services.deliver_messages.execute().await.unwrap();
    assert_eq!(sent, Delivered { sent: 1, postponed: 0, parked: 0 });
    assert_eq!(app.mailbox.to(ADA)[0].mail.code.as_deref(), Some(CODE));
}

#[tokio::test]
async fn operators_of_an_older_server_see_its_kind_and_nothing_that_is_in_it() {
    let (_app, older) = with_code().await;
    older.deliver_messages.execute().await.unwrap();
    let administrator = Administrator::operator();
    let input = ListMessagesInput { administrator, queue: Queue::Waiting, after: None, limit: 9 };
    let listed = older.list_messages.execute(input).await.unwrap().items;
    let [waiting] = &listed[..] else { panic!("{listed:?}") };
    assert_eq!((waiting.kind, &waiting.recipient), (None, &None));
    let reason = waiting.queued.reason.as_deref().unwrap();
    assert!(reason.contains("\"of_a_newer_release\""), "{reason}");
    assert!(!reason.contains(CODE) && !reason.contains(ADA), "{reason}");
}

#[tokio::test]
async fn what_an_owner_is_told_of_a_deletion_waits_for_a_newer_server_too() {
    let app = UseCases::new();
    let older = older(&app);
    let (email, until) = (ADA.to_owned(), Some(app.clock.now()));
    app.queue(&Notice::AccountDeleted { email: email.clone(), until, owner_may_restore: true }).await;
    app.queue(&Notice::AccountRestored { email }).await;
    let tried = older.deliver_messages.execute().await.unwrap();
    assert_eq!(tried, Delivered { sent: 0, postponed: 2, parked: 0 });
    app.clock.advance(Duration::from_hours(1));
    app.deliver().await;
    assert_eq!(app.mailbox.to(ADA).len(), 2);
}
