//! What a browser gets that opens the link of a mail which confirms an address. Other clients get the answer of the
//! contract.

use actix_web::{HttpRequest, HttpResponse};
use vestibule_application::accounts::{ConfirmEmailError, EmailConfirmed};

use super::dialect::Pages;
use super::frame::{conclude_in_any, framed};
use super::outcome::Outcome;
use crate::browser::accept::asks_for_page;
use crate::http::Rejection;

/// The page that tells how it ended, or what is told to other clients.
pub(crate) fn page(
    request: &HttpRequest,
    confirmed: Result<EmailConfirmed, ConfirmEmailError>,
) -> Result<HttpResponse, Result<EmailConfirmed, ConfirmEmailError>> {
    if !asks_for_page(request) {
        return Err(confirmed);
    }
    let told = match confirmed {
        Ok(EmailConfirmed::Now) => conclude_in_any(Outcome::Confirmed),
        Ok(EmailConfirmed::Before) => conclude_in_any(Outcome::ConfirmedBefore),
        Err(error) => Rejection::<Pages>::from(error).answer(|problem| {
            conclude_in_any(match Outcome::of(problem) {
                Outcome::LinkNotGood => Outcome::NotConfirmed,
                other => other,
            })
        }),
    };
    Ok(framed(request, told))
}
