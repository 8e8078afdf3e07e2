use super::*;

#[tokio::test]
async fn a_connection_whose_mail_failed_is_not_used_again() {
    let sink = Sink::start(&[("RCPT", "451 try later")]).await;
    let mailer = mailer_of(&sink);
    for _ in 0..3 {
        mailer.send(ID, &mail()).await.unwrap_err();
    }
    assert_eq!(sink.memory.lock().unwrap().connections, 3);
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
        let (verdict, told) = outcome(script).await.expect("no success");
        assert_eq!(verdict, Verdict::Later, "{script:?} {told}");
    }
}

#[tokio::test]
async fn a_mail_that_the_server_refuses_is_given_up() {
    for script in [
        &[("RCPT", "550 no such user")][..],
        &[("MAIL", "552 5.3.4 too large")],
        &[("DATA", "554 no")],
        &[(".", "554 spam")],
    ] {
        let (verdict, told) = outcome(script).await.expect("no success");
        assert_eq!(verdict, Verdict::Never, "{script:?} {told}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_us_does_not_cost_the_mail() {
    for script in [
        &[("GREETING", "554 go away")][..],
        &[("EHLO", "550 go away")],
        &[("MAIL", "530 log in first")],
        &[("MAIL", "550 5.7.1 not from you")],
        &[("MAIL", "553 bad sender")],
        &[("RCPT", "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname")],
        &[("RCPT", "554 5.7.1 <bob@example.org>: Relay access denied")],
        &[(".", "550 5.7.26 unauthenticated mail is not accepted")],
    ] {
        let (verdict, told) = outcome(script).await.expect("no success");
        assert_eq!(verdict, Verdict::Unwelcome, "{script:?} {told}");
    }
    let sink = Sink::start(&[("AUTH", "535 wrong password")]).await;
    let mailer = mailer(&format!("smtp://bob:secret@127.0.0.1:{}", sink.port));
    assert!(matches!(mailer.send(ID, &mail()).await, Err(SendError::Unwelcome(_))));
}

#[tokio::test]
async fn no_server_is_no_reason_to_give_a_mail_up() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    assert!(matches!(mailer(&nobody).send(ID, &mail()).await, Err(SendError::Temporary(_))));
}

#[tokio::test]
async fn a_mail_that_needs_what_the_server_lacks_is_given_up() {
    let sink = Sink::start(&[]).await;
    let failed = mailer_of(&sink).send(ID, &Mail { to: "zoë@example.org".to_owned(), ..mail() }).await;
    assert!(matches!(failed, Err(SendError::Permanent(_))), "the server has no SMTPUTF8");
}
