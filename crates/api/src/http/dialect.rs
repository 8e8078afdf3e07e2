//! How a surface writes errors.

use actix_web::HttpResponse;

use super::Problem;

/// The way in which one surface words and wraps its errors.
pub trait Dialect: 'static {
    /// Puts a problem into words: status, body and the headers that the contract asks for. The headers
    /// `Retry-After` and `Allow` are added to every surface's answers by [`Rejection`](super::Rejection).
    fn render(problem: &Problem) -> HttpResponse;
}
