//! Reading JSON bodies as Flask does (mobile contract 1).

use std::borrow::Cow;

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::http::fields::{Body, JsonError};

/// Reads a body. `application/json` and `application/*+json` are JSON, with any parameters. Any other body counts as
/// one without fields, and so does an empty list.
///
/// # Errors
/// [`JsonError`] if the content type says JSON and the body is broken.
pub(super) fn read_body(content_type: Option<&str>, bytes: &Bytes) -> Result<Body, JsonError> {
    if !content_type.is_some_and(is_json) {
        return Ok(Body::Absent);
    }
    Ok(Body::Json(match parse(bytes)? {
        Value::Array(items) if items.is_empty() => Value::Object(Map::new()),
        value => value,
    }))
}

/// Reads a JSON text in UTF-8, UTF-16 or UTF-32. Of doubled keys the last one counts.
///
/// # Errors
/// [`JsonError`] if the text is broken.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    let text = decode(bytes).ok_or(JsonError::Unreadable)?;
    serde_json::from_str(&text).map_err(|_serde_words| JsonError::Unreadable)
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence
        .strip_prefix("application/")
        .is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}

/// The text, in the encoding that its first bytes tell, with or without a mark (`json.detect_encoding` of Python).
fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::from),
        [0xFF, 0xFE, 0, 0, rest @ ..] => utf_32(rest, u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF, rest @ ..] => utf_32(rest, u32::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0, 0, _, _, ..] => utf_32(bytes, u32::from_be_bytes),
        [_, 0, 0, 0, ..] => utf_32(bytes, u32::from_le_bytes),
        [0, _, _, _, ..] | [0, _] => utf_16(bytes, u16::from_be_bytes),
        [_, 0, _, _, ..] | [_, 0] => utf_16(bytes, u16::from_le_bytes),
        _ => std::str::from_utf8(bytes).ok().map(Cow::from),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'_, str>> {
    let (units, rest) = bytes.as_chunks();
    let text: Result<String, _> = char::decode_utf16(units.iter().map(|bytes| unit(*bytes))).collect();
    text.ok().filter(|_| rest.is_empty()).map(Cow::from)
}

fn utf_32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> Option<Cow<'_, str>> {
    let (units, rest) = bytes.as_chunks();
    let text: Option<String> = units.iter().map(|bytes| char::from_u32(unit(*bytes))).collect();
    text.filter(|_| rest.is_empty()).map(Cow::from)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of_units<const N: usize>(text: &str, unit: fn(u16) -> [u8; N]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_is_read_with_and_without_its_mark() {
        let text = r#"{"username":"Zoë"}"#;
        let wide = |unit: u16| u32::from(unit).to_be_bytes();
        for (mark, bytes) in [
            (&[][..], text.as_bytes().to_vec()),
            (&[0xEF, 0xBB, 0xBF], text.as_bytes().to_vec()),
            (&[0xFF, 0xFE], of_units(text, u16::to_le_bytes)),
            (&[0xFE, 0xFF], of_units(text, u16::to_be_bytes)),
            (&[0, 0, 0xFE, 0xFF], of_units(text, wide)),
            (&[0xFF, 0xFE, 0, 0], of_units(text, |unit| u32::from(unit).to_le_bytes())),
        ] {
            let marked: Vec<u8> = mark.iter().copied().chain(bytes.clone()).collect();
            for bytes in [bytes, marked] {
                assert_eq!(parse(&bytes), Ok(json!({"username": "Zoë"})), "{bytes:?}");
            }
        }
    }

    #[test]
    fn what_is_no_text_is_not_read() {
        for bytes in [&b""[..], b"{", b"\xFF", b"\xFE\xFF\0", b"\xFE\xFF\xD8\0", b"\0\0\0", b"NaN"] {
            assert_eq!(parse(bytes), Err(JsonError::Unreadable), "{bytes:?}");
        }
        assert_eq!(parse(&[b"[".repeat(1_000), b"]".repeat(1_000)].concat()), Err(JsonError::Unreadable));
    }

    #[test]
    fn json_is_what_says_so() {
        let body = Bytes::from_static(b"{}");
        for content_type in
            ["application/json", "Application/JSON; charset=utf-8", "application/problem+json"]
        {
            assert!(matches!(read_body(Some(content_type), &body), Ok(Body::Json(_))), "{content_type}");
        }
        for content_type in
            [None, Some(""), Some("text/json"), Some("application/x-www-form-urlencoded"), Some("?")]
        {
            assert!(matches!(read_body(content_type, &body), Ok(Body::Absent)), "{content_type:?}");
        }
        assert!(matches!(read_body(Some("application/json"), &Bytes::new()), Err(JsonError::Unreadable)));
    }
}
