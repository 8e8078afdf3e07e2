//! Balances. The owner's balance is named by his id, one's own by no id.

use super::cast::PASSWORD;
use super::request::{Body, Scene};
use super::row::{Cells, Credential, Row};

const SIGNED_IN: Cells = [401, 200, 200, 200, 401, 401];

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::public("GET", "/api/", 200),
        Row::public("POST", "/api/email/send-verification-code", 200)
            .sends(|scene| Body::Form(vec![("to", scene.fresh_email())])),
        Row::public("POST", "/api/email/verify-code", 400)
            .sends(|scene| Body::Form(vec![("to", scene.owner_email()), ("code", "0000".to_owned())])),
        Row::public("POST", "/api/users/", 200).sends(|scene| {
            Body::Form(vec![
                ("username", scene.fresh.clone()),
                ("email", scene.fresh_email()),
                ("password", PASSWORD.to_owned()),
                ("phone_number", "1".to_owned()),
            ])
        }),
        Row::new("POST", "/api/users/login", [401, 200, 200, 200, 401, 401])
            .shows(Credential::Password)
            .sends(|scene| {
                let [email, _] = scene.caller.clone();
                Body::Form(vec![("email", email), ("password", PASSWORD.to_owned())])
            }),
        Row::public("POST", "/api/users/email-exist", 200)
            .sends(|scene| Body::Form(vec![("email", scene.owner_email())])),
        Row::new("GET", "/api/users", SIGNED_IN).sends(|_| Body::Form(Vec::new())),
        Row::new("PUT", "/api/users/change-password", SIGNED_IN)
            .sends(|_| Body::Form(vec![("new_password", "Difference1822".to_owned())])),
        Row::new("PUT", "/api/users/points/add", [401, 403, 403, 200, 401, 401])
            .sends(one)
            .open([401, 200, 200, 200, 401, 401]),
        Row::new("PUT", "/api/users/points/add", [401, 403, 403, 200, 401, 401])
            .sends(one_of_owner)
            .open([401, 403, 200, 200, 401, 401]),
        Row::new("PUT", "/api/users/points/deduct", SIGNED_IN).sends(one),
        Row::new("PUT", "/api/users/points/deduct", [401, 403, 200, 200, 401, 401]).sends(one_of_owner),
    ]
}

fn one(_: &Scene) -> Body {
    Body::Form(vec![("points", "1".to_owned())])
}

fn one_of_owner(scene: &Scene) -> Body {
    Body::Form(vec![("points", "1".to_owned()), ("user_id", scene.owner_id())])
}
