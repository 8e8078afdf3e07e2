//! JSON with the error texts and character offsets of Python 3.10's `json.loads`, which `FastAPI` shows to
//! clients (theater contract 1.3).
//!
//! Good texts take the fast way through `serde_json`. Only a text that it refuses is walked again, to find
//! what Python would have said. Where we are stricter than Python, if nothing else is wrong:
//!
//! - `NaN`, `Infinity`, `-Infinity` and numbers beyond the range of a double are `Expecting value`
//!   (theater decision 5);
//! - a lone surrogate escape such as `"\ud800"` is `Invalid \uXXXX escape`;
//! - UTF-16 and UTF-32, nesting deeper than 127 levels, and surrogates encoded as UTF-8 are unreadable.

mod scanner;

use serde_json::Value;

use crate::http::fields::JsonError;

/// Reads a JSON text. A byte order mark is skipped; of doubled keys the last one counts.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    let text = text_of(bytes)?;
    serde_json::from_str(text).map_err(|_serde_words| scanner::first_error(text))
}

/// Reads a JSON text in which a number beyond the range of a double becomes the greatest double of its sign. For
/// surfaces with an answer of their own to numbers that are too great.
pub(super) fn parse_saturating(bytes: &[u8]) -> Result<Value, JsonError> {
    parse(bytes).or_else(|error| match text_of(bytes).map(scanner::saturated) {
        Ok(text) => serde_json::from_str(&text).map_err(|_broken_elsewhere| error),
        Err(unreadable) => Err(unreadable),
    })
}

fn text_of(bytes: &[u8]) -> Result<&str, JsonError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if looks_like_utf16_or_32(bytes) {
        return Err(JsonError::Unreadable);
    }
    std::str::from_utf8(bytes).map_err(|_not_utf8| JsonError::Unreadable)
}

/// Whether the first two bytes have a NUL, by which Python recognises other encodings. Texts of one or three bytes
/// are never taken for one.
fn looks_like_utf16_or_32(bytes: &[u8]) -> bool {
    matches!(bytes, [0, _] | [_, 0] | [0, _, _, _, ..] | [_, 0, _, _, ..])
}
