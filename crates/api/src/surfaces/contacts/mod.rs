#![doc = include_str!("README.md")]

mod admission;
mod auth;
mod book;
mod codes;
mod dialect;
mod policy;
mod root;
mod settings;

use actix_web::web;
use utoipa::openapi::OpenApi;
use vestibule_settings::{Settings, SurfaceSection};

use crate::http::endpoint::{About, document, mount};
use crate::surfaces::Surface;

pub use dialect::Contacts;
use policy::ContactsPolicy;
use settings::ContactsSettings;

/// A refused request.
type Rejection = crate::http::Rejection<Contacts>;
/// The values of a request.
type Input<T, A = ()> = crate::http::extract::Input<T, Contacts, A>;

/// An endpoint of the surface.
type Endpoint = crate::http::endpoint::Endpoint<Contacts>;

/// Where mailed links lead; what follows is their token.
const CONFIRMATION: &str = "/api/email/confirm";

/// The surface.
pub const SURFACE: Surface = Surface {
    section: SurfaceSection { name: policy::NAME, own: Some(ContactsSettings::read) },
    password: |settings| ContactsPolicy::new(settings).password,
    reset: Some(policy::RESET),
    confirmation: Some(CONFIRMATION),
    subject: policy::SUBJECT,
    document: openapi,
    mount: configure,
};

fn configure(app: &mut web::ServiceConfig, settings: &Settings) {
    let policy = ContactsPolicy::new(settings);
    let prefixes = [CONFIRMATION, "/api/auth", "/api/contacts"];
    let origins = policy.origins.clone();
    mount(app, &prefixes, &origins, &web::Data::new(policy), endpoints());
}

fn endpoints() -> Vec<Endpoint> {
    let root = std::iter::once(root::endpoint());
    root.chain(auth::endpoints()).chain(book::endpoints()).collect()
}

fn openapi() -> OpenApi {
    let about = About {
        title: "Vestibule: contacts",
        description: "Accounts and address books, in the contract of the FastAPI contacts back end.",
        tags: &[
            ("auth", "Sign-up, confirmation, login and recovery"),
            ("contacts", "One's own address book"),
            ("root", "A sign of life"),
        ],
        password_grant: Some("/api/auth/login"),
    };
    document(&about, endpoints())
}
