//! An address book is its owner's alone: an administrator is anybody there.

use serde_json::json;

use super::cast::PASSWORD;
use super::request::{Body, Scene};
use super::row::{Cells, Credential, Row};
use crate::contacts::person::contact;

/// Everybody who is signed in has a book.
const OWN_BOOK: Cells = [401, 200, 200, 200, 401, 401];
/// What is in the owner's.
const OWNERS: Cells = [401, 404, 200, 404, 401, 401];

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::public("GET", "/", 200),
        Row::public("GET", "/api/email/confirm/{email_token}", 422),
        Row::public("POST", "/api/auth/signup", 201).sends(|scene| {
            Body::Json(
                json!({"username": "somebody", "password": "Engine1843", "email": scene.fresh_email()}),
            )
        }),
        Row::new("POST", "/api/auth/login", [401, 200, 200, 200, 401, 401])
            .shows(Credential::Password)
            .sends(|scene| {
                let [email, _] = scene.caller.clone();
                Body::Form(vec![("username", email), ("password", PASSWORD.to_owned())])
            }),
        Row::new("GET", "/api/auth/refresh_token", [403, 200, 200, 200, 401, 401])
            .shows(Credential::RefreshInHeader),
        Row::public("POST", "/api/auth/request_email", 200).sends(owner_email),
        Row::public("POST", "/api/auth/reset_pwd", 200).sends(owner_email),
        Row::public("POST", "/api/auth/reset_pwd/complete", 400)
            .sends(|_| Body::Json(json!({"token": "none", "password": "Notes1842"}))),
        Row::new("GET", "/api/contacts/", OWN_BOOK),
        Row::new("POST", "/api/contacts/", [401, 201, 201, 201, 401, 401])
            .sends(|_| Body::Json(contact("Grace Hopper"))),
        Row::new("GET", "/api/contacts/bd", OWN_BOOK).query("?days_range=366"),
        Row::new("GET", "/api/contacts/{query}", OWNERS),
        Row::new("PUT", "/api/contacts/{contact_id}", OWNERS).sends(|_| Body::Json(contact("Mine"))),
        Row::new("DELETE", "/api/contacts/{contact_id}", OWNERS),
        Row::new("PATCH", "/api/contacts/{contact_id}/avatar", OWNERS).sends(|_| Body::Picture("file")),
    ]
}

fn owner_email(scene: &Scene) -> Body {
    Body::Json(json!({"email": scene.owner_email()}))
}
