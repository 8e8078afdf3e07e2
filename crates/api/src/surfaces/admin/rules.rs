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
    let mut text = *b"0000-00-00T00:00:00.000000";
    let [y1, y2, y3, y4, _, m1, m2, _, d1, d2, _, h1, h2, _, n1, n2, _, s1, s2, _, fraction @ ..] = &mut text;
    write_digits([y1, y2, y3, y4], year.unsigned_abs());
    write_digits([m1, m2], u8::from(month).into());
    write_digits([d1, d2], day.into());
    write_digits([h1, h2], hour.into());
    write_digits([n1, n2], minute.into());
    write_digits([s1, s2], second.into());
    write_digits(fraction.each_mut(), microsecond);
    String::from_utf8_lossy(&text).into_owned()
}

/// Writes a number into the places of its digits. With `format!` a time took a twentieth of the instructions of a
/// request for an account.
fn write_digits<const N: usize>(places: [&mut u8; N], mut number: u32) {
    for place in places.into_iter().rev() {
        *place = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
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
