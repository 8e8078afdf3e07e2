//! Refusing requests of foreign web pages, and requests through proxies, on a server that trusts its clients.

use std::future::{Ready, ready};
use std::marker::PhantomData;

use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::web;
use futures::future::Either;
use vestibule_application::{Code, CodedError};

use super::CorsOrigins;
use super::own_hosts::{ForeignPage, OwnHosts};
use crate::http::{Dialect, Rejection, codes};

/// Refuses requests that a page of another site makes its visitor's browser send, and requests that came through a
/// proxy. It does so only if the server has [`OwnHosts`] as its data. Clients that are not browsers send a right
/// `Host`, and none of the other headers that the guard looks at. The answer is in the dialect `D`.
///
/// Pages of the origins that CORS lets in are let in here too.
pub struct BrowserGuard<D> {
    welcome: CorsOrigins,
    dialect: PhantomData<D>,
}

impl<D> BrowserGuard<D> {
    /// A guard that lets in pages of these origins.
    pub fn welcoming(welcome: CorsOrigins) -> Self {
        Self { welcome, dialect: PhantomData }
    }
}

/// A request that was refused.
#[derive(Debug, thiserror::Error)]
#[error("the request of a stranger")]
struct Refusal {
    #[source]
    reason: ForeignPage,
    /// The text of the answer. `None` for the plain words of a 403.
    how: Option<String>,
}

impl CodedError for Refusal {
    fn code(&self) -> Code {
        match self.reason {
            ForeignPage::Proxy => codes::THROUGH_A_PROXY,
            ForeignPage::Host | ForeignPage::Site | ForeignPage::Origin => codes::FOREIGN_PAGE,
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        self.how.iter().map(|how| ("how", how.clone())).collect()
    }
}

impl<S, B, D> Transform<S, ServiceRequest> for BrowserGuard<D>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    D: Dialect,
{
    type Response = ServiceResponse<B>;
    type Error = actix_web::Error;
    type Transform = BrowserGuardService<S, D>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(BrowserGuardService { service, welcome: self.welcome.clone(), dialect: PhantomData }))
    }
}

/// See [`BrowserGuard`].
pub struct BrowserGuardService<S, D> {
    service: S,
    welcome: CorsOrigins,
    dialect: PhantomData<D>,
}

impl<S, B, D> Service<ServiceRequest> for BrowserGuardService<S, D>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    D: Dialect,
{
    type Response = ServiceResponse<B>;
    type Error = actix_web::Error;
    type Future = Either<S::Future, Ready<Result<ServiceResponse<B>, actix_web::Error>>>;

    actix_web::dev::forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let Some(own) = request.app_data::<web::Data<OwnHosts>>() else {
            return Either::Left(self.service.call(request));
        };
        match own.check(&request, &self.welcome) {
            Ok(()) => Either::Left(self.service.call(request)),
            Err(reason) => {
                let named = reason.named(&request);
                let how = reason.how(D::CORS_ORIGINS, named);
                tracing::warn!(%reason, named, %how, "refused the request of a stranger");
                let refusal = Refusal { reason, how: own.explains.then_some(how) };
                Either::Right(ready(Err(Rejection::<D>::from(refusal).into())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::body::to_bytes;
    use actix_web::test::{TestRequest, init_service};

    use super::*;
    use crate::http::Plain;

    #[actix_web::test]
    async fn only_a_guard_that_explains_answers_by_which_setting_a_request_is_let_in() {
        for (explains, header, setting) in [
            (true, ("host", "evil.example"), Some("server.hosts")),
            (true, ("via", "1.1 nginx"), Some("doors.allow_on_network")),
            (true, ("sec-fetch-site", "cross-site"), Some("server.hosts")),
            (false, ("host", "evil.example"), None),
            (false, ("via", "1.1 nginx"), None),
            (false, ("sec-fetch-site", "cross-site"), None),
        ] {
            let own = OwnHosts::new("http://127.0.0.1:8000", &[], false).explaining(explains);
            let app =
                App::new()
                    .app_data(web::Data::new(own))
                    .service(web::scope("").wrap(BrowserGuard::<Plain>::welcoming(CorsOrigins::default())));
            let app = init_service(app).await;
            let request = TestRequest::post().insert_header(header).to_request();
            let answer = app.call(request).await.unwrap_err().error_response();
            assert_eq!(answer.status(), 403);
            let body = String::from_utf8(to_bytes(answer.into_body()).await.unwrap().to_vec()).unwrap();
            match setting {
                Some(setting) => assert!(body.contains(setting), "{header:?}: {body}"),
                None => assert_eq!(body, r#"{"detail":"Forbidden"}"#, "{header:?}"),
            }
        }
    }
}
