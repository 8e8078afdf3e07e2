//! The OpenAPI document of a table of endpoints.

use utoipa::openapi::path::{HttpMethod, OperationBuilder, PathItem, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, License, OpenApi, OpenApiBuilder, Required,
};

use super::{DocumentedDialect, Endpoint, Security, Shape};
use crate::http::extract::BodyKind;

/// What a document says of its surface.
pub struct About {
    /// Title.
    pub title: &'static str,
    /// A line about it.
    pub description: &'static str,
    /// The groups of its endpoints, and a line about each.
    pub tags: &'static [(&'static str, &'static str)],
}

/// The scheme that stands for the access token of a login.
const BEARER: &str = "bearer";

/// The document of a surface.
pub fn document<D: DocumentedDialect>(about: &About, endpoints: Vec<Endpoint<D>>) -> OpenApi {
    let license = License::builder().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0"));
    let info = InfoBuilder::new()
        .title(about.title)
        .description(Some(about.description))
        .license(Some(license.build()))
        .version(env!("CARGO_PKG_VERSION"));
    let tags = about
        .tags
        .iter()
        .map(|(name, description)| TagBuilder::new().name(*name).description(Some(*description)).build());
    let mut paths = PathsBuilder::new();
    let mut shapes = Vec::new();
    for endpoint in endpoints {
        let (path, method) = (endpoint.path, http_method(&endpoint.method));
        let operation = endpoint.operation(&mut shapes);
        paths = paths.path(path, PathItem::new(method, operation));
    }
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let components = shapes
        .into_iter()
        .flat_map(|shape: Shape| shape.named)
        .fold(ComponentsBuilder::new(), |components, (name, schema)| components.schema(name, schema))
        .security_scheme(BEARER, SecurityScheme::Http(scheme));
    OpenApiBuilder::new()
        .info(info.build())
        .paths(paths)
        .components(Some(components.build()))
        .tags(Some(tags))
        .build()
}

fn http_method(method: &actix_web::http::Method) -> HttpMethod {
    match method.as_str() {
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        "PATCH" => HttpMethod::Patch,
        "DELETE" => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

impl<D: DocumentedDialect> Endpoint<D> {
    fn operation(self, shapes: &mut Vec<Shape>) -> utoipa::openapi::path::Operation {
        let mut operation = OperationBuilder::new()
            .tag(self.tag)
            .operation_id(Some(self.operation))
            .summary(Some(self.summary))
            .description(self.description);
        for answer in self.all_answers() {
            shapes.extend(answer.shape.clone());
            operation = operation.response(answer.status.as_str().to_owned(), answer.entry());
        }
        if !self.parameters.is_empty() {
            operation = operation.parameters(Some(self.parameters));
        }
        if let Some((kind, shape)) = self.body {
            let content = ContentBuilder::new().schema(Some(shape.schema.clone())).build();
            shapes.push(shape);
            let body = RequestBodyBuilder::new().required(Some(Required::True));
            let body = content_types(kind)
                .iter()
                .fold(body, |body, content_type| body.content(*content_type, content.clone()));
            operation = operation.request_body(Some(body.build()));
        }
        let bearer = || SecurityRequirement::new(BEARER, [] as [&str; 0]);
        match self.security {
            Security::Anyone => {}
            Security::Bearer => operation = operation.security(bearer()),
            Security::BearerUnlessOpen => {
                operation = operation.security(SecurityRequirement::default()).security(bearer());
            }
        }
        operation.build()
    }
}

/// The encodings of a body; the first one is the published one.
fn content_types(kind: BodyKind) -> &'static [&'static str] {
    match kind {
        BodyKind::Upload => &["multipart/form-data"],
        BodyKind::Form => &["application/x-www-form-urlencoded"],
        BodyKind::Any => &["application/x-www-form-urlencoded", "multipart/form-data", "application/json"],
        BodyKind::Json | BodyKind::None => &["application/json"],
    }
}
