//! Pages as answers.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use askama::Template;

use crate::http::{Dialect, FrameworkProblem, Problem};

/// A page as the answer. One that cannot be rendered is answered in the dialect `D`.
pub(crate) fn answer<D: Dialect>(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(html) => HttpResponse::build(status).content_type(ContentType::html()).body(html),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a page was not rendered");
            D::render(&Problem::Framework(FrameworkProblem::Panicked))
        }
    }
}
