//! Telling browsers from other clients.

use actix_web::HttpRequest;
use actix_web::http::header::{Accept, Header as _, Quality};

/// How much of the header is looked at.
const ITEMS: usize = 32;

/// Whether the client is a browser that opens a link: it asks for HTML and XHTML by name, which other clients that take
/// anything do not.
pub(crate) fn asks_for_page(request: &HttpRequest) -> bool {
    let Ok(accept) = Accept::parse(request) else { return false };
    let is_asked_for = |subtype: &str| {
        accept
            .iter()
            .take(ITEMS)
            .any(|item| item.quality > Quality::ZERO && item.item.essence_str() == subtype)
    };
    is_asked_for("text/html") && is_asked_for("application/xhtml+xml")
}
