use thiserror::Error;

/// Why a text is no e-mail address. The texts are the published ones of email-validator 2.2.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum InvalidEmail {
    /// No `@` outside of quotes.
    #[error("An email address must have an @-sign.")]
    NoAtSign,
}
