//! The mailer.

use async_trait::async_trait;
use lettre::Message;
use lettre::message::Mailbox;
use lettre::transport::smtp::client::Certificate;
use vestibule_domain::messages::{Mail, MessageId};
use vestibule_domain::ports::{Mailer, SendError};

use super::connections::Connections;
use super::conversation::{Trouble, send};
use super::limits::SmtpLimits;
use super::message::compose;
use super::sender::Sender;
use super::server::{Server, SmtpUrlError};

/// The beginning of a certificate (RFC 7468 §5.1).
const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The mail server and the sender. There is no `Debug`, because the address may hold a password.
#[derive(Clone, Copy)]
pub struct SmtpSettings<'a> {
    /// `smtp://[user:password@]host[:port][?tls=none|required]`, where STARTTLS is required unless the host
    /// is the machine itself or `tls` says otherwise, or `smtps://[user:password@]host[:port]`.
    pub url: &'a str,
    /// The sender.
    pub from: Sender<'a>,
    /// The name for EHLO: the full name of a host, or an IP address (RFC 5321 §4.1.4).
    pub hello_name: &'a str,
    /// Certificates in PEM that are trusted beside the public ones, such as a private authority's.
    pub authorities: Option<&'a [u8]>,
    /// How long the server may take.
    pub limits: SmtpLimits,
}

/// Why the mailer could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SmtpSetupError {
    /// The server's address cannot be used.
    #[error(transparent)]
    Url(#[from] SmtpUrlError),
    /// The configured sender is not an address.
    #[error("the sender is no mail address")]
    From,
    /// The certificates cannot be read.
    #[error("the certificates to trust are none in PEM")]
    Authorities,
}

/// Sends mail to a server, over connections that are kept for the next mail.
///
/// If the server confirms a mail too late, the mail counts as not sent, and the next try sends it again. SMTP has no
/// better way (RFC 5321 §4.5.3.2.6).
pub struct SmtpMailer {
    connections: Connections,
    from: Mailbox,
    limits: SmtpLimits,
}

impl SmtpMailer {
    /// The first mail makes the connection.
    pub fn new(settings: SmtpSettings<'_>) -> Result<Self, SmtpSetupError> {
        let from = settings.from.mailbox().ok_or(SmtpSetupError::From)?;
        let authorities = settings.authorities.map(certificates).transpose()?;
        let server = Server::at(settings.url, settings.hello_name, authorities)?;
        let limits = settings.limits;
        Ok(Self { connections: Connections::to(server, limits), from, limits })
    }

    /// Sends a message. If the server wants to end a kept connection, a new one replaces it at once.
    async fn deliver(&self, message: &Message) -> Result<(), Trouble> {
        let text = message.formatted();
        let mut taken = self.connections.take().await?;
        match send(&mut taken.connection, message.envelope(), &text, self.limits).await {
            Err(trouble) if taken.is_kept && trouble.is_of_the_connection() => {
                taken = self.connections.replace(taken).await?;
                send(&mut taken.connection, message.envelope(), &text, self.limits).await?;
            }
            ended => ended?,
        }
        self.connections.keep(taken);
        Ok(())
    }
}

fn certificates(pem: &[u8]) -> Result<Certificate, SmtpSetupError> {
    // A text without a certificate would pass as an empty list.
    let has_one = pem.windows(BEGIN.len()).any(|window| window == BEGIN);
    let certificates = Certificate::from_pem(pem).ok().filter(|_| has_one);
    certificates.ok_or(SmtpSetupError::Authorities)
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, id: MessageId, mail: &Mail) -> Result<(), SendError> {
        let message = compose(&self.from, id, mail).map_err(|error| SendError::Permanent(error.into()))?;
        self.deliver(&message).await.map_err(|trouble| trouble.into_error(&mail.to))
    }

    async fn look(&self) -> Result<(), SendError> {
        let taken = self.connections.take().await.map_err(|trouble| trouble.into_error(""))?;
        self.connections.keep(taken);
        Ok(())
    }

    fn takes_international(&self) -> Option<bool> {
        self.connections.takes_international()
    }
}
