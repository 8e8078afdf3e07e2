//! Admin contract 2.11, decision 9.

use serde_json::json;

use super::person::{admin, log_in, member, unlimited};

const PATH: &str = "/api/v1/trash/bulk-delete";

#[tokio::test]
async fn accounts_are_told_apart_in_the_order_of_the_request() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    let (ada, eva, zoe) = (member(&app, "ada").await, member(&app, "eva").await, member(&app, "zoe").await);
    root.trash(&app, &eva.id).await.is(204, "");
    let ids = json!([zoe.id, "1", eva.id, ada.id, zoe.id, "0a1b2c3d-0000-4000-8000-000000000001", "1"]);
    let answer = root.call(&app, "POST", PATH, Some(&json!({"ids": ids, "reason": "spring"}))).await;
    answer.is(
        200,
        &format!(
            r#"{{"alredy_deleted_user":["1","{}","0a1b2c3d-0000-4000-8000-000000000001"],"deleted_now":["{}","{}"]}}"#,
            eva.id, zoe.id, ada.id
        ),
    );
    assert_eq!(log_in(&app, "ada").await.status, 401);
    assert_eq!(root.get(&app, "/api/v1/trash/").await.json()["total"], 3);
}

#[tokio::test]
async fn ids_of_nobody_alone_change_nothing() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    let answer = root.call(&app, "POST", PATH, Some(&json!({"ids": ["", "x"], "reason": ""}))).await;
    answer.is(200, r#"{"alredy_deleted_user":["","x"],"deleted_now":[]}"#);
}

#[tokio::test]
async fn faulty_lists_are_told() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    let call = async |body| root.call(&app, "POST", PATH, Some(&body)).await;
    call(json!({"ids": [], "reason": ""})).await.is(400, r#"{"detail":"please provide user's id"}"#);
    call(json!({"ids": "x"})).await.is(
        422,
        r#"{"detail":[{"type":"list_type","loc":["body","ids"],"msg":"Input should be a valid list","input":"x"},{"type":"missing","loc":["body","reason"],"msg":"Field required","input":{"ids":"x"}}]}"#,
    );
    call(json!({"ids": ["x", 1], "reason": ""})).await.is(
        422,
        r#"{"detail":[{"type":"string_type","loc":["body","ids",1],"msg":"Input should be a valid string","input":1}]}"#,
    );
}

#[tokio::test]
async fn nobody_goes_if_the_last_administrator_is_among_them() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let body = json!({"ids": [ada.id, root.id], "reason": ""});
    let refused = root.call(&app, "POST", PATH, Some(&body)).await;
    refused.is(400, r#"{"detail":"The last admin cannot be removed"}"#);
    assert_eq!(log_in(&app, "ada").await.status, 200);
}
