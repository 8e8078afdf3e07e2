//! The endpoints of a surface as a service.

use std::rc::Rc;

use actix_web::body::BoxBody;
use actix_web::dev::{
    AppService, HttpServiceFactory, ResourceDef, ResourceMap, Service, ServiceFactory, ServiceRequest,
    ServiceResponse, always_ready,
};
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, ContentType};
use actix_web::middleware::from_fn;
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse, Resource, Route, web};
use futures::future::{LocalBoxFuture, try_join_all};

use super::methods::PathMethods;
use super::pattern::Pattern;
use super::{DocumentedDialect, Endpoint};
use crate::http::matched::Matched;
use crate::http::middleware::throttle;
use crate::http::surface::{not_allowed, route_not_found};
use crate::http::{FrameworkProblem, Rejection};

/// Endpoints by the patterns of their paths, which are tried in this order. It answers for every path that it is asked
/// for.
#[derive(Clone)]
pub(super) struct Table {
    rows: Rc<[Row<Route>]>,
    unknown: Rc<Route>,
}

/// The endpoints of one pattern, with routes or with the services that these became.
struct Row<S> {
    pattern: Pattern,
    /// The methods that the pattern is for. For all others it is passed over. `None`: it is for all methods.
    only_for: Option<Vec<Method>>,
    endpoints: Vec<(Vec<Method>, S)>,
    /// Answers all other methods.
    others: S,
}

impl Table {
    /// A table of these endpoints. `methods` are those of the whole surface.
    pub(super) fn new<D: DocumentedDialect>(groups: Vec<Group<D>>, methods: &Rc<PathMethods>) -> Self {
        let rows = groups.into_iter().map(|(pattern, endpoints)| row(pattern, endpoints, methods));
        Self { rows: rows.collect(), unknown: Rc::new(Route::new().to(route_not_found::<D>)) }
    }

    /// The table as a service of the scope with this prefix.
    pub(super) fn below(self, prefix: &'static str) -> Below {
        Below { table: self, prefix }
    }

    /// A table at one pattern, where it answers for all methods.
    pub(super) fn alone<D: DocumentedDialect>(group: Group<D>, methods: &Rc<PathMethods>) -> Resource {
        web::resource(Pattern::new(group.0).both_ways("")).default_service(Self::new(vec![group], methods))
    }
}

/// A pattern and its endpoints.
pub(super) type Group<D> = (&'static str, Vec<Endpoint<D>>);

/// The endpoints of one pattern. An answer to a method that none of them has names the method of the first one, as
/// the originals do, or all methods of the path, as the dialect says.
fn row<D: DocumentedDialect>(
    pattern: &'static str,
    endpoints: Vec<Endpoint<D>>,
    methods: &Rc<PathMethods>,
) -> Row<Route> {
    let only_for = endpoints.iter().any(|endpoint| endpoint.leaves_other_methods).then(|| {
        let mut methods: Vec<_> = endpoints.iter().map(|endpoint| endpoint.method.clone()).collect();
        if D::TELLS_METHODS && methods.contains(&Method::GET) {
            // Answered or refused, but not left.
            methods.push(Method::HEAD);
        }
        methods
    });
    let others = if D::TELLS_METHODS {
        telling::<D>(methods.clone())
    } else {
        not_allowed::<D>(endpoints.first().map_or("", |endpoint| allow(&endpoint.method)))
    };
    let endpoints = endpoints.into_iter().map(|Endpoint { route, limit, method, answers_head, .. }| {
        let route = match limit {
            Some(limit) => route.wrap(from_fn(move |request, next| throttle::<D>(limit, request, next))),
            None => route,
        };
        (if answers_head { vec![method, Method::HEAD] } else { vec![method] }, route)
    });
    Row { pattern: Pattern::new(pattern), only_for, endpoints: endpoints.collect(), others }
}

/// Answers with the methods of a path: to `OPTIONS`, and to a method that the path does not have.
fn telling<D: DocumentedDialect>(methods: Rc<PathMethods>) -> Route {
    web::to(move |request: HttpRequest| {
        let allow = methods.at(request.match_info().as_str());
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
    })
}

fn allow(method: &Method) -> &'static str {
    match method.as_str() {
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "GET",
    }
}

/// A [`Table`] as a service of the scope with this prefix.
pub(super) struct Below {
    table: Table,
    prefix: &'static str,
}

impl HttpServiceFactory for Below {
    fn register(self, config: &mut AppService) {
        let everything = ResourceDef::prefix("");
        // Actix looks here for the pattern of a request that has not reached the table: one that a middleware refused, or
        // one whose trace begins.
        let mut patterns = ResourceMap::new(everything.clone());
        for row in &*self.table.rows {
            patterns.add(&mut ResourceDef::new(row.pattern.both_ways(self.prefix)), None);
        }
        config.register_service(everything, None, self.table, Some(Rc::new(patterns)));
    }
}

type RouteService = <Route as ServiceFactory<ServiceRequest>>::Service;

impl Row<Route> {
    async fn start(&self) -> Result<Row<RouteService>, ()> {
        let methods = self.endpoints.iter().map(|(methods, _)| methods.clone());
        let services = try_join_all(self.endpoints.iter().map(|(_, route)| route.new_service(()))).await?;
        Ok(Row {
            pattern: self.pattern.clone(),
            only_for: self.only_for.clone(),
            endpoints: methods.zip(services).collect(),
            others: self.others.new_service(()).await?,
        })
    }
}

impl ServiceFactory<ServiceRequest> for Table {
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Config = ();
    type Service = TableService;
    type InitError = ();
    type Future = LocalBoxFuture<'static, Result<Self::Service, ()>>;

    fn new_service(&self, (): ()) -> Self::Future {
        let table = self.clone();
        Box::pin(async move {
            let rows = try_join_all(table.rows.iter().map(Row::start)).await?;
            Ok(TableService { rows, unknown: table.unknown.new_service(()).await? })
        })
    }
}

/// See [`Table`].
pub(super) struct TableService {
    rows: Vec<Row<RouteService>>,
    unknown: RouteService,
}

impl Service<ServiceRequest> for TableService {
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = <RouteService as Service<ServiceRequest>>::Future;

    always_ready!();

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let (path, method) = (request.match_info().as_str(), request.method());
        let row = self
            .rows
            .iter()
            .filter(|row| row.only_for.as_ref().is_none_or(|methods| methods.contains(method)))
            .find_map(|row| Some((row, row.pattern.values(path)?)));
        let Some((row, values)) = row else {
            return self.unknown.call(request);
        };
        let endpoint = row.endpoints.iter().find(|(methods, _)| methods.contains(method));
        let service = endpoint.map_or(&row.others, |(_, service)| service);
        request.extensions_mut().insert(Matched { pattern: row.pattern.written().clone(), values });
        service.call(request)
    }
}
