//! Mounting a table of endpoints.

use std::rc::Rc;

use actix_web::web;

use super::methods::PathMethods;
use super::table::{Group, Table};
use super::{DocumentedDialect, Endpoint};
use crate::http::middleware::{BrowserGuard, CorsOrigins, cors, safety_net};
use crate::http::surface::surface_for;

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
    let methods = Rc::new(PathMethods::of(&endpoints));
    let mut groups = by_pattern(endpoints);
    for prefix in prefixes {
        let (below, others) = groups.into_iter().partition(|(pattern, _)| is_below(pattern, prefix));
        groups = others;
        let table = Table::new(below, &methods).below(prefix);
        app.service(surface_for::<D>(prefix, origins.clone()).app_data(data.clone()).service(table));
    }
    for group in groups {
        let (welcome, outermost) = (origins.clone(), origins.clone());
        app.service(
            Table::alone(group, &methods)
                .app_data(data.clone())
                .wrap(BrowserGuard::<D>::welcoming(welcome))
                .wrap_fn(safety_net::<D, _, _>)
                .wrap_fn(move |request, service| cors(&outermost, request, service)),
        );
    }
}

/// Groups the endpoints by pattern. Patterns and endpoints keep the order of declaration, in which they are tried.
fn by_pattern<D>(endpoints: Vec<Endpoint<D>>) -> Vec<Group<D>> {
    let mut groups: Vec<Group<D>> = Vec::new();
    for endpoint in endpoints {
        match groups.iter_mut().find(|(pattern, _)| *pattern == endpoint.pattern) {
            Some((_, endpoints)) => endpoints.push(endpoint),
            None => groups.push((endpoint.pattern, vec![endpoint])),
        }
    }
    groups
}

fn is_below(pattern: &str, prefix: &str) -> bool {
    pattern.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
