//! New passwords: their greatest length is a setting.

use actix_web::{HttpRequest, web};
use vestibule_domain::accounts::{NewPassword, PasswordPolicy, WeakPassword};

use crate::http::fields::{Fault, Rule, secret, string};
use crate::surfaces::contacts::policy::{ContactsPolicy, PUBLISHED_PASSWORD};

/// The rules for new passwords of this server.
pub(super) fn policy_of(request: &HttpRequest) -> PasswordPolicy {
    request.app_data::<web::Data<ContactsPolicy>>().map_or(PUBLISHED_PASSWORD, |policy| policy.password)
}

/// A new password; the faults are those of a text of limited length.
pub(super) fn new_password(policy: PasswordPolicy) -> impl Rule<Output = NewPassword> {
    secret(string()).refine(move |text: String| {
        policy.check(&text).map_err(|weakness| match weakness {
            WeakPassword::TooShort { min } => Fault::TooShort(min),
            WeakPassword::TooLong { max } => Fault::TooLong(max),
            other => Fault::rule(other),
        })
    })
}
