//! Admin contract 2.14 and 2.15, decision 11.

use vestibule_tests::{Answer, PICTURE, TestApp};

use super::person::{Person, admin, member, unlimited};

const PATH: &str = "/api/v1/profile-upload/";
const S3: &str = "/api/v1/profile-upload-s3/";
const NOT_ALLOWED: &str = r#"{"detail":"File type not allowed. Please upload a .jpg, .jpeg, or .png file."}"#;

async fn send(app: &TestApp, who: &Person, path: &str, content_type: &str, body: Vec<u8>) -> Answer {
    let request = app.request("POST", path).header("authorization", format!("Bearer {}", who.token));
    app.send(request.header("content-type", content_type).body(body)).await
}

async fn upload(app: &TestApp, who: &Person, path: &str, field: &str, name: &str, file: &[u8]) -> Answer {
    let head = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         Content-Type: image/jpeg\r\n\r\n"
    );
    let body = [head.as_bytes(), file, b"\r\n--xyz--\r\n"].concat();
    send(app, who, path, "multipart/form-data; boundary=xyz", body).await
}

#[tokio::test]
async fn a_picture_is_kept_served_and_replaced() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let mut served = Vec::new();
    for name in ["me.jpg", "me.PNG", "../../me.JpEg"] {
        let answer = upload(&app, &ada, PATH, "image", name, PICTURE).await;
        assert!(
            answer.body.starts_with(r#"{"message":"File uploaded successfully!","filename":""#),
            "{answer:?}"
        );
        served.push(format!("/media/profiles/{}", answer.text("filename")));
    }
    let last = served.pop().unwrap();
    let picture = app.send(app.request("GET", &last)).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/jpeg"));
    for old in served {
        assert_eq!(app.get(&old).await.status, 404);
    }
    // It comes back with its account, and goes with it.
    root.trash(&app, &ada.id).await.is(204, "");
    let restored = root.call(&app, "PUT", &format!("/api/v1/trash/restore/{}", ada.id), None).await;
    assert_eq!(format!("/media/profiles/{}", restored.text("profile_image")), last);
    let keys: Vec<_> = restored.json().as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys[6..], ["profile_image", "id"]);
    root.trash(&app, &ada.id).await.is(204, "");
    root.call(&app, "DELETE", &format!("/api/v1/trash/permanent/delete/{}", ada.id), None).await.is(204, "");
    assert_eq!(app.get(&last).await.status, 404);
}

#[tokio::test]
async fn names_and_contents_of_other_kinds_are_refused() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    for (path, field) in [(PATH, "image"), (S3, "file")] {
        for name in ["", ".jpg", "me.svg", "me.gif", "me.jpg ", "jpg"] {
            upload(&app, &ada, path, field, name, PICTURE).await.is(400, NOT_ALLOWED);
        }
    }
    for file in [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", &PICTURE[..PICTURE.len() / 2]] {
        upload(&app, &ada, PATH, "image", "me.jpg", file).await.is(400, NOT_ALLOWED);
    }
    let large = vec![0; 5 * 1024 * 1024 + 1];
    let answer = upload(&app, &ada, PATH, "image", "me.jpg", &large).await;
    answer.is(413, r#"{"detail":"Request Entity Too Large"}"#);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_after_the_token() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    for (path, field) in [(PATH, "image"), (S3, "file")] {
        let missing = format!(
            r#"{{"detail":[{{"type":"missing","loc":["body","{field}"],"msg":"Field required","input":null}}]}}"#
        );
        upload(&app, &ada, path, "other", "me.jpg", PICTURE).await.is(422, &missing);
        send(&app, &ada, path, "application/json", b"{}".to_vec()).await.is(422, &missing);
        send(&app, &ada, path, "image/jpeg", PICTURE.to_vec()).await.is(422, &missing);
        let text = format!("{field}=x").into_bytes();
        send(&app, &ada, path, "application/x-www-form-urlencoded", text).await.is(
            422,
            &format!(
                r#"{{"detail":[{{"type":"value_error","loc":["body","{field}"],"msg":"Value error, Expected UploadFile, received: <class 'str'>","input":"x","ctx":{{"error":{{}}}}}}]}}"#
            ),
        );
        let no_boundary = send(&app, &ada, path, "multipart/form-data", Vec::new()).await;
        no_boundary.is(400, r#"{"detail":"Missing boundary in multipart."}"#);
        app.send(app.request("POST", path)).await.is(401, r#"{"detail":"Not authenticated"}"#);
    }
}

#[tokio::test]
async fn of_two_files_the_last_counts_and_what_is_cut_off_or_no_upload_is_missing() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    let parts = "multipart/form-data; boundary=xyz";
    let part = |file: &[u8]| {
        let head = "--xyz\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n";
        [head.as_bytes(), file, b"\r\n"].concat()
    };
    let end = b"--xyz--\r\n".to_vec();
    let last_is_good = [part(b"no picture"), part(PICTURE), end.clone()].concat();
    assert_eq!(send(&app, &ada, PATH, parts, last_is_good).await.status, 200);
    let last_is_bad = [part(PICTURE), part(b"no picture"), end].concat();
    send(&app, &ada, PATH, parts, last_is_bad).await.is(400, NOT_ALLOWED);
    let missing =
        r#"{"detail":[{"type":"missing","loc":["body","image"],"msg":"Field required","input":null}]}"#;
    for cut_off in [part(PICTURE), part(PICTURE)[..40].to_vec(), Vec::new()] {
        send(&app, &ada, PATH, parts, cut_off).await.is(422, missing);
    }
    let unreadable = send(&app, &ada, PATH, parts, b"garbage".to_vec()).await;
    unreadable.is(400, r#"{"detail":"There was an error parsing the body"}"#);
}

#[tokio::test]
async fn without_a_bucket_there_are_no_credentials() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    let answer = upload(&app, &ada, S3, "file", "me.jpg", PICTURE).await;
    answer.is(400, r#"{"message":"Credentials error: Unable to locate credentials"}"#);
}

#[tokio::test]
async fn an_account_has_a_quota_of_uploads() {
    let app = TestApp::on_memory().with("media.uploads_per_hour", "2").start().await;
    let ada = member(&app, "ada").await;
    for expected in [200, 200, 429] {
        let answer = upload(&app, &ada, PATH, "image", "me.jpg", PICTURE).await;
        assert_eq!(answer.status, expected, "{answer:?}");
        if expected == 429 {
            answer.is(429, r#"{"detail":"Too Many Requests"}"#);
            assert!(answer.headers.contains_key("retry-after"));
        }
    }
}
