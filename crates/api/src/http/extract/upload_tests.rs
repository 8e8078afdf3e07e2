//! Uploads, as people and as others send them.

use actix_web::error::ResponseError as _;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::test::TestRequest;
use actix_web::web;
use vestibule_application::CodedError as _;

use super::form::read_urlencoded;
use super::parts::brings_parts;
use super::upload::{UploadLimit, begin, read_upload};
use crate::http::fields::Body;
use crate::http::{Plain, Rejection, codes};

const LIMIT: usize = 100_000;
const TYPE: &str = "multipart/form-data; boundary=cut";

fn request(content_type: &str, body: Vec<u8>) -> TestRequest {
    TestRequest::post()
        .insert_header((CONTENT_TYPE, content_type))
        .app_data(web::Data::new(UploadLimit::new(LIMIT)))
        .set_payload(body)
}

async fn read(body: Vec<u8>) -> Result<Body, Rejection<Plain>> {
    let (request, payload) = request(TYPE, body).to_http_parts();
    assert!(brings_parts(&request).unwrap());
    read_upload(&request, payload).await
}

async fn status(body: Vec<u8>) -> u16 {
    read(body).await.expect_err("it was read").status_code().as_u16()
}

/// One part, with the beginning of its boundary and without the end of all.
fn part(head: &str, content: &[u8]) -> Vec<u8> {
    [format!("--cut\r\n{head}\r\n\r\n").as_bytes(), content, b"\r\n"].concat()
}

fn file(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"../../etc/x.png\"");
    part(&head, content)
}

fn text(name: &str, content: &[u8]) -> Vec<u8> {
    part(&format!("Content-Disposition: form-data; name=\"{name}\""), content)
}

fn whole(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), b"--cut--\r\n".to_vec()].concat()
}

#[actix_web::test]
async fn files_and_texts_are_told_apart() {
    let body = whole(&[text("note", "é".as_bytes()), file("file", b"\0\xff\r\n--cu"), text("note", b"2")]);
    let Ok(Body::Upload { texts, files }) = read(body).await else { panic!("not read") };
    assert_eq!(texts, [("note".to_owned(), "é".to_owned()), ("note".to_owned(), "2".to_owned())]);
    assert_eq!(files.len(), 1);
    assert_eq!((files[0].0.as_str(), &files[0].1.bytes[..]), ("file", &b"\0\xff\r\n--cu"[..]));
}

#[actix_web::test]
async fn a_file_with_an_empty_name_is_a_file() {
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"\"";
    let Ok(Body::Upload { files, .. }) = read(whole(&[part(head, b"")])).await else { panic!("not read") };
    assert_eq!(files.len(), 1);
}

#[actix_web::test]
async fn a_file_may_be_as_large_as_the_limit_and_no_larger() {
    assert!(read(whole(&[file("file", &vec![b'x'; LIMIT])])).await.is_ok());
    assert_eq!(status(whole(&[file("file", &vec![b'x'; LIMIT + 1])])).await, 413);
    assert_eq!(status(whole(&[file("file", &vec![b'x'; LIMIT * 10])])).await, 413);
}

async fn fields(body: Vec<u8>) -> (Vec<(String, String)>, Vec<(String, Vec<u8>)>) {
    let Ok(Body::Upload { texts, files }) = read(body).await else { panic!("not read") };
    (texts, files.into_iter().map(|(name, file)| (name, file.bytes.to_vec())).collect())
}

fn named(name: &str, content: String) -> (String, String) {
    (name.to_owned(), content)
}

#[actix_web::test]
async fn of_two_files_of_one_name_the_last_counts() {
    let (_, files) = fields(whole(&[file("file", b"1"), file("other", b"2"), file("file", b"3")])).await;
    assert_eq!(files, [("other".to_owned(), b"2".to_vec()), ("file".to_owned(), b"3".to_vec())]);
    // Each may be as large as the limit.
    let largest = vec![b'x'; LIMIT];
    let (_, files) = fields(whole(&[file("file", &largest), file("file", &largest)])).await;
    assert_eq!(files.len(), 1);
    assert_eq!(status(whole(&[file("file", &largest), file("other", b"2")])).await, 413);
}

