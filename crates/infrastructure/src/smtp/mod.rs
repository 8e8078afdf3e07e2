//! Mail over SMTP (RFC 5321), and as files in the same form (RFC 5322).

mod connections;
mod conversation;
mod failure;
mod folder;
mod limits;
mod mailer;
mod message;
mod sender;
mod server;
mod status;
#[cfg(test)]
mod tests;

pub use folder::{MailFolder, MailFolderError};
pub use limits::SmtpLimits;
pub use mailer::{SmtpMailer, SmtpSettings, SmtpSetupError};
pub use sender::Sender;
pub use server::SmtpUrlError;
