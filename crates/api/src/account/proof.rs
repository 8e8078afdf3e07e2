//! The password that a form asks for once more.

use actix_web::HttpRequest;
use vestibule_application::Services;
use vestibule_application::sessions::{Device, LogInError, LoggedIn, ProveAgainError, ProveAgainInput};
use vestibule_domain::accounts::{Password, Role};

use super::Rejection;
use super::desk::Order;
use super::policy::AccountPolicy;
use crate::browser::cookie::{self, Change};

/// How a form proved that its sender is the one who signed in.
pub(super) enum Proof {
    /// The sign-in was a short while ago.
    Fresh,
    /// The password was given. The session is another one from here on, and the forms of the page are stale.
    Given,
    /// Not at all, for a reason that stands beside the field.
    Missing(&'static str),
}

/// Asks who sends a form for the password, unless the sign-in was a short while ago.
///
/// The cookie changes as soon as there is another session. So the browser has its token whatever becomes of the form.
pub(super) async fn prove(
    request: &HttpRequest,
    order: &Order,
    device: Device,
    services: &Services,
    policy: &AccountPolicy,
) -> Result<Proof, Rejection> {
    let words = order.desk.page.words;
    let typed = order.values.as_typed("password");
    let password = (!typed.is_empty()).then(|| Password::new(typed));
    let session = order.desk.session.clone();
    let proof = ProveAgainInput { session, password, device, policy: policy.session };
    let keep = |opened: &LoggedIn| cookie::change(request, Change::Set(opened.access_token.clone()));
    match services.prove_again.execute_for(Role::User, proof, keep).await {
        Ok(None) => Ok(Proof::Fresh),
        Ok(Some(_)) => Ok(Proof::Given),
        Err(ProveAgainError::PasswordNeeded) => Ok(Proof::Missing(words.password_needed)),
        Err(ProveAgainError::LogIn(LogInError::WrongCredentials(_))) => {
            Ok(Proof::Missing(words.password_wrong))
        }
        Err(error) => Err(error.into()),
    }
}
