//! The pages behind mailed links. They work without script and load nothing.
//!
//! Opening a link changes nothing, however often a mail scanner does it; the button posts.

mod activate;
mod answer;
mod dialect;
mod form;
mod outcome;
mod reset_password;

use actix_web::middleware::from_fn;
use actix_web::web;

use self::dialect::Pages;
pub(crate) use self::reset_password::PasswordPolicies;
use crate::http::middleware::{CallLimit, throttle};
use crate::http::{Plain, get_or_head, resource};

// Far above what a person needs, like the limits of the surfaces' routes.
const ACTIVATE: CallLimit = CallLimit::of_endpoint("pages.activate", 60);
const RESET_PASSWORD: CallLimit = CallLimit::of_endpoint("pages.reset-password", 60);
const ALLOW: &str = "GET, HEAD, POST";

/// Mounts the pages. New passwords are judged by these policies.
pub(crate) fn configure(app: &mut web::ServiceConfig, policies: PasswordPolicies) {
    app.app_data(web::Data::new(policies))
        .service(
            resource::<Plain>(activate::PATH, ALLOW).route(get_or_head().to(activate::show)).route(
                web::post()
                    .to(activate::submit)
                    .wrap(from_fn(|request, next| throttle::<Pages>(ACTIVATE, request, next))),
            ),
        )
        .service(
            resource::<Plain>(reset_password::PATH, ALLOW)
                .route(get_or_head().to(reset_password::show))
                .route(
                    web::post()
                        .to(reset_password::submit)
                        .wrap(from_fn(|request, next| throttle::<Pages>(RESET_PASSWORD, request, next))),
                ),
        );
}
