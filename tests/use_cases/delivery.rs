//! The outbox, from claim to settlement.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use mockall::Sequence;
use tokio::sync::{Notify, mpsc};
use vestibule_application::Services;
use vestibule_application::messages::Delivered;
use vestibule_domain::messages::{Channel, Mail, MessageId, Notice, Recipient};
use vestibule_domain::ports::{Mailer, MockMailer, MockSmsSender, SendError, SmsSender};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::{PlainSealer, UseCases};

const ADA: &str = "ada@example.com";

fn app(prepare: impl FnOnce(&mut MockMailer)) -> UseCases {
    let mut mailer = MockMailer::new();
    prepare(&mut mailer);
    let mailer: Arc<dyn Mailer> = Arc::new(mailer);
    UseCases::with(|deps| deps.mailer = mailer)
}

async fn deliver(app: &UseCases) -> Delivered {
    app.services.deliver_messages.execute().await.unwrap()
}

const SENT: Delivered = Delivered { sent: 1, postponed: 0, parked: 0 };
const POSTPONED: Delivered = Delivered { sent: 0, postponed: 1, parked: 0 };
const PARKED: Delivered = Delivered { sent: 0, postponed: 0, parked: 1 };
const NOTHING: Delivered = Delivered { sent: 0, postponed: 0, parked: 0 };

#[tokio::test]
async fn a_message_is_sent_once() {
    let app = app(|mailer| {
        mailer.expect_send().times(1).withf(|_, mail| mail.to == ADA).returning(|_, _| Ok(()));
    });
    app.registered(ADA).await;
    assert_eq!(deliver(&app).await, SENT);
    assert_eq!(deliver(&app).await, NOTHING);
}

#[tokio::test]
async fn a_message_is_sent_once_although_the_store_gave_up_what_noted_it() {
    let app = app(|mailer| {
        mailer.expect_send().times(1).returning(|_, _| Ok(()));
    });
    app.registered(ADA).await;
    // The first call claims it.
    app.faults.fail_call(2, Fault::Retryable);
    assert_eq!(deliver(&app).await, SENT);
    app.clock.advance(Duration::from_hours(1));
    assert_eq!(deliver(&app).await, NOTHING);
}

#[tokio::test]
async fn a_temporary_failure_is_tried_again_later_and_ever_later() {
    let app = app(|mailer| {
        let mut order = Sequence::new();
        mailer
            .expect_send()
            .times(2)
            .in_sequence(&mut order)
            .returning(|_, _| Err(SendError::Temporary("greylisted".into())));
        mailer.expect_send().times(1).in_sequence(&mut order).returning(|_, _| Ok(()));
    });
    app.registered(ADA).await;
    assert_eq!(deliver(&app).await, POSTPONED);
    app.clock.advance(Duration::from_millis(4_999));
    assert_eq!(deliver(&app).await, NOTHING);
    app.clock.advance(Duration::from_millis(1_300));
    assert_eq!(deliver(&app).await, POSTPONED);
    app.clock.advance(Duration::from_millis(9_999));
    assert_eq!(deliver(&app).await, NOTHING);
    app.clock.advance(Duration::from_millis(2_600));
    assert_eq!(deliver(&app).await, SENT);
}

#[tokio::test]
async fn a_permanent_failure_parks_the_message() {
    let app = app(|mailer| {
        mailer.expect_send().times(1).returning(|_, _| Err(SendError::Permanent("no such user".into())));
    });
    app.registered(ADA).await;
    assert_eq!(deliver(&app).await, PARKED);
    app.clock.advance(Duration::from_hours(24));
    assert_eq!(deliver(&app).await, NOTHING);
}

#[tokio::test]
async fn a_mail_server_may_be_down_for_five_hours_and_not_for_ever() {
    let app = app(|mailer| {
        mailer.expect_send().returning(|_, _| Err(SendError::Temporary("down".into())));
    });
    app.registered(ADA).await;
    let mut minutes = 0;
    while deliver(&app).await != PARKED {
        app.clock.advance(Duration::from_mins(1));
        minutes += 1;
        assert!(minutes < 24 * 60, "never parked");
    }
    assert!(minutes > 5 * 60, "parked after {minutes} minutes");
}

