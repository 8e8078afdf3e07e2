//! Accounts by user name and mobile number.

use serde_json::json;

use super::cast::PASSWORD;
use super::request::{Body, Scene};
use super::row::{Before, Cells, Credential, Row};

const KEEPERS: Cells = [401, 403, 200, 200, 401, 401];
const SIGNED_IN: Cells = [401, 200, 200, 200, 401, 401];
/// What a token for another use is.
const NO_ACCESS_TOKEN: u16 = 422;

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::public("POST", "/user", 200).sends(|scene| {
            let mobile = format!("0180{}", scene.fresh.trim_start_matches("fresh"));
            Body::Json(json!({"username": scene.fresh, "mobile": mobile, "password": PASSWORD}))
        }),
        // It asks for a code, which an administrator does not need.
        Row::new("POST", "/user/activate-account/", [400, 400, 400, 200, 400, 400])
            .after(Before::Waiting)
            .sends(|scene| Body::Json(json!({"mobile": scene.waiting, "code": "000000"})))
            .other_use(400)
            .open([200; 6]),
        Row::new("POST", "/user/login", [404, 200, 200, 200, 404, 400])
            .shows(Credential::Password)
            .sends(|scene| Body::Json(json!({"username": scene.caller[1], "password": PASSWORD}))),
        Row::new("GET", "/user/refresh-token/", SIGNED_IN)
            .shows(Credential::RefreshInHeader)
            .other_use(NO_ACCESS_TOKEN),
        Row::new("GET", "/user/logout/", SIGNED_IN).other_use(NO_ACCESS_TOKEN),
        Row::new("POST", "/user/logout/", SIGNED_IN).other_use(NO_ACCESS_TOKEN),
        Row::new("GET", "/user", [401, 403, 403, 200, 401, 401]).other_use(NO_ACCESS_TOKEN).open(SIGNED_IN),
        Row::new("GET", "/user/{uuid}", KEEPERS).other_use(NO_ACCESS_TOKEN).open(SIGNED_IN),
        Row::new("PATCH", "/user/{uuid}", KEEPERS).other_use(NO_ACCESS_TOKEN).sends(|scene| {
            Body::Json(json!({"username": format!("new{}", scene.fresh), "gender": "Female"}))
        }),
        Row::new("POST", "/user/change-password/{uuid}", KEEPERS).other_use(NO_ACCESS_TOKEN).sends(passwords),
        Row::new("DELETE", "/user/{uuid}", KEEPERS).other_use(NO_ACCESS_TOKEN),
    ]
}

/// Right ones, also of whoever should not know them.
fn passwords(_: &Scene) -> Body {
    Body::Json(json!({"old_password": PASSWORD, "new_password": "Difference#1822"}))
}
