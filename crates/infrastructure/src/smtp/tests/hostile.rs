use super::*;

#[tokio::test]
async fn without_starttls_nothing_is_said_where_it_is_required() {
    let sink = Sink::start(&[]).await;
    let mailer = mailer(&format!("smtp://bob:secret@127.0.0.1:{}?tls=required", sink.port));
    assert!(matches!(mailer.send(ID, &mail()).await, Err(SendError::Unwelcome(_))));
    assert!(sink.verbs().iter().all(|verb| verb == "EHLO" || verb == "QUIT"), "{:?}", sink.verbs());
}

#[tokio::test]
async fn what_is_told_of_a_failure_is_one_line_without_the_recipient() {
    let (_, told) =
        outcome(&[("RCPT", "550-<Bob@example.org>\r\n550 no bob@example.org here")]).await.unwrap();
    assert!(told.contains("550") && told.contains("here"), "{told}");
    assert!(!told.to_lowercase().contains("bob") && !told.contains(char::is_control), "{told}");
}

#[tokio::test]
async fn a_recipient_or_subject_with_a_line_break_is_refused_before_the_server_hears_of_it() {
    let sink = Sink::start(&[]).await;
    let mailer = mailer_of(&sink);
    let recipients = [
        "bob@example.org\r\nBcc: eve@evil.example",
        "bob@example.org\nBcc: eve@evil.example",
        "bob@example.org>\r\nRCPT TO:<eve@evil.example",
        "bob@example.org\r\n",
        "\"bob\r\nx\"@example.org",
        "bob\0@example.org",
        "bob@example.org, eve@evil.example",
        "Bob <bob@example.org>",
        "bob@exa mple.org",
        "bob",
        "",
    ];
    for to in recipients {
        let failed = mailer.send(ID, &Mail { to: to.to_owned(), ..mail() }).await;
        assert!(matches!(failed, Err(SendError::Permanent(_))), "{to:?}");
    }
    for subject in ["a\r\nBcc: eve@evil.example", "a\nb", "a\rb", "a\u{85}b", "\0"] {
        let failed = mailer.send(ID, &Mail { subject: subject.to_owned(), ..mail() }).await;
        assert!(matches!(failed, Err(SendError::Permanent(_))), "{subject:?}");
    }
    assert_eq!(sink.memory.lock().unwrap().connections, 0);
}

#[tokio::test]
async fn a_body_cannot_end_the_message_or_reach_its_headers() {
    let attack =
        "x\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n\n.\nRCPT TO:<v@evil.example>\n\r.\rDATA\r\n..\r\n";
    let sink = Sink::start(&[]).await;
    let mailer = mailer_of(&sink);
    mailer.send(ID, &Mail { text: attack.to_owned(), html: attack.to_owned(), ..mail() }).await.unwrap();
    assert_eq!(sink.verbs(), ["EHLO", "MAIL", "RCPT", "DATA"]);
    let message = sink.message();
    assert!(!message.replace("\r\n", "").contains(['\r', '\n']), "no bare line break may be left");
    assert!(header(&message, "To") == ["bob@example.org"] && header(&message, "Bcc").is_empty());
}

#[test]
fn a_sender_that_is_no_address_is_refused_at_the_start() {
    let senders = [
        (None, ""),
        (None, "no-reply"),
        (None, "a@b.example\r\nBcc: eve@evil.example"),
        (None, "A <a@b.example>"),
        (None, "zo\u{eb}@b.example"),
        (Some("A\r\nBcc: eve@evil.example"), "a@b.example"),
    ];
    for (name, address) in senders {
        let from = Sender { name, address };
        let refused = SmtpMailer::new(SmtpSettings { from, ..settings("smtp://localhost") });
        assert_eq!(refused.err(), Some(SmtpSetupError::From), "{from:?}");
    }
}

#[test]
fn certificates_that_are_none_are_refused_at_the_start() {
    for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"] {
        let authorities = Some(pem.as_bytes());
        let refused = SmtpMailer::new(SmtpSettings { authorities, ..settings("smtp://localhost") });
        assert_eq!(refused.err(), Some(SmtpSetupError::Authorities), "{pem}");
    }
}
