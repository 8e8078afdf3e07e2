//! The pages behind mailed links. They work without script and load nothing.
//!
//! Opening a link changes nothing, however often a mail scanner does it; the button posts.

mod activate;
mod form;
mod outcome;
mod reset_password;

use actix_web::web;

/// Mounts the pages.
pub(crate) fn configure(app: &mut web::ServiceConfig) {
    app.service(
        web::resource("/account/activate")
            .route(web::get().to(activate::show))
            .route(web::post().to(activate::submit)),
    )
    .service(
        web::resource("/account/reset-password")
            .route(web::get().to(reset_password::show))
            .route(web::post().to(reset_password::submit)),
    );
}
