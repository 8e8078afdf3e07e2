//! passlib 1.7.4 (also Odoo and CKAN), and the formats of others that it has. Run.

use super::parts;
use super::pattern::{How, Pattern};
use super::scram;
use crate::coding;
use crate::engines::{Algorithm, Code, Digest, Hmac};
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

const fn pbkdf2(template: &'static str, algorithm: Algorithm) -> Pattern {
    Pattern { template, how: How::Pbkdf2(algorithm) }
}

pub(super) const FORMATS: &[Format] = &[
    Format::pattern(
        "passlib-pbkdf2-sha1",
        "passlib",
        pbkdf2("$pbkdf2$<n>$<salt:ab64>$<hash:ab64>", Algorithm::Sha1),
    ),
    Format::pattern(
        "passlib-pbkdf2-sha256",
        "passlib",
        pbkdf2("$pbkdf2-sha256$<n>$<salt:ab64>$<hash:ab64>", Algorithm::Sha256),
    ),
    Format::pattern(
        "passlib-pbkdf2-sha512",
        "passlib, Odoo, CKAN",
        pbkdf2("$pbkdf2-sha512$<n>$<salt:ab64>$<hash:ab64>", Algorithm::Sha512),
    ),
    Format::pattern(
        "passlib-scrypt",
        "passlib",
        Pattern {
            template: "$scrypt$ln=<ln>,r=<r>,p=<p>$<salt:base64>$<hash:base64>",
            how: How::Scrypt(0, 0, 0),
        },
    ),
    Format::pattern(
        "cta-pbkdf2-sha1",
        "passlib (Cryptacular)",
        pbkdf2("$p5k2$<n:hex>$<salt:url64>$<hash:url64>", Algorithm::Sha1),
    ),
    Format::code("dlitz-pbkdf2-sha1", "passlib (Dwayne Litzenberger's PBKDF2)", dlitz),
    Format::pattern(
        "grub-pbkdf2-sha512",
        "GRUB",
        pbkdf2("grub.pbkdf2.sha512.<n>.<salt:hex>.<hash:hex>", Algorithm::Sha512),
    ),
    Format::code("atlassian-pbkdf2-sha1", "Jira, Confluence, Crowd", atlassian),
    Format::code("passlib-bcrypt-sha256-v1", "passlib", bcrypt_sha256_v1),
    Format::code("passlib-bcrypt-sha256-v2", "passlib", bcrypt_sha256_v2),
    Format::code("passlib-scram", "passlib", scrams),
];

/// The salt is the text up to it, mark and iterations included; 24 bytes.
fn dlitz(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (salt, hash) = text.rsplit_once('$')?;
        let iterations = salt.strip_prefix("$p5k2$")?.split_once('$')?.0;
        // Without a number there are 400.
        let iterations =
            if iterations.is_empty() { 400 } else { u32::from_str_radix(iterations, 16).ok()? };
        let hash = coding::ab64(hash).filter(|hash| hash.len() == 24)?;
        Some((iterations, salt, hash))
    };
    let (iterations, salt, hash) = read().ok_or_else(|| source.parts())?;
    parts::pbkdf2(Algorithm::Sha1, iterations, salt, &hash)
}

/// `{PKCS5S2}` and base64 of 16 bytes of salt and 32 of the digest; 10,000 iterations.
fn atlassian(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let bytes = source.text()?.strip_prefix("{PKCS5S2}").and_then(coding::base64);
    let bytes = bytes.filter(|bytes| bytes.len() == 48).ok_or_else(|| source.parts())?;
    let (salt, hash) = bytes.split_at_checked(16).ok_or_else(|| source.parts())?;
    parts::pbkdf2(Algorithm::Sha1, 10_000, salt, hash)
}

/// `$bcrypt-sha256$2b,12$<22>$<31>`: bcrypt of base64 of SHA-256.
fn bcrypt_sha256_v1(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (costs, rest) = text.strip_prefix("$bcrypt-sha256$")?.split_once('$')?;
        let (kind, cost) = costs.split_once(',')?;
        let (salt, hash) = rest.split_once('$')?;
        matches!(kind, "2a" | "2b").then_some((coding::number(cost)?, salt, hash))
    };
    let (cost, salt, hash) = read().ok_or_else(|| source.parts())?;
    let recipe = parts::bcrypt_parts(source, cost, salt, hash)?;
    Ok(recipe.after([Digest::once(Algorithm::Sha256).into(), Code::Base64.into()]))
}

/// `$bcrypt-sha256$v=2,t=2b,r=12$<22>$<31>`: bcrypt of base64 of HMAC-SHA256, whose key is the salt's text.
fn bcrypt_sha256_v2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (costs, rest) = text.strip_prefix("$bcrypt-sha256$v=2,t=2b,r=")?.split_once('$')?;
        let (salt, hash) = rest.split_once('$')?;
        Some((coding::number(costs)?, salt, hash))
    };
    let (cost, salt, hash) = read().ok_or_else(|| source.parts())?;
    let recipe = parts::bcrypt_parts(source, cost, salt, hash)?;
    Ok(recipe.after([Hmac { algorithm: Algorithm::Sha256, key: salt.into() }.into(), Code::Base64.into()]))
}

/// `$scram$<iterations>$<salt>$sha-1=…,sha-256=…,sha-512=…`: SCRAM's SaltedPassword for each digest. The longest is
/// kept.
fn scrams(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (iterations, rest) = text.strip_prefix("$scram$")?.split_once('$')?;
        let (salt, digests) = rest.split_once('$')?;
        let known = digests.split(',').filter_map(|digest| {
            let (name, value) = digest.split_once('=')?;
            let algorithm = Algorithm::by_name(&name.replace('-', ""))?;
            let value = coding::ab64(value).filter(|value| value.len() == algorithm.length())?;
            Some((algorithm, value))
        });
        let (algorithm, value) = known.max_by_key(|(algorithm, _)| algorithm.length())?;
        Some((coding::number(iterations)?, coding::ab64(salt)?, algorithm, value))
    };
    let (iterations, salt, algorithm, value) = read().ok_or_else(|| source.parts())?;
    scram::salted_password(algorithm, iterations, salt, &value)
}
