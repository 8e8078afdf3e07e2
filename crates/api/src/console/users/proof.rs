//! The password that a form asks for once more.

use actix_web::HttpRequest;
use vestibule_application::Services;
use vestibule_application::sessions::{Device, LogInError, LoggedIn, ProveAgainError, ProveAgainInput};
use vestibule_domain::accounts::Password;

use crate::console::Rejection;
use crate::console::cookie::{self, Change};
use crate::console::desk::Order;
use crate::console::policy::ConsolePolicy;

/// Asks who sends a form for the password, unless the sign-in was a short while ago. Answers what is wrong with it, in
/// words that stand beside the field.
///
/// The cookie changes as soon as there is another session. So the browser has its token whatever becomes of the form.
pub(super) async fn prove(
    request: &HttpRequest,
    order: &Order,
    device: Device,
    services: &Services,
    policy: &ConsolePolicy,
) -> Result<Option<&'static str>, Rejection> {
    let words = order.desk.page.words;
    let typed = order.values.as_typed("password");
    let password = (!typed.is_empty()).then(|| Password::new(typed));
    let session = order.desk.session.clone();
    let proof = ProveAgainInput { session, password, device, policy: policy.session };
    match services.prove_again.execute(proof, |opened| keep(request, opened)).await {
        Ok(_) => Ok(None),
        Err(ProveAgainError::PasswordNeeded) => Ok(Some(words.password_needed)),
        Err(ProveAgainError::LogIn(LogInError::WrongCredentials(_))) => Ok(Some(words.password_wrong)),
        Err(error) => Err(error.into()),
    }
}

fn keep(request: &HttpRequest, opened: &LoggedIn) {
    cookie::change(request, Change::Set(opened.access_token.clone()));
}
