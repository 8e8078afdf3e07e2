//! `vestibule mail`.

use anyhow::{Context as _, anyhow, bail};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use vestibule_application::messages::SampleMessage;
use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::messages::{self as domain, Mail, Message, Notice};
use vestibule_domain::ports::MessageTemplates as _;
use vestibule_settings::{MailTransport, Settings};

use super::output::{print, print_done};
use crate::bootstrap;
use crate::http::fastapi::email_words;
use crate::http::spoken;

/// What can be done about mail.
#[derive(Subcommand)]
pub enum MailCommand {
    /// Send a test mail to an address, the way mail is configured to leave.
    Test(TestMail),
    /// Print what a message looks like, with invented content. Nothing is sent.
    Preview(PreviewMail),
}

/// A test mail.
#[derive(Args)]
pub struct TestMail {
    /// Whom to send it to.
    address: String,
}

/// A look at a message.
#[derive(Args)]
pub struct PreviewMail {
    /// Which one. Without it, all are shown.
    #[arg(value_name = "MESSAGE", value_parser = PossibleValuesParser::new(SampleMessage::ALL.map(SampleMessage::name)))]
    message: Option<String>,
    /// In which language.
    #[arg(long, value_name = "LANGUAGE", value_parser = ["en", "fr"])]
    language: Option<String>,
    /// Print the HTML part alone, as for a browser.
    #[arg(long, requires = "message")]
    html: bool,
}

/// Prints messages as the templates word them.
///
/// # Errors
/// When a template of `mail.templates` cannot be used, or standard output cannot be written.
pub(super) fn run_preview(arguments: &PreviewMail, settings: &Settings) -> anyhow::Result<()> {
    let templates = bootstrap::templates(settings)?;
    let language = arguments.language.as_deref().and_then(domain::Language::from_tag);
    let language = language.unwrap_or_else(|| spoken(settings.mail.default_language));
    let samples = SampleMessage::ALL.into_iter();
    let wanted = samples.filter(|each| arguments.message.as_deref().is_none_or(|name| name == each.name()));
    let mut shown = Vec::new();
    for sample in wanted {
        let message = templates.message(&sample.notice(bootstrap::now()), language)?;
        shown.push(match message {
            Some(Message::Mail(mail)) if arguments.html => mail.html,
            Some(Message::Mail(Mail { to, subject, text, .. })) => {
                format!("{}\nTo: {to}\nSubject: {subject}\n\n{}\n", heading(sample), text.trim_end())
            }
            Some(Message::Sms(_)) if arguments.html => bail!("an SMS has no HTML part"),
            Some(Message::Sms(sms)) => {
                format!("{}\nTo: {}\n\n{}\n", heading(sample), sms.to.as_str(), sms.text)
            }
            None => bail!("a sample goes to nobody"),
        });
    }
    print(shown.join("\n").trim_end())
}

fn heading(sample: SampleMessage) -> String {
    format!("== {} ==", sample.name())
}

pub(super) async fn run_test(arguments: &TestMail, settings: &Settings) -> anyhow::Result<()> {
    print_done(send_test(&arguments.address, settings).await?)
}

/// Sends a test mail at once, beside the outbox, and tells where it went. Errors are sentences without the
/// password of the mail server. A template of `mail.templates` words it, where there is one.
pub async fn send_test(address: &str, settings: &Settings) -> anyhow::Result<String> {
    let address =
        EmailAddress::parse(address).map_err(|reason| anyhow!(email_words(&reason))).context("ADDRESS")?;
    if settings.mail.transport == MailTransport::Capture {
        bail!("nothing leaves with mail.transport = \"capture\"; set it to \"smtp\" or \"file\"");
    }
    let url = settings.mail.url.as_ref().context("mail.url is missing")?;
    let mailer = bootstrap::mailer(&settings.mail)?;
    let id = bootstrap::message_id();
    let mail = test_mail(&address, settings)?;
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

/// The mail that the console sends too, and that a preview shows.
fn test_mail(address: &EmailAddress, settings: &Settings) -> anyhow::Result<Mail> {
    let notice = Notice::Test { email: address.to_string() };
    let language = spoken(settings.mail.default_language);
    match bootstrap::templates(settings)?.message(&notice, language)? {
        Some(Message::Mail(mail)) => Ok(mail),
        Some(Message::Sms(_)) | None => bail!("a test message is a mail"),
    }
}
