//! The rules for values of this surface.

use time::{OffsetDateTime, UtcOffset};
use uuid::Uuid;
use vestibule_application::accounts::{Administrator, OwnerOrAdministrator};
use vestibule_application::{Actor, Forbidden};
use vestibule_domain::accounts::{AccountUuid, InvalidUsername, NewPassword, Username, WeakPassword};

use super::policy::{LONGEST_PASSWORD, PASSWORD};
use crate::http::fields::{Fault, Rule, secret, string};

/// A new password (decision 15).
pub(super) fn new_password() -> impl Rule<Output = NewPassword> {
    secret(string()).refine(|text: String| {
        if text.len() > LONGEST_PASSWORD {
            return Err(Fault::TooLong(LONGEST_PASSWORD));
        }
        PASSWORD.check(&text).map_err(|weakness| match weakness {
            WeakPassword::TooShort { min } => Fault::TooShort(min),
            WeakPassword::TooLong { max } => Fault::TooLong(max),
            other => Fault::rule(other),
        })
    })
}

/// A user name, which is kept in small letters (contract 2.2, decisions 4 and 8).
pub(super) fn username() -> impl Rule<Output = Username> {
    string().without_nul().refine(|text: String| {
        Username::parse_lowercase(&text).map_err(|invalid| match invalid {
            InvalidUsername::Empty => Fault::TooShort(1),
            InvalidUsername::TooLong => Fault::TooLong(Username::MAX_CHARS),
            InvalidUsername::ControlCharacter => Fault::rule("Control characters are not allowed."),
        })
    })
}

/// An id as text. A malformed id is the id of no account (decision 1).
pub(super) fn account(id: &str) -> AccountUuid {
    // Other forms than that with hyphens were never handed out.
    let is_written = |uuid: &Uuid| hyphenated(uuid, &mut Uuid::encode_buffer()).eq_ignore_ascii_case(id);
    AccountUuid(Uuid::try_parse(id).ok().filter(is_written).unwrap_or(Uuid::nil()))
}

fn hyphenated<'b>(uuid: &Uuid, buffer: &'b mut [u8]) -> &'b str {
    uuid.as_hyphenated().encode_lower(buffer)
}

/// Proof that the one who asks may see and change this account: its owner or an administrator. An owner names it as it
/// was handed out (contract 2.7).
pub(super) fn owner_or_administrator(actor: &Actor, id: &str) -> Result<OwnerOrAdministrator, Forbidden> {
    let account = account(id);
    if actor.uuid == account && hyphenated(&actor.uuid.0, &mut Uuid::encode_buffer()) != id {
        Administrator::with_role(actor)?;
    }
    OwnerOrAdministrator::of(actor, account)
}

/// A time in UTC, without its zone and with six digits of a second (decision 12).
pub(super) fn written(time: OffsetDateTime) -> String {
    let time = time.to_offset(UtcOffset::UTC);
    let (year, month, day) = time.to_calendar_date();
    let (hour, minute, second, microsecond) = time.to_hms_micro();
    format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{microsecond:06}", u8::from(month))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn times_have_no_zone_and_six_digits() {
        assert_eq!(written(datetime!(2025-02-10 11:22:19.096 UTC)), "2025-02-10T11:22:19.096000");
        assert_eq!(written(datetime!(2025-02-10 11:22:19 +1)), "2025-02-10T10:22:19.000000");
        assert_eq!(written(datetime!(0900-12-01 00:00:09.0000019 UTC)), "0900-12-01T00:00:09.000001");
    }

    #[test]
    fn an_id_in_another_form_is_nobodys() {
        let id = "0a1b2c3d-0000-4000-8000-000000000001";
        assert_eq!(account(id).0.to_string(), id);
        assert_eq!(account(&id.to_uppercase()), account(id));
        for other in ["", "1", "0a1b2c3d00004000800000000000001", "{0a1b2c3d-0000-4000-8000-000000000001}"] {
            assert_eq!(account(other).0, Uuid::nil(), "{other}");
        }
    }
}
