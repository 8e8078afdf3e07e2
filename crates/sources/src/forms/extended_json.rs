//! Extended JSON of `MongoDB`, version 2 (canonical and relaxed), and the binaries of version 1.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map as Object, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The document without its wrappers: ids and dates as texts, numbers as numbers, binaries that are UTF-8 as texts.
/// What is not understood stays as it is.
pub(super) fn plain(value: Value) -> Value {
    match value {
        Value::Object(object) => match unwrapped(&object) {
            Some(value) => value,
            None => Value::Object(object.into_iter().map(|(key, value)| (key, plain(value))).collect()),
        },
        Value::Array(list) => Value::Array(list.into_iter().map(plain).collect()),
        value => value,
    }
}

fn unwrapped(object: &Object<String, Value>) -> Option<Value> {
    if object.len() > 2 {
        return None;
    }
    let (key, value) = object.iter().next()?;
    match (key.as_str(), value) {
        ("$oid" | "$uuid" | "$symbol", Value::String(_)) => Some(value.clone()),
        ("$numberInt" | "$numberLong" | "$numberDouble" | "$numberDecimal", Value::String(text)) => {
            Some(number(text))
        }
        ("$date", date) => self::date(date),
        ("$binary", Value::Object(binary)) => binary_text(binary.get("base64")?.as_str()?),
        ("$binary", Value::String(text)) if object.contains_key("$type") => binary_text(text),
        _ => None,
    }
}

fn number(text: &str) -> Value {
    if let Ok(number) = text.parse::<i64>() {
        return Value::from(number);
    }
    // Infinity and NaN are no JSON numbers, and decimals have more digits than one: they stay texts.
    text.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map_or(Value::from(text), Value::Number)
}

fn date(value: &Value) -> Option<Value> {
    let milliseconds = match value {
        Value::String(_) => return Some(value.clone()),
        Value::Number(number) => number.as_i64()?,
        Value::Object(object) => object.get("$numberLong")?.as_str()?.parse().ok()?,
        _ => return None,
    };
    let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()?;
    time.format(&Rfc3339).ok().map(Value::String)
}

fn binary_text(base64: &str) -> Option<Value> {
    String::from_utf8(STANDARD.decode(base64).ok()?).ok().map(Value::String)
}
