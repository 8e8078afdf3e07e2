//! Spring Security's crypto module 7.2. Run at d449950b.

use super::ldap;
use super::parts::{self, tagged};
use crate::coding;
use crate::engines::{Algorithm, Around, Digest};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

const SYSTEM: &str = "Spring Security";
const V5_8: &str = "pbkdf2@SpringSecurity_v5_8";
const SECRET: &str = "SECRET";
/// The iterations of the defaults, where `iterations` beside the hash does not say otherwise: they stand nowhere.
const ITERATIONS_5_5: u32 = 185_000;
const ITERATIONS_5_8: u32 = 310_000;

pub(super) const FORMATS: &[Format] = &[
    Format::code("spring-bcrypt", SYSTEM, bcrypt),
    Format::code("spring-argon2", SYSTEM, argon2),
    Format::code("spring-scrypt", SYSTEM, scrypt),
    Format::code("spring-pbkdf2-v5_8", SYSTEM, |source| pbkdf2(source, Bytes::default())),
    Format::code("spring-pbkdf2-secret", "Spring Security with a secret", |source| {
        pbkdf2(source, source.key(SECRET)?)
    })
    .with_keys(&[SECRET]),
    Format::code("spring-pbkdf2-v5_5", "Spring Security up to 5.7", pbkdf2_5_5),
    Format::code("spring-ldap", SYSTEM, ldap),
    Format::code("spring-md5", "Spring Security's MessageDigestPasswordEncoder", |source| {
        salted(source, "MD5", Algorithm::Md5)
    }),
    Format::code("spring-sha-256-salted", "Spring Security's MessageDigestPasswordEncoder", |source| {
        salted(source, "SHA-256", Algorithm::Sha256)
    }),
    Format::code("spring-sha256", "Spring Security's StandardPasswordEncoder", standard),
];

fn under<'a>(source: &Source<'a>, tags: &[&str]) -> Result<&'a str, Refusal> {
    let text = source.text()?;
    tags.iter().find_map(|tag| tagged(text, tag)).ok_or_else(|| source.parts())
}

fn bcrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::bcrypt(source, under(source, &["bcrypt"])?)
}

fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = under(source, &["argon2", "argon2@SpringSecurity_v5_8"])?;
    parts::argon2(source, text, Bytes::default())
}

/// `$<hex of log N, r, p>$<salt>$<hash>`: 16 bits of log N, eight of r, eight of p.
fn scrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = under(source, &["scrypt", "scrypt@SpringSecurity_v5_8"])?;
    let read = || {
        let mut parts = text.strip_prefix('$')?.split('$');
        let costs = u32::from_str_radix(parts.next()?, 16).ok()?;
        let (salt, hash) = (coding::base64(parts.next()?)?, coding::base64(parts.next()?)?);
        Some((1_u64.checked_shl(costs >> 16)?, costs >> 8 & 0xff, costs & 0xff, salt, hash))
    };
    let (n, r, p, salt, hash) = read().ok_or_else(|| source.parts())?;
    parts::scrypt(n, r, p, salt, &hash)
}

/// Hex of 16 bytes of salt and 32 of the digest. A secret stands behind the salt and leaves no mark.
fn pbkdf2(source: &Source<'_>, secret: Bytes) -> Result<Recipe, Refusal> {
    let bytes = coding::hex(under(source, &[V5_8])?).filter(|bytes| bytes.len() == 48);
    let bytes = bytes.ok_or_else(|| source.parts())?;
    let (salt, hash) = bytes.split_at_checked(16).ok_or_else(|| source.parts())?;
    let salt = Bytes::from(salt).and(secret);
    parts::pbkdf2(Algorithm::Sha256, source.number("iterations", ITERATIONS_5_8)?, salt, hash)
}

/// Hex of eight bytes of salt and 32 of the digest.
fn pbkdf2_5_5(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let bytes = coding::hex(under(source, &["pbkdf2"])?).filter(|bytes| bytes.len() == 40);
    let bytes = bytes.ok_or_else(|| source.parts())?;
    let (salt, hash) = bytes.split_at_checked(8).ok_or_else(|| source.parts())?;
    parts::pbkdf2(Algorithm::Sha1, source.number("iterations", ITERATIONS_5_5)?, salt, hash)
}

/// `{ldap}{SSHA}…` or `{ldap}{SHA}…`.
fn ldap(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = under(source, &["ldap"])?;
    let inner = source.within(text);
    ldap::salted(&inner, "SSHA", Algorithm::Sha1).or_else(|_| ldap::unsalted(&inner, "SHA", Algorithm::Sha1))
}

/// `{<tag>}{<salt>}<hex>`: H(password + "{salt}"), braces included.
fn salted(source: &Source<'_>, tag: &str, algorithm: Algorithm) -> Result<Recipe, Refusal> {
    let text = under(source, &[tag])?;
    let read = || {
        let (salt, hash) = text.split_at_checked(text.rfind('}')?.checked_add(1)?)?;
        let is_braced = salt.starts_with('{');
        is_braced.then_some((salt, coding::hex(hash).filter(|hash| hash.len() == algorithm.length())?))
    };
    let (salt, hash) = read().ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Around::behind(salt).into(), Digest::once(algorithm).into()], hash))
}

/// Hex of eight bytes of salt and 32 of the digest: SHA-256 of the salt and the password, 1024 times.
fn standard(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let bytes = coding::hex(under(source, &["sha256"])?).filter(|bytes| bytes.len() == 40);
    let bytes = bytes.ok_or_else(|| source.parts())?;
    let (salt, hash) = bytes.split_at_checked(8).ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Around::before(salt).into(), Digest::times(Algorithm::Sha256, 1024)?.into()], hash))
}
