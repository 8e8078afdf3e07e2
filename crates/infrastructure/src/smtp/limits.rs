//! How long a mail server may take.

use std::time::Duration;

/// How long a mail server may take for each step of a conversation.
///
/// Only the confirmation of a mail is waited for as long as RFC 5321 §4.5.3.2.6 wants: a mail that is given up there
/// may have been accepted, and its next try would be a second mail. What is given up before was certainly not
/// accepted, so that the limits there are short and the next try comes soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmtpLimits {
    /// For a TCP connection, at each of the addresses of the host's name; and for a kept connection to prove that it
    /// is alive.
    pub connect: Duration,
    /// Until mail can be sent: name, connection, greeting, TLS and login together.
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

    /// How long a mail can take at the most, when every server but the last lets a kept connection down.
    pub fn at_most(self) -> Duration {
        let alive = self.connect * u32::try_from(super::connections::MOST).unwrap_or(u32::MAX);
        let once = self.let_in + self.answer * Self::COMMANDS;
        alive + once * 2 + self.confirm
    }
}
