//! What a real SMTP server answers, and what becomes of the mail.

use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;
use vestibule_domain::messages::{Mail, MessageId};
use vestibule_domain::ports::{Mailer as _, SendError};
use vestibule_infrastructure::smtp::{SmtpMailer, SmtpSettings};
use vestibule_tests::backends::mailer::{mails_to, recipient, smtp_settings};
use vestibule_tests::service;

const ID: MessageId = MessageId(Uuid::from_u128(7));

fn mail(to: &str) -> Mail {
    Mail {
        to: to.to_owned(),
        subject: "Hello".to_owned(),
        text: "Hello, Ada.".to_owned(),
        html: "<p>Hello, Ada.</p>".to_owned(),
        links: vec![],
        code: None,
    }
}

fn mailer(url: &str, authorities: Option<&[u8]>) -> SmtpMailer {
    SmtpMailer::new(SmtpSettings { authorities, ..smtp_settings(url) }).unwrap()
}

/// Sends to the server of the tests.
async fn send(to: &str) -> Result<(), SendError> {
    mailer(&service("smtp"), None).send(ID, &mail(to)).await
}

fn arrived(to: &str) -> usize {
    mails_to(Path::new(&service("smtp_folder")), to).len()
}

/// The server's address when it is to speak TLS.
fn protected() -> String {
    format!("{}?tls=required", service("smtp").replace("127.0.0.1", "localhost"))
}

#[tokio::test]
#[cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")]
async fn a_rejected_recipient_is_final() {
    let failed = send("rejected@example.com").await;
    let Err(SendError::Permanent(cause)) = failed else { panic!("{failed:?}") };
    assert!(cause.to_string().contains("550"), "{cause}");
}

#[tokio::test]
#[cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")]
async fn a_server_that_wants_the_mail_later_gets_it_later() {
    let failed = send("later@example.com").await;
    let Err(SendError::Temporary(cause)) = failed else { panic!("{failed:?}") };
    assert!(cause.to_string().contains("451"), "{cause}");
}

#[tokio::test]
#[cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")]
async fn a_connection_that_breaks_off_is_no_reason_to_give_the_mail_up() {
    let failed = send("dropped@example.com").await;
    assert!(matches!(failed, Err(SendError::Temporary(_))), "{failed:?}");
}

#[tokio::test]
#[cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")]
async fn what_went_wrong_with_one_mail_does_not_concern_the_next() {
    let (mailer, ada) = (mailer(&service("smtp"), None), recipient());
    for unlucky in ["rejected@example.com", "later@example.com", "dropped@example.com"] {
        mailer.send(ID, &mail(&ada)).await.unwrap();
        mailer.send(ID, &mail(unlucky)).await.unwrap_err();
    }
    mailer.send(ID, &mail(&ada)).await.unwrap();
    assert_eq!(arrived(&ada), 4);
}

#[tokio::test]
#[cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")]
async fn mails_that_are_sent_at_once_all_arrive() {
    let (mailer, ada) = (Arc::new(mailer(&service("smtp"), None)), recipient());
    let sent = vestibule_tests::at_once(20, |_| {
        let (mailer, mail) = (Arc::clone(&mailer), mail(&ada));
        async move { mailer.send(ID, &mail).await.is_ok() }
    })
    .await;
    assert_eq!((sent, arrived(&ada)), (vec![true; 20], 20));
}

#[tokio::test]
#[cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")]
async fn starttls_is_spoken_with_a_server_whose_certificate_is_trusted() {
    let authorities = std::fs::read(service("smtp_certificate")).unwrap();
    let ada = recipient();
    mailer(&protected(), Some(&authorities)).send(ID, &mail(&ada)).await.unwrap();
    assert_eq!(arrived(&ada), 1);
}

#[tokio::test]
#[cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")]
async fn tls_is_spoken_from_the_first_byte_where_the_address_says_so() {
    let authorities = std::fs::read(service("smtp_certificate")).unwrap();
    let ada = recipient();
    mailer(&service("smtps"), Some(&authorities)).send(ID, &mail(&ada)).await.unwrap();
    assert_eq!(arrived(&ada), 1);
}

#[tokio::test]
#[cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")]
async fn nothing_is_sent_to_a_server_whose_certificate_is_not_trusted() {
    for url in [protected(), service("smtps")] {
        let ada = recipient();
        let failed = mailer(&url, None).send(ID, &mail(&ada)).await;
        let Err(SendError::Temporary(cause)) = failed else { panic!("{url}: {failed:?}") };
        assert!(cause.to_string().to_lowercase().contains("certificate"), "{cause}");
        assert_eq!(arrived(&ada), 0, "{url}");
    }
}
