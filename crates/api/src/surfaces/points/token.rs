//! The token of the caller (points contract, decisions 1 and 2).

use actix_web::HttpRequest;
use vestibule_domain::secret::SecretToken;

use crate::http::extract::{NotAuthenticated, bearer_token};
use crate::http::fields::{Fields, secret, string};

/// The field `access_token`, which may be left out.
#[derive(Debug)]
pub(super) struct TokenField(Option<SecretToken>);

impl TokenField {
    /// Reads it: the last field of the contract's order.
    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let text = fields.body_optional("access_token", secret(string()))?;
        Some(Self(text.value().map(SecretToken::new)))
    }

    /// The token of the field, else that of the header. It is never in the query.
    ///
    /// # Errors
    /// The request has no token. The other fields are judged before this; a negative number and the token itself
    /// after it.
    pub(super) fn or_header(self, request: &HttpRequest) -> Result<SecretToken, NotAuthenticated> {
        let of_header = || bearer_token(request).filter(|token| !token.is_empty()).map(SecretToken::new);
        self.0.or_else(of_header).ok_or(NotAuthenticated)
    }
}
