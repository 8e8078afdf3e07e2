//! Whatever comes in, an answer comes out.

use bytes::Bytes;
use proptest::prelude::{Strategy, any, prop, prop_assert, proptest};

use super::answer;
use crate::http::fastapi::{boolean, date, float, integer, python_json};
use crate::http::fields::{
    Body, Fields, JsonError, RequestValues, choice, email, list, parse_urlencoded, secret, string,
};

/// Texts near enough to JSON, numbers and dates to get far.
fn nearly() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        "\\u",
        "d83d",
        "0",
        "12",
        "-",
        "+",
        ".",
        "e",
        "_",
        "T",
        "Z",
        " ",
        "é",
        "😀",
        "\0",
        "\n",
        "null",
        "true",
        "NaN",
        "2025-01-01",
        "00:00",
        "\"v\":",
        "@",
        "b.co",
        "<",
        ">",
        "xn--",
    ]);
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

fn read_everything(values: &RequestValues) {
    let mut fields = Fields::new(values);
    fields.path("v", integer().ge(1));
    fields.query_or("v", 1, integer().le(20));
    fields.query_optional("v", date());
    fields.query_optional("v", float());
    fields.query_optional("v", boolean());
    fields.query_optional("v", email());
    fields.body("v", list(list(integer())));
    fields.body("v", string().min_length(2).max_length(3).without_nul());
    fields.body_optional("v", float().ge(0.0));
    fields.body_optional("v", date());
    fields.body_optional("v", email());
    fields.body_or("v", 1, choice(&[("a", 1)]));
    fields.body("w", secret(string()));
    let _answer = fields.finish(|| Some(())).map_err(|errors| answer(&errors));
}

proptest! {
    #[test]
    fn json_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _read = python_json::parse(&bytes);
        let _pairs = parse_urlencoded(&bytes);
    }

    #[test]
    fn json_that_is_nearly_right(text in nearly()) {
        if let Err(JsonError::Syntax(error)) = python_json::parse(text.as_bytes()) {
            prop_assert!(error.offset <= text.chars().count());
        }
    }

    #[test]
    fn fields_of_any_text(text in nearly(), query in ".*") {
        let path = vec![("v", text.clone())];
        let pairs = vec![("v".to_owned(), text.clone())];
        let body = Body::of_json_endpoint(None, &Bytes::from(text.clone()), python_json::parse).unwrap_or_default();
        read_everything(&RequestValues { path: path.clone(), query: pairs.clone(), body });
        read_everything(&RequestValues::new(path, &query, Body::Form(pairs)));
        let object = serde_json::json!({ "v": text });
        read_everything(&RequestValues { body: Body::Json(object), ..RequestValues::default() });
    }
}
