#![doc = include_str!("README.md")]

mod accounts;
mod dialect;
mod movies;
mod policy;

use actix_web::web;
use utoipa::openapi::OpenApi;
use vestibule_settings::{Settings, SurfaceSection};

use crate::http::endpoint::{About, document, mount};
use crate::http::middleware::CorsOrigins;
use crate::surfaces::Surface;

pub use dialect::Theater;
pub use policy::PASSWORD;
use policy::TheaterPolicy;

/// A refused request.
type Rejection = crate::http::Rejection<Theater>;
/// The values of a request.
type Input<T, A = ()> = crate::http::extract::Input<T, Theater, A>;

/// An endpoint of the surface.
type Endpoint = crate::http::endpoint::Endpoint<Theater>;

/// The surface.
pub const SURFACE: Surface = Surface {
    section: SurfaceSection { name: policy::NAME, own: None },
    password: |_| PASSWORD,
    reset: Some(policy::RESET),
    confirmation: None,
    subject: policy::SUBJECT,
    document: openapi,
    mount: configure,
};

fn configure(app: &mut web::ServiceConfig, settings: &Settings) {
    let policy = TheaterPolicy::new(settings);
    let prefixes = ["/api/v1/accounts", "/api/v1/theater"];
    mount(app, &prefixes, &CorsOrigins::default(), &web::Data::new(policy), endpoints());
}

fn endpoints() -> Vec<Endpoint> {
    accounts::endpoints().into_iter().chain(movies::endpoints()).collect()
}

fn openapi() -> OpenApi {
    let about = About {
        title: "Vestibule: theater",
        description: "Accounts and a movie catalogue, in the contract of the FastAPI theater back end.",
        tags: &[("accounts", "Sign-up, activation, login and recovery"), ("movies", "The catalogue")],
        password_grant: None,
    };
    document(&about, endpoints())
}
