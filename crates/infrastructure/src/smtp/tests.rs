use std::time::Duration;

use vestibule_domain::messages::Mail;
use vestibule_domain::ports::{MailError, Mailer as _};

use super::sink::{SILENCE, Script, Sink};
use super::*;

fn mail() -> Mail {
    Mail {
        to: "bob@example.org".to_owned(),
        subject: "Activez votre compte – déjà".to_owned(),
        text: "Bonjour,\nvoici le lien.\n".to_owned(),
        html: "<p>Bonjour,</p>".to_owned(),
        links: Vec::new(),
        code: None,
    }
}

fn mailer(url: &str) -> SmtpMailer {
    let timeout = Duration::from_secs(5);
    SmtpMailer::new(SmtpSettings {
        url,
        from: "Vestibule <no-reply@vestibule.example>",
        timeout,
    })
    .unwrap()
}

fn mailer_of(sink: &Sink) -> SmtpMailer {
    mailer(&format!("smtp://127.0.0.1:{}", sink.port))
}

/// What becomes of a mail on a server that follows the script: `None`, or whether it is lost for good
/// and what is told of it.
async fn outcome(script: Script) -> Option<(bool, String)> {
    let sink = Sink::start(script).await;
    match mailer_of(&sink).send(&mail()).await {
        Ok(()) => None,
        Err(MailError::Temporary(cause)) => Some((false, cause.to_string())),
        Err(MailError::Permanent(cause)) => Some((true, cause.to_string())),
    }
}

fn header<'a>(message: &'a str, name: &str) -> Vec<&'a str> {
    let (headers, _body) = message.split_once("\r\n\r\n").unwrap();
    let prefix = format!("{name}: ");
    headers
        .lines()
        .filter_map(|line| line.strip_prefix(prefix.as_str()))
        .collect()
}

