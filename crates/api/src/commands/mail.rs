//! `vestibule mail`.

use anyhow::{Context as _, anyhow, bail};
use clap::{Args, Subcommand};
use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::messages::Mail;
use vestibule_settings::{Language, MailTransport, Settings};

use super::output::print_done;
use crate::bootstrap;
use crate::http::fastapi::email_words;

/// What can be done about mail.
#[derive(Subcommand)]
pub enum MailCommand {
    /// Send a test mail to an address, the way mail is configured to leave.
    Test(TestMail),
}

/// A test mail.
#[derive(Args)]
pub struct TestMail {
    /// Whom to send it to.
    address: String,
}

pub(super) async fn run_test(arguments: &TestMail, settings: &Settings) -> anyhow::Result<()> {
    print_done(send_test(&arguments.address, settings).await?)
}

/// Sends a test mail at once, beside the outbox, and tells where it went. Errors are sentences without the
/// password of the mail server.
pub async fn send_test(address: &str, settings: &Settings) -> anyhow::Result<String> {
    let address =
        EmailAddress::parse(address).map_err(|reason| anyhow!(email_words(&reason))).context("ADDRESS")?;
    if settings.mail.transport == MailTransport::Capture {
        bail!("nothing leaves with mail.transport = \"capture\"; set it to \"smtp\" or \"file\"");
    }
    let url = settings.mail.url.as_ref().context("mail.url is missing")?;
    let mailer = bootstrap::mailer(&settings.mail)?;
    let id = bootstrap::message_id();
    let mail = test_mail(&address, settings.mail.default_language);
    mailer.send(id, &mail).await.with_context(|| format!("no mail by {url}"))?;
    let international = match mailer.takes_international() {
        Some(true) => "\nIt takes addresses with letters outside ASCII (SMTPUTF8).",
        Some(false) => {
            "\nIt does not take addresses with letters outside ASCII before the @ (SMTPUTF8): nobody can register \
             with one."
        }
        None => "",
    };
    let id = id.0;
    Ok(format!(
        "Handed a test mail for {address} over to {url}; its Message-ID begins with {id}.{international}"
    ))
}

fn test_mail(address: &EmailAddress, language: Language) -> Mail {
    let (subject, text) = match language {
        Language::French => (
            "Message d’essai de Vestibule",
            "Si vous lisez ceci, Vestibule sait envoyer des e-mails. Il n’y a rien à faire.",
        ),
        Language::English => (
            "A test message of Vestibule",
            "If you read this, Vestibule can send mail. There is nothing to do.",
        ),
    };
    Mail {
        to: address.as_str().to_owned(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        html: format!("<!DOCTYPE html><title>{subject}</title><p>{text}</p>"),
        links: Vec::new(),
        code: None,
    }
}
