use vestibule_domain::accounts::{EmailAddress, InvalidEmail};

use super::super::{Fault, Given, Report, Rule};

/// An e-mail address with the published texts of email-validator 2.2 (theater contract 1.4).
pub fn email() -> EmailRule {
    EmailRule { wording: ToString::to_string }
}

/// See [`email`].
pub struct EmailRule {
    wording: fn(&InvalidEmail) -> String,
}

impl EmailRule {
    /// The reasons in the words of another surface.
    #[must_use]
    pub fn worded(self, wording: fn(&InvalidEmail) -> String) -> Self {
        Self { wording }
    }
}

impl Rule for EmailRule {
    type Output = EmailAddress;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<EmailAddress> {
        let Some(text) = given.as_text() else {
            report.refuse(given, Fault::string_type());
            return None;
        };
        EmailAddress::parse(text)
            .map_err(|reason| report.refuse(given, Fault::email(&(self.wording)(&reason))))
            .ok()
    }
}
