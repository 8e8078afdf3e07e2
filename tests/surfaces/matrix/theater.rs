//! Accounts and movies. Nobody owns a movie.

use serde_json::json;

use super::cast::PASSWORD;
use super::request::{Body, credentials, film};
use super::row::{Credential, Row};

pub(super) fn rows() -> Vec<Row> {
    let write = [401, 403, 403, 201, 401, 401];
    let change = [401, 403, 403, 200, 401, 401];
    let remove = [401, 403, 403, 204, 401, 401];
    vec![
        Row::public("POST", "/api/v1/accounts/register/", 201)
            .sends(|scene| Body::Json(json!({"email": scene.fresh_email(), "password": PASSWORD}))),
        Row::public("POST", "/api/v1/accounts/activate/", 400)
            .sends(|scene| Body::Json(json!({"email": scene.owner_email(), "token": "none"}))),
        Row::public("POST", "/api/v1/accounts/password-reset/request/", 200)
            .sends(|scene| Body::Json(json!({"email": scene.owner_email()}))),
        Row::public("POST", "/api/v1/accounts/reset-password/complete/", 400).sends(|scene| {
            Body::Json(json!({"email": scene.owner_email(), "token": "none", "password": "Difference#1822"}))
        }),
        Row::new("POST", "/api/v1/accounts/login/", [401, 201, 201, 201, 401, 403])
            .shows(Credential::Password)
            .sends(credentials),
        Row::new("POST", "/api/v1/accounts/refresh/", [400, 200, 200, 200, 401, 401])
            .shows(Credential::RefreshInBody)
            .other_use(400)
            .sends(|scene| Body::Json(json!({"refresh_token": scene.refresh}))),
        Row::public("GET", "/api/v1/theater/movies/", 200),
        Row::public("GET", "/api/v1/theater/movies/{movie_id}/", 200),
        Row::new("POST", "/api/v1/theater/movies/", write)
            .sends(|scene| Body::Json(film(&format!("Another {}", scene.fresh))))
            .moderator(201)
            .open([201; 6]),
        Row::new("PATCH", "/api/v1/theater/movies/{movie_id}/", change)
            .sends(|_| Body::Json(json!({"score": 1})))
            .moderator(200)
            .open([200; 6]),
        Row::new("DELETE", "/api/v1/theater/movies/{movie_id}/", remove).moderator(204).open([204; 6]),
    ]
}
