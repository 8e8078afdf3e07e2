//! The links in mails.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use vestibule_domain::messages::Language;

/// Every character except those that never need encoding (RFC 3986 §2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The page whose button activates an account.
pub(super) fn activation(public_url: &str, email: &str, token: &str, language: Language) -> String {
    let (email, token, language) = (encoded(email), encoded(token), language.tag());
    format!("{public_url}/account/activate?email={email}&token={token}&lang={language}")
}

/// The link that confirms an address when it is opened, at the path of the surface that has such links.
pub(super) fn confirmation(public_url: &str, path: &str, token: &str) -> String {
    format!("{public_url}{path}/{}", encoded(token))
}

/// The page on which a new password is chosen, under the policy of a surface.
pub(super) fn password_reset(
    public_url: &str,
    surface: &str,
    email: &str,
    token: &str,
    language: Language,
) -> String {
    let (surface, email, token) = (encoded(surface), encoded(email), encoded(token));
    let language = language.tag();
    format!(
        "{public_url}/account/reset-password?surface={surface}&email={email}&token={token}&lang={language}"
    )
}

fn encoded(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}
