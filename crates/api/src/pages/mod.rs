//! The pages behind mailed links. They work without script and load nothing but the stylesheet of all pages and the logo.
//!
//! Opening a link changes nothing, however often a mail scanner does it; the button posts. The links that confirm an address
//! are other ones: their contract has them confirm when they are opened, and here are the pages that browsers get there.

mod activate;
mod answer;
mod confirm;
mod dialect;
mod form;
mod frame;
mod home;
mod outcome;
mod page;
mod reset_password;

use actix_web::middleware::from_fn;
use actix_web::web;
use percent_encoding::percent_decode_str;

pub(crate) use self::confirm::page as confirmation;
use self::dialect::Pages;
use self::frame::frame;
pub(crate) use self::home::{Sights, page as home};
pub(crate) use self::reset_password::PasswordPolicies;
use crate::browser::{brand, style};
use crate::http::middleware::{CallLimit, throttle};
use crate::http::{Plain, get_or_head, resource};

// Far above what a person needs, like the limits of the surfaces' routes.
const ACTIVATE: CallLimit = CallLimit::of_endpoint("pages.activate", 60);
const RESET_PASSWORD: CallLimit = CallLimit::of_endpoint("pages.reset-password", 60);
const ALLOW: &str = "GET, HEAD, POST";

/// Where the stylesheet is, beside the pages.
const STYLE: &str = "/account/style.css";

/// Whether one of them, or what they load, is at this path of a request. The account pages are at those around.
pub(crate) fn are_at(path: &str) -> bool {
    let path = percent_decode_str(path).decode_utf8_lossy();
    [activate::PATH, reset_password::PATH, STYLE, brand::LOGO].contains(&&*path)
}

/// Mounts the pages. New passwords are judged by these policies.
pub(crate) fn configure(app: &mut web::ServiceConfig, policies: PasswordPolicies) {
    app.app_data(web::Data::new(policies))
        .service(resource::<Plain>(STYLE, "GET, HEAD").route(get_or_head().to(style::show)))
        .service(resource::<Plain>(brand::LOGO, "GET, HEAD").route(get_or_head().to(brand::show_logo)))
        .service(
            resource::<Plain>(activate::PATH, ALLOW)
                .route(get_or_head().to(activate::show))
                .route(
                    web::post()
                        .to(activate::submit)
                        .wrap(from_fn(|request, next| throttle::<Pages>(ACTIVATE, request, next))),
                )
                .wrap(from_fn(frame)),
        )
        .service(
            resource::<Plain>(reset_password::PATH, ALLOW)
                .route(get_or_head().to(reset_password::show))
                .route(
                    web::post()
                        .to(reset_password::submit)
                        .wrap(from_fn(|request, next| throttle::<Pages>(RESET_PASSWORD, request, next))),
                )
                .wrap(from_fn(frame)),
        );
}
