#![doc = include_str!("README.md")]

mod auth;
mod codes;
mod dialect;
mod health;
mod pictures;
mod policy;
mod rules;
mod trash;
mod users;
mod view;

use actix_web::web;
use utoipa::openapi::OpenApi;
use vestibule_settings::{Settings, SurfaceSection};

use crate::http::endpoint::{About, document, mount};
use crate::http::middleware::CorsOrigins;
use crate::surfaces::Surface;

pub use dialect::Admin;
use policy::AdminPolicy;

/// A refused request.
type Rejection = crate::http::Rejection<Admin>;
/// The values of a request.
type Input<T, A = ()> = crate::http::extract::Input<T, Admin, A>;

/// An endpoint of the surface.
type Endpoint = crate::http::endpoint::Endpoint<Admin>;

/// The surface.
pub const SURFACE: Surface = Surface {
    section: SurfaceSection { name: policy::NAME, own: None },
    password: |_| policy::PASSWORD,
    reset: None,
    confirmation: None,
    subject: policy::SUBJECT,
    document: openapi,
    mount: configure,
};

fn configure(app: &mut web::ServiceConfig, settings: &Settings) {
    let policy = AdminPolicy::new(settings);
    let prefixes = [
        "/api/v1/auth",
        "/api/v1/trash",
        "/api/v1/refresh",
        "/api/v1/profile-upload",
        "/api/v1/profile-upload-s3",
    ];
    mount(app, &prefixes, &CorsOrigins::default(), &web::Data::new(policy), endpoints());
}

/// Patterns are tried in this order. Accounts are asked for most, so they come first.
fn endpoints() -> Vec<Endpoint> {
    let users = users::endpoints().into_iter();
    users
        .chain(std::iter::once(health::endpoint()))
        .chain(auth::endpoints())
        .chain(trash::endpoints())
        .chain(pictures::endpoints())
        .collect()
}

fn openapi() -> OpenApi {
    let about = About {
        title: "Vestibule: admin",
        description: "Accounts, roles, trash and pictures, in the contract of the FastAPI user administration.",
        tags: &[
            ("auth", "Sign-up, login and refresh"),
            ("users", "The directory of accounts"),
            ("trash", "Accounts that were removed and can be restored"),
            ("pictures", "Profile pictures"),
            ("health", "A sign of life"),
        ],
        password_grant: None,
    };
    document(&about, endpoints())
}
