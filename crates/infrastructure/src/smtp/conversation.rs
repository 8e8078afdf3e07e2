//! One mail over a connection, command by command (RFC 5321 §3.3).
//!
//! The library can send a mail in one call, but that does not tell which step failed, and does not limit the time of
//! each step.

use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use tokio::time::timeout;

use super::limits::SmtpLimits;

/// The step of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Connection, greeting, EHLO, STARTTLS and AUTH.
    LetIn,
    Mail,
    Recipient,
    Data,
    /// The text of the mail, and its confirmation.
    Text,
}

/// What ended a conversation.
#[derive(Debug)]
pub(super) enum Cause {
    /// No answer in time.
    Late,
    /// The server lacks an extension that the mail needs.
    Lacks(&'static str),
    /// Any error of the library.
    Failed(Error),
}

/// Why a conversation did not end well.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) step: Step,
    pub(super) cause: Cause,
}

impl Trouble {
    /// Whether another connection may succeed at once where this kept one failed: the server wants to end this
    /// connection (421, 452, or any "later" to MAIL, when it does not know for whom), or has closed it. Never if the
    /// mail may have been accepted.
    pub(super) fn is_of_the_connection(&self) -> bool {
        const CLOSING: u16 = 421;
        const FULL: u16 = 452;
        let Cause::Failed(error) = &self.cause else { return false };
        match error.status().map(u16::from) {
            Some(CLOSING | FULL) => true,
            Some(_) => error.is_transient() && self.step == Step::Mail,
            None => self.step != Step::Text,
        }
    }
}

/// Waits for a step no longer than its limit.
pub(super) async fn within<T>(
    limit: Duration,
    step: Step,
    answer: impl Future<Output = Result<T, Error>>,
) -> Result<T, Trouble> {
    let cause = match timeout(limit, answer).await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(error)) => Cause::Failed(error),
        Err(_elapsed) => Cause::Late,
    };
    Err(Trouble { step, cause })
}

/// Sends a mail. If that fails, the connection cannot be used any more.
pub(super) async fn send(
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    text: &[u8],
    limits: SmtpLimits,
) -> Result<(), Trouble> {
    let parameters = parameters(connection, envelope, text)?;
    let mail = Mail::new(envelope.from().cloned(), parameters);
    within(limits.answer, Step::Mail, connection.command(mail)).await?;
    for recipient in envelope.to() {
        let recipient = Rcpt::new(recipient.clone(), Vec::new());
        within(limits.answer, Step::Recipient, connection.command(recipient)).await?;
    }
    within(limits.answer, Step::Data, connection.command(Data)).await?;
    within(limits.confirm, Step::Text, connection.message(text)).await?;
    Ok(())
}

/// The parameters of MAIL for this mail (RFC 6531 §3.4, RFC 6152 §2).
fn parameters(
    connection: &AsyncSmtpConnection,
    envelope: &Envelope,
    text: &[u8],
) -> Result<Vec<MailParameter>, Trouble> {
    let offers = |extension| connection.server_info().supports_feature(extension);
    let lacks = |what| Err(Trouble { step: Step::Mail, cause: Cause::Lacks(what) });
    let mut parameters = Vec::new();
    let is_international = envelope.from().into_iter().chain(envelope.to()).any(|address| {
        let text: &str = address.as_ref();
        !text.is_ascii()
    });
    if is_international {
        if !offers(Extension::SmtpUtfEight) {
            return lacks("the mail server does not take addresses with letters outside ASCII (SMTPUTF8)");
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !text.is_ascii() {
        if !offers(Extension::EightBitMime) {
            return lacks("the mail server does not take letters outside ASCII (8BITMIME)");
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}

/// Whether the server takes addresses with letters outside ASCII before the @, in commands and in headers.
pub(super) fn takes_international(connection: &AsyncSmtpConnection) -> bool {
    let server = connection.server_info();
    [Extension::SmtpUtfEight, Extension::EightBitMime]
        .into_iter()
        .all(|needed| server.supports_feature(needed))
}
