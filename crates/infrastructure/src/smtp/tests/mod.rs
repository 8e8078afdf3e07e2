use std::time::Duration;

use uuid::Uuid;
use vestibule_domain::messages::{Mail, MessageId};
use vestibule_domain::ports::{Mailer as _, SendError};

use super::*;

mod delivery;
mod failures;
mod hostile;
mod patience;
mod sink;

use sink::{SILENCE, Script, Sink};

const ID: MessageId = MessageId(Uuid::from_u128(0x0192_6f3e_7c1a_7b2c_8d3e_4f5a_6b7c_8d9e));

fn mail() -> Mail {
    Mail {
        to: "bob@example.org".to_owned(),
        subject: "Activez votre compte – déjà".to_owned(),
        text: "Bonjour,\nvoici le lien.\n".to_owned(),
        html: "<p>Bonjour,</p>".to_owned(),
        links: Vec::new(),
        code: None,
    }
}

const FROM: Sender<'_> = Sender { name: Some("Vestibule"), address: "no-reply@vestibule.example" };

fn settings(url: &str) -> SmtpSettings<'_> {
    SmtpSettings {
        url,
        from: FROM,
        hello_name: "accounts.example.org",
        authorities: None,
        limits: SmtpLimits::default(),
    }
}

fn mailer(url: &str) -> SmtpMailer {
    SmtpMailer::new(settings(url)).unwrap()
}

fn mailer_of(sink: &Sink) -> SmtpMailer {
    mailer(&format!("smtp://127.0.0.1:{}", sink.port))
}

/// What becomes of a mail, or whose fault it is that nothing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Later,
    Unwelcome,
    Never,
}

/// What becomes of a mail on a server that follows the script, and what is told of it; `None` if it is sent.
async fn outcome(script: Script) -> Option<(Verdict, String)> {
    let sink = Sink::start(script).await;
    verdict(mailer_of(&sink).send(ID, &mail()).await)
}

fn verdict(sent: Result<(), SendError>) -> Option<(Verdict, String)> {
    match sent {
        Ok(()) => None,
        Err(SendError::Temporary(cause)) => Some((Verdict::Later, cause.to_string())),
        Err(SendError::Unwelcome(cause)) => Some((Verdict::Unwelcome, cause.to_string())),
        Err(SendError::Permanent(cause)) => Some((Verdict::Never, cause.to_string())),
    }
}

fn header<'a>(message: &'a str, name: &str) -> Vec<&'a str> {
    let (headers, _body) = message.split_once("\r\n\r\n").unwrap();
    let prefix = format!("{name}: ");
    headers.lines().filter_map(|line| line.strip_prefix(prefix.as_str())).collect()
}
