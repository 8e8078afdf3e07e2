//! JSON as the originals write it.

use std::io;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// The content type of JSON. That of actix is written anew for each answer.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An answer in compact JSON, with numbers as Python writes them (theater contract 1.1 and 1.2).
pub fn json(status: StatusCode, value: &impl Serialize) -> HttpResponse {
    let mut body = Vec::with_capacity(512);
    match value.serialize(&mut Serializer::with_formatter(&mut body, PythonFloats)) {
        Ok(()) => HttpResponse::build(status).insert_header((CONTENT_TYPE, JSON)).body(body),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "an answer was not written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

struct PythonFloats;

impl Formatter for PythonFloats {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        match tenths(value) {
            Some(tenths) => write!(writer, "{}.{}", tenths / 10, tenths % 10),
            None => writer.write_all(python_repr(value).as_bytes()),
        }
    }
}

/// The number in tenths, if it has one decimal digit at the most, as most have, is not negative and below 1e14. A number of fifteen digits or fewer is
/// the shortest decimal form of the `f64` next to it, so that no search for that is needed.
fn tenths(value: f64) -> Option<u64> {
    const MOST: f64 = 1e14;
    if value.is_sign_negative() || value.is_nan() || value >= MOST {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within bounds, and compared below"
    )]
    let tenths = (value * 10.0).round() as u64;
    #[expect(clippy::cast_precision_loss, reason = "smaller than 2^53")]
    let is_exact = (tenths as f64 / 10.0).to_bits() == value.to_bits();
    is_exact.then_some(tenths)
}

/// Python's `repr`: the shortest decimal form; always with a fraction, or with an exponent of at least
/// two digits outside of 0.0001 to 1e16.
fn python_repr(value: f64) -> String {
    if value == 0.0 || (1e-4..1e16).contains(&value.abs()) {
        let mut plain = value.to_string();
        if !plain.contains('.') {
            plain.push_str(".0");
        }
        return plain;
    }
    let scientific = format!("{value:e}");
    match scientific.split_once('e') {
        Some((digits, exponent)) => {
            let (sign, exponent) = match exponent.strip_prefix('-') {
                Some(exponent) => ('-', exponent),
                None => ('+', exponent),
            };
            format!("{digits}e{sign}{exponent:0>2}")
        }
        None => scientific,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_python_writes_them() {
        // repr() of CPython 3.11.
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (85.0, "85.0"),
            (0.1, "0.1"),
            (1_000_000.0, "1000000.0"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (-1e-10, "-1e-10"),
            (9_999_999_999_999_998.0, "9999999999999998.0"),
            (1e16, "1e+16"),
            (1.25e20, "1.25e+20"),
            (1e300, "1e+300"),
            (5e-324, "5e-324"),
        ];
        for (value, expected) in cases {
            assert_eq!(python_repr(value), expected);
            assert_eq!(written(value), expected);
        }
    }

    fn written(value: f64) -> String {
        let mut text = Vec::new();
        PythonFloats.write_f64(&mut text, value).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn numbers_with_one_decimal_digit_are_written_as_all_others() {
        for tenths in (0..2_000_u32).chain((1..400).map(|number| number * 9_973_331)) {
            let value = f64::from(tenths) / 10.0;
            for value in [value, -value, value.next_up(), value.next_down(), value * 1e5, value * 1e9] {
                assert_eq!(written(value), python_repr(value), "{value:?}");
            }
        }
        for value in [1e13, 1e14, 1e14 + 0.1, 99_999_999_999_999.9, 0.05, 0.25, f64::MIN_POSITIVE] {
            assert_eq!(written(value), python_repr(value), "{value:?}");
        }
    }
}
