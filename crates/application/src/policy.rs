//! Rules that differ between surfaces or installations, as data.

use std::net::IpAddr;
use std::time::Duration;

use vestibule_domain::accounts::{AccountUuid, AddressMark, EmailAddress};
use vestibule_domain::ports::Limit;
use vestibule_domain::sessions::{SessionState, Subject};

/// How accounts are registered at a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationPolicy {
    /// How long the mailed activation token is accepted.
    pub activation_life: Duration,
    /// The least time between two activation mails when one client registers one address with the same password
    /// again.
    pub activation_interval: Duration,
    /// How the owner proves to receive the account's mail.
    pub proof: MailProof,
}

/// How the owner of a new account proves to receive its mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailProof {
    /// By sending back a token that works once.
    Token,
    /// By opening a link, which works repeatedly until it expires.
    Link,
}

/// How long the sessions and tokens of a surface live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionPolicy {
    /// The surface's name, which is stored with the session.
    pub surface: &'static str,
    /// What its access tokens carry in `sub`.
    pub subject: TokenSubject,
    /// How long an access token is accepted after its issue.
    pub access: Duration,
    /// How long a refresh token is accepted after its issue.
    pub refresh: Duration,
    /// How long a session lives after the login, however often its tokens are refreshed.
    pub session: Duration,
    /// Whether a refresh also replaces the refresh token.
    pub rotation: Rotation,
}

/// What the access tokens of a surface carry in `sub`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TokenSubject {
    Uuid,
    /// The opaque id, which stands in `identity` too, beside `type`. The refresh tokens carry both as well.
    Identity,
    /// The opaque id, which stands in `user_id` too, beside `typ`. The refresh tokens carry both as well.
    UserId,
    /// The account's address. An account without an address is named by its opaque id.
    Address,
}

impl TokenSubject {
    /// The subject for one account.
    pub fn of(self, uuid: AccountUuid, address: Option<&EmailAddress>) -> Subject {
        match (self, address) {
            (Self::Address, Some(address)) => Subject::Address(address.clone()),
            (Self::Identity, _) => Subject::Identity(uuid),
            (Self::UserId, _) => Subject::UserId(uuid),
            (Self::Uuid, _) | (Self::Address, None) => Subject::Uuid(uuid),
        }
    }

    /// Whether a token of a session in this state would say the same `sub` now. The forms of `sub` that hold the same
    /// id are equal.
    pub fn is_still(self, subject: &Subject, state: &SessionState) -> bool {
        match (self, state.address) {
            (Self::Address, Some(address)) => {
                matches!(subject, Subject::Address(said) if AddressMark::of(said) == address)
            }
            (Self::Uuid | Self::Identity | Self::UserId, _) | (Self::Address, None) => {
                subject.uuid() == Some(state.uuid)
            }
        }
    }
}

/// What a refresh does with the refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// The refresh token stays valid until it expires or is revoked.
    Keep,
    /// The refresh token is exchanged for a successor. Within the grace a repeated refresh gives that successor
    /// again, or the newest token of the family if the successor was exchanged too. So parallel refreshes, second
    /// tabs and lost answers log nobody out. After the grace, a repeated use revokes the family (RFC 9700 §4.14.2).
    /// Where another process exchanged the token, the leeway is added to the grace.
    Rotate {
        /// How long after the exchange.
        grace: Duration,
    },
}

/// How a password reset works at a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResetPolicy {
    /// The surface's name. Its password rules apply on the page that the mail links to.
    pub surface: &'static str,
    /// How long the mailed token is accepted.
    pub token_life: Duration,
}

/// Who may not choose a password that is known from a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreachedPolicy {
    /// Whose new passwords are looked up.
    pub scope: BreachedScope,
    /// Whether a password is accepted that cannot be looked up. If not, the answer is "not now".
    pub accepts_unknown: bool,
}

/// Whose new passwords are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreachedScope {
    /// Nobody's.
    Nobody,
    /// Those of administrators whom an operator creates, which no published contract is about.
    Admins,
    /// Everybody's, at every surface.
    Everyone,
}

/// How codes of a surface live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodePolicy {
    /// How long a code is good; as long again is the proof that it was given back.
    pub life: Duration,
    /// How often a code may be tried.
    pub tries: u32,
    /// How many are sent to one recipient.
    pub per_recipient: Limit,
}

/// How an account is recovered at a surface by a token that it hands out itself (points contract 2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveryPolicy {
    /// How long the token is good.
    pub token_life: Duration,
    /// Whether the token is good only after its address was proved by a code, by the same client. Not so with the
    /// door `recovery_token` open.
    pub asks_for_proof: bool,
}

