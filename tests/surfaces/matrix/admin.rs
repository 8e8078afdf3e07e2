//! Users, roles and the trash.

use serde_json::{Value, json};

use super::cast::PASSWORD;
use super::request::{Body, Scene, credentials};
use super::row::{Before, Cells, Credential, Row};

const ADMINISTRATORS: Cells = [401, 403, 403, 200, 401, 401];
const KEEPERS: Cells = [401, 403, 200, 200, 401, 401];
/// The owner, who lies in the trash then, is nobody.
const NOT_THE_TRASHED: Cells = [401, 403, 401, 200, 401, 401];

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::public("GET", "/health", 200),
        Row::public("POST", "/api/v1/auth/signup", 201).sends(newcomer),
        Row::new("POST", "/api/v1/auth/admin/signup", [401, 403, 403, 201, 401, 401])
            .sends(newcomer)
            .open([201; 6]),
        Row::new("POST", "/api/v1/auth/login", [401, 200, 200, 200, 401, 401])
            .shows(Credential::Password)
            .sends(credentials),
        Row::new("POST", "/api/v1/refresh/", [400, 200, 200, 200, 403, 403])
            .shows(Credential::RefreshInBody)
            .other_use(400)
            .sends(|scene| Body::Json(json!({"refresh_token": scene.refresh}))),
        Row::new("GET", "/api/v1/auth/users", ADMINISTRATORS),
        Row::new("GET", "/api/v1/auth/users/{user_id}", KEEPERS),
        Row::new("PUT", "/api/v1/auth/users/{user_id}", KEEPERS)
            .sends(|scene| Body::Json(json!({"username": format!("new{}", scene.fresh)}))),
        Row::new("DELETE", "/api/v1/auth/users/{user_id}", [401, 403, 204, 204, 401, 401])
            .query("?reason=left"),
        Row::new("GET", "/api/v1/trash/", ADMINISTRATORS),
        Row::new("POST", "/api/v1/trash/bulk-delete", ADMINISTRATORS)
            .sends(|scene| Body::Json(json!({"ids": [scene.owner_id()], "reason": "spring"}))),
        Row::new("PUT", "/api/v1/trash/restore/{user_id}", NOT_THE_TRASHED).after(Before::Trashed),
        Row::new("DELETE", "/api/v1/trash/permanent/delete/{user_id}", [401, 403, 401, 204, 401, 401])
            .after(Before::Trashed),
        Row::new("POST", "/api/v1/profile-upload/", [401, 200, 200, 200, 401, 401])
            .sends(|_| Body::Picture("image")),
        // There is no bucket here.
        Row::new("POST", "/api/v1/profile-upload-s3/", [401, 400, 400, 400, 401, 401])
            .sends(|_| Body::Picture("file")),
    ]
}

fn newcomer(scene: &Scene) -> Body {
    let user: Value = json!({"email": scene.fresh_email(), "username": scene.fresh, "password": PASSWORD});
    Body::Json(user)
}
