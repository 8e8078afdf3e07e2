//! What the frame around a page needs.

use actix_web::{HttpRequest, web};
use vestibule_domain::messages::Language;

use super::STYLE;
use crate::browser::brand::Brand;
use crate::http::PublicPath;

/// What the frame around a page needs.
pub(super) struct Page {
    pub(super) brand: Brand,
    pub(super) language: Language,
    pub(super) title: &'static str,
    /// Where the stylesheet is, as a browser has to ask for it.
    pub(super) sheet: String,
}

impl Page {
    /// The page that a request is answered by.
    pub(super) fn of(request: &HttpRequest, language: Language, title: &'static str) -> Self {
        let public = request.app_data::<web::Data<PublicPath>>();
        let sheet = public.map_or_else(|| STYLE.to_owned(), |public| public.to(STYLE));
        Self { brand: Brand::of(request), language, title, sheet }
    }
}
