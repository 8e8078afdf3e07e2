//! What SCRAM (RFC 5802 §3) keeps of a password.

use super::parts;
use crate::engines::{Algorithm, Digest, Pbkdf2, Sign};
use crate::recipe::{Recipe, TextForm};
use crate::refusal::Refusal;

/// StoredKey = H(HMAC(PBKDF2(SASLprep(password)), "Client Key")).
pub(super) fn stored_key(
    algorithm: Algorithm,
    iterations: u32,
    salt: Vec<u8>,
    stored: Vec<u8>,
) -> Result<Recipe, Refusal> {
    let salted = Pbkdf2::new(algorithm, iterations, algorithm.length(), salt)?;
    let client = Sign { algorithm, message: "Client Key".into() };
    let steps = [salted.into(), client.into(), Digest::once(algorithm).into()];
    Ok(Recipe::new(steps, stored).spelled(TextForm::Saslprep))
}

/// SaltedPassword = PBKDF2(SASLprep(password)).
pub(super) fn salted_password(
    algorithm: Algorithm,
    iterations: u32,
    salt: Vec<u8>,
    salted: &[u8],
) -> Result<Recipe, Refusal> {
    Ok(parts::pbkdf2(algorithm, iterations, salt, salted)?.spelled(TextForm::Saslprep))
}
