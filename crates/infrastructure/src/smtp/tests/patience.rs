//! How long a server is waited for, and what another connection is good for.

use std::net::SocketAddr;

use tokio::net::TcpSocket;
use tokio::time::timeout;

use super::*;

/// Short but for the confirmation.
const LIMITS: SmtpLimits = SmtpLimits {
    connect: Duration::from_millis(100),
    let_in: Duration::from_millis(500),
    answer: Duration::from_millis(100),
    confirm: Duration::from_secs(30),
};

fn patient(sink: &Sink, limits: SmtpLimits) -> SmtpMailer {
    let url = format!("smtp://127.0.0.1:{}", sink.port);
    SmtpMailer::new(SmtpSettings { limits, ..settings(&url) }).unwrap()
}

#[tokio::test]
async fn a_silent_server_is_not_waited_for_beyond_the_limit() {
    for silent in
        [&[("GREETING", SILENCE)][..], &[("EHLO", SILENCE)], &[("RCPT", SILENCE)], &[(".", SILENCE)]]
    {
        let sink = Sink::start(silent).await;
        let mailer = patient(&sink, SmtpLimits { confirm: Duration::from_millis(100), ..LIMITS });
        assert!(matches!(mailer.send(ID, &mail()).await, Err(SendError::Temporary(_))), "{silent:?}");
    }
}

#[tokio::test]
async fn a_server_that_takes_its_time_to_confirm_a_mail_gets_it_once() {
    const LATE: &str = "\u{231b}250 at last";
    let sink = Sink::start(&[(".", LATE)]).await;
    let mailer = patient(&sink, LIMITS);
    let mail = mail();
    let mut sending = mailer.send(ID, &mail);
    let others = LIMITS.let_in + LIMITS.answer * 4;
    assert!(timeout(others, &mut sending).await.is_err(), "given up before it was confirmed");
    sink.release.notify_one();
    sending.await.unwrap();
    assert_eq!(sink.memory.lock().unwrap().messages.len(), 1);
}

#[test]
fn a_confirmation_is_waited_for_as_long_as_the_protocol_wants() {
    assert!(SmtpLimits::default().confirm >= Duration::from_mins(10), "RFC 5321 4.5.3.2.6");
}

#[tokio::test]
async fn a_kept_connection_that_the_server_has_enough_of_is_replaced_at_once() {
    for script in [
        &[("MAIL#2", "421 4.7.0 closing")][..],
        &[("MAIL#2", "452 4.5.3 too many mails")],
        &[("MAIL#2", "451 4.7.1 enough")],
        &[("RCPT#2", "421 closing")],
        &[("RCPT#2", "452 4.5.3 too many recipients")],
        &[("DATA#2", "421 closing")],
        &[(".#2", "421 closing")],
        &[("NOOP#1", "421 closing")],
        &[("MAIL#2", "")],
        &[("DATA#2", "")],
    ] {
        let sink = Sink::start(script).await;
        let mailer = mailer_of(&sink);
        mailer.send(ID, &mail()).await.unwrap();
        mailer.send(ID, &mail()).await.unwrap_or_else(|error| panic!("{script:?}: {error:?}"));
        assert_eq!(sink.memory.lock().unwrap().connections, 2, "{script:?}");
    }
}

#[tokio::test]
async fn another_connection_is_not_asked_what_the_first_has_answered() {
    for script in [&[("RCPT#2", "450 greylisted")][..], &[("RCPT#2", "550 no such user")], &[(".#2", "")]] {
        let sink = Sink::start(script).await;
        let mailer = mailer_of(&sink);
        mailer.send(ID, &mail()).await.unwrap();
        mailer.send(ID, &mail()).await.unwrap_err();
        assert_eq!(sink.memory.lock().unwrap().connections, 1, "{script:?}");
    }
}

/// An address at which every SYN is dropped, as long as what holds it is kept: its queue is full.
async fn deaf() -> (SocketAddr, impl Sized) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(Ok(stream)) =
        timeout(Duration::from_millis(100), tokio::net::TcpStream::connect(address)).await
    {
        waiting.push(stream);
    }
    (address, (listener, waiting))
}

#[tokio::test]
async fn a_server_is_reached_by_its_second_address_when_the_first_answers_nothing() {
    let (deaf, _kept) = deaf().await;
    let sink = Sink::start(&[]).await;
    let addresses = [deaf, SocketAddr::from(([127, 0, 0, 1], sink.port))];
    let server = server::Server::at("smtp://localhost", "client.example", None).unwrap();
    let connecting = server.connect_to(&addresses[..], Duration::from_millis(200));
    timeout(Duration::from_secs(5), connecting).await.expect("the second is never reached").unwrap();
    assert_eq!(sink.verbs(), ["EHLO"]);
}
