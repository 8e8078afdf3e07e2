//! Files, as the contacts contract has them (2.8).

use bytes::Bytes;

use super::{answer, words};
use crate::http::fastapi::integer;
use crate::http::fields::{Body, Fields, RequestValues, UploadedFile, ValidationErrors};

fn read(body: Body) -> Result<Bytes, ValidationErrors> {
    let values = RequestValues { body, ..RequestValues::default() };
    let mut fields = Fields::new(&values);
    let file = fields.file("file");
    fields.finish(|| file.map(|file| file.bytes))
}

fn upload(texts: &[(&str, &str)], files: &[(&str, &'static [u8])]) -> Body {
    Body::Upload {
        texts: texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
        files: files
            .iter()
            .map(|(name, file)| {
                ((*name).to_owned(), UploadedFile { name: String::new(), bytes: Bytes::from_static(file) })
            })
            .collect(),
    }
}

fn refusal(body: Body) -> String {
    answer(&read(body).unwrap_err())
}

const MISSING: &str =
    r#"{"detail":[{"type":"missing","loc":["body","file"],"msg":"Field required","input":null}]}"#;

#[test]
fn a_file_is_its_bytes() {
    assert_eq!(read(upload(&[("file", "text")], &[("file", b"\xff\0")])).unwrap(), &b"\xff\0"[..]);
    assert_eq!(read(upload(&[], &[("file", b"")])).unwrap(), &b""[..]);
}

#[test]
fn a_file_that_is_not_there_is_missing() {
    assert_eq!(refusal(upload(&[], &[])), MISSING);
    assert_eq!(refusal(upload(&[("file", "")], &[("other", b"x")])), MISSING);
    assert_eq!(refusal(Body::Form(Vec::new())), MISSING);
}

#[test]
fn a_text_is_no_file() {
    let text = r#"{"detail":[{"type":"value_error","loc":["body","file"],"msg":"Value error, Expected UploadFile, received: <class 'str'>","input":"text","ctx":{"error":{}}}]}"#;
    assert_eq!(refusal(upload(&[("file", "text")], &[])), text);
    assert_eq!(refusal(Body::Form(vec![("file".to_owned(), "text".to_owned())])), text);
}

#[test]
fn faults_of_the_path_come_before_those_of_the_file() {
    let path = vec![("id", "x".to_owned())];
    let values = RequestValues { path, body: upload(&[], &[]), ..RequestValues::default() };
    let mut fields = Fields::new(&values);
    let file = fields.file("file");
    let id = fields.path("id", integer());
    let errors = fields.finish(|| file.zip(id)).unwrap_err();
    let kinds: Vec<_> = errors.0.iter().map(|item| words(item).kind).collect();
    assert_eq!(kinds, ["int_parsing", "missing"]);
}
