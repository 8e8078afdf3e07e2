//! The OpenAPI documents and their reader, Swagger UI, which is served from this binary: nothing is
//! loaded from elsewhere.

mod whole;

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa_swagger_ui::{Config, Url};

use crate::http::{FrameworkProblem, Plain, PublicPath, Rejection, get_or_head, resource, with_methods};
use crate::surfaces::Surface;

pub use whole::whole;

/// Swagger UI styles its page inline and shows pictures from `data:` addresses.
const SWAGGER_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; frame-ancestors 'none'",
);

/// What the reader calls the document of all surfaces.
const ALL: &str = "all";
/// Where that document is: where tools look for one (contracts theater, contacts and admin, 1).
const WHOLE: &str = "/openapi.json";

/// Mounts `/api/docs`, `/openapi/<surface>.json` for the surfaces that are served, and `/openapi.json`, one document of
/// all of them. Below a public path the documents name it as their server, so that the reader's calls lead there.
pub fn configure(app: &mut web::ServiceConfig, served: impl Iterator<Item = Surface>, public: &PublicPath) {
    let (mut listed, mut surfaces) = (Vec::new(), Vec::new());
    for surface in served {
        let path = format!("/openapi/{}.json", surface.section.name);
        listed.push((surface.section.name, public.to(&path)));
        let (document, below) = (surface.document, public.clone());
        serve(app, &path, move || published(serde_json::to_value(document()).unwrap_or_default(), &below));
        surfaces.push(surface);
    }
    listed.push((ALL, public.to(WHOLE)));
    let below = public.clone();
    serve(app, WHOLE, move || published(whole(&surfaces), &below));
    let reader = public.to("/api/docs/");
    app.service(web::redirect("/docs", reader.clone()))
        .service(web::redirect("/docs/", reader.clone()))
        .service(
            // Without a slash too, as published (points contract 2.1).
            with_methods::<Plain>(web::resource(["/api/docs", "/api/docs/{file:.*}"]), "GET, HEAD")
                .app_data(web::Data::new(Reader { listed, address: reader }))
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

/// Serves a document, which is made when it is asked for first: a start does not wait for it.
fn serve(app: &mut web::ServiceConfig, path: &str, document: impl Fn() -> String + 'static) {
    let made = Rc::new((OnceCell::<web::Bytes>::new(), document));
    app.service(resource::<Plain>(path, "GET, HEAD").route(get_or_head().to(move || {
        let json = made.0.get_or_init(|| (made.1)().into()).clone();
        async move { HttpResponse::Ok().content_type(ContentType::json()).body(json) }
    })));
}

/// The document as it is served below a public path.
fn published(mut document: Value, public: &PublicPath) -> String {
    if !public.as_str().is_empty() {
        if let Some(document) = document.as_object_mut() {
            document.insert("servers".to_owned(), json!([{"url": public.as_str()}]));
        }
        let schemes = document.pointer_mut("/components/securitySchemes").and_then(Value::as_object_mut);
        for scheme in schemes.into_iter().flat_map(|schemes| schemes.values_mut()) {
            if let Some(Value::String(url)) = scheme.pointer_mut("/flows/password/tokenUrl") {
                *url = public.to(url);
            }
        }
    }
    json(&document)
}

/// The document as it is published: indented, with a line break at its end.
pub fn json(document: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(document).unwrap_or_default();
    json.push('\n');
    json
}

/// Where the reader and the documents are for browsers.
struct Reader {
    /// The surfaces in its menu.
    listed: Vec<(&'static str, String)>,
    /// What the addresses in its page are relative to.
    address: String,
}

impl Reader {
    /// The page, which works under any address. An address of this server needs no escaping: its path is encoded.
    fn page(&self, html: Vec<u8>) -> Vec<u8> {
        let Ok(html) = String::from_utf8(html) else { return Vec::new() };
        html.replacen("<head>", &format!("<head>\n    <base href=\"{}\">", self.address), 1).into_bytes()
    }
}

async fn swagger_file(
    request: HttpRequest,
    reader: web::Data<Reader>,
) -> Result<HttpResponse, Rejection<Plain>> {
    let file = request.match_info().get("file").unwrap_or_default();
    let urls =
        reader.listed.iter().enumerate().map(|(place, (name, url))| Url::with_primary(name, url, place == 0));
    let config = Config::new(urls).try_it_out_enabled(true).persist_authorization(true).deep_linking(true);
    match utoipa_swagger_ui::serve(file, Arc::new(config)) {
        Ok(Some(file)) => {
            let bytes = file.bytes.into_owned();
            let body = if file.content_type.starts_with("text/html") { reader.page(bytes) } else { bytes };
            Ok(HttpResponse::Ok().content_type(file.content_type).body(body))
        }
        Ok(None) => Err(FrameworkProblem::RouteNotFound.into()),
        Err(error) => {
            tracing::error!(error = &*error, "Swagger UI could not be served");
            Err(FrameworkProblem::Panicked.into())
        }
    }
}
