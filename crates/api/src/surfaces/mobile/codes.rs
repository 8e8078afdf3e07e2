//! The codes of what this surface alone refuses. All others come with them.

pub(super) use crate::http::codes::*;

vestibule_application::codes! {
    // What is wrong with a token: mobile contract 1.
    /// The header `Authorization` has another form.
    pub(super) AUTHORIZATION_MALFORMED: Invalid = "authorization_malformed";
    /// The token has fewer than three parts.
    pub(super) TOKEN_NOT_ENOUGH_SEGMENTS: Invalid = "token_not_enough_segments";
    /// Its header is no base64.
    pub(super) TOKEN_HEADER_PADDING: Invalid = "token_header_padding";
    /// Its header is no JSON object.
    pub(super) TOKEN_HEADER_STRING: Invalid = "token_header_string";
    /// Its payload is no base64.
    pub(super) TOKEN_PAYLOAD_PADDING: Invalid = "token_payload_padding";
    /// Its payload is no JSON object.
    pub(super) TOKEN_PAYLOAD_STRING: Invalid = "token_payload_string";
    /// Its signature is no base64.
    pub(super) TOKEN_CRYPTO_PADDING: Invalid = "token_crypto_padding";
    /// It names another algorithm.
    pub(super) TOKEN_ALGORITHM: Invalid = "token_algorithm";
    /// Its signature is another one.
    pub(super) TOKEN_SIGNATURE: Invalid = "token_signature";
    /// It is not good yet.
    pub(super) TOKEN_NOT_YET_VALID: Invalid = "token_not_yet_valid";
    /// It says of nobody that it is about him.
    pub(super) TOKEN_WITHOUT_IDENTITY: Invalid = "token_without_identity";
    /// It names nobody.
    pub(super) TOKEN_OF_NOBODY: Unauthenticated = "token_of_nobody";
    /// It is no access token.
    pub(super) ACCESS_TOKENS_ONLY: Invalid = "access_tokens_only";
    /// It is no refresh token.
    pub(super) REFRESH_TOKENS_ONLY: Invalid = "refresh_tokens_only";
}
