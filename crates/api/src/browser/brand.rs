//! Whose pages they are.

use std::sync::Arc;

use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use super::asset::Asset;
use crate::http::{FrameworkProblem, Plain, Rejection};

/// Where the logo is, beside the pages.
pub(crate) const LOGO: &str = "/account/logo";

/// A drawing can hold script, which must not run where somebody opens it by itself.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
);

/// What pages say of whose they are.
#[derive(Clone)]
pub(crate) struct Brand(Arc<Parts>);

struct Parts {
    name: String,
    logo: Option<Asset>,
    /// Where the logo is, as a browser has to ask for it.
    logo_at: String,
    way_on: Option<String>,
}

impl Brand {
    /// The name, the picture, where that is as a browser has to ask for it, and where people go on to when they are done.
    pub(crate) fn new(name: &str, logo: Option<Asset>, logo_at: String, way_on: Option<String>) -> Self {
        Self(Arc::new(Parts { name: name.to_owned(), logo, logo_at, way_on }))
    }

    /// That of the server that a request came to.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        match request.app_data::<web::Data<Self>>() {
            Some(brand) => Self::clone(brand),
            None => Self::new("Vestibule", None, String::new(), None),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }

    /// The address of the picture, if there is one.
    pub(crate) fn logo(&self) -> Option<&str> {
        self.0.logo.as_ref().map(|_| self.0.logo_at.as_str())
    }

    /// Where people go on to when they are done.
    pub(crate) fn way_on(&self) -> Option<&str> {
        self.0.way_on.as_deref()
    }
}

/// The picture. It concerns nobody.
pub(crate) async fn show_logo(
    request: HttpRequest,
    brand: web::Data<Brand>,
) -> Result<HttpResponse, Rejection<Plain>> {
    let logo = brand.0.logo.as_ref().ok_or(FrameworkProblem::RouteNotFound)?;
    let mut answer = logo.answer(&request);
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY);
    Ok(answer)
}
