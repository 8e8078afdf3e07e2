//! The console: pages for operators, below `/console`.
//!
//! Pages are rendered here, work without script, and load nothing but one stylesheet and one script, which makes them
//! quicker to use. A handler calls use cases and owns no rule. A form is answered by leading the browser to a page, so
//! that reloading repeats nothing; or by a page whose form does nothing when it comes once more.
//!
//! It is no surface of `surfaces`: those publish contracts that documents and generated clients are made of.

mod audit;
mod audit_csv;
mod catalogue;
mod codes;
mod desk;
mod dialect;
mod done;
mod fence;
mod frame;
mod message_preview;
mod messages;
mod overview;
mod page;
mod place;
mod policy;
mod script;
mod sign_in;
mod sign_out;
mod system;
mod test_message;
mod texts;
mod trash;
mod users;
mod values;
mod words;

use actix_web::guard::fn_guard;
use actix_web::middleware::from_fn;
use actix_web::{Resource, Route, web};
use vestibule_settings::Settings;

pub(crate) use self::catalogue::MovieUploads;
pub(crate) use self::policy::NAME;

use self::dialect::Console;
use self::frame::frame;
use self::policy::{ConsolePolicy, SIGN_IN, WRITES};
use self::system::System;
use crate::browser::{cookie, style, times};
use crate::http::middleware::{CallLimit, throttle};
use crate::http::{get_or_head, resource, surface};

/// A refused request.
type Rejection = crate::http::Rejection<Console>;

/// Mounts the console. `schema` is the last change of the schema that the database has.
pub(crate) fn configure(
    app: &mut web::ServiceConfig,
    settings: &Settings,
    schema: Option<String>,
    uploads: MovieUploads,
) {
    let policy = web::Data::new(ConsolePolicy::new(settings));
    let (guarded, framed) = (policy.clone(), policy.clone());
    app.app_data(web::Data::new(uploads));
    app.app_data(policy).app_data(web::Data::new(System::new(settings, schema))).service(
        surface::<Console>("/console")
            .guard(fn_guard(move |context| fence::is_served_to(context, &guarded)))
            .service(page("").route(get_or_head().to(overview::show)))
            .service(page("/style.css").route(get_or_head().to(style::show)))
            .service(page("/script.js").route(get_or_head().to(script::show)))
            .service(
                form("/login")
                    .route(get_or_head().to(sign_in::show))
                    .route(limited(SIGN_IN, web::post().to(sign_in::submit))),
            )
            .service(post("/logout").route(limited(WRITES, web::post().to(sign_out::submit))))
            .service(page("/users").route(get_or_head().to(users::list::show)))
            .service(post("/users/trash").route(limited(WRITES, web::post().to(users::bulk::trash))))
            .service(page("/users/{id}").route(get_or_head().to(users::account::show)))
            .service(
                post("/users/{id}/reset").route(limited(WRITES, web::post().to(users::send_reset::submit))),
            )
            .service(
                post("/users/{id}/role").route(limited(WRITES, web::post().to(users::change_role::submit))),
            )
            .service(post("/users/{id}/trash").route(limited(WRITES, web::post().to(users::trash::submit))))
            .service(
                post("/users/{id}/restore").route(limited(WRITES, web::post().to(users::restore::submit))),
            )
            .service(post("/users/{id}/purge").route(limited(WRITES, web::post().to(users::purge::submit))))
            .service(
                post("/users/{id}/sessions/end")
                    .route(limited(WRITES, web::post().to(users::end_sessions::submit))),
            )
            .service(
                post("/users/{id}/sessions/{session}/end")
                    .route(limited(WRITES, web::post().to(users::end_session::submit))),
            )
            .service(page("/trash").route(get_or_head().to(trash::show)))
            .service(post("/trash/restore").route(limited(WRITES, web::post().to(users::bulk::restore))))
            .service(page("/audit").route(get_or_head().to(audit::show)))
            .service(page("/audit.csv").route(get_or_head().to(audit_csv::download)))
            .service(page("/system").route(get_or_head().to(system::show)))
            .service(page("/messages").route(get_or_head().to(messages::show)))
            .service(page("/messages/preview").route(get_or_head().to(message_preview::show)))
            .service(page("/messages/preview.html").route(get_or_head().to(message_preview::show_html)))
            .service(post("/messages/test").route(limited(WRITES, web::post().to(test_message::submit))))
            .service(page("/catalogue").route(get_or_head().to(catalogue::list::show)))
            .service(
                form("/catalogue/upload")
                    .route(get_or_head().to(catalogue::upload::show))
                    .route(limited(WRITES, web::post().to(catalogue::upload::submit))),
            )
            .service(
                form("/catalogue/{id}")
                    .route(get_or_head().to(catalogue::movie::show))
                    .route(limited(WRITES, web::post().to(catalogue::edit::submit))),
            )
            .service(post("/messages/{id}/retry").route(limited(WRITES, web::post().to(messages::retry))))
            .wrap(from_fn(move |request, next| frame(framed.clone(), request, next))),
    );
}

fn page(path: &'static str) -> Resource {
    resource::<Console>(path, "GET, HEAD")
}

fn form(path: &'static str) -> Resource {
    resource::<Console>(path, "GET, HEAD, POST")
}

fn post(path: &'static str) -> Resource {
    resource::<Console>(path, "POST")
}

fn limited(limit: CallLimit, route: Route) -> Route {
    route.wrap(from_fn(move |request, next| throttle::<Console>(limit, request, next)))
}
