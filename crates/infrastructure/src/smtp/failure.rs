//! Whether a failed mail is worth another try.

use std::error::Error as _;

use lettre::transport::smtp::Error;
use vestibule_domain::ports::SendError;

use super::conversation::{Cause, Trouble};
use super::status::{Fault, fault};

impl Trouble {
    /// What it means for the mail. What the server says of the client or the session is the settings' fault and not
    /// the mail's, whatever its code.
    pub(super) fn into_error(self, recipient: &str) -> SendError {
        match self.cause {
            Cause::Late => SendError::Temporary("the mail server did not answer in time".into()),
            Cause::Lacks(what) => SendError::Permanent(what.into()),
            Cause::Failed(error) => {
                let told = told(&error, recipient).into();
                match error.status().filter(|_| error.is_permanent()) {
                    Some(code) => match fault(self.step, code.into(), &said(&error)) {
                        Fault::Ours => SendError::Unwelcome(told),
                        Fault::OfTheMail => SendError::Permanent(told),
                    },
                    // The client's own errors: no STARTTLS, or no way to log in that both know.
                    None if error.is_client() => SendError::Unwelcome(told),
                    None => SendError::Temporary(told),
                }
            }
        }
    }
}

/// The words of the server, without its code.
fn said(error: &Error) -> String {
    error.source().map(ToString::to_string).unwrap_or_default()
}

/// What the server said, on one line, fit for a log: servers like to repeat the recipient, and logs
/// must not know it.
fn told(error: &Error, recipient: &str) -> String {
    masked(&error.to_string(), recipient).replace(char::is_control, " ")
}

fn masked(text: &str, recipient: &str) -> String {
    if recipient.is_empty() {
        return text.to_owned();
    }
    // ASCII case folding changes no length, so places in the one are places in the other.
    let (folded, wanted) = (text.to_ascii_lowercase(), recipient.to_ascii_lowercase());
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for (begin, found) in folded.match_indices(&wanted) {
        masked.push_str(text.get(end..begin).unwrap_or_default());
        masked.push_str("***");
        end = begin + found.len();
    }
    masked.push_str(text.get(end..).unwrap_or_default());
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recipient_is_masked_however_it_is_spelled() {
        let cases = [
            ("550 <Bob@Example.ORG>: no such user bob@example.org", "550 <***>: no such user ***"),
            ("é bob@example.org", "é ***"),
            ("try again later", "try again later"),
        ];
        for (text, expected) in cases {
            assert_eq!(masked(text, "bob@example.org"), expected);
        }
    }
}
