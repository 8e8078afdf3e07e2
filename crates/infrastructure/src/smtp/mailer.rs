//! The mailer.

use std::time::Duration;

use async_trait::async_trait;
use lettre::Message;
use lettre::message::Mailbox;
use lettre::transport::smtp::client::Certificate;
use tokio::time::timeout;
use vestibule_domain::messages::{Mail, MessageId};
use vestibule_domain::ports::{Mailer, SendError};

use super::connections::Connections;
use super::failure::{late, unconnected, undelivered};
use super::message::compose;
use super::server::{Server, SmtpUrlError};

/// How a certificate begins (RFC 7468 §5.1).
const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// Where mail goes and whom it is from. No `Debug`: the address may hold a password.
#[derive(Clone, Copy)]
pub struct SmtpSettings<'a> {
    /// `smtp://[user:password@]host[:port][?tls=none|required]`, where STARTTLS is required unless the host
    /// is the machine itself or `tls` says otherwise, or `smtps://[user:password@]host[:port]`.
    pub url: &'a str,
    /// The sender: `name@example.org` or `A Name <name@example.org>`.
    pub from: &'a str,
    /// Certificates in PEM that are trusted beside the public ones, as that of a private authority.
    pub authorities: Option<&'a [u8]>,
    /// How long the server may take to let us in, and again to take a mail.
    pub timeout: Duration,
}

/// Why there is no mailer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SmtpSetupError {
    /// The address of the server.
    #[error(transparent)]
    Url(#[from] SmtpUrlError),
    /// The sender.
    #[error("the sender is no mail address")]
    From,
    /// The certificates.
    #[error("the certificates to trust are none in PEM")]
    Authorities,
}

/// Sends mail to a server, over connections that are kept for the next one.
///
/// A mail whose acceptance the server confirms too late counts as not sent, and the next try sends it
/// again: SMTP cannot tell better (RFC 5321 §4.5.3.2.6).
pub struct SmtpMailer {
    connections: Connections,
    from: Mailbox,
    timeout: Duration,
}

impl SmtpMailer {
    /// A mailer. Connects with the first mail.
    pub fn new(settings: SmtpSettings<'_>) -> Result<Self, SmtpSetupError> {
        let from = sender(settings.from).ok_or(SmtpSetupError::From)?;
        let authorities = settings.authorities.map(certificates).transpose()?;
        let connections = Connections::to(Server::at(settings.url, authorities)?);
        Ok(Self { connections, from, timeout: settings.timeout })
    }

    async fn deliver(&self, message: &Message, recipient: &str) -> Result<(), SendError> {
        let mut taken = timeout(self.timeout, self.connections.take())
            .await
            .map_err(|_elapsed| late())?
            .map_err(|error| unconnected(&error, recipient))?;
        let text = message.formatted();
        timeout(self.timeout, taken.connection.send(message.envelope(), &text))
            .await
            .map_err(|_elapsed| late())?
            .map_err(|error| undelivered(&error, recipient))?;
        self.connections.keep(taken);
        Ok(())
    }
}

/// `name@example.org` or `A Name <name@example.org>`, on one line.
pub(super) fn sender(from: &str) -> Option<Mailbox> {
    if from.contains(char::is_control) { None } else { from.parse().ok() }
}

fn certificates(pem: &[u8]) -> Result<Certificate, SmtpSetupError> {
    // A text without any would pass as an empty list.
    let has_one = pem.windows(BEGIN.len()).any(|window| window == BEGIN);
    let certificates = Certificate::from_pem(pem).ok().filter(|_| has_one);
    certificates.ok_or(SmtpSetupError::Authorities)
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, id: MessageId, mail: &Mail) -> Result<(), SendError> {
        let message = compose(&self.from, id, mail).map_err(|error| SendError::Permanent(error.into()))?;
        self.deliver(&message, &mail.to).await
    }
}
