//! What captured mail offers beyond the contract of `Mailer`.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use uuid::Uuid;
use vestibule_domain::accounts::MobileNumber;
use vestibule_domain::messages::{Channel, Mail, MessageId, Sms};
use vestibule_domain::ports::{Mailer, SmsSender};
use vestibule_infrastructure::memory::CapturedMail;
use vestibule_tests::FixedClock;

const ID: MessageId = MessageId(Uuid::nil());

fn mail(to: &str, subject: &str) -> Mail {
    Mail {
        to: to.to_owned(),
        subject: subject.to_owned(),
        text: "text".to_owned(),
        html: "<p>html</p>".to_owned(),
        links: vec!["http://localhost/activate".to_owned()],
        code: Some("123456".to_owned()),
    }
}

/// A journal in a folder of its own.
struct Journal(TempDir);

impl Journal {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("data").join("mail.jsonl")
    }

    /// The mailbox of a server that was just started.
    fn open(&self) -> CapturedMail {
        CapturedMail::open(Arc::new(FixedClock::new()), self.path()).unwrap()
    }

    fn lines(&self) -> usize {
        fs::read_to_string(self.path()).unwrap().lines().count()
    }
}

fn mailbox() -> CapturedMail {
    CapturedMail::new(Arc::new(FixedClock::new()))
}

async fn send(captured: &CapturedMail, to: &str, subject: &str) {
    Mailer::send(captured, ID, &mail(to, subject)).await.unwrap();
}

fn subjects(captured: &CapturedMail) -> Vec<String> {
    captured.all().into_iter().map(|message| message.mail.subject).collect()
}

#[tokio::test]
async fn a_mail_is_captured_whole() {
    let captured = mailbox();
    send(&captured, "ada@example.com", "Hello").await;
    assert_eq!(captured.all()[0].mail, mail("ada@example.com", "Hello"));
}

#[tokio::test]
async fn the_newest_mail_comes_first() {
    let captured = mailbox();
    send(&captured, "ada@example.com", "one").await;
    send(&captured, "ada@example.com", "two").await;
    assert_eq!(subjects(&captured), ["two", "one"]);
}

#[tokio::test]
async fn a_mail_tells_when_it_was_captured() {
    let clock = FixedClock::new();
    let captured = CapturedMail::new(Arc::new(clock.clone()));
    clock.advance(Duration::from_secs(5));
    send(&captured, "ada@example.com", "Hello").await;
    assert_eq!(captured.all()[0].captured_at, FixedClock::START + Duration::from_secs(5));
}

#[tokio::test]
async fn mails_are_found_by_address_in_any_letter_case() {
    let captured = mailbox();
    send(&captured, "Zoé@Example.com", "hers").await;
    send(&captured, "bob@example.com", "his").await;
    let found = captured.to("zoÉ@example.COM");
    assert_eq!(found.into_iter().map(|message| message.mail.subject).collect::<Vec<_>>(), ["hers"]);
}

#[tokio::test]
async fn the_latest_thousand_mails_are_kept() {
    let captured = mailbox();
    for number in 0..1_001 {
        send(&captured, "ada@example.com", &number.to_string()).await;
    }
    let kept = captured.all();
    assert_eq!((kept.len(), kept[0].mail.subject.as_str()), (1_000, "1000"));
}

#[tokio::test]
async fn no_mail_is_left_after_clearing() {
    let captured = mailbox();
    send(&captured, "ada@example.com", "Hello").await;
    captured.clear().await.unwrap();
    assert_eq!(captured.all(), []);
}

#[tokio::test]
async fn an_id_is_not_given_again_after_clearing() {
    let captured = mailbox();
    send(&captured, "ada@example.com", "one").await;
    let first = captured.all()[0].id;
    captured.clear().await.unwrap();
    send(&captured, "ada@example.com", "two").await;
    assert!(captured.all()[0].id > first);
}

#[tokio::test]
async fn a_restarted_server_finds_its_mails_again() {
    let journal = Journal::new();
    let before = journal.open();
    send(&before, "ada@example.com", "one").await;
    send(&before, "ada@example.com", "two\u{2028}🦀").await;
    assert_eq!(journal.open().all(), before.all());
}

