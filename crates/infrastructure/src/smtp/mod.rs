//! Mail over SMTP (RFC 5321), and as files in the same form (RFC 5322).

mod connections;
mod failure;
mod folder;
mod mailer;
mod message;
mod server;
#[cfg(test)]
mod tests;

pub use folder::{MailFolder, MailFolderError};
pub use mailer::{SmtpMailer, SmtpSettings, SmtpSetupError};
pub use server::SmtpUrlError;
