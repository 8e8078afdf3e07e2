//! Pictures by their address.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use uuid::Uuid;
use vestibule_application::media::StorePictureInput;
use vestibule_domain::installation::InstallationId;
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat, PictureSize};
use vestibule_tests::{Answer, PICTURE, TestApp};

/// Keeps these bytes, as they are, under a key.
async fn kept(app: &TestApp, bytes: &[u8]) -> ObjectKey {
    let key = ObjectKey::new(MediaFolder::Contacts, Uuid::from_u128(0xabc), PictureFormat::Jpeg);
    app.deps.objects.put(&key, bytes.to_vec()).await.unwrap();
    key
}

const PATH: &str = "/media/contacts/00000000000000000000000000000abc.jpg";
const TAG: &str = "\"00000000000000000000000000000abc\"";
const TEXT: &[u8] = b"0123456789";

async fn asked(app: &TestApp, method: &str, headers: &[(&str, &str)]) -> Answer {
    let request = app.request(method, PATH);
    app.send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
}

#[tokio::test]
async fn a_picture_is_served_with_headers_that_let_nothing_run() {
    let app = TestApp::start().await;
    kept(&app, TEXT).await;
    let answer = app.get(PATH).await;
    answer.is(200, "0123456789");
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("content-length", "10"),
        ("content-disposition", "inline"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("etag", TAG),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert!(!answer.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn what_was_uploaded_is_served_in_the_type_that_it_was_encoded_in() {
    let app = TestApp::start().await;
    let input = StorePictureInput {
        folder: MediaFolder::Profiles,
        size: PictureSize::AVATAR,
        upload: PICTURE.to_vec(),
    };
    let key = app.services.store_picture.execute(input).await.unwrap();
    let answer = app.get(&format!("/media/{key}")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/jpeg"));
}

#[tokio::test]
async fn the_head_alone_tells_the_length() {
    let app = TestApp::start().await;
    kept(&app, TEXT).await;
    let answer = asked(&app, "HEAD", &[]).await;
    answer.is(200, "");
    assert_eq!((answer.header("content-length"), answer.header("etag")), ("10", TAG));
}

#[tokio::test]
async fn who_has_it_is_told_so() {
    let app = TestApp::start().await;
    kept(&app, TEXT).await;
    for tags in [TAG, "\"x\", W/\"00000000000000000000000000000abc\"", "*"] {
        for method in ["GET", "HEAD"] {
            let answer = asked(&app, method, &[("if-none-match", tags), ("range", "bytes=0-1")]).await;
            answer.is(304, "");
            assert_eq!(answer.header("etag"), TAG);
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
            assert!(!answer.headers.contains_key("content-type"));
        }
    }
    asked(&app, "GET", &[("if-none-match", "\"x\"")]).await.is(200, "0123456789");
}

#[tokio::test]
async fn a_part_is_served() {
    let app = TestApp::start().await;
    kept(&app, TEXT).await;
    for (range, body, told) in [
        ("bytes=0-0", "0", "bytes 0-0/10"),
        ("bytes=2-4", "234", "bytes 2-4/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=7-1000", "789", "bytes 7-9/10"),
        ("bytes=-3", "789", "bytes 7-9/10"),
        ("bytes=-1000", "0123456789", "bytes 0-9/10"),
    ] {
        let answer = asked(&app, "GET", &[("range", range)]).await;
        answer.is(206, body);
        assert_eq!(answer.header("content-range"), told);
        assert_eq!((answer.header("content-type"), answer.header("etag")), ("image/jpeg", TAG));
    }
}

#[tokio::test]
async fn a_part_that_there_is_not_is_refused() {
    let app = TestApp::start().await;
    kept(&app, TEXT).await;
    for range in ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=18446744073709551615-"] {
        let answer = asked(&app, "GET", &[("range", range)]).await;
        answer.is(416, "");
        assert_eq!(answer.header("content-range"), "bytes */10", "{range}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn what_is_no_range_of_one_part_gets_all_of_it() {
    let app = TestApp::start().await;
    kept(&app, TEXT).await;
    for range in ["bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=x-y", "bytes=18446744073709551616-"] {
        asked(&app, "GET", &[("range", range)]).await.is(200, "0123456789");
    }
    let other = [("range", "bytes=0-1"), ("if-range", "\"other\"")];
    asked(&app, "GET", &other).await.is(200, "0123456789");
    asked(&app, "HEAD", &[("range", "bytes=0-1")]).await.is(200, "");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    app.get(PATH).await.is_detail(404, "Not Found");
    asked(&app, "GET", &[("if-none-match", "*")]).await.is_detail(404, "Not Found");
    asked(&app, "GET", &[("range", "bytes=0-1")]).await.is_detail(404, "Not Found");
    let answer = asked(&app, "HEAD", &[]).await;
    assert_eq!((answer.status, answer.header("cache-control")), (404, "no-store"));
}

#[tokio::test]
async fn only_reading_is_served() {
    let app = TestApp::start().await;
    kept(&app, TEXT).await;
    for method in ["PUT", "POST", "PATCH", "DELETE", "OPTIONS"] {
        let answer = asked(&app, method, &[]).await;
        answer.is_detail(405, "Method Not Allowed");
        assert_eq!(answer.header("allow"), "GET, HEAD");
    }
    app.get(PATH).await.is(200, "0123456789");
}

/// Asks for a path that no library sends as it stands.
fn status_of(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.split("\r\n").next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_path_leads_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let media = folder.path().join("media");
    let url = format!("file://{}", media.display());
    let app = TestApp::on_memory().with("media.url", &url).start().await;
    let key = kept(&app, TEXT).await;
    std::fs::write(folder.path().join("secret.jpg"), "secret").unwrap();
    std::fs::write(media.join("contacts/secret.jpg"), "secret").unwrap();
    app.deps.objects.claim(InstallationId(Uuid::from_u128(1))).await.unwrap();
    assert!(media.join("vestibule-installation").exists());
    let address = app.address();
    assert_eq!(status_of(&address, PATH), "HTTP/1.1 200 OK");
    let absolute = format!("/media/{}", media.join(key.to_string()).display());
    for path in [
        "/media/../secret.jpg",
        "/media/contacts/../../secret.jpg",
        "/media/%2e%2e/secret.jpg",
        "/media/%2e%2e%2fsecret.jpg",
        "/media/..%5csecret.jpg",
        "/media/%252e%252e/secret.jpg",
        "/media/contacts/secret.jpg",
        "/media/vestibule-installation",
        "/media/contacts/../vestibule-installation",
        "/media/contacts/00000000000000000000000000000abc.jpg%00",
        "/media/contacts/00000000000000000000000000000abc.jpg%00.png",
        "/media/contacts/./00000000000000000000000000000abc.jpg",
        "/media//contacts/00000000000000000000000000000abc.jpg",
        "/media/contacts/00000000000000000000000000000abc.jpg/",
        "/media/contacts/00000000000000000000000000000ABC.jpg",
        "/media/contacts/",
        "/media/contacts",
        "/media/",
        "/media//etc/passwd",
        "/media/%ff%fe",
        absolute.as_str(),
    ] {
        assert_eq!(status_of(&address, path), "HTTP/1.1 404 Not Found", "{path}");
    }
}

#[tokio::test]
async fn addresses_that_are_not_of_this_host_are_refused_like_all_others() {
    let app = TestApp::start().await;
    kept(&app, TEXT).await;
    assert_eq!(asked(&app, "GET", &[("host", "evil.example")]).await.status, 403);
}