#[tokio::test]
async fn a_worker_that_stops_gives_back_what_it_has_not_begun() {
    let app = app(|mailer| {
        mailer.expect_send().times(1).returning(|_, _| Ok(()));
    });
    app.registered(ADA).await;
    let stopped = app.services.deliver_messages.execute_while(|| false).await.unwrap();
    assert_eq!(stopped, NOTHING);
    assert_eq!(deliver(&app).await, SENT);
}

#[tokio::test]
async fn a_server_that_is_restarted_all_day_uses_up_none_of_a_message_s_tries() {
    let app = app(|mailer| {
        mailer.expect_send().times(1).returning(|_, _| Err(SendError::Temporary("down".into())));
        mailer.expect_send().times(1).returning(|_, _| Ok(()));
    });
    app.registered(ADA).await;
    for _ in 0..40 {
        app.services.deliver_messages.execute_while(|| false).await.unwrap();
    }
    // After sixteen tries it would be parked.
    assert_eq!(deliver(&app).await, POSTPONED);
    app.clock.advance(Duration::from_secs(7));
    assert_eq!(deliver(&app).await, SENT);
}

#[tokio::test]
async fn what_a_dead_process_had_under_way_is_sent_at_once_and_what_a_living_one_has_is_not() {
    let app = app(|mailer| {
        mailer.expect_send().times(1).returning(|_, _| Ok(()));
    });
    app.registered(ADA).await;
    let (dead, alive) = (Services::new(&app.deps), &app.services);
    let now = vestibule_domain::ports::Clock::now(&app.clock);
    let lease = vestibule_domain::messages::Lease(uuid::Uuid::nil());
    let (holder, until) = (dead.deliver_messages.instance(), now + Duration::from_mins(5));
    let mut repositories = app.deps.store.repositories();
    assert_eq!(repositories.outbox().claim(lease, holder, now, until, 9).await.unwrap().len(), 1);
    assert_eq!(deliver(&app).await, NOTHING);
    let own = alive.deliver_messages.instance();
    assert_eq!(alive.free_dead_leases.execute(&[own]).await.unwrap(), 0);
    assert_eq!(alive.free_dead_leases.execute(&[holder]).await.unwrap(), 1);
    // The worker is told.
    app.deps.mail_waiting.notified().await;
    assert_eq!(deliver(&app).await, SENT);
}

#[tokio::test]
async fn a_message_sealed_with_another_secret_waits_for_the_server_that_has_it() {
    let app = UseCases::new();
    app.registered(ADA).await;
    let mut rotated = app.deps.clone();
    rotated.sealer = Arc::new(PlainSealer::new("another secret"));
    let rotated = Services::new(&rotated);
    assert_eq!(rotated.deliver_messages.execute().await.unwrap(), POSTPONED);
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(deliver(&app).await, SENT);
}

#[tokio::test]
async fn a_worker_that_died_gives_its_message_back_when_its_lease_ends() {
    let app = app(|mailer| {
        mailer.expect_send().times(2).returning(|_, _| Ok(()));
    });
    app.registered(ADA).await;
    // Sent, but the removal fails, as if the process had died in between.
    app.faults.fail_from_call(2, Fault::Unavailable);
    assert_eq!(deliver(&app).await, SENT);
    app.faults.heal();
    assert_eq!(deliver(&app).await, NOTHING);
    app.clock.advance(Duration::from_mins(20));
    assert_eq!(deliver(&app).await, SENT);
}

#[tokio::test]
async fn what_was_rolled_back_is_never_sent() {
    let app = app(|mailer| {
        mailer.expect_send().never();
    });
    app.faults.fail_commit(Fault::Unexpected);
    let input = vestibule_application::accounts::RegisterAccountInput {
        email: vestibule_use_case_tests::use_cases::address(ADA),
        display_name: None,
        password: vestibule_use_case_tests::use_cases::new_password("x"),
        client_address: None,
        language: None,
        policy: vestibule_use_case_tests::use_cases::REGISTRATION,
    };
    assert!(app.services.register_account.execute(input).await.is_err());
    assert_eq!(deliver(&app).await, NOTHING);
}

