//! PostgreSQL's `pg_authid.rolpassword`. Run: libpq 18.

use super::scram;
use crate::coding;
use crate::engines::{Algorithm, Around, Digest};
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("postgres-scram-sha-256", "PostgreSQL", scram_sha_256),
    Format::code("postgres-md5", "PostgreSQL", md5).with_fields(&["user"]),
];

/// `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`.
fn scram_sha_256(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (iterations, rest) = text.strip_prefix("SCRAM-SHA-256$")?.split_once(':')?;
        let (salt, keys) = rest.split_once('$')?;
        let stored = coding::base64(keys.split_once(':')?.0).filter(|stored| stored.len() == 32)?;
        Some((coding::number(iterations)?, coding::base64(salt)?, stored))
    };
    let (iterations, salt, stored) = read().ok_or_else(|| source.parts())?;
    scram::stored_key(Algorithm::Sha256, iterations, salt, stored)
}

/// `md5` and the hex digits of MD5(password + name of the user).
fn md5(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = source.text()?.strip_prefix("md5").and_then(coding::hex).filter(|hash| hash.len() == 16);
    let hash = hash.ok_or_else(|| source.parts())?;
    let named = Around::behind(source.field("user")?);
    Ok(Recipe::new([named.into(), Digest::once(Algorithm::Md5).into()], hash))
}
