#![doc = include_str!("README.md")]

mod accounts;
mod dialect;
mod movies;
mod policy;

use actix_web::middleware::from_fn;
use actix_web::{Resource, web};
use utoipa::OpenApi;

use crate::http::documented::BearerToken;
use crate::http::endpoint;
use crate::http::middleware::{Throttle, throttle};

pub use dialect::Theater;
pub use policy::{NAME, PASSWORD, TheaterPolicy};

/// A refused request.
type Rejection = crate::http::Rejection<Theater>;
/// The values of a request.
type Input<T, A = ()> = crate::http::extract::Input<T, Theater, A>;

/// Mounts the surface.
pub fn configure(app: &mut web::ServiceConfig, policy: TheaterPolicy) {
    let policy = web::Data::new(policy);
    app.service(
        crate::http::surface::<Theater>("/api/v1/accounts")
            .app_data(policy.clone())
            .service(post("/register", policy::REGISTER).route(web::post().to(accounts::register)))
            .service(post("/activate", policy::ACTIVATE).route(web::post().to(accounts::activate)))
            .service(
                post("/password-reset/request", policy::REQUEST_RESET)
                    .route(web::post().to(accounts::request_password_reset)),
            )
            .service(
                post("/reset-password/complete", policy::COMPLETE_RESET)
                    .route(web::post().to(accounts::complete_password_reset)),
            )
            .service(post("/login", policy::LOG_IN).route(web::post().to(accounts::log_in)))
            .service(post("/refresh", policy::REFRESH).route(web::post().to(accounts::refresh))),
    );
    // Contract 1.1: `Allow` names the methods of the first route with the path.
    app.service(
        crate::http::surface::<Theater>("/api/v1/theater")
            .app_data(policy)
            .service(
                endpoint::<Theater>("/movies", "GET")
                    .route(web::get().to(movies::list))
                    .route(web::post().to(movies::create)),
            )
            .service(
                endpoint::<Theater>("/movies/{movie_id}", "GET")
                    .route(web::get().to(movies::show))
                    .route(web::delete().to(movies::remove))
                    .route(web::patch().to(movies::change)),
            ),
    );
}

/// A `POST` endpoint under a limit per client.
fn post(
    path: &str,
    limit: Throttle,
) -> Resource<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    endpoint::<Theater>(path, "POST")
        .wrap(from_fn(move |request, next| throttle::<Theater>(limit, request, next)))
}

/// The OpenAPI document of the surface.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Vestibule: theater",
        description = "Accounts and a movie catalogue, in the contract of the FastAPI theater back end.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    tags(
        (name = "accounts", description = "Sign-up, activation, login and recovery"),
        (name = "movies", description = "The catalogue"),
    ),
    paths(
        accounts::register::register,
        accounts::activate::activate,
        accounts::request_password_reset::request_password_reset,
        accounts::complete_password_reset::complete_password_reset,
        accounts::log_in::log_in,
        accounts::refresh::refresh,
        movies::list::list,
        movies::create::create,
        movies::show::show,
        movies::remove::remove,
        movies::change::change,
    ),
    modifiers(&BearerToken),
)]
pub struct Document;
