//! How pages word errors: as pages.

use actix_web::HttpResponse;
use vestibule_application::CodedError;
use vestibule_domain::messages::Language;

use super::frame::{conclude, conclude_in_any};
use super::outcome::Outcome;
use crate::http::{Dialect, Problem, Rejection};

/// The dialect of the pages. An answer says how it ended, and [`frame`](fn@super::frame::frame) puts it into words. Problems
/// before the language of the link is read are answered in that of the browser.
pub(super) struct Pages;

impl Dialect for Pages {
    const SURFACE: &'static str = "pages";

    fn render(problem: &Problem) -> HttpResponse {
        conclude_in_any(Outcome::of(problem))
    }
}

/// The page that tells why a use case refused.
pub(super) fn refuse(error: impl CodedError, language: Language) -> HttpResponse {
    Rejection::<Pages>::from(error).answer(|problem| conclude(Outcome::of(problem), language))
}
