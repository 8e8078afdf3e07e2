//! Messages with invented content.

use std::net::{IpAddr, Ipv4Addr};

use time::{Duration, OffsetDateTime};
use vestibule_domain::messages::{Notice, Recipient, RequestOrigin};

/// A message of each kind that people get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SampleMessage {
    ActivateAccount,
    ConfirmEmail,
    ResetPassword,
    PasswordChanged,
    AccountDeleted,
    AccountRestored,
    /// By mail.
    VerificationCode,
    /// By SMS.
    VerificationSms,
    Test,
}

/// An address that nobody has (RFC 2606).
const EMAIL: &str = "ada@example.com";
/// A number for fiction, as the French regulator reserves them.
const MOBILE: &str = "+33639980000";
/// It opens nothing.
const TOKEN: &str = "SAMPLE-TOKEN-THAT-OPENS-NOTHING";
const CODE: &str = "123456";
/// An address for documentation (RFC 5737).
const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));

impl SampleMessage {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::ActivateAccount,
        Self::ConfirmEmail,
        Self::ResetPassword,
        Self::PasswordChanged,
        Self::AccountDeleted,
        Self::AccountRestored,
        Self::VerificationCode,
        Self::VerificationSms,
        Self::Test,
    ];

    /// The kind of notice, as it is called in lists and logs; of the SMS another one.
    pub fn name(self) -> &'static str {
        match self {
            Self::ActivateAccount => "activate_account",
            Self::ConfirmEmail => "confirm_email",
            Self::ResetPassword => "reset_password",
            Self::PasswordChanged => "password_changed",
            Self::AccountDeleted => "account_deleted",
            Self::AccountRestored => "account_restored",
            Self::VerificationCode => "verification_code",
            Self::VerificationSms => "verification_sms",
            Self::Test => "test",
        }
    }

    /// The notice, as if it had been queued at this time.
    pub fn notice(self, now: OffsetDateTime) -> Notice {
        let (email, token) = (EMAIL.to_owned(), TOKEN.to_owned());
        let origin = Some(RequestOrigin::new(now, Some(CLIENT)));
        let code = |to| Notice::VerificationCode { to, code: CODE.to_owned(), valid_minutes: 10 };
        match self {
            Self::ActivateAccount => Notice::ActivateAccount { email, token, valid_minutes: 1_440, origin },
            Self::ConfirmEmail => {
                let name = Some("Ada".to_owned());
                Notice::ConfirmEmail { email, name, token, valid_minutes: 10_080, origin }
            }
            Self::ResetPassword => {
                let surface = "theater".to_owned();
                Notice::ResetPassword { email, token, valid_minutes: 1_440, surface }
            }
            Self::PasswordChanged => Notice::PasswordChanged { email },
            Self::AccountDeleted => Notice::AccountDeleted {
                email,
                until: now.checked_add(Duration::days(30)),
                owner_may_restore: true,
            },
            Self::AccountRestored => Notice::AccountRestored { email },
            Self::VerificationCode => code(Recipient::Email(email)),
            Self::VerificationSms => code(Recipient::Mobile(MOBILE.to_owned())),
            Self::Test => Notice::Test { email },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many kinds of notice reach people, so that a new one does not compile before it has its sample.
    fn kinds(notice: &Notice) -> usize {
        match notice {
            Notice::ActivateAccount { .. }
            | Notice::ConfirmEmail { .. }
            | Notice::ResetPassword { .. }
            | Notice::PasswordChanged { .. }
            | Notice::AccountDeleted { .. }
            | Notice::AccountRestored { .. }
            | Notice::VerificationCode { .. }
            | Notice::Test { .. }
            | Notice::Nobody => 8,
        }
    }

    #[test]
    fn every_kind_of_notice_has_a_sample_under_its_name() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let mut names = Vec::new();
        for sample in SampleMessage::ALL {
            let notice = sample.notice(now);
            assert!(notice.recipient().is_some(), "{sample:?}");
            let is_sms = sample == SampleMessage::VerificationSms;
            assert_eq!(notice.name() == sample.name(), !is_sms, "{sample:?}");
            if !is_sms {
                names.push(notice.name());
            }
        }
        assert_eq!(names.len(), kinds(&Notice::Nobody));
    }
}
