//! The stylesheet of all pages.

use actix_web::{HttpRequest, HttpResponse};

use super::asset::Asset;

static SHEET: Asset = Asset::new("text/css; charset=utf-8", include_str!("../../assets/pages.css"));

/// The stylesheet. It concerns nobody.
pub(crate) async fn show(request: HttpRequest) -> HttpResponse {
    SHEET.answer(&request)
}
