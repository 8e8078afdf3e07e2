//! Flask-Security 5.9.2. Run.
//!
//! What is hashed is base64 of HMAC-SHA512 under `SECURITY_PASSWORD_SALT`, which leaves no mark in the text. Its forms
//! put a password into NFKD first, its commands do not, so both are tried.

use super::parts;
use super::pattern::{How, Pattern};
use crate::engines::{Algorithm, Code, Hmac};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe, TextForm};
use crate::refusal::Refusal;
use crate::source::Source;

const KEY: &str = "SECURITY_PASSWORD_SALT";
const SYSTEM: &str = "Flask-Security";

pub(super) const FORMATS: &[Format] = &[
    Format::code("flask-security-argon2", SYSTEM, argon2).with_keys(&[KEY]),
    Format::code("flask-security-argon2-nfkd", SYSTEM, argon2).with_keys(&[KEY]),
    Format::code("flask-security-bcrypt", SYSTEM, bcrypt).with_keys(&[KEY]),
    Format::code("flask-security-pbkdf2_sha512", SYSTEM, pbkdf2).with_keys(&[KEY]),
];

fn keyed(source: &Source<'_>, recipe: Recipe) -> Result<Recipe, Refusal> {
    let hmac = Hmac { algorithm: Algorithm::Sha512, key: source.key(KEY)? };
    Ok(recipe.after([hmac.into(), Code::Base64.into()]).spelled_or_not(TextForm::Nfkd))
}

fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    keyed(source, parts::argon2(source, source.text()?, Bytes::default())?)
}

/// bcrypt reads the first 72 of the 88 characters.
fn bcrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    keyed(source, parts::bcrypt(source, source.text()?)?)
}

fn pbkdf2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let pattern = Pattern {
        template: "$pbkdf2-sha512$<n>$<salt:ab64>$<hash:ab64>",
        how: How::Pbkdf2(Algorithm::Sha512),
    };
    keyed(source, pattern.read(source)?)
}
