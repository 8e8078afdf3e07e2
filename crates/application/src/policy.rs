//! Rules that differ between surfaces or installations, as data.

use std::net::IpAddr;
use std::time::Duration;

use vestibule_domain::accounts::{AccountUuid, EmailAddress};
use vestibule_domain::ports::Limit;
use vestibule_domain::sessions::Subject;

/// How an account comes to be through a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationPolicy {
    /// How long the mailed activation token is good.
    pub activation_life: Duration,
    /// The least time between two activation mails to a client who registers one address with one password
    /// again and again.
    pub activation_interval: Duration,
    /// How the owner proves to read the account's mail.
    pub proof: MailProof,
}

/// How the owner of a new account proves to read its mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailProof {
    /// By giving back a token that works once.
    Token,
    /// By opening a link, which works as often as it is opened until it expires.
    Link,
}

/// How sessions of a surface live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionPolicy {
    /// The surface; kept with the session.
    pub surface: &'static str,
    /// Whom its access tokens name as their subject.
    pub subject: TokenSubject,
    /// Life of an access token.
    pub access: Duration,
    /// Life of a refresh token.
    pub refresh: Duration,
    /// Life of a session, however often its tokens are refreshed.
    pub session: Duration,
    /// Whether a refresh exchanges the refresh token too.
    pub rotation: Rotation,
}

/// What the access tokens of a surface carry in `sub`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenSubject {
    /// The account's opaque id.
    Uuid,
    /// The account's address, and the opaque id where it has none.
    Address,
}

impl TokenSubject {
    /// The subject of one account.
    pub fn of(self, uuid: AccountUuid, address: Option<&EmailAddress>) -> Subject {
        match (self, address) {
            (Self::Address, Some(address)) => Subject::Address(address.clone()),
            (Self::Uuid, _) | (Self::Address, None) => Subject::Uuid(uuid),
        }
    }
}

/// What a refresh does to the refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// It stays good until it expires or is revoked.
    Keep,
    /// It is exchanged for a successor. Within the grace it still yields that successor, or the newest
    /// token if that was exchanged too, so that parallel refreshes, second tabs and lost answers log nobody
    /// out; afterwards its use revokes the family (RFC 9700 §4.14.2). Where another process exchanged it, the
    /// leeway is added.
    Rotate {
        /// How long.
        grace: Duration,
    },
}

/// How a password reset works at a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResetPolicy {
    /// The surface; its password rules apply on the page that the mail links to.
    pub surface: &'static str,
    /// How long the mailed token is good.
    pub token_life: Duration,
}

/// How long is kept what nobody asks for any more; `None` is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// An account that was never activated, from its registration on.
    pub unactivated_accounts: Option<Duration>,
    /// A message that was given up, from then on.
    pub parked_messages: Option<Duration>,
    /// An account in the trash, from when it came there (admin contract, decision 7).
    pub trashed_accounts: Option<Duration>,
}

/// Attempts to log in to one account, from any number of clients, since the last right password. A
/// password reset lets its owner in again at once.
pub const LOGINS_PER_ACCOUNT: Limit = Limit { max: 100, window: Duration::from_mins(15) };

/// Wrong passwords from one client, over any number of accounts.
pub const FAILED_LOGINS_PER_CLIENT: Limit = Limit { max: 200, window: Duration::from_mins(15) };

/// Registrations of one address by one client that cause a mail, after the first of the address. Over it they
/// are answered as ever, and nothing is kept or mailed.
pub const REGISTRATIONS_PER_CLIENT_AND_ADDRESS: Limit = Limit { max: 5, window: Duration::from_mins(15) };

/// Registrations of one address by any number of clients, likewise. So many that it takes a dozen networks to
/// use them up, since an owner who comes then gets no mail before the window ends.
pub const REGISTRATIONS_PER_ADDRESS: Limit = Limit { max: 60, window: Duration::from_mins(15) };

/// Pending registrations of one address by one client.
pub const PENDING_PER_CLIENT: usize = 2;

/// Pending registrations of one address. A login compares with each, until the address is activated.
pub const PENDING_PER_ADDRESS: usize = 8;

/// Reset mails to one address.
pub const RESETS_PER_RECIPIENT: Limit = Limit { max: 5, window: Duration::from_mins(5) };

/// Requests for the confirmation mails of one address, beside those of its registrations.
pub const CONFIRMATIONS_PER_RECIPIENT: Limit = Limit { max: 5, window: Duration::from_mins(5) };

/// Wrong reset tokens for one address: each one cancels the reset that is under way, as the
/// contract demands. Over the limit they are refused and cancel nothing; the right one is never refused.
pub const FAILED_RESETS_PER_ADDRESS: Limit = Limit { max: 30, window: Duration::from_mins(15) };

/// So many uploads of an account in an hour, over all surfaces; 0 is any number.
pub fn uploads_per_hour(max: u32) -> Option<Limit> {
    (max > 0).then_some(Limit { max, window: Duration::from_hours(1) })
}

/// The name under which a client is counted: its address, or the /64 network of an IPv6 address,
/// which one household has to itself. An IPv4 address in IPv6 form counts as the IPv4 address.
pub fn client_bucket(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_client() {
        let bucket = |text: &str| client_bucket(text.parse().unwrap());
        assert_eq!(bucket("2001:db8:1:2::1"), bucket("2001:db8:1:2:ffff::9"));
        assert_ne!(bucket("2001:db8:1:2::1"), bucket("2001:db8:1:3::1"));
        assert_eq!(bucket("::ffff:192.0.2.1"), bucket("192.0.2.1"));
    }
}
