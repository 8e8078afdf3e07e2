use std::time::Duration;

use uuid::Uuid;
use vestibule_domain::messages::{Mail, MessageId};
use vestibule_domain::ports::{Mailer as _, SendError};

use super::*;

mod delivery;
mod failures;
mod hostile;
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

fn mailer(url: &str) -> SmtpMailer {
    let timeout = Duration::from_secs(5);
    SmtpMailer::new(SmtpSettings {
        url,
        from: "Vestibule <no-reply@vestibule.example>",
        authorities: None,
        timeout,
    })
    .unwrap()
}

fn mailer_of(sink: &Sink) -> SmtpMailer {
    mailer(&format!("smtp://127.0.0.1:{}", sink.port))
}

/// What becomes of a mail on a server that follows the script: `None`, or whether it is lost for good
/// and what is told of it.
async fn outcome(script: Script) -> Option<(bool, String)> {
    let sink = Sink::start(script).await;
    match mailer_of(&sink).send(ID, &mail()).await {
        Ok(()) => None,
        Err(SendError::Temporary(cause)) => Some((false, cause.to_string())),
        Err(SendError::Permanent(cause)) => Some((true, cause.to_string())),
    }
}

fn header<'a>(message: &'a str, name: &str) -> Vec<&'a str> {
    let (headers, _body) = message.split_once("\r\n\r\n").unwrap();
    let prefix = format!("{name}: ");
    headers.lines().filter_map(|line| line.strip_prefix(prefix.as_str())).collect()
}
