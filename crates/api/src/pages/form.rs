//! The parameters of a mailed link and of the form behind it.

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpRequest, web};
use bytes::Bytes;
use futures::future::LocalBoxFuture;
use vestibule_application::Deps;
use vestibule_domain::messages::Language;

use super::dialect::Pages;
use crate::http::extract::RequestLanguage;
use crate::http::fields::parse_urlencoded;
use crate::http::{FrameworkProblem, Rejection};

/// The parameters of a mailed link, which the form sends back: of a `POST` they are the body, else the
/// query. A missing parameter is empty. The last value of a repeated one counts.
#[derive(Default)]
pub(super) struct LinkParameters {
    pub email: String,
    pub token: String,
    pub lang: String,
    /// The language for a link that names none.
    fallback: Option<Language>,
    /// The surface at which a reset was asked for. Nothing is decided by it: it goes from the link into the
    /// form for a server from before the surface was kept with the token, to which the form may be sent
    /// during an update.
    pub surface: String,
    /// The new password, from the form alone.
    pub password: String,
    /// The new password once more.
    pub repeated: String,
}

impl LinkParameters {
    fn parse(text: &[u8], fallback: Option<Language>) -> Self {
        let mut parameters = Self { fallback, ..Self::default() };
        for (name, value) in parse_urlencoded(text) {
            match name.as_str() {
                "email" => parameters.email = value,
                "token" => parameters.token = value,
                "lang" => parameters.lang = value,
                "surface" => parameters.surface = value,
                "password" => parameters.password = value,
                "repeated" => parameters.repeated = value,
                _ => {}
            }
        }
        parameters
    }

    /// Whether a link has all that its form sends back.
    pub(super) fn is_whole(&self) -> bool {
        !self.email.is_empty() && !self.token.is_empty()
    }

    pub(super) fn language(&self) -> Language {
        Language::from_tag(&self.lang).or(self.fallback).unwrap_or(Language::En)
    }
}

impl FromRequest for LinkParameters {
    type Error = Rejection<Pages>;
    type Future = LocalBoxFuture<'static, Result<Self, Rejection<Pages>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let deps = request.app_data::<web::Data<Deps>>();
        let fallback = deps.map(|deps| RequestLanguage::of(request).or(deps.default_language));
        if request.method() != Method::POST {
            let parameters = Self::parse(request.query_string().as_bytes(), fallback);
            return Box::pin(async move { Ok(parameters) });
        }
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            let body = body.await.map_err(|_cut_off_or_too_large| FrameworkProblem::BodyUnreadable)?;
            Ok(Self::parse(&body, fallback))
        })
    }
}
