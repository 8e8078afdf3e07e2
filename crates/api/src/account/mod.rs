//! The account pages: where everybody keeps his own account, below `/account`.
//!
//! They are built like those of the console, and are for all: an account sees and changes itself alone. The pages behind
//! mailed links have paths below the same prefix, and are not of these.

mod come_back;
mod data;
mod delete;
mod desk;
mod dialect;
mod done;
mod forgot_password;
mod frame;
mod page;
mod password;
mod policy;
mod proof;
mod sessions;
mod sign_in;
mod sign_out;
mod words;

use actix_web::guard::fn_guard;
use actix_web::middleware::from_fn;
use actix_web::{Resource, Route, web};
use vestibule_settings::Settings;

pub(crate) use self::policy::NAME;

use self::dialect::Account;
use self::frame::frame;
use self::policy::{AccountPolicy, FORGOT_PASSWORD, SIGN_IN, WRITES};
use crate::http::middleware::{CallLimit, throttle};
use crate::http::{get_or_head, resource, surface};
use crate::pages;

/// A refused request.
type Rejection = crate::http::Rejection<Account>;

/// Mounts the pages.
pub(crate) fn configure(app: &mut web::ServiceConfig, settings: &Settings) {
    let policy = web::Data::new(AccountPolicy::new(settings));
    let framed = policy.clone();
    app.app_data(policy).service(
        surface::<Account>("/account")
            .guard(fn_guard(|context| !pages::are_at(context.head().uri.path())))
            .service(page("").route(get_or_head().to(sessions::show)))
            .service(
                form("/login")
                    .route(get_or_head().to(sign_in::show))
                    .route(limited(SIGN_IN, web::post().to(sign_in::submit))),
            )
            .service(
                form("/forgot-password")
                    .route(get_or_head().to(forgot_password::show))
                    .route(limited(FORGOT_PASSWORD, web::post().to(forgot_password::submit))),
            )
            .service(post("/come-back").route(limited(SIGN_IN, web::post().to(come_back::submit))))
            .service(post("/logout").route(limited(WRITES, web::post().to(sign_out::submit))))
            .service(post("/sessions/end").route(limited(WRITES, web::post().to(sessions::end_others))))
            .service(
                post("/sessions/{session}/end").route(limited(WRITES, web::post().to(sessions::end_one))),
            )
            .service(
                form("/password")
                    .route(get_or_head().to(password::show))
                    .route(limited(WRITES, web::post().to(password::submit))),
            )
            .service(
                form("/data")
                    .route(get_or_head().to(data::show))
                    .route(limited(WRITES, web::post().to(data::submit))),
            )
            .service(
                form("/delete")
                    .route(get_or_head().to(delete::show))
                    .route(limited(WRITES, web::post().to(delete::submit))),
            )
            .wrap(from_fn(move |request, next| frame(framed.clone(), request, next))),
    );
}

fn page(path: &'static str) -> Resource {
    resource::<Account>(path, "GET, HEAD")
}

fn form(path: &'static str) -> Resource {
    resource::<Account>(path, "GET, HEAD, POST")
}

fn post(path: &'static str) -> Resource {
    resource::<Account>(path, "POST")
}

fn limited(limit: CallLimit, route: Route) -> Route {
    route.wrap(from_fn(move |request, next| throttle::<Account>(limit, request, next)))
}
