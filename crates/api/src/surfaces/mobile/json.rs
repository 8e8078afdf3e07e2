//! JSON as Flask writes it (mobile contract 1): compact, in ASCII, with a line break at the end. Its keys are sorted:
//! the fields of every shape are declared in their order.

use std::io;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::http::JSON;

/// An answer.
pub(super) fn json(status: StatusCode, value: &impl Serialize) -> HttpResponse {
    let mut body = Vec::with_capacity(256);
    match write(&mut body, value) {
        Ok(()) => {
            body.push(b'\n');
            HttpResponse::build(status).insert_header((CONTENT_TYPE, JSON)).body(body)
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "an answer was not written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Writes a value behind what is there.
pub(super) fn write(body: &mut Vec<u8>, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(body, Ascii))
}

struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        let mut plain = text;
        while let Some((at, other)) = plain.char_indices().find(|(_, letter)| !matches!(letter, ' '..='~')) {
            let (before, rest) = plain.split_at(at);
            writer.write_all(before.as_bytes())?;
            for unit in other.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = rest.get(other.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(plain.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_ascii_is_escaped() {
        let mut body = Vec::new();
        write(&mut body, &"a\"é😀\u{7f}\n\u{1}/<b>").unwrap();
        // json.dumps of CPython 3.11.
        assert_eq!(String::from_utf8(body).unwrap(), r#""a\"\u00e9\ud83d\ude00\u007f\n\u0001/<b>""#);
    }
}