#[tokio::test]
async fn a_mail_arrives_with_both_parts_and_its_headers() {
    let sink = Sink::start(&[]).await;
    mailer_of(&sink).send(&mail()).await.unwrap();
    let message = sink.message();
    assert_eq!(
        header(&message, "From"),
        ["Vestibule <no-reply@vestibule.example>"]
    );
    assert_eq!(header(&message, "To"), ["bob@example.org"]);
    assert_eq!(header(&message, "Auto-Submitted"), ["auto-generated"]);
    assert_eq!(header(&message, "Date").len(), 1);
    assert!(header(&message, "Message-ID")[0].ends_with("@vestibule.example>"));
    assert!(header(&message, "Content-Type")[0].starts_with("multipart/alternative;"));
    let (text, html) = (
        message.find("text/plain").unwrap(),
        message.find("text/html").unwrap(),
    );
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
    assert_ne!(
        header(&memory.messages[0], "Message-ID"),
        header(&memory.messages[1], "Message-ID")
    );
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
async fn a_connection_whose_mail_failed_is_not_used_again() {
    let sink = Sink::start(&[("RCPT", "451 try later")]).await;
    let mailer = mailer_of(&sink);
    for _ in 0..3 {
        mailer.send(&mail()).await.unwrap_err();
    }
    assert_eq!(sink.memory.lock().unwrap().connections, 3);
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
async fn a_mail_that_the_server_cannot_take_now_is_worth_another_try() {
    for script in [
        &[("RCPT", "451 try later")][..],
        &[("MAIL", "421 closing")],
        &[("DATA", "452 no room")],
        &[(".", "450 greylisted")],
        &[("GREETING", "421 busy")],
        &[("RCPT", "")],
        &[(".", "")],
        &[("MAIL", "gibberish")],
    ] {
        let (is_lost, _) = outcome(script).await.expect("no success");
        assert!(!is_lost, "{script:?}");
    }
}

#[tokio::test]
async fn a_mail_that_the_server_refuses_is_given_up() {
    for script in [
        &[("RCPT", "550 no such user")][..],
        &[("MAIL", "553 bad sender")],
        &[("DATA", "554 no")],
        &[(".", "554 spam")],
    ] {
        let (is_lost, _) = outcome(script).await.expect("no success");
        assert!(is_lost, "{script:?}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_us_does_not_cost_the_mail() {
    for script in [
        &[("GREETING", "554 go away")][..],
        &[("EHLO", "550 go away")],
        &[("MAIL", "530 log in first")],
    ] {
        let (is_lost, _) = outcome(script).await.expect("no success");
        assert!(!is_lost, "{script:?}");
    }
    let sink = Sink::start(&[("AUTH", "535 wrong password")]).await;
    let mailer = mailer(&format!("smtp://bob:secret@127.0.0.1:{}", sink.port));
    assert!(matches!(mailer.send(&mail()).await, Err(MailError::Temporary(_))));
}

#[tokio::test]
async fn no_server_is_no_reason_to_give_a_mail_up() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    assert!(matches!(
        mailer(&nobody).send(&mail()).await,
        Err(MailError::Temporary(_))
    ));
}

#[tokio::test]
async fn a_silent_server_is_not_waited_for_beyond_the_timeout() {
    for silent in [
        &[("GREETING", SILENCE)][..],
        &[("EHLO", SILENCE)],
        &[("RCPT", SILENCE)],
        &[(".", SILENCE)],
    ] {
        let sink = Sink::start(silent).await;
        let url = format!("smtp://127.0.0.1:{}", sink.port);
        let timeout = Duration::from_millis(100);
        let mailer = SmtpMailer::new(SmtpSettings {
            url: &url,
            from: "a@b.example",
            timeout,
        })
        .unwrap();
        assert!(
            matches!(mailer.send(&mail()).await, Err(MailError::Temporary(_))),
            "{silent:?}"
        );
    }
}

#[tokio::test]
async fn a_mail_that_needs_what_the_server_lacks_is_given_up() {
    let sink = Sink::start(&[]).await;
    let failed = mailer_of(&sink)
        .send(&Mail {
            to: "zoë@example.org".to_owned(),
            ..mail()
        })
        .await;
    assert!(
        matches!(failed, Err(MailError::Permanent(_))),
        "the server has no SMTPUTF8"
    );
}

#[tokio::test]
async fn without_starttls_nothing_is_said_where_it_is_required() {
    let sink = Sink::start(&[]).await;
    let mailer = mailer(&format!("smtp://bob:secret@127.0.0.1:{}?tls=required", sink.port));
    assert!(matches!(mailer.send(&mail()).await, Err(MailError::Temporary(_))));
    assert!(
        sink.verbs().iter().all(|verb| verb == "EHLO" || verb == "QUIT"),
        "{:?}",
        sink.verbs()
    );
}

#[tokio::test]
async fn what_is_told_of_a_failure_is_one_line_without_the_recipient() {
    let (_, told) = outcome(&[("RCPT", "550-<Bob@example.org>\r\n550 no bob@example.org here")])
        .await
        .unwrap();
    assert!(told.contains("550") && told.contains("here"), "{told}");
    assert!(
        !told.to_lowercase().contains("bob") && !told.contains(char::is_control),
        "{told}"
    );
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
        let failed = mailer
            .send(&Mail {
                to: to.to_owned(),
                ..mail()
            })
            .await;
        assert!(matches!(failed, Err(MailError::Permanent(_))), "{to:?}");
    }
    for subject in ["a\r\nBcc: eve@evil.example", "a\nb", "a\rb", "a\u{85}b", "\0"] {
        let failed = mailer
            .send(&Mail {
                subject: subject.to_owned(),
                ..mail()
            })
            .await;
        assert!(matches!(failed, Err(MailError::Permanent(_))), "{subject:?}");
    }
    assert_eq!(sink.memory.lock().unwrap().connections, 0);
}

#[tokio::test]
async fn a_body_cannot_end_the_message_or_reach_its_headers() {
    let attack =
        "x\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n\n.\nRCPT TO:<v@evil.example>\n\r.\rDATA\r\n..\r\n";
    let sink = Sink::start(&[]).await;
    let mailer = mailer_of(&sink);
    mailer
        .send(&Mail {
            text: attack.to_owned(),
            html: attack.to_owned(),
            ..mail()
        })
        .await
        .unwrap();
    assert_eq!(sink.verbs(), ["EHLO", "MAIL", "RCPT", "DATA"]);
    let message = sink.message();
    assert!(
        !message.replace("\r\n", "").contains(['\r', '\n']),
        "no bare line break may be left"
    );
    assert!(header(&message, "To") == ["bob@example.org"] && header(&message, "Bcc").is_empty());
}

#[tokio::test]
async fn an_international_domain_is_written_in_ascii() {
    let sink = Sink::start(&[]).await;
    mailer_of(&sink)
        .send(&Mail {
            to: "zoe@bücher.example".to_owned(),
            ..mail()
        })
        .await
        .unwrap();
    let memory = sink.memory.lock().unwrap();
    assert!(
        memory
            .commands
            .iter()
            .any(|command| command.contains("<zoe@xn--bcher-kva.example>"))
    );
}

#[tokio::test]
async fn a_sender_that_is_no_address_is_refused_at_the_start() {
    for from in [
        "",
        "no-reply",
        "a@b.example\r\nBcc: eve@evil.example",
        "A <a@b.example",
    ] {
        let settings = SmtpSettings {
            url: "smtp://localhost",
            from,
            timeout: Duration::from_secs(1),
        };
        assert_eq!(
            SmtpMailer::new(settings).err(),
            Some(SmtpSetupError::From),
            "{from:?}"
        );
    }
}