#[tokio::test]
async fn mail_and_sms_stand_in_one_mailbox_and_are_told_apart_after_a_restart() {
    let journal = Journal::new();
    let before = journal.open();
    send(&before, "ada@example.com", "one").await;
    let to = MobileNumber::parse("+33612345678").unwrap();
    let sms = Sms { to, text: "two".to_owned(), code: Some("123456".to_owned()) };
    SmsSender::send(&before, ID, &sms).await.unwrap();
    let after = journal.open();
    assert_eq!(after.all(), before.all());
    let channels: Vec<_> = after.all().into_iter().map(|message| message.channel).collect();
    assert_eq!(channels, [Channel::Sms, Channel::Mail]);
    let found = &after.to("+33612345678")[0].mail;
    assert_eq!((found.text.as_str(), found.code.as_deref()), ("two", Some("123456")));
}

#[tokio::test]
async fn a_journal_from_before_there_were_sms_is_read() {
    let journal = Journal::new();
    send(&journal.open(), "ada@example.com", "one").await;
    let lines = fs::read_to_string(journal.path()).unwrap();
    fs::write(journal.path(), lines.replace("\"is_sms\":false,", "")).unwrap();
    assert_eq!(journal.open().all()[0].channel, Channel::Mail);
}

#[tokio::test]
async fn ids_go_on_after_a_restart() {
    let journal = Journal::new();
    send(&journal.open(), "ada@example.com", "one").await;
    let restarted = journal.open();
    send(&restarted, "ada@example.com", "two").await;
    assert_eq!(restarted.all().into_iter().map(|message| message.id).collect::<Vec<_>>(), [2, 1]);
}

#[tokio::test]
async fn a_restarted_server_finds_nothing_after_clearing() {
    let journal = Journal::new();
    let captured = journal.open();
    send(&captured, "ada@example.com", "one").await;
    captured.clear().await.unwrap();
    assert_eq!((journal.lines(), journal.open().all()), (0, vec![]));
}

#[tokio::test]
async fn a_mail_after_clearing_is_journaled() {
    let journal = Journal::new();
    let captured = journal.open();
    captured.clear().await.unwrap();
    send(&captured, "ada@example.com", "one").await;
    assert_eq!(subjects(&journal.open()), ["one"]);
}

#[tokio::test]
async fn a_refused_mail_is_not_journaled() {
    let journal = Journal::new();
    Mailer::send(&journal.open(), ID, &mail("ada@example.com", "one\r\ntwo")).await.unwrap_err();
    assert_eq!(journal.lines(), 0);
}

#[tokio::test]
async fn a_damaged_line_is_skipped() {
    let journal = Journal::new();
    send(&journal.open(), "ada@example.com", "one").await;
    let line = fs::read(journal.path()).unwrap();
    let damage = &b"{\"id\": 2, \"to\": \"b\xff"[..];
    fs::write(journal.path(), [&line, damage, b"\n\n", &line].concat()).unwrap();
    assert_eq!(subjects(&journal.open()), ["one", "one"]);
}

#[tokio::test]
async fn a_mail_after_a_torn_line_is_found_again() {
    let journal = Journal::new();
    fs::create_dir_all(journal.path().parent().unwrap()).unwrap();
    fs::write(journal.path(), b"{\"id\": 1, \"captured").unwrap();
    send(&journal.open(), "ada@example.com", "one").await;
    assert_eq!(subjects(&journal.open()), ["one"]);
}

#[tokio::test]
async fn the_journal_is_bounded() {
    let journal = Journal::new();
    let captured = journal.open();
    for number in 0..2_500 {
        send(&captured, "ada@example.com", &number.to_string()).await;
    }
    assert!(journal.lines() <= 2_000, "{} lines", journal.lines());
    assert_eq!(journal.open().all(), captured.all());
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_can_read_the_journal() {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = |journal: &Journal| fs::metadata(journal.path()).unwrap().permissions().mode() & 0o777;
    let journal = Journal::new();
    send(&journal.open(), "ada@example.com", "one").await;
    assert_eq!(mode(&journal), 0o600);

    // A file that was readable by all is so no longer.
    fs::set_permissions(journal.path(), fs::Permissions::from_mode(0o644)).unwrap();
    journal.open();
    assert_eq!(mode(&journal), 0o600);
}