/// How long rows are kept that nobody uses any more; `None` is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Accounts that were never activated, counted from their registration.
    pub unactivated_accounts: Option<Duration>,
    /// Parked messages, counted from the time at which they were given up.
    pub parked_messages: Option<Duration>,
    /// Records of sent messages, counted from when they were sent. Of zero length where none is kept.
    pub sent_messages: Option<Duration>,
    /// Events of the audit trail.
    pub audit_events: Option<Duration>,
    /// Accounts in the trash, counted from when they came there (admin contract, decision 7).
    pub trashed_accounts: Option<Duration>,
}

/// Attempts to log in to one account, from all clients, since the last right password. A password reset sets the
/// count back, so that the owner can log in at once.
pub const LOGINS_PER_ACCOUNT: Limit = Limit { max: 100, window: Duration::from_mins(15) };

/// How often the audit trail is told that attempts to log in to one account are refused by their limit.
pub const REACHED_LIMITS_TOLD: Limit = Limit { max: 1, window: Duration::from_mins(1) };

/// How long after a sign-in what cannot be undone is done at the console, and at the account pages, without the password.
pub const FRESH_PROOF: Duration = Duration::from_mins(10);

/// Wrong passwords from one client, over any number of accounts.
pub const FAILED_LOGINS_PER_CLIENT: Limit = Limit { max: 200, window: Duration::from_mins(15) };

/// Registrations of one address by one client that cause a mail, not counting the first registration of the address.
/// Over the limit a registration is answered as usual, but neither kept nor mailed.
pub const REGISTRATIONS_PER_CLIENT_AND_ADDRESS: Limit = Limit { max: 5, window: Duration::from_mins(15) };

/// Registrations of one address by all clients that cause a mail, not counting the first. Over the limit an owner
/// gets no mail before the window ends, so the limit is high: it takes a dozen networks to reach it.
pub const REGISTRATIONS_PER_ADDRESS: Limit = Limit { max: 60, window: Duration::from_mins(15) };

/// How many pending registrations of one address one client may have.
pub const PENDING_PER_CLIENT: usize = 2;

/// How many pending registrations one address may have. A login compares the password with each of them until the
/// address is activated.
pub const PENDING_PER_ADDRESS: usize = 8;

/// Reset mails to one address.
pub const RESETS_PER_RECIPIENT: Limit = Limit { max: 5, window: Duration::from_mins(5) };

/// Test messages of one administrator, to any addresses.
pub const TESTS_PER_ADMINISTRATOR: Limit = Limit { max: 20, window: Duration::from_mins(15) };

/// Test messages to one address, from any administrators: it may be a stranger's.
pub const TESTS_PER_RECIPIENT: Limit = Limit { max: 5, window: Duration::from_mins(15) };

/// Requests to send the confirmation mails of one address again. The mails of its registrations do not count.
pub const CONFIRMATIONS_PER_RECIPIENT: Limit = Limit { max: 5, window: Duration::from_mins(5) };

/// Wrong reset tokens for one address, and apart from them refused recovery tokens of one account. Each reset token cancels the reset that is under way, as the contract demands. Over
/// the limit, wrong tokens are refused and cancel nothing. The right token is never refused.
pub const FAILED_RESETS_PER_ADDRESS: Limit = Limit { max: 30, window: Duration::from_mins(15) };

/// Codes that are tried for one recipient, from any number of clients, since the last right one. Each code has its own
/// limit, but another may be sent every few seconds, and four digits are soon guessed.
pub const CODES_TRIED_PER_RECIPIENT: Limit = Limit { max: 50, window: Duration::from_hours(24) };

/// Those of them that one client tries. The right code is refused over the limit for all clients, because it is as
/// short as a guess. So one client alone must not use that limit up: a stranger would keep the owner out for a day.
pub const CODES_TRIED_PER_CLIENT: Limit = Limit { max: 15, window: Duration::from_hours(24) };

/// Wrong old passwords of one account at a change of its password, since the last right one.
pub const OLD_PASSWORDS_PER_ACCOUNT: Limit = Limit { max: 10, window: Duration::from_mins(15) };

/// Archives of an account that its owner asks for. Each reads all that the account has.
pub const ARCHIVES_PER_ACCOUNT: Limit = Limit { max: 5, window: Duration::from_hours(1) };

/// Deletions of an account by its owner. Each sends a mail, and so does coming back, to an address that its owner may have
/// made up: it may be a stranger's.
pub const DELETIONS_PER_ACCOUNT: Limit = Limit { max: 5, window: Duration::from_hours(1) };

/// The limit of `max` uploads of an account in an hour, over all surfaces; 0 is any number.
pub fn uploads_per_hour(max: u32) -> Option<Limit> {
    (max > 0).then_some(Limit { max, window: Duration::from_hours(1) })
}

/// The name under which a client is counted: its IPv4 address, or the /64 network of its IPv6 address, because one
/// household has such a network to itself. An IPv4 address in IPv6 form counts as the IPv4 address.
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
