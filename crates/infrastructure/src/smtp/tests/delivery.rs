use std::sync::Arc;

use tokio::task::JoinSet;

use super::*;

#[tokio::test]
async fn a_mail_arrives_with_both_parts_and_its_headers() {
    let sink = Sink::start(&[]).await;
    mailer_of(&sink).send(ID, &mail()).await.unwrap();
    let message = sink.message();
    assert_eq!(header(&message, "From"), ["Vestibule <no-reply@vestibule.example>"]);
    assert_eq!(header(&message, "To"), ["bob@example.org"]);
    assert_eq!(header(&message, "Auto-Submitted"), ["auto-generated"]);
    assert_eq!(header(&message, "Date").len(), 1);
    assert_eq!(header(&message, "Message-ID"), ["<01926f3e-7c1a-7b2c-8d3e-4f5a6b7c8d9e@vestibule.example>"]);
    assert!(header(&message, "Content-Type")[0].starts_with("multipart/alternative;"));
    let (text, html) = (message.find("text/plain").unwrap(), message.find("text/html").unwrap());
    assert!(text < html, "the better part comes last");
    assert!(message.contains("Bonjour,\r\nvoici le lien.") && message.contains("<p>Bonjour,</p>"));
}

#[tokio::test]
async fn a_mail_that_is_sent_again_has_the_same_message_id_and_another_mail_another() {
    let sink = Sink::start(&[]).await;
    let mailer = mailer_of(&sink);
    for id in [ID, ID, MessageId(Uuid::nil())] {
        mailer.send(id, &mail()).await.unwrap();
    }
    let memory = sink.memory.lock().unwrap();
    let id = |at: usize| header(&memory.messages[at], "Message-ID");
    assert_eq!(id(0), id(1));
    assert_ne!(id(0), id(2));
}

#[tokio::test]
async fn however_many_mails_are_sent_at_once_there_are_few_connections() {
    let sink = Sink::start(&[]).await;
    let mailer = Arc::new(mailer_of(&sink));
    let mut sending = JoinSet::new();
    for _ in 0..24 {
        let mailer = Arc::clone(&mailer);
        sending.spawn(async move { mailer.send(ID, &mail()).await });
    }
    assert!(sending.join_all().await.iter().all(Result::is_ok));
    let memory = sink.memory.lock().unwrap();
    assert_eq!(memory.messages.len(), 24);
    assert!(memory.connections <= 8, "{} connections", memory.connections);
}

#[tokio::test]
async fn a_connection_serves_more_than_one_mail() {
    let sink = Sink::start(&[]).await;
    let mailer = mailer_of(&sink);
    for _ in 0..3 {
        mailer.send(ID, &mail()).await.unwrap();
    }
    assert_eq!(sink.memory.lock().unwrap().connections, 1);
}

#[tokio::test]
async fn a_kept_connection_that_the_server_closed_is_replaced() {
    let sink = Sink::start(&[("NOOP", "")]).await;
    let mailer = mailer_of(&sink);
    mailer.send(ID, &mail()).await.unwrap();
    mailer.send(ID, &mail()).await.unwrap();
    assert_eq!(sink.memory.lock().unwrap().connections, 2);
}

#[tokio::test]
async fn an_international_domain_is_written_in_ascii() {
    let sink = Sink::start(&[]).await;
    mailer_of(&sink).send(ID, &Mail { to: "zoe@bücher.example".to_owned(), ..mail() }).await.unwrap();
    let memory = sink.memory.lock().unwrap();
    assert!(memory.commands.iter().any(|command| command.contains("<zoe@xn--bcher-kva.example>")));
}

#[tokio::test]
async fn the_server_is_told_the_name_that_was_given() {
    for (given, said) in [
        ("accounts.example.org", "EHLO accounts.example.org"),
        ("192.0.2.1", "EHLO [192.0.2.1]"),
        ("2001:db8::1", "EHLO [IPv6:2001:db8::1]"),
    ] {
        let sink = Sink::start(&[]).await;
        let url = format!("smtp://127.0.0.1:{}", sink.port);
        let mailer = SmtpMailer::new(SmtpSettings { hello_name: given, ..settings(&url) }).unwrap();
        mailer.send(ID, &mail()).await.unwrap();
        assert_eq!(sink.memory.lock().unwrap().commands[0], said);
    }
}

#[tokio::test]
async fn a_sender_of_any_name_in_any_domain_is_written_in_ascii() {
    let sink = Sink::start(&[]).await;
    let url = format!("smtp://127.0.0.1:{}", sink.port);
    let from = Sender { name: Some("Acme, \"B\u{fc}cher\" Inc."), address: "post@b\u{fc}cher.example" };
    let mailer = SmtpMailer::new(SmtpSettings { from, ..settings(&url) }).unwrap();
    mailer.send(ID, &mail()).await.unwrap();
    assert!(sink.message().is_ascii());
    assert!(header(&sink.message(), "From")[0].ends_with("<post@xn--bcher-kva.example>"));
    let memory = sink.memory.lock().unwrap();
    assert!(
        memory.commands.iter().any(|command| command.starts_with("MAIL FROM:<post@xn--bcher-kva.example>"))
    );
}

#[tokio::test]
async fn what_the_server_can_do_is_learned_at_the_first_connection_and_known_before_it_to_nobody() {
    const BOTH: &str = "250-sink\r\n250-SMTPUTF8\r\n250 8BITMIME";
    for (script, takes) in [
        (&[][..], false),
        (&[("EHLO", BOTH)], true),
        (&[("EHLO", "250-sink\r\n250 SMTPUTF8")], false),
        (&[("EHLO", "250 sink")], false),
    ] {
        let sink = Sink::start(script).await;
        let mailer = mailer_of(&sink);
        assert_eq!(mailer.takes_international(), None);
        mailer.look().await.unwrap();
        assert_eq!(mailer.takes_international(), Some(takes), "{script:?}");
        assert_eq!(sink.memory.lock().unwrap().messages.len(), 0);
    }
}

#[tokio::test]
async fn a_server_that_takes_letters_outside_ascii_is_told_of_them() {
    let sink = Sink::start(&[("EHLO", "250-sink\r\n250-SMTPUTF8\r\n250 8BITMIME")]).await;
    mailer_of(&sink).send(ID, &Mail { to: "zo\u{eb}@example.org".to_owned(), ..mail() }).await.unwrap();
    let memory = sink.memory.lock().unwrap();
    let said = |wanted: &str| memory.commands.iter().any(|command| command == wanted);
    assert!(said("MAIL FROM:<no-reply@vestibule.example> SMTPUTF8 BODY=8BITMIME"), "{:?}", memory.commands);
    assert!(said("RCPT TO:<zo\u{eb}@example.org>"), "{:?}", memory.commands);
}

#[tokio::test]
async fn a_look_at_a_server_that_does_not_let_us_in_fails() {
    let sink = Sink::start(&[("EHLO", "550 go away")]).await;
    let mailer = mailer_of(&sink);
    assert!(matches!(mailer.look().await, Err(SendError::Unwelcome(_))));
    assert_eq!(mailer.takes_international(), None);
}
