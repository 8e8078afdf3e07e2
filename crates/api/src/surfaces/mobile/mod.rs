#![doc = include_str!("README.md")]

mod activate;
mod admission;
mod answers;
mod change_password;
mod codes;
mod dialect;
mod edit;
mod json;
mod json_text;
mod list;
mod log_in;
mod log_out;
mod policy;
mod refresh;
mod register;
mod remove;
mod rules;
mod show;
mod token;
mod token_form;
mod whole_list;

use actix_web::web;
use utoipa::openapi::OpenApi;
use vestibule_settings::{Settings, SurfaceSection};

use crate::http::endpoint::{About, document, mount};
use crate::http::middleware::CorsOrigins;
use crate::surfaces::Surface;

pub use dialect::Mobile;
use policy::MobilePolicy;

/// A refused request.
type Rejection = crate::http::Rejection<Mobile>;
/// The values of a request.
type Input<T, A = ()> = crate::http::extract::Input<T, Mobile, A>;
/// An endpoint of the surface.
type Endpoint = crate::http::endpoint::Endpoint<Mobile>;

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
    let policy = MobilePolicy::new(settings);
    mount(app, &["/user"], &CorsOrigins::default(), &web::Data::new(policy), endpoints());
}

/// All of them. Whatever stands below `/user` may be an id, so what has a name comes first.
fn endpoints() -> Vec<Endpoint> {
    let [log_out, log_out_by_post] = log_out::endpoints();
    vec![
        register::endpoint(),
        list::endpoint(),
        activate::endpoint(),
        log_in::endpoint(),
        refresh::endpoint(),
        log_out,
        log_out_by_post,
        change_password::endpoint(),
        show::endpoint(),
        edit::endpoint(),
        remove::endpoint(),
    ]
}

fn openapi() -> OpenApi {
    let about = About {
        title: "Vestibule: mobile",
        description: "Accounts by user name and mobile number, in the contract of the Flask user back end.",
        tags: &[("users", "Registration, sessions and users")],
        password_grant: None,
    };
    document(&about, endpoints())
}
