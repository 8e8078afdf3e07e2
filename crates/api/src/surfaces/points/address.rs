//! E-mail addresses as this contract takes them.

use vestibule_domain::accounts::EmailAddress;

use crate::http::fields::{Rule, string};

/// The longest address, in characters: the published pattern has ASCII alone.
const LONGEST: usize = 254;

/// A text that may be an address. The pattern is looked at later, when every field is good (points contract §1).
pub(super) fn address() -> impl Rule<Output = String> {
    string().max_length(LONGEST)
}

/// The address at a login (contract 2.5), where the pattern does not matter. A text that is no address belongs to no
/// account. Addresses of other surfaces may have letters outside of ASCII.
pub(super) fn of_login(text: &str) -> EmailAddress {
    EmailAddress::parse_plain(text)
        .or_else(|| EmailAddress::parse(text).ok())
        .unwrap_or_else(|| EmailAddress::of_nobody(text))
}
