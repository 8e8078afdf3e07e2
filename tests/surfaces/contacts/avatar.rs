//! Contacts contract 2.8, decision 5.

use serde_json::json;
use vestibule_application::media::SweepPolicy;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Avatar, ContactId, Text};
use vestibule_domain::media::ObjectKey;
use vestibule_tests::{Answer, PICTURE, TestApp};

use super::person::{EMAIL, add, call, contact, signed_in, unlimited};

const PATH: &str = "/api/contacts/1/avatar";

async fn send(app: &TestApp, path: &str, token: &str, content_type: &str, body: Vec<u8>) -> Answer {
    let request = app.request("PATCH", path).header("authorization", format!("Bearer {token}"));
    app.send(request.header("content-type", content_type).body(body)).await
}

/// Uploads a file under a name and type that are lies.
async fn upload(app: &TestApp, path: &str, token: &str, file: &[u8]) -> Answer {
    let head = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../etc/passwd\"\r\n\
                Content-Type: text/html\r\n\r\n";
    let body = [head.as_bytes(), file, b"\r\n--xyz--\r\n"].concat();
    send(app, path, token, "multipart/form-data; boundary=xyz", body).await
}

/// The path of the avatar that is shown.
fn shown(answer: &Answer) -> String {
    let url = answer.text("avatar");
    let at = url.find("/media/contacts/").unwrap_or_else(|| panic!("{url}"));
    url[at..].to_owned()
}

async fn owner() -> (TestApp, String) {
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    add(&app, &token, &contact("Grace Hopper")).await;
    (app, token)
}

#[tokio::test]
async fn a_picture_is_shown_under_its_address_and_replaces_the_one_before() {
    let (app, token) = owner().await;
    let first = upload(&app, PATH, &token, PICTURE).await;
    assert_eq!(first.status, 200, "{first:?}");
    let keys: Vec<_> = first.json().as_object().unwrap().keys().cloned().collect();
    let expected = ["fullname", "email", "phone_number", "birthday", "additional", "user_id", "avatar", "id"];
    assert_eq!(keys, expected);
    let picture = app.send(app.request("GET", &shown(&first))).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/jpeg"));

    let second = upload(&app, "/api/contacts/1/avatar/", &token, PICTURE).await;
    assert_ne!(shown(&second), shown(&first));
    assert_eq!(app.send(app.request("GET", &shown(&second))).await.status, 200);
    assert_eq!(app.get(&shown(&first)).await.status, 404);
    // A change leaves it, and what is shown is what was answered.
    call(&app, "PUT", "/api/contacts/1", &token, Some(&contact("Grace"))).await;
    let found = call(&app, "GET", "/api/contacts/Grace", &token, None).await;
    assert_eq!(shown(&found), shown(&second));
    call(&app, "DELETE", "/api/contacts/1", &token, None).await;
    assert_eq!(app.get(&shown(&second)).await.status, 404);
}

#[tokio::test]
async fn a_picture_of_another_owners_contact_is_not_touched() {
    let (app, token) = owner().await;
    let mine = upload(&app, PATH, &token, PICTURE).await;
    let (eve, _) = signed_in(&app, "eve@example.com").await;
    for path in [PATH, "/api/contacts/404404/avatar", "/api/contacts/99999999999999999999999/avatar"] {
        upload(&app, path, &eve, PICTURE).await.is_detail(404, "Contact was not found");
        // Nor is it told of the file before.
        upload(&app, path, &eve, b"no picture").await.is_detail(404, "Contact was not found");
    }
    assert_eq!(app.send(app.request("GET", &shown(&mine))).await.status, 200);
    // An address in a contact of one's own is text: replacing it removes nobody's picture.
    let mut body = contact("Eve");
    body["avatar"] = json!(mine.text("avatar"));
    let id = add(&app, &eve, &body).await;
    assert_eq!(upload(&app, &format!("/api/contacts/{id}/avatar"), &eve, PICTURE).await.status, 200);
    assert_eq!(app.send(app.request("GET", &shown(&mine))).await.status, 200);
}

#[tokio::test]
async fn what_is_no_picture_or_not_there_is_named() {
    let (app, token) = owner().await;
    upload(&app, PATH, &token, b"<script>alert(1)</script>").await.is(
        422,
        r#"{"detail":[{"type":"value_error","loc":["body","file"],"msg":"Value error, The file is not a JPEG, PNG, WebP or GIF picture","input":null,"ctx":{"error":{}}}]}"#,
    );
    send(&app, PATH, &token, "multipart/form-data", b"x".to_vec())
        .await
        .is_detail(400, "Missing boundary in multipart.");
    let missing =
        r#"{"detail":[{"type":"missing","loc":["body","file"],"msg":"Field required","input":null}]}"#;
    let parts = "multipart/form-data; boundary=xyz";
    send(&app, PATH, &token, parts, b"--xyz--\r\n".to_vec()).await.is(422, missing);
    let text = b"--xyz\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ntext\r\n--xyz--\r\n".to_vec();
    send(&app, PATH, &token, parts, text).await.is(
        422,
        r#"{"detail":[{"type":"value_error","loc":["body","file"],"msg":"Value error, Expected UploadFile, received: <class 'str'>","input":"text","ctx":{"error":{}}}]}"#,
    );
    upload(&app, "/api/contacts/x/avatar", &token, PICTURE).await.is(
        422,
        r#"{"detail":[{"type":"int_parsing","loc":["path","contact_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}]}"#,
    );
    let answer = upload(&app, PATH, "nonsense", PICTURE).await;
    answer.is_detail(401, "Wrong credentials");
}

