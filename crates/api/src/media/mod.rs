//! Pictures, for whoever knows their address.

mod conditions;
mod show;

use actix_web::web;

use crate::http::{Plain, get_or_head, resource};

/// Mounts `GET /media/<key>`.
pub(crate) fn configure(app: &mut web::ServiceConfig) {
    app.service(resource::<Plain>("/media/{key:.*}", "GET, HEAD").route(get_or_head().to(show::show)));
}
