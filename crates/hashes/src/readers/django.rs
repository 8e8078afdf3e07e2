//! Django 6.1.3 and older, and passlib's `django_*`. Run. Salts are used as text.

use super::parts;
use super::pattern::{How, Pattern};
use crate::engines::{Algorithm, Code, Digest};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

const DJANGO: &str = "Django";

pub(super) const FORMATS: &[Format] = &[
    Format::pattern(
        "django-pbkdf2_sha256",
        DJANGO,
        Pattern {
            template: "pbkdf2_sha256$<n>$<salt:text>$<hash:base64>",
            how: How::Pbkdf2(Algorithm::Sha256),
        },
    ),
    Format::pattern(
        "django-pbkdf2_sha1",
        DJANGO,
        Pattern { template: "pbkdf2_sha1$<n>$<salt:text>$<hash:base64>", how: How::Pbkdf2(Algorithm::Sha1) },
    ),
    Format::pattern(
        "django-scrypt",
        DJANGO,
        Pattern { template: "scrypt$<n>$<salt:text>$<r>$<p>$<hash:base64>", how: How::Scrypt(0, 0, 0) },
    ),
    Format::code("django-argon2", DJANGO, argon2),
    Format::code("django-bcrypt", DJANGO, bcrypt),
    Format::code("django-bcrypt_sha256", DJANGO, bcrypt_sha256),
    Format::pattern(
        "django-md5",
        DJANGO,
        Pattern { template: "md5$<salt:text>$<hash:hex>", how: How::SaltFirst(Algorithm::Md5) },
    ),
    Format::pattern(
        "django-sha1",
        DJANGO,
        Pattern { template: "sha1$<salt:text>$<hash:hex>", how: How::SaltFirst(Algorithm::Sha1) },
    ),
];

fn behind<'a>(source: &Source<'a>, mark: &str) -> Result<&'a str, Refusal> {
    source.text()?.strip_prefix(mark).ok_or_else(|| source.parts())
}

fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    // The dollar is the first of the string that follows.
    let text = behind(source, "argon2")?;
    parts::argon2(source, text, Bytes::default())
}

fn bcrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::bcrypt(source, behind(source, "bcrypt$")?)
}

/// bcrypt of the hex digits of SHA-256.
fn bcrypt_sha256(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let recipe = parts::bcrypt(source, behind(source, "bcrypt_sha256$")?)?;
    Ok(recipe.after([Digest::once(Algorithm::Sha256).into(), Code::Hex.into()]))
}
