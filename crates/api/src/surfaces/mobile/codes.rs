//! The codes of what this surface alone refuses. All others come with them.

pub(super) use crate::http::codes::*;

vestibule_application::codes! {
    // What is wrong with a token: mobile contract 1.
    /// The header `Authorization` has another form.
    pub(super) AUTHORIZATION_MALFORMED: Invalid = "authorization_malformed";
    /// The token has fewer than three parts.
    pub(super) TOKEN_NOT_ENOUGH_SEGMENTS: Invalid = "token_not_enough_segments";
    /// The header of the token is not base64.
    pub(super) TOKEN_HEADER_PADDING: Invalid = "token_header_padding";
    /// The header of the token is not a JSON object.
    pub(super) TOKEN_HEADER_STRING: Invalid = "token_header_string";
    /// The payload of the token is not base64.
    pub(super) TOKEN_PAYLOAD_PADDING: Invalid = "token_payload_padding";
    /// The payload of the token is not a JSON object.
    pub(super) TOKEN_PAYLOAD_STRING: Invalid = "token_payload_string";
    /// The signature of the token is not base64.
    pub(super) TOKEN_CRYPTO_PADDING: Invalid = "token_crypto_padding";
    /// The token names another algorithm.
    pub(super) TOKEN_ALGORITHM: Invalid = "token_algorithm";
    /// The signature is wrong.
    pub(super) TOKEN_SIGNATURE: Invalid = "token_signature";
    /// The token is not valid yet.
    pub(super) TOKEN_NOT_YET_VALID: Invalid = "token_not_yet_valid";
    /// The claim `identity` is missing.
    pub(super) TOKEN_WITHOUT_IDENTITY: Invalid = "token_without_identity";
    /// The claim `identity` is null or empty.
    pub(super) TOKEN_OF_NOBODY: Unauthenticated = "token_of_nobody";
    /// The token is not an access token.
    pub(super) ACCESS_TOKENS_ONLY: Invalid = "access_tokens_only";
    /// The token is not a refresh token.
    pub(super) REFRESH_TOKENS_ONLY: Invalid = "refresh_tokens_only";
}
