//! How long a mail server may take.

use std::time::Duration;

/// How long a mail server may take for each step of a conversation.
///
/// Only the confirmation of a mail is waited for as long as RFC 5321 §4.5.3.2.6 asks: a mail that is given up there
/// may have been accepted, and its next try would be a second mail. A mail that is given up at an earlier step was
/// certainly not accepted. So the limits of those steps are short, and the next try comes soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmtpLimits {
    /// For a TCP connection to each address of the host, and for a kept connection to prove that it is alive.
    pub connect: Duration,
    /// For everything before mail can be sent: name, connection, greeting, TLS and login together.
    pub let_in: Duration,
    /// For the answer to each command.
    pub answer: Duration,
    /// For the text of a mail and the confirmation that the server has it.
    pub confirm: Duration,
}

impl Default for SmtpLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            let_in: Duration::from_secs(20),
            answer: Duration::from_secs(20),
            confirm: Duration::from_mins(10),
        }
    }
}

impl SmtpLimits {
    /// Commands before the text: MAIL, RCPT, DATA.
    const COMMANDS: u32 = 3;

    /// How long a mail can take at most, if every server except the last fails a kept connection.
    pub fn at_most(self) -> Duration {
        let alive = self.connect * u32::try_from(super::connections::MOST).unwrap_or(u32::MAX);
        let once = self.let_in + self.answer * Self::COMMANDS;
        alive + once * 2 + self.confirm
    }
}
