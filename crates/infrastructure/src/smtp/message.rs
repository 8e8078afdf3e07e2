//! A mail as a message (RFC 5322).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::address::AddressError;
use lettre::message::header::{Header, HeaderName, HeaderValue, Subject};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use vestibule_domain::messages::{Mail, MessageId};

/// Why a mail cannot be sent. The texts show nothing of the mail.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsendable {
    #[error("the recipient is no mail address")]
    Recipient(#[source] AddressError),
    #[error("the domain of the recipient is no domain")]
    Domain(#[source] idna::Errors),
    #[error("the subject is not one line of text")]
    Subject,
    #[error("the message could not be composed")]
    Message(#[source] lettre::error::Error),
}

/// Composes the message: both parts as alternatives, with the better one last (RFC 2046 §5.1.4).
pub(super) fn compose(from: &Mailbox, id: MessageId, mail: &Mail) -> Result<Message, Unsendable> {
    // The library would encode a line break; but none of our subjects has one.
    if mail.subject.contains(char::is_control) {
        return Err(Unsendable::Subject);
    }
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, recipient(&mail.to)?))
        .raw_header(subject(&mail.subject))
        .message_id(Some(message_id(from, id)))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(in_lines(&mail.text), in_lines(&mail.html)))
        .map_err(Unsendable::Message)
}

/// The header of the subject. A part that looks like an encoded word (RFC 2047) would be decoded by the reader, and
/// the library does not encode it; so it is encoded here.
fn subject(text: &str) -> HeaderValue {
    /// How many bytes an encoded word holds. Encoded, it has at most 75 letters (RFC 2047 §2).
    const WORD: usize = 45;
    if !text.contains("=?") {
        return Subject::from(text.to_owned()).display();
    }
    let mut words: Vec<String> = Vec::new();
    for letter in text.chars() {
        match words.last_mut().filter(|word| word.len() + letter.len_utf8() <= WORD) {
            Some(word) => word.push(letter),
            None => words.push(letter.to_string()),
        }
    }
    let encoded: Vec<String> =
        words.iter().map(|word| format!("=?utf-8?b?{}?=", STANDARD.encode(word))).collect();
    HeaderValue::dangerous_new_pre_encoded(Subject::name(), text.to_owned(), encoded.join("\r\n "))
}

/// Replaces all line breaks by one kind, which the library writes as CR LF. The library would keep a single CR, which
/// some servers take for a line break too.
fn in_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn recipient(to: &str) -> Result<Address, Unsendable> {
    in_ascii(&to.parse().map_err(Unsendable::Recipient)?)
}

/// The address with its domain in ASCII (RFC 5891), which servers without SMTPUTF8 (RFC 6531) accept too.
pub(super) fn in_ascii(address: &Address) -> Result<Address, Unsendable> {
    if address.domain().is_ascii() {
        return Ok(address.clone());
    }
    let domain = idna::domain_to_ascii(address.domain()).map_err(Unsendable::Domain)?;
    Address::new(address.user(), domain).map_err(Unsendable::Recipient)
}

/// The `Message-ID`: `<id@domain of the sender>`. It is the same for every try, so that a reader of two copies can
/// tell, and names no machine.
fn message_id(from: &Mailbox, id: MessageId) -> String {
    let domain = from.email.domain();
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_odd| "localhost".to_owned());
    format!("<{}@{domain}>", id.0)
}

/// `Auto-Submitted: auto-generated` (RFC 3834 §5): keeps out-of-office replies away.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
