//! How bytes are written. `None` is a text that is not written so.

mod h64;

use base64::Engine as _;
use base64::alphabet::{Alphabet, BCRYPT, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

pub(crate) use h64::{h64, h64_number};

/// Padding may be there or not, and the bits behind the last byte may be set.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_encode_padding(false)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

const fn lenient(alphabet: &Alphabet) -> GeneralPurpose {
    GeneralPurpose::new(alphabet, LENIENT)
}

/// Standard base64 (RFC 4648 §4), with padding or without it.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    lenient(&STANDARD).decode(text).ok()
}

/// Standard base64 with `.` in the place of `+`, as passlib writes it; `+` is taken too.
pub(crate) fn ab64(text: &str) -> Option<Vec<u8>> {
    base64(&text.replace('.', "+"))
}

/// base64 of RFC 4648 §5.
pub(crate) fn base64_url(text: &str) -> Option<Vec<u8>> {
    lenient(&URL_SAFE).decode(text).ok()
}

pub(crate) fn to_base64_url(bytes: &[u8]) -> String {
    lenient(&URL_SAFE).encode(bytes)
}

pub(crate) fn to_base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// bcrypt's own base64.
pub(crate) fn bcrypt64(text: &str) -> Option<Vec<u8>> {
    lenient(&BCRYPT).decode(text).ok()
}

/// Hex digits of either case.
pub(crate) fn hex(text: &str) -> Option<Vec<u8>> {
    hex::decode(text).ok()
}

/// A decimal number without a sign.
pub(crate) fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}
