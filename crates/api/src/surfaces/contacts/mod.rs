#![doc = include_str!("README.md")]

mod admission;
mod auth;
mod book;
mod dialect;
mod policy;
mod root;

use actix_web::web;
use utoipa::openapi::OpenApi;

use crate::http::endpoint::{About, document, mount};

pub use dialect::Contacts;
pub use policy::{ContactsPolicy, NAME};

/// A refused request.
type Rejection = crate::http::Rejection<Contacts>;
/// The values of a request.
type Input<T, A = ()> = crate::http::extract::Input<T, Contacts, A>;

/// An endpoint of the surface.
type Endpoint = crate::http::endpoint::Endpoint<Contacts>;

/// Mounts the surface.
pub fn configure(app: &mut web::ServiceConfig, policy: ContactsPolicy) {
    let prefixes = ["/api/email/confirm", "/api/auth", "/api/contacts"];
    let origins = policy.origins.clone();
    mount(app, &prefixes, &origins, &web::Data::new(policy), endpoints());
}

fn endpoints() -> Vec<Endpoint> {
    let root = std::iter::once(root::endpoint());
    root.chain(auth::endpoints()).chain(book::endpoints()).collect()
}

/// The OpenAPI document of the surface.
pub fn openapi() -> OpenApi {
    let about = About {
        title: "Vestibule: contacts",
        description: "Accounts and address books, in the contract of the FastAPI contacts back end.",
        tags: &[
            ("auth", "Sign-up, confirmation, login and recovery"),
            ("contacts", "One's own address book"),
            ("root", "A sign of life"),
        ],
    };
    document(&about, endpoints())
}
