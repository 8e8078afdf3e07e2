//! Mail over SMTP (RFC 5321).

mod connections;
mod failure;
mod mailer;
mod message;
mod server;
#[cfg(test)]
mod tests;

pub use mailer::{SmtpMailer, SmtpSettings, SmtpSetupError};
pub use server::SmtpUrlError;
