//! Two people who must not see each other's contacts, or that there are any.

use super::person::{EMAIL, add, call, contact, signed_in, unlimited};

#[tokio::test]
async fn another_owners_contact_is_answered_as_one_that_is_not_there() {
    let app = unlimited().await;
    let (ada, _) = signed_in(&app, EMAIL).await;
    let (eve, _) = signed_in(&app, "eve@example.com").await;
    let id = add(&app, &ada, &contact("Grace Hopper")).await;
    let before = call(&app, "GET", "/api/contacts/Grace", &ada, None).await.body;

    call(&app, "GET", "/api/contacts/", &eve, None).await.is(200, "[]");
    call(&app, "GET", "/api/contacts/bd?days_range=366", &eve, None).await.is(200, "[]");
    for text in ["Grace", "grace@example.com", "e"] {
        let answer = call(&app, "GET", &format!("/api/contacts/{text}"), &eve, None).await;
        answer.is_detail(404, "Contact was not found");
    }
    for (method, body) in [("PUT", Some(contact("Eve was here"))), ("DELETE", None)] {
        let theirs = call(&app, method, &format!("/api/contacts/{id}"), &eve, body.as_ref()).await;
        let nobodys = call(&app, method, "/api/contacts/404404", &eve, body.as_ref()).await;
        assert_eq!((theirs.status, &theirs.body), (404, &nobodys.body));
    }
    assert_eq!(call(&app, "GET", "/api/contacts/Grace", &ada, None).await.body, before);
    // Nor does a name tell: it need not be unique.
    assert_eq!(add(&app, &eve, &contact("Grace Hopper")).await, id + 1);
}

#[tokio::test]
async fn an_owner_that_the_body_names_is_not_believed() {
    let app = unlimited().await;
    signed_in(&app, EMAIL).await;
    let (eve, _) = signed_in(&app, "eve@example.com").await;
    let mut body = contact("Grace");
    body["user_id"] = serde_json::json!(1);
    let answer = call(&app, "POST", "/api/contacts/", &eve, Some(&body)).await;
    assert_eq!(answer.json()["user_id"], 2);
}
