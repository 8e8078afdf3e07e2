//! The form of a token, judged as `PyJWT` 1.7 judges it, part by part (mobile contract 1).

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};
use vestibule_application::Code;

use super::codes;
use super::token::ForeignClaims;

/// Why a text does not have the form of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// Fewer than three parts.
    Segments,
    /// A header that is not base64.
    HeaderPadding,
    /// A header that is not a JSON object.
    HeaderString,
    /// A payload that is not base64.
    PayloadPadding,
    /// A payload that is not a JSON object.
    PayloadString,
    /// A signature that is not base64.
    CryptoPadding,
}

impl Broken {
    pub(super) fn code(self) -> Code {
        match self {
            Self::Segments => codes::TOKEN_NOT_ENOUGH_SEGMENTS,
            Self::HeaderPadding => codes::TOKEN_HEADER_PADDING,
            Self::HeaderString => codes::TOKEN_HEADER_STRING,
            Self::PayloadPadding => codes::TOKEN_PAYLOAD_PADDING,
            Self::PayloadString => codes::TOKEN_PAYLOAD_STRING,
            Self::CryptoPadding => codes::TOKEN_CRYPTO_PADDING,
        }
    }
}

/// A token of the right form. Its signature was not checked.
#[derive(Debug)]
pub(super) struct TokenForm {
    header: Map<String, Value>,
    payload: Map<String, Value>,
}

impl TokenForm {
    /// The algorithm that it names.
    pub(super) fn algorithm(&self) -> Option<&str> {
        self.header.get("alg").and_then(Value::as_str)
    }

    /// The claims of the token.
    pub(super) fn claims(&self) -> ForeignClaims {
        ForeignClaims::from(&self.payload)
    }
}

/// Reads a token, in the order of the original: the parts, header, payload, signature.
///
/// # Errors
/// The first part that does not have its form.
pub(super) fn read(token: &str) -> Result<TokenForm, Broken> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Broken::Segments)?;
    let (header, payload) = signed.split_once('.').ok_or(Broken::Segments)?;
    let header = decode(header).ok_or(Broken::HeaderPadding)?;
    let header = serde_json::from_slice(&header).map_err(|_no_object| Broken::HeaderString)?;
    let payload = decode(payload).ok_or(Broken::PayloadPadding)?;
    decode(signature).ok_or(Broken::CryptoPadding)?;
    let payload = serde_json::from_slice(&payload).map_err(|_no_object| Broken::PayloadString)?;
    Ok(TokenForm { header, payload })
}

/// Decodes base64 as Python does. Characters outside of the alphabet are ignored, and only the number of the others
/// counts.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

fn decode(text: &str) -> Option<Vec<u8>> {
    let letters = text.bytes().filter_map(|letter| match letter {
        b'+' => Some(b'-'),
        b'/' => Some(b'_'),
        b'-' | b'_' => Some(letter),
        _ => letter.is_ascii_alphanumeric().then_some(letter),
    });
    LENIENT.decode(letters.collect::<Vec<_>>()).ok()
}

#[cfg(test)]
mod tests {
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;

    use super::*;

    fn token(header: &str, payload: &str, signature: &str) -> String {
        let [header, payload] = [header, payload].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
        format!("{header}.{payload}.{signature}")
    }

    #[test]
    fn the_first_part_that_is_broken_is_told() {
        let header = r#"{"alg":"HS256"}"#;
        for (token, broken) in [
            (String::new(), Broken::Segments),
            ("x".repeat(9_000), Broken::Segments),
            ("a.b".to_owned(), Broken::Segments),
            ("a.b.c".to_owned(), Broken::HeaderPadding),
            (token("[]", "{}", "abc"), Broken::HeaderString),
            (token("x", "{}", "abc"), Broken::HeaderString),
            (token(header, "[]", "abc"), Broken::PayloadString),
            (token(header, "[]", "a"), Broken::CryptoPadding),
            (token(header, "{}", "abcde"), Broken::CryptoPadding),
            (format!("{}.a.abc", BASE64_URL_SAFE_NO_PAD.encode(header)), Broken::PayloadPadding),
        ] {
            assert_eq!(read(&token).unwrap_err(), broken, "{token}");
        }
    }

    #[test]
    fn a_token_of_the_right_form_names_its_algorithm() {
        for (header, algorithm) in [(r#"{"alg":"none"}"#, Some("none")), ("{}", None), (r#"{"alg":1}"#, None)]
        {
            assert_eq!(read(&token(header, "{}", "")).unwrap().algorithm(), algorithm);
        }
    }
}
