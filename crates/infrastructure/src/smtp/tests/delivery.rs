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
