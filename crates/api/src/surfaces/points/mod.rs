#![doc = include_str!("README.md")]

mod address;
mod balance;
mod codes;
mod dialect;
mod email;
mod index;
mod message;
mod password;
mod policy;
mod refused;
mod settings;
mod token;
mod users;

use actix_web::web;
use utoipa::openapi::OpenApi;
use vestibule_settings::{Settings, SurfaceSection};

use crate::http::endpoint::{About, document, mount};
use crate::surfaces::Surface;

pub use dialect::Points;
use message::Message;
use policy::PointsPolicy;
use settings::PointsSettings;

/// A refused request.
type Rejection = crate::http::Rejection<Points>;
/// The values of a request.
type Input<T> = crate::http::extract::Input<T, Points>;

/// An endpoint of the surface.
type Endpoint = crate::http::endpoint::Endpoint<Points>;

/// The surface.
pub const SURFACE: Surface = Surface {
    section: SurfaceSection { name: policy::NAME, own: Some(PointsSettings::read) },
    password: |settings| PointsPolicy::new(settings).password,
    reset: None,
    confirmation: None,
    subject: policy::SUBJECT,
    document: openapi,
    mount: configure,
};

fn configure(app: &mut web::ServiceConfig, settings: &Settings) {
    let policy = PointsPolicy::new(settings);
    let origins = policy.origins.clone();
    mount(app, &["/api/email", "/api/users"], &origins, &web::Data::new(policy), endpoints());
}

fn endpoints() -> Vec<Endpoint> {
    let index = std::iter::once(index::endpoint());
    index.chain(email::endpoints()).chain(users::endpoints()).chain(balance::endpoints()).collect()
}

fn openapi() -> OpenApi {
    let about = About {
        title: "Vestibule: points",
        description: "Accounts, mailed codes and balances of points, in the contract of the FastAPI points back end.",
        tags: &[
            ("email", "Codes that prove an address"),
            ("users", "Accounts, login and passwords"),
            ("points", "Balances of points"),
            ("index", "A sign of life"),
        ],
        password_grant: None,
    };
    document(&about, endpoints())
}
