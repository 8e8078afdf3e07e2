//! Whether a failed mail is worth another try.

use std::error::Error as _;

use lettre::transport::smtp::Error;
use vestibule_domain::ports::SendError;

use super::conversation::{Cause, Trouble};
use super::status::{Fault, fault};

impl Trouble {
    /// The meaning for the mail. What the server says against the client or the session is the fault of the settings
    /// and not of the mail, whatever its code.
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
                    // Errors of the client itself: no STARTTLS, or no way to log in that both sides know.
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

/// The server's text on one line, fit for a log. Servers like to repeat the recipient, whom logs must not show.
fn told(error: &Error, recipient: &str) -> String {
    masked(&error.to_string(), recipient).replace(char::is_control, " ")
}

/// Hides every address. The server may spell the recipient in its own way: with the domain in ASCII (`xn--…`), in
/// quotes or percent-encoded.
fn masked(text: &str, recipient: &str) -> String {
    const MASK: &str = "***";
    // ASCII case folding changes no length, so positions are the same in both texts.
    let (folded, wanted) = (text.to_ascii_lowercase(), recipient.to_ascii_lowercase());
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    // An empty recipient would be found everywhere.
    for (begin, found) in folded.match_indices(&wanted).filter(|(_, found)| !found.is_empty()) {
        masked.push_str(text.get(end..begin).unwrap_or_default());
        masked.push_str(MASK);
        end = begin + found.len();
    }
    masked.push_str(text.get(end..).unwrap_or_default());

    let mut rest = masked.as_str();
    let mut told = String::with_capacity(rest.len());
    while let Some((before, after)) = split_at_sign(rest) {
        told.push_str(before.get(..local_begin(before)).unwrap_or_default());
        told.push_str(MASK);
        rest = after.get(domain_end(after)..).unwrap_or_default();
    }
    told.push_str(rest);
    told
}

/// What stands before and after the first `@`, which may be percent-encoded.
fn split_at_sign(text: &str) -> Option<(&str, &str)> {
    match (text.find('@'), text.find("%40")) {
        (Some(plain), Some(encoded)) if encoded < plain => text.split_once("%40"),
        (Some(_), _) => text.split_once('@'),
        (None, _) => text.split_once("%40"),
    }
}

/// Whether a letter ends an address in a text.
fn is_delimiter(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || "<>(),;:\"".contains(letter)
}

/// The beginning of the part before the `@`, which may be in quotes.
fn local_begin(before: &str) -> usize {
    if let Some(quoted) = before.strip_suffix('"') {
        return quoted.rfind('"').unwrap_or_default();
    }
    before.rfind(is_delimiter).map_or(0, |place| {
        // All delimiters that are not ASCII are blanks; the next letter is where a letter begins.
        place + before.get(place..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    })
}

/// The end of the part after the `@`, which may be a literal in brackets.
fn domain_end(after: &str) -> usize {
    if after.starts_with('[')
        && let Some(bracket) = after.find(']')
    {
        return bracket + 1;
    }
    let end = after.find(is_delimiter).unwrap_or(after.len());
    // A full stop at the end belongs to the sentence.
    after.get(..end).map_or(end, |domain| domain.trim_end_matches(['.', '\'']).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_an_address_is_masked() {
        let cases = [
            ("550 <bob@xn--bcher-kva.example>: unknown", "550 <***>: unknown"),
            ("550 BOB@XN--BCHER-KVA.EXAMPLE... User unknown", "550 ***... User unknown"),
            ("550 bob@BÜCHER.example: unknown", "550 ***: unknown"),
            ("550 5.1.1 RCPT TO:<bob@bu\u{308}cher.example> refused", "550 5.1.1 RCPT TO:<***> refused"),
            ("550 \"bob\"@xn--bcher-kva.example: unknown", "550 ***: unknown"),
            ("550 \"bob the 2nd\"@bücher.example, unknown", "550 ***, unknown"),
            ("550 to=bob@xn--bcher-kva.example; orig_to=<b.o+b@other.example>", "550 ***; orig_to=<***>"),
            ("550 <bounce+bob=xn--bcher-kva.example@list.example>", "550 <***>"),
            ("550 bob@[192.0.2.1]: unknown", "550 ***: unknown"),
            ("550 rfc822;bob@xn--bcher-kva.example", "550 rfc822;***"),
            ("550 mailto:bob@xn--bcher-kva.example?x=1", "550 mailto:***"),
            ("550 bob%40xn--bcher-kva.example is not here", "550 *** is not here"),
            ("@", "***"),
            ("550 a @ b", "550 a *** b"),
        ];
        for (text, expected) in cases {
            assert_eq!(masked(text, "bob@bücher.example"), expected);
        }
    }

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