#[tokio::test]
async fn the_outbox_holds_no_token_in_the_clear() {
    let app = UseCases::new();
    app.registered(ADA).await;
    let now = vestibule_domain::ports::Clock::now(&app.clock);
    let lease = vestibule_domain::messages::Lease(uuid::Uuid::nil());
    let (holder, until) = (app.services.deliver_messages.instance(), now + Duration::from_secs(1));
    let waiting = app.deps.store.repositories().outbox().claim(lease, holder, now, until, 1).await;
    let sealed = waiting.unwrap().remove(0).sealed_notice;
    app.clock.advance(Duration::from_secs(1));
    let token = app.mailed_code(ADA).await;
    for word in [token.as_bytes(), ADA.as_bytes(), b"activate"] {
        assert!(!sealed.windows(word.len()).any(|window| window == word));
    }
}

fn code_to(to: Recipient) -> Notice {
    Notice::VerificationCode { to, code: "246810".to_owned(), valid_minutes: 10 }
}

#[tokio::test]
async fn a_code_leaves_by_sms_for_a_number_and_by_mail_for_an_address() {
    let app = UseCases::new();
    app.queue(&code_to(Recipient::Mobile("+33612345678".to_owned()))).await;
    app.queue(&code_to(Recipient::Email(ADA.to_owned()))).await;
    app.deliver().await;
    for (to, channel) in [("+33612345678", Channel::Sms), (ADA, Channel::Mail)] {
        let messages = app.mailbox.to(to);
        assert_eq!((messages.len(), messages[0].channel), (1, channel));
        assert_eq!(messages[0].mail.code.as_deref(), Some("246810"));
        assert!(messages[0].mail.text.contains("246810"));
    }
}

#[tokio::test]
async fn a_gateway_that_is_down_keeps_the_sms_waiting_and_no_mail() {
    let mut gateway = MockSmsSender::new();
    let mut order = Sequence::new();
    for answer in [Err("down"), Ok(())] {
        gateway
            .expect_send()
            .times(1)
            .in_sequence(&mut order)
            .returning(move |_, _| answer.map_err(|cause| SendError::Temporary(cause.into())));
    }
    let gateway: Arc<dyn SmsSender> = Arc::new(gateway);
    let app = UseCases::with(|deps| deps.sms = gateway);
    app.queue(&code_to(Recipient::Mobile("+33612345678".to_owned()))).await;
    app.queue(&code_to(Recipient::Email(ADA.to_owned()))).await;
    assert_eq!(deliver(&app).await, Delivered { sent: 1, postponed: 1, parked: 0 });
    app.clock.advance(Duration::from_secs(7));
    assert_eq!(deliver(&app).await, SENT);
}

