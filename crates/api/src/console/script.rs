//! `/console/script.js`: what makes pages quicker to use. Without it every page does the same.

use actix_web::{HttpRequest, HttpResponse};

use crate::browser::asset::Asset;

static SCRIPT: Asset = Asset::new("text/javascript; charset=utf-8", include_str!("../../assets/console.js"));

/// The script.
pub(super) async fn show(request: HttpRequest) -> HttpResponse {
    SCRIPT.answer(&request)
}
