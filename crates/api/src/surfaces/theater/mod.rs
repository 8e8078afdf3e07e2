#![doc = include_str!("README.md")]

mod accounts;
mod dialect;
mod movies;
mod policy;

use actix_web::web;
use utoipa::openapi::OpenApi;

use crate::http::endpoint::{About, document, mount};
use crate::http::middleware::CorsOrigins;

pub use dialect::Theater;
pub use policy::{NAME, PASSWORD, TheaterPolicy};

/// A refused request.
type Rejection = crate::http::Rejection<Theater>;
/// The values of a request.
type Input<T, A = ()> = crate::http::extract::Input<T, Theater, A>;

/// An endpoint of the surface.
type Endpoint = crate::http::endpoint::Endpoint<Theater>;

/// Mounts the surface.
pub fn configure(app: &mut web::ServiceConfig, policy: TheaterPolicy) {
    let prefixes = ["/api/v1/accounts", "/api/v1/theater"];
    mount(app, &prefixes, &CorsOrigins::default(), &web::Data::new(policy), endpoints());
}

fn endpoints() -> Vec<Endpoint> {
    accounts::endpoints().into_iter().chain(movies::endpoints()).collect()
}

/// The OpenAPI document of the surface.
pub fn openapi() -> OpenApi {
    let about = About {
        title: "Vestibule: theater",
        description: "Accounts and a movie catalogue, in the contract of the FastAPI theater back end.",
        tags: &[("accounts", "Sign-up, activation, login and recovery"), ("movies", "The catalogue")],
    };
    document(&about, endpoints())
}
