//! Mounting a table of endpoints.

use std::sync::Arc;

use actix_web::guard::{Any, Get, Head, fn_guard};
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, ContentType};
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, HttpResponse, Resource, web};

use super::methods::PathMethods;
use super::{DocumentedDialect, Endpoint};
use crate::http::middleware::{BrowserGuard, CorsOrigins, cors, safety_net, throttle};
use crate::http::surface::{surface_for, with_methods};
use crate::http::{FrameworkProblem, Rejection};

/// Mounts the endpoints of a surface, with and without a slash at the end of their paths.
///
/// `prefixes` are the parts of the address space that are the surface's alone: what it does not know below them is
/// answered in its dialect. An endpoint below none of them stands for itself. Pages of `origins` may call; handlers
/// find `data`.
pub fn mount<D: DocumentedDialect, T: 'static>(
    app: &mut web::ServiceConfig,
    prefixes: &[&'static str],
    origins: &CorsOrigins,
    data: &web::Data<T>,
    endpoints: Vec<Endpoint<D>>,
) {
    let methods = Arc::new(PathMethods::of(&endpoints));
    let mut patterns = by_pattern(endpoints);
    for prefix in prefixes {
        let (below, others) = patterns.into_iter().partition(|(pattern, _)| is_below(pattern, prefix));
        patterns = others;
        let mut scope = surface_for::<D>(prefix, origins.clone()).app_data(data.clone());
        for (pattern, endpoints) in below {
            let rest = pattern.strip_prefix(prefix).unwrap_or(pattern);
            scope = scope.service(resource(rest, endpoints, &methods));
        }
        app.service(scope);
    }
    for (pattern, endpoints) in patterns {
        let (welcome, outermost) = (origins.clone(), origins.clone());
        app.service(
            resource(pattern, endpoints, &methods)
                .app_data(data.clone())
                .wrap(BrowserGuard::<D>::welcoming(welcome))
                .wrap(from_fn(safety_net::<D>))
                .wrap(from_fn(move |request, next| cors(outermost.clone(), request, next))),
        );
    }
}

type Pattern<D> = (&'static str, Vec<Endpoint<D>>);

/// Groups the endpoints by pattern. Patterns and endpoints keep the order of declaration, in which they are tried.
fn by_pattern<D>(endpoints: Vec<Endpoint<D>>) -> Vec<Pattern<D>> {
    let mut patterns: Vec<Pattern<D>> = Vec::new();
    for endpoint in endpoints {
        match patterns.iter_mut().find(|(pattern, _)| *pattern == endpoint.pattern) {
            Some((_, endpoints)) => endpoints.push(endpoint),
            None => patterns.push((endpoint.pattern, vec![endpoint])),
        }
    }
    patterns
}

fn is_below(pattern: &str, prefix: &str) -> bool {
    pattern.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The endpoints of one pattern. An answer to a method that none of them has names the method of the first one, as
/// the originals do, or all methods of the path, as the dialect says.
fn resource<D: DocumentedDialect>(
    pattern: &str,
    endpoints: Vec<Endpoint<D>>,
    methods: &Arc<PathMethods>,
) -> Resource {
    let bare = pattern.trim_end_matches('/');
    let mut resource = web::resource([format!("{bare}/"), bare.to_owned()]);
    if endpoints.iter().any(|endpoint| endpoint.leaves_other_methods) {
        let mut own: Vec<_> = endpoints.iter().map(|endpoint| endpoint.method.clone()).collect();
        if D::TELLS_METHODS && own.contains(&Method::GET) {
            // Answered or refused, but not left.
            own.push(Method::HEAD);
        }
        resource = resource.guard(fn_guard(move |context| own.contains(&context.head().method)));
    }
    let allow = endpoints.first().map_or("", |endpoint| allow(&endpoint.method));
    for Endpoint { route, limit, method, answers_head, .. } in endpoints {
        let route = if answers_head { route.guard(Any(Get()).or(Head())) } else { route.method(method) };
        resource = resource.route(match limit {
            Some(limit) => route.wrap(from_fn(move |request, next| throttle::<D>(limit, request, next))),
            None => route,
        });
    }
    if D::TELLS_METHODS {
        telling::<D>(resource, methods.clone())
    } else {
        with_methods::<D>(resource, allow)
    }
}

/// Answers with the methods of a path: to `OPTIONS`, and to a method that the path does not have.
fn telling<D: DocumentedDialect>(resource: Resource, methods: Arc<PathMethods>) -> Resource {
    resource.default_service(web::to(move |request: HttpRequest| {
        let allow = methods.at(request.path());
        async move {
            if request.method() == Method::OPTIONS {
                return Ok(HttpResponse::Ok()
                    .content_type(ContentType::html())
                    .insert_header((ALLOW, allow))
                    .finish());
            }
            let problem = if D::is_unknown(request.method(), request.path()) {
                FrameworkProblem::RouteNotFound
            } else {
                FrameworkProblem::MethodNotAllowed { allow }
            };
            Err(Rejection::<D>::from(problem))
        }
    }))
}

fn allow(method: &actix_web::http::Method) -> &'static str {
    match method.as_str() {
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "GET",
    }
}
