//! The mailbox as a page.

use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType, HeaderValue};
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::Services;

use super::{CapturedMail, Filter, Message, messages};
use crate::browser::brand::Brand;
use crate::http::{FrameworkProblem, Plain, PublicPath, Rejection};

/// Mails are shown in frames without rights of any kind. The styles that mails have in themselves are theirs alone: frames
/// with `srcdoc` have the policy of their page.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; frame-src 'self'; form-action 'self'; \
     frame-ancestors 'none'",
);

#[derive(Template)]
#[template(path = "mailbox.html")]
struct MailboxPage<'a> {
    page: Page<'a>,
    messages: Vec<Message>,
    to: String,
}

/// What the frame around the page needs.
struct Page<'a> {
    /// What paths of this server begin with.
    root: &'a str,
    brand: &'a Brand,
}

pub(super) async fn show(
    filter: Filter,
    services: web::Data<Services>,
    mailbox: web::Data<CapturedMail>,
    public: web::Data<PublicPath>,
    brand: web::Data<Brand>,
) -> Result<HttpResponse, Rejection<Plain>> {
    let messages = messages(&filter, services, &mailbox).await;
    let page = Page { root: public.as_str(), brand: &brand };
    let page = MailboxPage { page, messages, to: filter.to.unwrap_or_default() };
    match page.render() {
        Ok(html) => Ok(HttpResponse::Ok()
            .content_type(ContentType::html())
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .body(html)),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the mailbox page was not rendered");
            Err(FrameworkProblem::Panicked.into())
        }
    }
}
