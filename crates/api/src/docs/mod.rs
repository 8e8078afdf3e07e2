//! The OpenAPI documents and their reader, Swagger UI, which is served from this binary: nothing is
//! loaded from elsewhere.

use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, Url};

use crate::http::{FrameworkProblem, Plain, Rejection, get_or_head, resource};
use crate::surfaces::{contacts, theater};

/// A surface and its document.
pub struct Documented {
    /// The name of the surface.
    pub surface: &'static str,
    /// Where it is served.
    pub path: &'static str,
    /// Its document.
    pub document: OpenApi,
}

/// The documents of all surfaces.
pub fn documents() -> Vec<Documented> {
    vec![
        Documented {
            surface: theater::NAME,
            path: "/openapi/theater.json",
            document: theater::Document::openapi(),
        },
        Documented {
            surface: contacts::NAME,
            path: "/openapi/contacts.json",
            document: contacts::Document::openapi(),
        },
    ]
}

/// Swagger UI styles its page inline and shows pictures from `data:` addresses.
const SWAGGER_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; frame-ancestors 'none'",
);

/// Mounts `/api/docs` and `/openapi/<surface>.json` for the surfaces that are served.
pub fn configure(app: &mut web::ServiceConfig, served: &[&str]) {
    let mut urls = Vec::new();
    for Documented { surface, path, document } in documents() {
        if !served.contains(&surface) {
            continue;
        }
        urls.push(Url::with_primary(surface, path, urls.is_empty()));
        let json = web::Bytes::from(json(&document));
        app.service(resource::<Plain>(path, "GET, HEAD").route(get_or_head().to(move || {
            let json = json.clone();
            async move { HttpResponse::Ok().content_type(ContentType::json()).body(json) }
        })));
    }
    let config = Config::new(urls).try_it_out_enabled(true).persist_authorization(true).deep_linking(true);
    let config = web::Data::new(config);
    app.service(web::redirect("/docs", "/api/docs/"))
        .service(web::redirect("/docs/", "/api/docs/"))
        .service(web::redirect("/api/docs", "/api/docs/"))
        .service(
            resource::<Plain>("/api/docs/{file:.*}", "GET, HEAD")
                .app_data(config)
                .wrap(from_fn(async |request, next: actix_web::middleware::Next<_>| {
                    let mut response: actix_web::dev::ServiceResponse<_> = next.call(request).await?;
                    response.headers_mut().insert(CONTENT_SECURITY_POLICY, SWAGGER_POLICY);
                    response
                        .headers_mut()
                        .insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
                    Ok(response)
                }))
                .route(get_or_head().to(swagger_file)),
        );
}

/// The document as it is published: indented, with a line break at its end.
pub fn json(document: &OpenApi) -> String {
    let mut json = document.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}

async fn swagger_file(
    request: HttpRequest,
    config: web::Data<Config<'static>>,
) -> Result<HttpResponse, Rejection<Plain>> {
    let file = request.match_info().get("file").unwrap_or_default();
    match utoipa_swagger_ui::serve(file, config.into_inner()) {
        Ok(Some(file)) => {
            Ok(HttpResponse::Ok().content_type(file.content_type).body(file.bytes.into_owned()))
        }
        Ok(None) => Err(FrameworkProblem::RouteNotFound.into()),
        Err(error) => {
            tracing::error!(error = &*error, "Swagger UI could not be served");
            Err(FrameworkProblem::Panicked.into())
        }
    }
}
