//! The OpenAPI document of a table of endpoints.

use actix_web::http::Method;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, PathItem, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{
    Flow, HttpAuthScheme, HttpBuilder, OAuth2, Password, Scopes, SecurityRequirement, SecurityScheme,
};
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
    /// The path of its login, where that is a password grant (RFC 6749 §4.3).
    pub password_grant: Option<&'static str>,
}

/// The scheme that stands for the access token of a login.
const BEARER: &str = "bearer";
/// The scheme of the access token that a password grant gives. Readers of documents log in by it.
const PASSWORD: &str = "password";

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
    let components = match about.password_grant {
        Some(path) => {
            let flow = Flow::Password(Password::new(path, Scopes::new()));
            components.security_scheme(PASSWORD, SecurityScheme::OAuth2(OAuth2::new([flow])))
        }
        None => components,
    };
    OpenApiBuilder::new()
        .info(info.build())
        .paths(paths)
        .components(Some(components.build()))
        .tags(Some(tags))
        .build()
}

fn http_method(method: &Method) -> HttpMethod {
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
            // Whatever such a body says may be said in a header too: few clients can send it.
            let required = if self.method == Method::GET { Required::False } else { Required::True };
            let body = RequestBodyBuilder::new().required(Some(required));
            let body = content_types(kind)
                .iter()
                .fold(body, |body, content_type| body.content(*content_type, content.clone()));
            operation = operation.request_body(Some(body.build()));
        }
        let by = |scheme| SecurityRequirement::new(scheme, [] as [&str; 0]);
        match self.security {
            Security::Anyone => {}
            Security::Bearer => operation = operation.security(by(BEARER)),
            Security::PasswordGrant => operation = operation.security(by(PASSWORD)),
            Security::BearerUnlessOpen => {
                operation = operation.security(SecurityRequirement::default()).security(by(BEARER));
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
