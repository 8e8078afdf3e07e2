//! Bodies that are no object at all, and what counts as JSON.

use bytes::Bytes;
use serde_json::{Value, json};

use super::answer;
use crate::http::fastapi::python_json::parse;
use crate::http::fields::{Body, Fields, JsonError, RequestValues, string};

fn error_of(body: Body) -> String {
    let values = RequestValues { body, ..RequestValues::default() };
    let mut fields = Fields::new(&values);
    fields.body_optional("a", string());
    fields.body("b", string());
    answer(&fields.finish(|| Some(())).unwrap_err())
}

#[test]
fn no_body_and_null_are_one_missing_item() {
    for body in [Body::Absent, Body::Json(Value::Null)] {
        assert_eq!(
            error_of(body),
            r#"{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}"#
        );
    }
}

#[test]
fn what_is_no_object_is_one_item_with_the_body_as_input() {
    for (body, input) in [
        (Body::Json(json!([1, "é"])), r#"[1,"é"]"#),
        (Body::Json(json!("text")), r#""text""#),
        (Body::Json(json!(5)), "5"),
        (Body::Raw("a=1&b=2".to_owned()), r#""a=1&b=2""#),
    ] {
        let expected = format!(
            r#"{{"detail":[{{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":{input}}}]}}"#
        );
        assert_eq!(error_of(body), expected);
    }
}

#[test]
fn an_endpoint_that_reads_no_body_does_not_look_at_it() {
    let values = RequestValues { body: Body::Raw("text".to_owned()), ..RequestValues::default() };
    assert!(Fields::new(&values).finish(|| Some(())).is_ok());
}

#[test]
fn the_content_type_decides_what_is_json() {
    let read = |content_type| Body::of_json_endpoint(content_type, &Bytes::from_static(b"{}"), parse);
    for json in [
        None,
        Some(""),
        Some("application/json"),
        Some("Application/JSON; charset=utf-8"),
        Some(" application/json "),
        Some("application/vnd.api+json"),
        Some("application/+json"),
    ] {
        assert!(matches!(read(json), Ok(Body::Json(_))), "{json:?}");
    }
    for raw in ["text/plain", "text/json", "json", "application/", "application/json/x", "application/json,x"]
    {
        assert!(matches!(read(Some(raw)), Ok(Body::Raw(_))), "{raw:?}");
    }
}

#[test]
fn only_json_is_parsed() {
    let read =
        |content_type, bytes| Body::of_json_endpoint(Some(content_type), &Bytes::from_static(bytes), parse);
    assert!(matches!(read("application/json", b""), Ok(Body::Absent)));
    assert!(matches!(read("text/plain", b""), Ok(Body::Absent)));
    assert!(matches!(read("application/json", b"{"), Err(JsonError::Syntax(_))));
    assert!(matches!(read("application/json", b"\xff"), Err(JsonError::Unreadable)));
    assert!(matches!(read("text/plain", b"\xff{"), Ok(Body::Raw(_))));
}

#[test]
fn pairs_are_decoded_as_python_does() {
    let values = RequestValues::new(vec![], "a=1+2&&b&=c&d=%41%zz%4&e=%ff&f=x=y&%C3%A9=%C3%A9", Body::Absent);
    let pairs: Vec<_> = values.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(
        pairs,
        [("a", "1 2"), ("b", ""), ("", "c"), ("d", "A%zz%4"), ("e", "\u{fffd}"), ("f", "x=y"), ("é", "é")]
    );
}
