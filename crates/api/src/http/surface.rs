//! Mounting surfaces.

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::guard::{Any, Get, Head};
use actix_web::{Resource, Route, Scope, web};

use super::middleware::{BrowserGuard, CorsOrigins, cors, safety_net};
use super::{Dialect, FrameworkProblem, Rejection};

/// The routes of a surface below a prefix. Unknown paths, requests that take too long, panics and foreign pages are
/// answered in its dialect.
pub fn surface<D: Dialect>(
    prefix: &str,
) -> Scope<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    > + use<D>,
> {
    guarded::<D>(prefix, CorsOrigins::default())
}

/// A [`surface`] that pages of these origins may call.
pub(super) fn surface_for<D: Dialect>(
    prefix: &str,
    origins: CorsOrigins,
) -> Scope<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    > + use<D>,
> {
    let welcome = origins.clone();
    guarded::<D>(prefix, welcome).wrap_fn(move |request, service| cors(&origins, request, service))
}

fn guarded<D: Dialect>(
    prefix: &str,
    welcome: CorsOrigins,
) -> Scope<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    > + use<D>,
> {
    web::scope(prefix)
        .default_service(web::to(route_not_found::<D>))
        .wrap(BrowserGuard::<D>::welcoming(welcome))
        .wrap_fn(safety_net::<D, _, _>)
}

/// The resource at exactly this path. The answer to any other method names the methods `allow`.
pub fn resource<D: Dialect>(path: &str, allow: &'static str) -> Resource {
    with_methods::<D>(web::resource(path), allow)
}

/// Adds the answer to other methods to a resource.
pub fn with_methods<D: Dialect>(resource: Resource, allow: &'static str) -> Resource {
    resource.default_service(not_allowed::<D>(allow))
}

/// Refuses a method, and names those that are allowed.
pub(super) fn not_allowed<D: Dialect>(allow: &'static str) -> Route {
    web::to(move || async move {
        Err::<String, _>(Rejection::<D>::from(FrameworkProblem::MethodNotAllowed { allow }))
    })
}

/// A route for `GET`, and for `HEAD` with the same answer less its body.
pub fn get_or_head() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}

/// Answers that nothing is at a path.
pub(super) async fn route_not_found<D: Dialect>() -> Result<String, Rejection<D>> {
    Err(FrameworkProblem::RouteNotFound.into())
}
