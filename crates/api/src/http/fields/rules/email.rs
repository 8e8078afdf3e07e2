use vestibule_domain::accounts::EmailAddress;

use super::super::{Fault, Given, Report, Rule};

/// An e-mail address.
pub fn email() -> impl Rule<Output = EmailAddress> {
    Email
}

struct Email;

impl Rule for Email {
    type Output = EmailAddress;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<EmailAddress> {
        let Some(text) = given.as_text() else {
            report.refuse(given, Fault::NotText);
            return None;
        };
        EmailAddress::parse(text).map_err(|reason| report.refuse(given, Fault::NotAnEmail(reason))).ok()
    }
}
