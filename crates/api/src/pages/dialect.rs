//! How pages word errors: as pages.

use actix_web::HttpResponse;
use vestibule_domain::messages::Language;

use super::form::conclude;
use super::outcome::Outcome;
use crate::http::{Dialect, Problem};

/// The dialect of the pages. A problem that turns up before the language of the link is read is told
/// in English.
pub(super) struct Pages;

impl Dialect for Pages {
    const SURFACE: &'static str = "pages";

    fn render(problem: &Problem) -> HttpResponse {
        conclude(Outcome::of(problem), Language::En)
    }
}
