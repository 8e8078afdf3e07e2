//! What several systems write alike.

use crate::coding;
use crate::engines::{Algorithm, Argon2, Bcrypt, Pbkdf2, Scrypt, Variant};
use crate::recipe::{Bytes, Recipe, SHORTEST_DIGEST};
use crate::refusal::Refusal;
use crate::source::Source;

/// How much of an output of scrypt is compared, in bytes.
const SCRYPT_OUTPUT: usize = 32;

/// A number as an engine takes it. One that is too great stays too great.
pub(super) fn clamped(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Behind a tag in braces, whose letters may be of either case.
pub(super) fn tagged<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    let (found, rest) = text.strip_prefix('{')?.split_once('}')?;
    found.eq_ignore_ascii_case(tag).then_some(rest)
}

/// The blocks of PBKDF2's output do not depend on each other (RFC 8018 §5.2). So of a longer output the first block is
/// kept, which is all that anybody who guesses has to compute.
pub(super) fn pbkdf2(
    algorithm: Algorithm,
    iterations: u32,
    salt: impl Into<Bytes>,
    hash: &[u8],
) -> Result<Recipe, Refusal> {
    let kept = hash.get(..algorithm.length()).unwrap_or(hash);
    // Too short a digest is refused by the caller; here it must not be called impossible.
    let length = kept.len().max(SHORTEST_DIGEST);
    Ok(Recipe::new([Pbkdf2::new(algorithm, iterations, length, salt)?.into()], kept))
}

/// The output of scrypt is PBKDF2's of one iteration (RFC 7914 §6), so the first block is kept.
pub(super) fn scrypt(n: u64, r: u32, p: u32, salt: impl Into<Bytes>, hash: &[u8]) -> Result<Recipe, Refusal> {
    let kept = hash.get(..SCRYPT_OUTPUT).unwrap_or(hash);
    let length = kept.len().max(SHORTEST_DIGEST);
    Ok(Recipe::new([Scrypt::with_n(n, r, p, length, salt)?.into()], kept))
}

/// `$2a$`, `$2b$` and `$2y$`: one function under three names. `$2x$` marks hashes of a faulty library, which computed
/// something else for letters beyond ASCII; `$2$` is older than the NUL behind the password.
pub(super) fn bcrypt(source: &Source<'_>, text: &str) -> Result<Recipe, Refusal> {
    let read = || {
        let rest = ["$2a$", "$2b$", "$2y$"].iter().find_map(|mark| text.strip_prefix(mark))?;
        let (cost, rest) = rest.split_once('$')?;
        let (salt, hash) = rest.split_at_checked(22)?;
        Some((coding::number(cost).filter(|_| cost.len() == 2)?, salt, hash))
    };
    let (cost, salt, hash) = read().ok_or_else(|| source.parts())?;
    bcrypt_parts(source, cost, salt, hash)
}

/// `salt` is 22 characters of bcrypt's base64, `hash` 31.
pub(super) fn bcrypt_parts(
    source: &Source<'_>,
    cost: u32,
    salt: &str,
    hash: &str,
) -> Result<Recipe, Refusal> {
    let hash = coding::bcrypt64(hash).filter(|hash| hash.len() == 23).ok_or_else(|| source.parts())?;
    let bcrypt = Bcrypt::with_text(cost, salt).ok_or_else(|| source.parts())??;
    Ok(Recipe::new([bcrypt.into()], hash))
}

/// `$argon2id$v=19$m=65536,t=3,p=4$<salt>$<hash>`, with the costs in any order. Without `v=` it is version 16, as the
/// reference has it. `secret` is what the system keeps apart.
pub(super) fn argon2(source: &Source<'_>, text: &str, secret: Bytes) -> Result<Recipe, Refusal> {
    let (argon2, hash) = read_argon2(text, secret).ok_or_else(|| source.parts())?;
    Ok(Recipe::new([argon2.checked()?.into()], hash))
}

fn read_argon2(text: &str, secret: Bytes) -> Option<(Argon2, Vec<u8>)> {
    let mut parts = text.strip_prefix("$argon2")?.split('$');
    let variant = Variant::by_name(parts.next()?)?;
    let mut costs = parts.next()?;
    let mut version = 0x10;
    if let Some(written) = costs.strip_prefix("v=") {
        version = coding::number(written)?;
        costs = parts.next()?;
    }
    let (mut memory, mut passes, mut lanes, mut data) = (None, None, None, Vec::new());
    for cost in costs.split(',') {
        let (name, value) = cost.split_once('=')?;
        match name {
            "m" => memory = Some(clamped(coding::number(value)?)),
            "t" => passes = Some(clamped(coding::number(value)?)),
            "p" => lanes = Some(clamped(coding::number(value)?)),
            "data" => data = coding::base64(value)?,
            _ => return None,
        }
    }
    let (salt, hash) = (coding::base64(parts.next()?)?, coding::base64(parts.next()?)?);
    let (memory, passes, lanes) = (memory?, passes?, lanes?);
    let argon2 = Argon2 { variant, version, memory, passes, lanes, length: hash.len(), salt, secret, data };
    parts.next().is_none().then_some((argon2, hash))
}