#[actix_web::test]
async fn of_a_file_and_a_text_of_one_name_the_last_counts() {
    let (texts, files) = fields(whole(&[file("file", b"1"), text("file", b"2")])).await;
    assert_eq!((texts, files.len()), (vec![named("file", "2".to_owned())], 0));
    let (texts, files) = fields(whole(&[text("file", b"1"), file("file", b"2")])).await;
    assert_eq!((texts.len(), files), (0, vec![("file".to_owned(), b"2".to_vec())]));
}

#[actix_web::test]
async fn of_what_is_cut_off_the_parts_that_are_whole_count() {
    let body = whole(&[file("file", b"content")]);
    for left in [1, 20, 60, body.len() - 20] {
        let (texts, files) = fields(body[..left].to_vec()).await;
        assert_eq!((texts.len(), files.len()), (0, 0), "{left}");
    }
    let two = whole(&[text("note", b"1"), file("file", b"first"), file("file", b"second")]);
    let (texts, files) = fields(two[..two.len() - 12].to_vec()).await;
    assert_eq!(texts, [named("note", "1".to_owned())]);
    assert_eq!(files, [("file".to_owned(), b"first".to_vec())]);
}

#[actix_web::test]
async fn what_begins_with_no_boundary_is_not_cut_off_but_unreadable() {
    for body in ["nonsense", "\r\nnonsense", "x--cut"] {
        assert_eq!(status(body.into()).await, 400, "{body}");
    }
    for body in ["", "\r\n", "--c", "\r\n--cut"] {
        let (texts, files) = fields(body.into()).await;
        assert_eq!((texts.len(), files.len()), (0, 0), "{body}");
    }
}

#[actix_web::test]
async fn fields_are_few_and_short() {
    let many: Vec<_> = (0..17).map(|_| text("note", b"x")).collect();
    assert!(read(whole(&many[..16])).await.is_ok());
    assert_eq!(status(whole(&many)).await, 400);
    assert_eq!(status(whole(&[text("note", &vec![b'x'; 20_000])])).await, 413);
}

#[actix_web::test]
async fn heads_of_parts_are_short() {
    let head = format!("Content-Disposition: form-data; name=\"file\"\r\nX: {}", "x".repeat(400_000));
    assert!(read(whole(&[part(&head, b"x")])).await.is_err());
    let lines = "X: x\r\n".repeat(1000);
    let head = format!("Content-Disposition: form-data; name=\"file\"\r\n{}", lines.trim_end());
    assert_eq!(status(whole(&[part(&head, b"x")])).await, 400);
}

#[actix_web::test]
async fn a_part_without_a_name_or_with_parts_of_its_own_is_unreadable() {
    assert_eq!(status(part("Content-Type: text/plain", b"x")).await, 400);
    let nested =
        "Content-Disposition: form-data; name=\"file\"\r\nContent-Type: multipart/mixed; boundary=in";
    assert_eq!(status(whole(&[part(nested, b"x")])).await, 400);
}

#[actix_web::test]
async fn an_upload_names_its_boundary() {
    let brings = |content_type: &str| brings_parts(&request(content_type, Vec::new()).to_http_request());
    assert!(brings("Multipart/Form-Data; charset=utf-8; Boundary=cut").unwrap());
    for without in
        ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; x=boundary"]
    {
        let error = brings(without).unwrap_err();
        assert_eq!(error.code(), codes::MISSING_BOUNDARY, "{without}");
    }
    for other in ["application/json", "text/plain", "multipart/mixed; boundary=cut", ""] {
        assert!(!brings(other).unwrap(), "{other}");
    }
}

#[actix_web::test]
async fn another_body_has_the_fields_of_a_form_or_none() {
    for (content_type, body, pairs) in
        [("application/x-www-form-urlencoded", "file=x", 1), ("application/json", r#"{"file":"x"}"#, 0)]
    {
        let (request, payload) = request(content_type, body.into()).to_http_parts();
        let Ok(Body::Form(read)) = read_urlencoded::<Plain>(&request, payload).await else {
            panic!("no form")
        };
        assert_eq!(read.len(), pairs, "{content_type}");
    }
}

#[actix_web::test]
async fn nobody_uploads_without_an_account() {
    let request = request(TYPE, Vec::new()).to_http_request();
    let refused = begin::<Plain>(&request, None).await.unwrap_err();
    assert_eq!(refused.status_code().as_u16(), 401);
}