#[tokio::test]
async fn of_two_files_the_last_counts_and_what_is_cut_off_is_missing() {
    let (app, token) = owner().await;
    let parts = "multipart/form-data; boundary=xyz";
    let part = |file: &[u8]| {
        let head = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
        [head.as_bytes(), file, b"\r\n"].concat()
    };
    let end = b"--xyz--\r\n".to_vec();
    let last_is_good = [part(b"no picture"), part(PICTURE), end.clone()].concat();
    assert_eq!(send(&app, PATH, &token, parts, last_is_good).await.status, 200);
    let last_is_bad = [part(PICTURE), part(b"no picture"), end].concat();
    assert_eq!(send(&app, PATH, &token, parts, last_is_bad).await.status, 422);
    let missing =
        r#"{"detail":[{"type":"missing","loc":["body","file"],"msg":"Field required","input":null}]}"#;
    send(&app, PATH, &token, parts, part(PICTURE)).await.is(422, missing);
    send(&app, PATH, &token, parts, part(PICTURE)[..40].to_vec()).await.is(422, missing);
}

#[tokio::test]
async fn a_format_that_is_not_supported_is_named() {
    let (app, token) = owner().await;
    upload(&app, PATH, &token, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").await.is(
        422,
        r#"{"detail":[{"type":"value_error","loc":["body","file"],"msg":"Value error, Pictures of the format HEIC are not supported, only JPEG, PNG, WebP and GIF","input":null,"ctx":{"error":{}}}]}"#,
    );
}

#[tokio::test]
async fn an_address_begins_as_the_setting_says_now_and_one_that_was_given_stays() {
    let app = TestApp::on_memory()
        .with("media.public_url", "https://new.example/media")
        // What is written past the use cases below is shown at once.
        .with("cache.answers", "0")
        .with("rate_limit.enabled", "false")
        .start()
        .await;
    let (token, _) = signed_in(&app, EMAIL).await;
    let id = ContactId(add(&app, &token, &contact("Grace Hopper")).await);
    let told = upload(&app, PATH, &token, PICTURE).await;
    let file = told.text("avatar").strip_prefix("https://new.example/media/").unwrap().to_owned();
    let owner = AccountId(told.json()["user_id"].as_i64().unwrap());
    let shown = async || {
        let found = call(&app, "GET", "/api/contacts/Grace", &token, None).await;
        let list = call(&app, "GET", "/api/contacts/", &token, None).await;
        assert_eq!(list.json()[0]["avatar"], found.json()["avatar"]);
        found.text("avatar")
    };
    let set = async |avatar: Avatar| {
        let mut store = app.deps.store.repositories();
        assert!(store.contacts().set_avatar(owner, id, &avatar).await.unwrap());
    };
    // A node of a former release shows what is stored.
    let stored = app.deps.store.repositories().contacts().by_id(owner, id).await.unwrap().unwrap();
    assert_eq!(stored.avatar.unwrap().url.as_str(), told.text("avatar"));
    // The setting was another one when this picture was uploaded.
    let whole = Text::parse(format!("https://old.example/media/{file}")).unwrap();
    set(Avatar { url: whole.clone(), object: ObjectKey::parse(&file).ok() }).await;
    assert_eq!(shown().await, format!("https://new.example/media/{file}"));
    set(Avatar::given(whole.clone())).await;
    assert_eq!(shown().await, whole.as_str());
}

#[tokio::test]
async fn an_upload_over_the_limit_is_refused() {
    let app = TestApp::on_memory()
        .with("rate_limit.enabled", "false")
        .with("media.max_upload", "1KiB")
        .start()
        .await;
    let (token, _) = signed_in(&app, EMAIL).await;
    add(&app, &token, &contact("Grace")).await;
    upload(&app, PATH, &token, &[0; 2_000]).await.is_detail(413, "Request Entity Too Large");
}

#[tokio::test]
async fn a_failure_leaves_the_old_picture_and_no_other() {
    let (app, token) = owner().await;
    let old = upload(&app, PATH, &token, PICTURE).await;
    app.faults.fail_commit(vestibule_infrastructure::faulty::Fault::Unexpected);
    upload(&app, PATH, &token, PICTURE).await.is(500, "Internal Server Error");
    let found = call(&app, "GET", "/api/contacts/Grace", &token, None).await;
    assert_eq!(shown(&found), shown(&old));
    assert_eq!(app.send(app.request("GET", &shown(&old))).await.status, 200);
    let late = app.clock.clone();
    late.advance(std::time::Duration::from_hours(2));
    let policy = SweepPolicy { removes: true, percent: 100 };
    assert_eq!(app.services.sweep_orphans.execute_while(policy, || true).await.unwrap().removed, 0);
}
