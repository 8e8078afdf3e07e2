//! Mobile contract 2.10, decisions 4 and 9.

use super::person::{
    MOBILE, NAME, NO_USER, PASSWORD, UNAUTHORIZED, administrator, call, hardened, log_in, register, says,
    says_msg, signed_in, unlimited,
};

const DELETED: &str = "{\"message\":\"User deleted.\",\"status\":200}\n";

#[tokio::test]
async fn ones_own_account_is_gone_and_its_name_and_number_are_free() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let eve = signed_in(&app, "eve", "01700000002").await;
    let path = format!("/user/{}", ada.uuid);
    call(&app, "DELETE", &path, &ada.access, None).await.is(200, DELETED);
    says_msg(&call(&app, "GET", &path, &ada.access, None).await, 401, "Token has been revoked");
    says_msg(
        &call(&app, "GET", "/user/refresh-token/", &ada.refresh, None).await,
        401,
        "Token has been revoked",
    );
    call(&app, "GET", &path, &eve.access, None).await.is(404, NO_USER);
    says(&log_in(&app, NAME, PASSWORD).await, 404, "User not found.");
    assert_eq!(register(&app, NAME, MOBILE).await.status, 200);
}

#[tokio::test]
async fn an_administrator_moves_it_into_the_trash() {
    let app = hardened().start().await;
    let root = administrator(&app).await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let eve = signed_in(&app, "eve", "01700000002").await;
    let path = format!("/user/{}", ada.uuid);
    call(&app, "DELETE", &path, &eve.access, None).await.is(403, UNAUTHORIZED);
    call(&app, "DELETE", "/user/x", &eve.access, None).await.is(404, NO_USER);
    call(&app, "DELETE", &path, &root.access, None).await.is(200, DELETED);
    for method in ["DELETE", "GET"] {
        call(&app, method, &path, &root.access, None).await.is(404, NO_USER);
    }
    says_msg(&call(&app, "GET", &path, &ada.access, None).await, 401, "Token has been revoked");
    says(&log_in(&app, NAME, PASSWORD).await, 404, "User not found.");
    // It can come back, so its name stays its own.
    says(&register(&app, NAME, MOBILE).await, 400, "A user with that username already exists.");
    let own = format!("/user/{}", root.uuid);
    says(&call(&app, "DELETE", &own, &root.access, None).await, 400, "The last administrator stays.");
}
