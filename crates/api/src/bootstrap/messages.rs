//! How mail and SMS leave, by configuration.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::messages::{MessageId, Sms};
use vestibule_domain::ports::{Clock, IdGenerator as _, Mailer, SendError, SmsSender};
use vestibule_infrastructure::memory::CapturedMail;
use vestibule_infrastructure::sms::{SmsWebhook, SmsWebhookSettings};
use vestibule_infrastructure::smtp::{MailFolder, Sender, SmtpLimits, SmtpMailer, SmtpSettings};
use vestibule_infrastructure::system::{SystemClock, SystemIds};
use vestibule_infrastructure::templates::{AskamaTemplates, Links, TemplateFiles};
use vestibule_settings::{
    Database, MailSettings, MailTransport, Settings, SmsTransport, make_private_folder,
};

use super::Purpose;
use crate::surfaces;

/// How long an SMS gateway may take for its answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The adapters that send mail and SMS.
pub(super) struct Messages {
    pub(super) mailer: Arc<dyn Mailer>,
    pub(super) sms: Arc<dyn SmsSender>,
    /// The development mailbox, if mail or SMS are captured.
    pub(super) mailbox: Option<CapturedMail>,
}

pub(super) fn connect(
    settings: &Settings,
    purpose: Purpose,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<Messages> {
    let captures =
        settings.mail.transport == MailTransport::Capture || settings.sms.transport == SmsTransport::Capture;
    let mailbox = captures.then(|| mailbox(settings, purpose, clock)).transpose()?;
    let mailer: Arc<dyn Mailer> = match (settings.mail.transport, &mailbox) {
        (MailTransport::Capture, Some(mailbox)) => Arc::new(mailbox.clone()),
        _ => mailer(&settings.mail)?,
    };
    let sms: Arc<dyn SmsSender> = match (settings.sms.transport, &mailbox) {
        (SmsTransport::Capture, Some(mailbox)) => Arc::new(mailbox.clone()),
        (SmsTransport::Webhook, _) => webhook(settings, clock)?,
        _ => Arc::new(NoSms),
    };
    Ok(Messages { mailer, sms, mailbox })
}

/// The wording of messages, without the operator's own templates.
pub(super) fn own_templates(settings: &Settings) -> AskamaTemplates {
    let links = Links::to_own_pages(&settings.server.public_url, surfaces::confirmation())
        .activating_at(settings.links.activate.as_deref())
        .resetting_at(settings.links.reset.as_deref());
    AskamaTemplates::new(links, &settings.brand.name)
}

/// The same with the operator's own templates, where there are some.
pub(crate) fn templates(settings: &Settings) -> anyhow::Result<AskamaTemplates> {
    let templates = own_templates(settings);
    match &settings.mail.templates {
        Some(folder) => Ok(templates
            .with_files(TemplateFiles::read(folder, &settings.brand.name).context("mail.templates")?)),
        None => Ok(templates),
    }
}

/// A new id for a message that is sent beside the outbox.
pub(crate) fn message_id() -> MessageId {
    MessageId(SystemIds.random())
}

/// The time, for messages that are made beside the outbox.
pub(crate) fn now() -> OffsetDateTime {
    SystemClock.now()
}

/// The mailer of the settings, for mail that is not captured.
pub(crate) fn mailer(settings: &MailSettings) -> anyhow::Result<Arc<dyn Mailer>> {
    const UNUSABLE: &str = "mail cannot be sent with these settings";
    let from = Sender { name: settings.from.name.as_deref(), address: &settings.from.address };
    if let Some(folder) = settings.folder() {
        return Ok(Arc::new(MailFolder::open(folder, from).context(UNUSABLE)?));
    }
    let url = settings.url.as_ref().context("mail.url is missing")?;
    let authorities = match &settings.ca_file {
        Some(path) => Some(
            std::fs::read(path)
                .with_context(|| format!("mail.ca_file: the file {} cannot be read", path.display()))?,
        ),
        None => None,
    };
    let settings = SmtpSettings {
        url: url.reveal(),
        from,
        hello_name: &settings.hello_name,
        authorities: authorities.as_deref(),
        limits: SmtpLimits::default(),
    };
    Ok(Arc::new(SmtpMailer::new(settings).context(UNUSABLE)?))
}

fn mailbox(settings: &Settings, purpose: Purpose, clock: &Arc<dyn Clock>) -> anyhow::Result<CapturedMail> {
    // Mail about accounts that are gone with the process is of no use to the next one.
    if settings.database.location == Database::Memory || purpose != Purpose::Serve {
        return Ok(CapturedMail::new(clock.clone()));
    }
    let path = settings.data_folder.join("mailbox.jsonl");
    make_private_folder(&settings.data_folder)
        .and_then(|()| CapturedMail::open(clock.clone(), &path))
        .with_context(|| format!("the mailbox {} could not be opened", path.display()))
}

fn webhook(settings: &Settings, clock: &Arc<dyn Clock>) -> anyhow::Result<Arc<dyn SmsSender>> {
    let url = settings.sms.url.as_ref().context("sms.url is missing")?;
    let secret = settings.sms.secret.as_ref().context("sms.secret is missing")?;
    let gateway = SmsWebhookSettings { url: url.reveal(), secret: secret.reveal(), timeout: TIMEOUT };
    let sender = SmsWebhook::new(gateway, clock.clone()).context("SMS cannot be sent with these settings")?;
    Ok(Arc::new(sender))
}

/// The sender with `sms.transport = "off"`: it refuses every SMS.
struct NoSms;

#[async_trait]
impl SmsSender for NoSms {
    async fn send(&self, _id: MessageId, _sms: &Sms) -> Result<(), SendError> {
        Err(SendError::Permanent("no SMS are sent: sms.transport = \"off\"".into()))
    }
}

#[cfg(test)]
mod tests {
    use vestibule_application::messages::DeliverMessages;
    use vestibule_infrastructure::system::SystemClock;
    use vestibule_settings::Source;

    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_folder_that_is_made_for_the_mailbox_is_its_owners() {
        use std::os::unix::fs::PermissionsExt as _;

        let data = std::env::temp_dir().join(format!("vestibule-mailbox-{}", SystemIds.random()));
        let source = Source::default().with("VESTIBULE__DATA_FOLDER", data.display().to_string());
        let settings = crate::surfaces::settings(&source).unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        connect(&settings, Purpose::Serve, &clock).unwrap();
        let mode = data.metadata().unwrap().permissions().mode() & 0o777;
        let has_mailbox = data.join("mailbox.jsonl").is_file();
        std::fs::remove_dir_all(&data).unwrap();
        assert_eq!((mode, has_mailbox), (0o700, true));
    }

    fn connected(variables: &[(&str, &str)]) -> anyhow::Result<Messages> {
        let source = Source::default().with("VESTIBULE__DATABASE__URL", "memory");
        let source = variables.iter().fold(source, |source, (name, value)| source.with(name, *value));
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        connect(&crate::surfaces::settings(&source).unwrap(), Purpose::Serve, &clock)
    }

    #[test]
    fn there_is_a_mailbox_where_mail_or_sms_are_captured() {
        let sent = [("VESTIBULE__MAIL__TRANSPORT", "smtp"), ("VESTIBULE__MAIL__URL", "smtp://localhost")];
        assert!(connected(&[]).unwrap().mailbox.is_some());
        assert!(connected(&sent).unwrap().mailbox.is_none());
        let captured = [&sent[..], &[("VESTIBULE__SMS__TRANSPORT", "capture")]].concat();
        assert!(connected(&captured).unwrap().mailbox.is_some());
    }

    #[tokio::test]
    async fn an_sms_that_cannot_be_sent_is_refused_for_good() {
        let sent = [("VESTIBULE__MAIL__TRANSPORT", "smtp"), ("VESTIBULE__MAIL__URL", "smtp://localhost")];
        let to = vestibule_domain::accounts::MobileNumber::parse("+33612345678").unwrap();
        let sms = Sms { to, text: "text".to_owned(), code: None };
        let refused = connected(&sent).unwrap().sms.send(MessageId(SystemIds.random()), &sms).await;
        assert!(matches!(refused, Err(SendError::Permanent(_))), "{refused:?}");
    }

    #[test]
    fn every_sender_that_the_settings_take_can_send() {
        let senders = [
            r#""Acme, Inc." <a@b.org>"#,
            r#""A \"B\" \\ C" <a@b.org>"#,
            "Acme, Inc. <a@b.org>",
            "Bücher <post@bücher.example>",
            "!#$%&'*+-/=?^_`{|}~.x@a-b.c1",
            "a@1.example",
            "no-reply@localhost",
        ];
        for from in senders {
            for (transport, url) in [("smtp", "smtp://localhost".to_owned()), ("file", folder())] {
                let sent = [
                    ("VESTIBULE__MAIL__TRANSPORT", transport),
                    ("VESTIBULE__MAIL__URL", &*url),
                    ("VESTIBULE__MAIL__FROM", from),
                ];
                assert!(connected(&sent).is_ok(), "{transport}: {from}");
            }
        }
    }

    fn folder() -> String {
        format!("file://{}", std::env::temp_dir().join("vestibule-mail-of-every-sender").display())
    }

    #[test]
    fn a_mail_server_has_its_time_within_that_of_a_message() {
        assert!(SmtpLimits::default().at_most() < DeliverMessages::PER_MESSAGE);
    }

    #[test]
    fn certificates_that_are_not_there_are_told_by_the_name_of_their_file() {
        let sent = [
            ("VESTIBULE__MAIL__TRANSPORT", "smtp"),
            ("VESTIBULE__MAIL__URL", "smtps://mail.example.org"),
            ("VESTIBULE__MAIL__CA_FILE", "/nowhere/ca.pem"),
        ];
        let error = format!("{:#}", connected(&sent).err().unwrap());
        assert!(error.starts_with("mail.ca_file: the file /nowhere/ca.pem cannot be read"), "{error}");
    }
}
