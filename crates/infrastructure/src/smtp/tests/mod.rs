use std::time::Duration;

use vestibule_domain::messages::Mail;
use vestibule_domain::ports::{SendError, Mailer as _};

use super::*;

mod delivery;
mod failures;
mod hostile;
mod sink;

use sink::{SILENCE, Script, Sink};

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
    SmtpMailer::new(SmtpSettings { url, from: "Vestibule <no-reply@vestibule.example>", timeout }).unwrap()
}

fn mailer_of(sink: &Sink) -> SmtpMailer {
    mailer(&format!("smtp://127.0.0.1:{}", sink.port))
}

/// What becomes of a mail on a server that follows the script: `None`, or whether it is lost for good
/// and what is told of it.
async fn outcome(script: Script) -> Option<(bool, String)> {
    let sink = Sink::start(script).await;
    match mailer_of(&sink).send(&mail()).await {
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
