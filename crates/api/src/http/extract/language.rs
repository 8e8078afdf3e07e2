//! The language of the person at the other end.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{FromRequest, HttpRequest};
use vestibule_domain::messages::Language;

/// The language that the header `Accept-Language` asks for, if it is one that is served.
pub struct RequestLanguage(pub Option<Language>);

impl FromRequest for RequestLanguage {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        ready(Ok(Self(header.and_then(Language::from_accept_language))))
    }
}
