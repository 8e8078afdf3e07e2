use super::*;

#[tokio::test]
async fn a_mail_arrives_with_both_parts_and_its_headers() {
    let sink = Sink::start(&[]).await;
    mailer_of(&sink).send(&mail()).await.unwrap();
    let message = sink.message();
    assert_eq!(header(&message, "From"), ["Vestibule <no-reply@vestibule.example>"]);
    assert_eq!(header(&message, "To"), ["bob@example.org"]);
    assert_eq!(header(&message, "Auto-Submitted"), ["auto-generated"]);
    assert_eq!(header(&message, "Date").len(), 1);
    assert!(header(&message, "Message-ID")[0].ends_with("@vestibule.example>"));
    assert!(header(&message, "Content-Type")[0].starts_with("multipart/alternative;"));
    let (text, html) = (message.find("text/plain").unwrap(), message.find("text/html").unwrap());
    assert!(text < html, "the better part comes last");
    assert!(message.contains("Bonjour,\r\nvoici le lien.") && message.contains("<p>Bonjour,</p>"));
}

#[tokio::test]
async fn every_mail_has_a_message_id_of_its_own() {
    let sink = Sink::start(&[]).await;
    let mailer = mailer_of(&sink);
    mailer.send(&mail()).await.unwrap();
    mailer.send(&mail()).await.unwrap();
    let memory = sink.memory.lock().unwrap();
    assert_ne!(header(&memory.messages[0], "Message-ID"), header(&memory.messages[1], "Message-ID"));
}

#[tokio::test]
async fn a_connection_serves_more_than_one_mail() {
    let sink = Sink::start(&[]).await;
    let mailer = mailer_of(&sink);
    for _ in 0..3 {
        mailer.send(&mail()).await.unwrap();
    }
    assert_eq!(sink.memory.lock().unwrap().connections, 1);
}

#[tokio::test]
async fn a_kept_connection_that_the_server_closed_is_replaced() {
    let sink = Sink::start(&[("NOOP", "")]).await;
    let mailer = mailer_of(&sink);
    mailer.send(&mail()).await.unwrap();
    mailer.send(&mail()).await.unwrap();
    assert_eq!(sink.memory.lock().unwrap().connections, 2);
}

#[tokio::test]
async fn an_international_domain_is_written_in_ascii() {
    let sink = Sink::start(&[]).await;
    mailer_of(&sink).send(&Mail { to: "zoe@bücher.example".to_owned(), ..mail() }).await.unwrap();
    let memory = sink.memory.lock().unwrap();
    assert!(memory.commands.iter().any(|command| command.contains("<zoe@xn--bcher-kva.example>")));
}
