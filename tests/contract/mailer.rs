//! The contract of `Mailer`.

use vestibule_domain::messages::Mail;
use vestibule_domain::ports::SendError;
use vestibule_tests::backends::mailer::WatchedMailer;
use vestibule_tests::contract;

contract!(mailer on [captured, journaled, folder, smtp]: [
    a_mail_arrives_with_its_recipient_subject_and_parts,
    a_mail_in_any_script_arrives_unchanged,
    lines_of_the_parts_arrive_unchanged,
    every_mail_arrives_once,
    a_line_break_in_the_recipient_is_refused,
    a_line_break_in_the_subject_is_refused,
    a_look_sends_nothing,
    what_is_known_not_to_be_taken_is_refused_for_good_and_all_else_arrives,
]);

/// What adapters that send by line-based protocols could take for the end of a header.
const BREAKS: [&str; 4] = ["\r\n", "\n", "\r", "\0"];

fn mail(at: &WatchedMailer) -> Mail {
    Mail {
        to: at.recipient.clone(),
        subject: "Hello".to_owned(),
        text: "Hello, Ada.".to_owned(),
        html: "<p>Hello, Ada.</p>".to_owned(),
        links: vec![],
        code: None,
    }
}

async fn send(at: &WatchedMailer, mail: &Mail) {
    at.mailer.send(at.next_id(), mail).await.unwrap();
}

/// The parts of a mail that every mailer carries.
fn parts(mail: &Mail) -> [String; 4] {
    [&mail.to, &mail.subject, &mail.text, &mail.html].map(Clone::clone)
}

fn delivered(at: &WatchedMailer) -> Vec<[String; 4]> {
    (at.delivered)().iter().map(parts).collect()
}

async fn a_mail_arrives_with_its_recipient_subject_and_parts(at: WatchedMailer) {
    send(&at, &mail(&at)).await;
    assert_eq!(delivered(&at), [parts(&mail(&at))]);
}

async fn a_mail_in_any_script_arrives_unchanged(at: WatchedMailer) {
    let mail = Mail {
        subject: "Réinitialisation à 100 % — «пароль» 🦀 =?utf-8?q?x?=".repeat(4),
        text: "Schöne Grüße, Олена = 3D".to_owned(),
        html: "<p>Schöne Grüße, Олена = 3D &amp; 🦀</p>".to_owned(),
        ..mail(&at)
    };
    send(&at, &mail).await;
    assert_eq!(delivered(&at), [parts(&mail)]);
}

async fn lines_of_the_parts_arrive_unchanged(at: WatchedMailer) {
    let text = format!(".\r\n..\r\nFrom me\r\n{}", "x".repeat(2_000));
    let mail = Mail { text: text.clone(), html: text, ..mail(&at) };
    send(&at, &mail).await;
    assert_eq!(delivered(&at), [parts(&mail)]);
}

async fn every_mail_arrives_once(at: WatchedMailer) {
    let mails = ["one", "two", "three"].map(|subject| Mail { subject: subject.to_owned(), ..mail(&at) });
    for mail in &mails {
        send(&at, mail).await;
    }
    assert_eq!(delivered(&at), mails.each_ref().map(parts));
}

/// Sends a mail that has to be refused for good.
async fn refused(at: &WatchedMailer, mail: &Mail) {
    let answer = at.mailer.send(at.next_id(), mail).await;
    assert!(matches!(answer, Err(SendError::Permanent(_))), "{:?} {answer:?}", mail.subject);
}

async fn a_line_break_in_the_recipient_is_refused(at: WatchedMailer) {
    for breaking in BREAKS {
        let to = format!("{}{breaking}Bcc: eve@example.com", at.recipient);
        refused(&at, &Mail { to, ..mail(&at) }).await;
    }
    assert_eq!(delivered(&at), [] as [[String; 4]; 0]);
}

async fn a_line_break_in_the_subject_is_refused(at: WatchedMailer) {
    for breaking in BREAKS {
        let subject = format!("Hello{breaking}Bcc: eve@example.com");
        refused(&at, &Mail { subject, ..mail(&at) }).await;
    }
    assert_eq!(delivered(&at), [] as [[String; 4]; 0]);
}

async fn a_look_sends_nothing(at: WatchedMailer) {
    at.mailer.look().await.unwrap();
    assert_eq!(delivered(&at), [] as [[String; 4]; 0]);
}

async fn what_is_known_not_to_be_taken_is_refused_for_good_and_all_else_arrives(at: WatchedMailer) {
    at.mailer.look().await.unwrap();
    let international = Mail { to: format!("jörg-{}", at.recipient), ..mail(&at) };
    match at.mailer.takes_international() {
        Some(false) => refused(&at, &international).await,
        Some(true) | None => send(&at, &international).await,
    }
}