#[tokio::test]
async fn every_try_of_a_message_has_the_same_id() {
    let ids = Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = Arc::clone(&ids);
    let app = app(|mailer| {
        mailer.expect_send().times(2).returning(move |id, _| {
            seen.lock().unwrap().push(id);
            Err(SendError::Temporary("down".into()))
        });
    });
    app.registered(ADA).await;
    deliver(&app).await;
    app.clock.advance(Duration::from_secs(7));
    deliver(&app).await;
    let ids = ids.lock().unwrap();
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_message_waits_while_this_server_is_refused_and_is_sent_once_that_is_mended() {
    let app = app(|mailer| {
        let mut order = Sequence::new();
        mailer
            .expect_send()
            .times(3)
            .in_sequence(&mut order)
            .returning(|_, _| Err(SendError::Unwelcome("need fully-qualified hostname".into())));
        mailer.expect_send().times(1).in_sequence(&mut order).returning(|_, _| Ok(()));
    });
    app.registered(ADA).await;
    for _ in 0..3 {
        assert_eq!(deliver(&app).await, POSTPONED);
        app.clock.advance(Duration::from_mins(1));
    }
    assert_eq!(deliver(&app).await, SENT);
}

/// Confirms a mail to Ada after ten minutes, as RFC 5321 §4.5.3.2.6 lets a server, and any other at once.
struct SlowMailer {
    begun: mpsc::UnboundedSender<String>,
}

impl SlowMailer {
    /// The use cases on one, and the recipients of what is handed to it.
    fn app() -> (UseCases, mpsc::UnboundedReceiver<String>) {
        let (begun, recipients) = mpsc::unbounded_channel();
        let mailer: Arc<dyn Mailer> = Arc::new(Self { begun });
        (UseCases::with(|deps| deps.mailer = mailer), recipients)
    }
}

#[async_trait]
impl Mailer for SlowMailer {
    async fn send(&self, _: MessageId, mail: &Mail) -> Result<(), SendError> {
        self.begun.send(mail.to.clone()).unwrap();
        if mail.to == ADA {
            tokio::time::sleep(Duration::from_mins(10)).await;
        }
        Ok(())
    }

    async fn look(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn takes_international(&self) -> Option<bool> {
        None
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_takes_minutes_to_confirm_gets_a_mail_once() {
    let (app, mut recipients) = SlowMailer::app();
    app.queue(&code_to(Recipient::Email(ADA.to_owned()))).await;
    // Another process asks in the meantime.
    let other = Services::new(&app.deps);
    let meantime = async {
        tokio::time::sleep(Duration::from_mins(9)).await;
        app.clock.advance(Duration::from_mins(9));
        other.deliver_messages.execute().await.unwrap()
    };
    assert_eq!(tokio::join!(deliver(&app), meantime), (SENT, NOTHING));
    assert_eq!((recipients.recv().await.as_deref(), recipients.try_recv().ok()), (Some(ADA), None));
}

#[tokio::test(start_paused = true)]
async fn a_mail_that_is_not_confirmed_keeps_no_later_one_waiting() {
    const BOB: &str = "bob@example.com";
    let (app, mut recipients) = SlowMailer::app();
    app.queue(&code_to(Recipient::Email(ADA.to_owned()))).await;
    let later = async {
        assert_eq!(recipients.recv().await.as_deref(), Some(ADA));
        app.queue(&code_to(Recipient::Email(BOB.to_owned()))).await;
        app.deps.mail_waiting.notify_one();
        tokio::time::timeout(Duration::from_secs(1), recipients.recv()).await
    };
    let (delivered, later) = tokio::join!(deliver(&app), later);
    assert_eq!(later.expect("the later mail waits for the first").as_deref(), Some(BOB));
    assert_eq!(delivered, Delivered { sent: 2, postponed: 0, parked: 0 });
}

/// Holds each mail until it may go, and says when it went.
struct HeldMailer {
    may_go: Arc<Notify>,
    went: Arc<Notify>,
}

#[async_trait]
impl Mailer for HeldMailer {
    async fn send(&self, _: MessageId, _: &Mail) -> Result<(), SendError> {
        self.may_go.notified().await;
        self.went.notify_one();
        Ok(())
    }

    async fn look(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn takes_international(&self) -> Option<bool> {
        None
    }
}

/// What is under way may hold what a claim waits for, as the only writer of SQLite.
#[tokio::test(start_paused = true)]
async fn messages_under_way_go_on_while_more_are_claimed() {
    let (may_go, went) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let mailer = HeldMailer { may_go: may_go.clone(), went: went.clone() };
    let app = UseCases::with(|deps| deps.mailer = Arc::new(mailer));
    app.queue(&code_to(Recipient::Email(ADA.to_owned()))).await;
    // The first call claims the mail. The second looks for more, and waits until the mail went.
    app.faults.before_call(2, async move {
        may_go.notify_one();
        went.notified().await;
    });
    let delivered = tokio::time::timeout(Duration::from_hours(1), deliver(&app)).await;
    assert_eq!(delivered.expect("the claim and the mail wait for each other"), SENT);
}
