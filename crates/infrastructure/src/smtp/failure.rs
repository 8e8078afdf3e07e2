//! Whether a failed mail is worth another try.

use lettre::transport::smtp::Error;
use vestibule_domain::ports::SendError;

/// "Authentication required" (RFC 4954 §6): the settings' fault and not the mail's.
const LOG_IN_FIRST: u16 = 530;

/// No connection, whatever the reason: a server that refuses us, or our password, is no reason to give a
/// mail up.
pub(super) fn unconnected(error: &Error, recipient: &str) -> SendError {
    SendError::Temporary(told(error, recipient).into())
}

/// The conversation about the mail failed.
pub(super) fn undelivered(error: &Error, recipient: &str) -> SendError {
    let is_refused = error.is_permanent() && error.status().map(u16::from) != Some(LOG_IN_FIRST);
    // The client's own errors: the server lacks an extension that the mail needs.
    if is_refused || error.is_client() {
        SendError::Permanent(told(error, recipient).into())
    } else {
        SendError::Temporary(told(error, recipient).into())
    }
}

/// The server did not answer in time.
pub(super) fn late() -> SendError {
    SendError::Temporary("the mail server did not answer in time".into())
}

/// What the server said, on one line, fit for a log: servers like to repeat the recipient, and logs
/// must not know it.
fn told(error: &Error, recipient: &str) -> String {
    masked(&error.to_string(), recipient).replace(char::is_control, " ")
}

fn masked(text: &str, recipient: &str) -> String {
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
