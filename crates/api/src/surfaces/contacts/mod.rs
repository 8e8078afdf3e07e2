#![doc = include_str!("README.md")]

mod admission;
mod auth;
mod book;
mod call;
mod codes;
mod dialect;
mod documented;
mod policy;
mod root;

use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::guard::{self, GuardContext};
use actix_web::middleware::from_fn;
use actix_web::{Resource, web};
use percent_encoding::percent_decode_str;
use utoipa::OpenApi;

use crate::http::documented::BearerToken;
use crate::http::middleware::{BrowserGuard, PathLimit, cors, safety_net, throttle_path};
use crate::http::{endpoint, resource, surface_for};

pub use dialect::Contacts;
pub use policy::{ContactsPolicy, NAME};

/// A refused request.
type Rejection = crate::http::Rejection<Contacts>;
/// The values of a request.
type Input<T, A = ()> = crate::http::extract::Input<T, Contacts, A>;

/// Mounts the surface.
pub fn configure(app: &mut web::ServiceConfig, policy: ContactsPolicy) {
    let origins = policy.origins.clone();
    let policy = web::Data::new(policy);
    let (welcome, outermost) = (origins.clone(), origins.clone());
    // Contract 1.1: `Allow` names the methods of the first route with the path.
    app.service(
        resource::<Contacts>("/", "GET")
            .route(web::get().to(root::root))
            .wrap(from_fn(|request, next| throttle_path::<Contacts>(policy::ROOT, request, next)))
            .wrap(BrowserGuard::<Contacts>::welcoming(welcome))
            .wrap(from_fn(safety_net::<Contacts>))
            .wrap(from_fn(move |request, next| cors(outermost.clone(), request, next))),
    );
    app.service(
        surface_for::<Contacts>("/api/email/confirm", origins.clone())
            .app_data(policy.clone())
            .service(limited("/{email_token}", "GET", policy::TEN).route(web::get().to(auth::confirm))),
    );
    app.service(
        surface_for::<Contacts>("/api/auth", origins.clone())
            .app_data(policy.clone())
            .service(limited("/signup", "POST", policy::TWO).route(web::post().to(auth::sign_up)))
            .service(limited("/login", "POST", policy::TEN).route(web::post().to(auth::log_in)))
            .service(limited("/refresh_token", "GET", policy::TEN).route(web::get().to(auth::refresh)))
            .service(
                limited("/request_email", "POST", policy::TWO).route(web::post().to(auth::request_email)),
            )
            .service(
                limited("/reset_pwd/complete", "POST", policy::TEN)
                    .route(web::post().to(auth::complete_reset)),
            )
            .service(limited("/reset_pwd", "POST", policy::TWO).route(web::post().to(auth::request_reset))),
    );
    app.service(
        surface_for::<Contacts>("/api/contacts", origins)
            .app_data(policy)
            .service(
                endpoint::<Contacts>("", "GET")
                    .route(web::get().to(book::list))
                    .route(web::post().to(book::create)),
            )
            .service(
                endpoint::<Contacts>("/{contact_id}/avatar", "PATCH")
                    .route(web::patch().to(book::set_avatar)),
            )
            .service(
                endpoint::<Contacts>("/{contact_id}", "GET")
                    .route(web::get().guard(guard::fn_guard(is_birthdays)).to(book::birthdays))
                    .route(web::get().to(book::find))
                    .route(web::put().to(book::change))
                    .route(web::delete().to(book::remove)),
            ),
    );
}

/// Of `GET`, `/api/contacts/bd` is no search. Other methods take `bd` for an id (contract 2.5).
fn is_birthdays(context: &GuardContext<'_>) -> bool {
    let path = percent_decode_str(context.head().uri.path()).decode_utf8_lossy();
    path.trim_end_matches('/').ends_with("/bd")
}

/// An endpoint that counts its calls before it looks at them.
fn limited(
    path: &str,
    allow: &'static str,
    limit: PathLimit,
) -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    endpoint::<Contacts>(path, allow)
        .wrap(from_fn(move |request, next| throttle_path::<Contacts>(limit, request, next)))
}

/// The OpenAPI document of the surface.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Vestibule: contacts",
        description = "Accounts and address books, in the contract of the FastAPI contacts back end.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    tags(
        (name = "auth", description = "Sign-up, confirmation, login and recovery"),
        (name = "contacts", description = "One's own address book"),
        (name = "root", description = "A sign of life"),
    ),
    paths(
        auth::sign_up::sign_up,
        auth::log_in::log_in,
        auth::refresh::refresh,
        auth::confirm::confirm,
        auth::request_email::request_email,
        auth::request_reset::request_reset,
        auth::complete_reset::complete_reset,
        book::list::list,
        book::create::create,
        book::birthdays::birthdays,
        book::find::find,
        book::change::change,
        book::remove::remove,
        book::avatar::set_avatar,
        root::root,
    ),
    components(schemas(documented::LimitExceeded)),
    modifiers(&BearerToken),
)]
pub struct Document;
